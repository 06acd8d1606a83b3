// What functions cost: requests by size, duration by memory, architecture and started millisecond.

import { expect, test } from 'vitest';
import { Billing, Counter } from '../../../src/components/lambda/billing.js';
import { LAMBDA_PRICES } from '../../../src/components/lambda/prices.js';
import { simulate } from '../../../src/core.js';
import { loadScenario } from '../../../src/scenario/load.js';
import { SilentFacts } from '../fakes.js';

class Counted extends SilentFacts {
  readonly counts = [0, 0, 0];
  override metered(_fn: number, counter: number, quantity: number): void {
    this.counts[counter] += quantity;
  }
}

test('an event is one request up to 256 KiB, and one more for each started 64 KiB', () => {
  const requests = (bytes: number): number => {
    const facts = new Counted();
    new Billing(facts, 0, { memory: 128, storage: 0 }).begins(bytes);
    return facts.counts[Counter.Requests];
  };
  expect([0, 262_144, 262_145, 327_680, 327_681, 1_048_576].map(requests)).toEqual([
    1, 1, 2, 2, 3, 13,
  ]);
});

test('the time is that of started milliseconds, times memory; /tmp beyond 512 MiB counts by itself', () => {
  const facts = new Counted();
  const billing = new Billing(facts, 0, { memory: 256, storage: 512 });
  billing.ends(1);
  billing.ends(1_000);
  billing.ends(1_001);
  expect(facts.counts).toEqual([0, 4 * 256, 4 * 512]);
});

test('a bill by hand: 20 runs of 100 ms with 1 GiB, and one start of 260 ms', () => {
  const cost = (resource: string): number => {
    const text = `name: bill
profile: ideal
duration: 10s
traffic: { shop: { send: receipts, rate: 2/s, arrivals: constant } }
resources: { receipts: { type: lambda.function, memorySize: 1GiB, handler: [ work: 100ms ], ${resource} } }
`;
    return Number(simulate(loadScenario('bill.yaml', { read: () => text })).cost.windowUsd);
  };
  const seconds = 20 * 0.1 + 0.26;
  const requests = 20 * 2e-7;
  expect(cost('')).toBeCloseTo(requests + seconds * 0.0000166667, 11);
  expect(cost('architectures: [arm64]')).toBeCloseTo(requests + seconds * 0.0000133334, 11);
  const storage = seconds * 1.5 * 0.0000000309;
  expect(cost('ephemeralStorage: { size: 2GiB }')).toBeCloseTo(
    requests + seconds * 0.0000166667 + storage,
    11,
  );
});

test('tiers of a month, by architecture', () => {
  const arm = LAMBDA_PRICES.find('eu-central-1', 'durationArm');
  expect(arm?.tiers.map(({ upTo }) => upTo)).toEqual([7_500_000_000, 18_750_000_000, null]);
  expect(LAMBDA_PRICES.find('mars-north-1', 'requests')).toBeUndefined();
});
