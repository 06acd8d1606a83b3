// Producers that try again after a lost answer: what a queue stores twice is one obligation, and a FIFO queue
// does not store it twice. Claim checks and retries in whole scenarios.

import { describe, expect, it } from 'vitest';
import { drive, scenarioOf, TINY_TABLES } from '../../support/simulations.js';

interface Told {
  readonly producerRetry: number;
  readonly duplicates: number;
  readonly owed: number;
  readonly processed: number;
  readonly accepted: number;
  readonly failed: number;
  readonly attempts: number;
  readonly deduplicated: number;
  /** Rows that are still there: messages, obligations, copies, entries. */
  readonly rows: readonly number[];
  readonly drained: boolean;
}

/** A thousand messages; nearly all the time, a tenth of the answers gets lost. */
function shop(queue: string, traffic: string, fault = 'lose: 10%'): Told {
  const { model, report } = drive(
    scenarioOf(`name: shop
profile: ideal
duration: 100s
traffic:
  shops: { send: ${queue}, rate: 10/s, arrivals: constant, ${traffic} }
resources:
  ${queue}: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 2
    maxSize: 2
    instanceType: m7g.large
    consumes: { ${queue}: { batchSize: 10, waitTimeSeconds: 20s, concurrency: 4 } }
    handler: [ work: 10ms ]
faults:
  - { at: 0s, for: 99s, on: shops -> ${queue}, ${fault} }
`),
    { tables: TINY_TABLES },
  );
  const { ledger, consumers, traffic: sources, drained } = report.result;
  const { duplicates } = consumers['workers'];
  const { accepted, failed, attempts } = sources['shops'];
  const { messages, obligations, copies, entries } = model.world.messages;
  const isDeduplicated = ({ what }: { readonly what: string }) => what === 'deduplicated';
  return {
    producerRetry: duplicates.producerRetry,
    duplicates: duplicates.total,
    owed: ledger.owed,
    processed: ledger.processed,
    accepted,
    failed,
    attempts,
    deduplicated: report.asides.find(isDeduplicated)?.count ?? 0,
    rows: [messages, obligations, copies, entries].map((table) => table.count),
    drained,
  };
}

const RETRY = 'retry: { maxAttempts: 10, backoff: none }';

describe('a lost answer and a producer that tries again', () => {
  it.each(['', 'batch: { size: 3, wait: 1s }, '])(
    'on a standard queue the message is handled twice, as one obligation: %s',
    (batch) => {
      const told = shop('orders', `client: { timeout: 2s, ${batch}${RETRY} }`);
      expect(told.duplicates).toBeGreaterThan(60);
      expect(told.producerRetry).toBe(told.duplicates);
      expect(told).toMatchObject({ owed: 1000, processed: 1000, accepted: 1000, failed: 0 });
      expect(told.attempts).toBe(1000 + told.duplicates);
      expect(told).toMatchObject({ rows: [0, 0, 0, 0], drained: true });
    },
  );

  it('on a FIFO queue the same id is stored once', () => {
    const told = shop('orders.fifo', `key: shop-7, client: { timeout: 2s, ${RETRY} }`);
    expect(told).toMatchObject({ owed: 1000, processed: 1000, duplicates: 0, accepted: 1000 });
    expect(told.deduplicated).toBe(told.attempts - 1000);
    expect(told.deduplicated).toBeGreaterThan(60);
    expect(told).toMatchObject({ rows: [0, 0, 0, 0], drained: true });
  });

  it('unless each attempt has an id of its own, the common bug', () => {
    const client = `client: { timeout: 2s, ${RETRY} }`;
    const told = shop('orders.fifo', `key: shop-7, messageDeduplicationId: attempt, ${client}`);
    expect(told.producerRetry).toBeGreaterThan(60);
    expect(told).toMatchObject({ owed: 1000, processed: 1000, deduplicated: 0 });
    expect(told.rows).toEqual([0, 0, 0, 0]);
  });

  it('or tries again after more than five minutes', () => {
    const late = 'retry: { maxAttempts: 10, backoff: exponential, base: 301s, cap: 301s }';
    const told = shop('orders.fifo', `key: shop-7, client: { timeout: 2s, ${late} }`);
    expect(told.producerRetry).toBeGreaterThan(60);
    expect(told).toMatchObject({ owed: 1000, processed: 1000, deduplicated: 0 });
  });

  it('a producer that gives up does not know that the message was stored', () => {
    const told = shop('orders', 'client: { timeout: 2s, retry: none }');
    expect(told.failed).toBeGreaterThan(60);
    expect(told).toMatchObject({ owed: 1000, processed: 1000, duplicates: 0 });
    expect(told.accepted + told.failed).toBe(1000);
    expect(told.rows).toEqual([0, 0, 0, 0]);
  });
});

describe('a service that refuses', () => {
  it('makes no duplicates, and the SDK gets most messages through', () => {
    const told = shop('orders', 'client: { timeout: 2s }', 'fail: 10%');
    expect(told.duplicates).toBe(0);
    expect(told.failed).toBeLessThan(10); // 0.1 % of three attempts
    expect(told.owed).toBe(told.accepted);
  });

  it('once everything fails, the quota keeps the SDK from trying', () => {
    const all = shop('orders', 'client: { timeout: 2s }', 'fail: 100%');
    // 500 tokens at 14 each: 35 retries; 10 messages get through after the fault
    expect(all.attempts).toBe(1000 + 35);
    const rules = shop('orders', 'client: { retry: { maxAttempts: 3 } }', 'fail: 100%');
    expect(rules.attempts).toBeGreaterThan(2900);
  });
});
