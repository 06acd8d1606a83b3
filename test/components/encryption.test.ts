// Calls that an encrypted queue makes to KMS.

import { describe, expect, test } from 'vitest';
import { Encryption } from '../../src/components/encryption.js';
import { kmsRequestsPerSecond } from '../../src/components/kms.js';
import type { EncryptionOptions } from '../../src/components/encryption.js';
import { DAY, HOUR, MILLISECOND, SECOND } from '../../src/kernel/time.js';
import { fakeWorld, SilentFacts } from './fakes.js';

class CountedCalls extends SilentFacts {
  readonly told: string[] = [];

  override keyCalled(resource: number, operation: 0 | 1, client: number): void {
    const name = operation === 0 ? 'GenerateDataKey' : 'Decrypt';
    this.told.push(`${name} ${resource} for ${client}`);
  }
}

class Stand {
  readonly facts = new CountedCalls();
  readonly world = fakeWorld(['orders', 'mails', 'shop', 'store', 'fleet', 'other'], {
    facts: this.facts,
  });

  queue(id: number, options: Partial<EncryptionOptions> = {}): Encryption {
    const { told } = this.facts;
    told.length = 0;
    return new Encryption(this.world, id, {
      dataKeyReuse: 300 * SECOND,
      requestsPerSecond: 10_000,
      region: 'eu-north-1',
      ...options,
    });
  }

  wait(micros: number): void {
    this.world.kernel.advance(this.world.kernel.now + micros);
  }

  /** Lets everybody use the queue in each so many µs of `period`. */
  run(queues: readonly [Encryption, readonly number[], readonly number[]][], period: number): void {
    const every = HOUR / 60;
    for (let at = 0; at < period; at += every) {
      for (const [queue, producers, consumers] of queues) {
        for (const client of producers) expect(queue.admit(client, true)).toBe(true);
        for (const client of consumers) expect(queue.admit(client, false)).toBe(true);
      }
      this.wait(every);
    }
  }
}

describe('B / D × (2P + C) calls', () => {
  test('31 days, keys for 300 s, one producer and one consumer: 26,784', () => {
    const stand = new Stand();
    const queue = stand.queue(0);
    stand.run([[queue, [2], [4]]], 31 * DAY);
    expect(stand.facts.told).toHaveLength(26_784);
  });

  test('28 days, keys for a day, (3 + 1) and (5 + 2) principals: 532', () => {
    const stand = new Stand();
    const reuse = { dataKeyReuse: DAY };
    const [first, second] = [stand.queue(0, reuse), stand.queue(1, reuse)];
    const queues: [Encryption, number[], number[]][] = [
      [first, [2, 3, 4], [5]],
      [second, [2, 3, 4, 5, 6], [7, 8]],
    ];
    stand.run(queues, 28 * DAY);
    expect(stand.facts.told).toHaveLength(532);
  });
});

describe('data keys', () => {
  test('a send gets one and has it checked, a receive has one opened', () => {
    const stand = new Stand();
    const queue = stand.queue(0);
    queue.admit(2, true);
    queue.admit(4, false);
    expect(stand.facts.told).toEqual([
      'GenerateDataKey 0 for 2',
      'Decrypt 0 for 2',
      'Decrypt 0 for 4',
    ]);
  });

  test('are reused until their period is over', () => {
    const stand = new Stand();
    const queue = stand.queue(0);
    queue.admit(2, true);
    stand.wait(300 * SECOND - 1);
    queue.admit(2, true);
    expect(stand.facts.told).toHaveLength(2);
    stand.wait(1);
    queue.admit(2, true);
    expect(stand.facts.told).toHaveLength(4);
  });

  test('belong to one queue, one principal, and sends or receives', () => {
    const stand = new Stand();
    const [first, second] = [stand.queue(0), stand.queue(1)];
    for (const queue of [first, second])
      for (const client of [2, 3]) {
        queue.admit(client, true);
        queue.admit(client, false);
      }
    expect(stand.facts.told).toHaveLength(2 * 2 * 3);
  });
});

describe("the account's quota", () => {
  test.each([
    ['eu-west-1', 100_000],
    ['us-east-2', 20_000],
    ['eu-north-1', 10_000],
  ])('in %s is %i a second', (region, quota) => {
    expect(kmsRequestsPerSecond(region)).toBe(quota);
  });

  test('is shared by the queues of a region, and holds for each second', () => {
    const stand = new Stand();
    const [first, second] = [
      stand.queue(0, { requestsPerSecond: 3 }),
      stand.queue(1, { requestsPerSecond: 3 }),
    ];
    const elsewhere = stand.queue(5, { requestsPerSecond: 3, region: 'eu-west-1' });
    stand.wait(400 * MILLISECOND);
    expect(first.admit(2, true)).toBe(true);
    expect(second.admit(3, false)).toBe(true);
    expect(second.admit(4, false)).toBe(false);
    expect(elsewhere.admit(4, false)).toBe(true);
    expect(first.admit(2, true)).toBe(true); // it has its key
    stand.wait(999 * MILLISECOND);
    expect(second.admit(4, false)).toBe(false);
    stand.wait(MILLISECOND);
    expect(second.admit(4, false)).toBe(true);
    stand.wait(2_500 * MILLISECOND);
    expect([first.admit(6, true), first.admit(7, true)]).toEqual([true, false]);
    stand.wait(500 * MILLISECOND);
    expect(first.admit(7, true)).toBe(true);
  });

  test('a refused send uses nothing up, and no call is told', () => {
    const stand = new Stand();
    const queue = stand.queue(0, { requestsPerSecond: 3 });
    queue.admit(2, true);
    expect(queue.admit(3, true)).toBe(false);
    expect(stand.facts.told).toHaveLength(2);
    expect(queue.admit(3, false)).toBe(true);
  });
});
