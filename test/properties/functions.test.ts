// Laws of functions, on random programs: nothing is lost without a cause, nothing runs beyond what is reserved, what
// attempts there are is bounded, and the parts of every latency add up (observers check it as they go).

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drive, scenarioOf, TINY_TABLES } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

const percent = fc.integer({ min: 0, max: 60 }).map((n) => `${n}%`);

const functions = fc.record({
  seed: fc.integer({ min: 1, max: 1_000 }),
  rate: fc.integer({ min: 1, max: 20 }),
  timeout: fc.constantFrom('1s', '3s', '1m'),
  reserved: fc.constantFrom(
    '',
    'reservedConcurrentExecutions: 1,',
    'reservedConcurrentExecutions: 3,',
  ),
  retries: fc.integer({ min: 0, max: 2 }),
  age: fc.constantFrom('60s', '100s', '6h'),
  letters: fc.constantFrom('', 'deadLetterConfig: { target: letters },'),
  fails: percent,
  crashes: fc.constantFrom('0%', '0%', '20%'),
  twice: fc.constantFrom('0%', '30%'),
  fault: fc.constantFrom('down: 100%', 'slow: 5x', 'lose: 50%', 'cut: 100%', 'fail: 50%'),
  profile: fc.constantFrom('ideal', 'typical'),
});

test('conservation, concurrency and attempts', () => {
  fc.assert(
    fc.property(functions, (given) => {
      const scenario = scenarioOf(`name: functions
seed: ${given.seed}
profile: ${given.profile}
duration: 1m
drain: 10m
traffic: { shop: { send: receipts, rate: ${given.rate}/s, client: { timeout: 2s } } }
resources:
  receipts:
    { type: lambda.function, timeout: ${given.timeout}, ${given.reserved} ${given.letters}
      eventInvokeConfig: { maximumRetryAttempts: ${given.retries}, maximumEventAgeInSeconds: ${given.age} },
      assume: { asyncDuplicate: ${given.twice}, idleTimeout: 10s, environmentLife: 30s },
      handler: [ work: { p50: 300ms, p99: 4s }, fail: ${given.fails}, crash: ${given.crashes}, call: audit ] }
  audit: { type: lambda.function, reservedConcurrentExecutions: 2, handler: [ work: 50ms ] }
  letters: { type: sqs.queue }
faults: [ { at: 20s, for: 20s, on: receipts, ${given.fault} } ]
`);
      const { report, model } = drive(scenario, { tables: TINY_TABLES });
      expectSound(report);
      const { ledger, consumers, resources } = report.result;
      const { runs, duplicates, redelivered } = consumers['receipts'];
      const stored = model.watch.stores.stored[0]; // twins included
      expect(runs).toBeLessThanOrEqual(stored * (given.retries + 1));
      const most = /Executions: (\d)/.exec(given.reserved)?.[1] ?? '1000';
      expect(resources['receipts'].levels['concurrency'].max).toBeLessThanOrEqual(Number(most));
      expect(resources['audit'].levels['concurrency'].max).toBeLessThanOrEqual(2);
      const { spontaneousCopy, producerRetry, asyncRetry } = duplicates;
      expect(spontaneousCopy + producerRetry + asyncRetry + duplicates.crash).toBe(
        duplicates.total,
      );
      expect(redelivered.total).toBeGreaterThanOrEqual(duplicates.total);
      if (given.letters === '') expect(ledger.deadLettered).toBe(0);
      else expect(ledger.lost.asyncExhausted).toBe(0);
    }),
    { numRuns: 25 },
  );
}, 120_000);
