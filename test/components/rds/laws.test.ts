// What holds of a database whatever happens to it: every statement is answered once, connections are never above their
// maximum, and none is left behind when all processes have ended.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallError } from '../../../src/components/port.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { SECOND } from '../../../src/kernel/time.js';
import { Caller, CLIENT, constant, OTHER } from './caller.js';

const PROCESSES = [0, 1, 2];

type Act =
  | {
      readonly act: 'ask';
      readonly process: number;
      readonly client: number;
      readonly count: number;
    }
  | { readonly act: 'wait'; readonly seconds: number }
  | { readonly act: 'abandon'; readonly number: number }
  | { readonly act: 'end'; readonly process: number }
  | { readonly act: 'crash' };

const process = fc.constantFrom(...PROCESSES);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('ask' as const),
      process,
      client: fc.constantFrom(CLIENT, OTHER),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('wait' as const),
      seconds: fc.constantFrom(0, 0.2, 1, 5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('abandon' as const), number: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('end' as const), process }) },
  { weight: 1, arbitrary: fc.constant({ act: 'crash' as const }) },
);

const options = fc.record({
  failover: fc.constantFrom(constant(0.5), constant(4)),
  maxConnections: fc.integer({ min: 1, max: 6 }),
  parallelism: fc.integer({ min: 1, max: 3 }),
  connect: fc.constantFrom(null, constant(0.3)),
  writeTime: fc.constantFrom(
    constant(0),
    constant(1),
    distribution({ kind: 'exponential', mean: SECOND }),
  ),
});

/** What all processes have under way is given up; then they end. */
function endAll(caller: Caller): void {
  caller.rows.forEach((_, number) => giveUp(caller, number));
  for (const client of [CLIENT, OTHER])
    for (const one of PROCESSES) caller.processEnds(one, client);
}

function giveUp(caller: Caller, number: number): void {
  if (number < caller.rows.length && !caller.order.includes(number)) caller.abandon(number);
}

function play(caller: Caller, acts: readonly Act[]): void {
  let now = 0;
  for (const one of acts) {
    if (one.act === 'ask') caller.write(one.count, one.process, one.client);
    else if (one.act === 'wait') caller.to((now += one.seconds));
    else if (one.act === 'abandon') giveUp(caller, one.number);
    else if (one.act === 'end') caller.processEnds(one.process, CLIENT);
    else caller.database.failOver();
  }
  endAll(caller);
  caller.to(now + 10_000);
}

test('statements are answered once, connections come and go', () => {
  fc.assert(
    fc.property(options, fc.array(act, { maxLength: 40 }), (how, acts) => {
      const caller = new Caller(how);
      play(caller, acts);
      const { counts, order, rows, world } = caller;
      expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, number) => number));
      expect(world.calls.count).toBe(0);
      // What finds the database gone has not reached it.
      expect(counts.requests).toBeLessThanOrEqual(rows.length);
      expect(Math.max(0, ...counts.open)).toBeLessThanOrEqual(how.maxConnections);
      expect(Math.min(0, ...counts.open)).toBe(0);
      expect(counts.open.at(-1) ?? 0).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('only what finds all connections taken is refused', () => {
  fc.assert(
    fc.property(options, fc.integer({ min: 1, max: 12 }), (how, count) => {
      const caller = new Caller(how).write(count).to(1000);
      const refused = Math.max(0, count - how.maxConnections);
      const failed = caller.answers.filter((one) => one.endsWith(` ${CallError.Unavailable}`));
      expect(failed).toHaveLength(refused);
      expect(caller.counts.refused).toBe(refused);
    }),
    { numRuns: 100 },
  );
});
