// Laws of a bus, on random rules and random trouble: each event has exactly one fate at each target of each rule that
// matches it, and none at the others; and what one target does is felt by no other.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LinkLog, Ran } from './rig.js';
import { run } from './rig.js';

const TYPES = ['placed', 'paid', 'sent'] as const;
const PER_TYPE = 20;

interface Rule {
  readonly wanted: readonly string[];
  readonly retries: number;
  readonly age: number;
  readonly hasDeadLetters: boolean;
  /** How its target fails: not at all, for a while, for good. */
  readonly trouble: 'none' | 'while' | 'always' | 'refused';
}

const rule: fc.Arbitrary<Rule> = fc.record({
  wanted: fc.subarray([...TYPES], { minLength: 1 }),
  retries: fc.integer({ min: 0, max: 8 }),
  age: fc.integer({ min: 60, max: 600 }),
  hasDeadLetters: fc.boolean(),
  trouble: fc.constantFrom('none', 'while', 'always', 'refused'),
});

function scenario(rules: readonly Rule[], perSecond: number): string {
  const rulesText = rules.map(({ wanted, retries, age, hasDeadLetters }, i) => {
    const dead = hasDeadLetters ? 'deadLetterConfig: { target: dead }, ' : '';
    const retry = `retryPolicy: { maximumRetryAttempts: ${retries}, maximumEventAgeInSeconds: ${age} }`;
    const pattern = `eventPattern: { detail-type: [ ${wanted.join(', ')} ] }`;
    return `      r${i}: { ${pattern}, targets: { web-${i}: { ${dead}${retry} } } }`;
  });
  const webs = rules.map((_, i) => `  web-${i}: { type: external.http, handler: [ work: 1s ] }`);
  const faults = rules.flatMap(({ trouble }, i) => {
    if (trouble === 'none') return [];
    const status = trouble === 'refused' ? ', status: 400' : '';
    return [
      `{ at: 0s, ${trouble === 'while' ? 'for: 45s, ' : ''}on: web-${i}, fail: 100%${status} }`,
    ];
  });
  const traffic = TYPES.map(
    (type) =>
      `  ${type}: { send: events, phases: [ { for: 10s, rate: 2/s } ], arrivals: constant, detailType: ${type} }`,
  );
  return `duration: 10s
drain: 1d
quotas: { eventbridge: { invocationsPerSecond: ${perSecond} } }
traffic:
${traffic.join('\n')}
resources:
  events:
    type: eventbridge.bus
    rules:
${rulesText.join('\n')}
${webs.join('\n')}
  dead: { type: sqs.queue }
${faults.length === 0 ? '' : `faults: [ ${faults.join(', ')} ]\n`}`;
}

function checkFates({ wanted, hasDeadLetters, trouble }: Rule, log: LinkLog): void {
  expect(log.dispatched).toHaveLength(PER_TYPE * wanted.length);
  expect(log.filtered).toHaveLength(PER_TYPE * (TYPES.length - wanted.length));
  const { delivered, diverted, lost } = log;
  expect(delivered.length + diverted.length + lost.length).toBe(log.dispatched.length);
  if (hasDeadLetters) expect(lost).toEqual([]);
  else expect(diverted).toEqual([]);
  if (trouble === 'none') expect(delivered).toHaveLength(log.dispatched.length);
  if (trouble === 'always' || trouble === 'refused') expect(delivered).toEqual([]);
  if (trouble === 'refused') {
    expect(log.attempts).toHaveLength(log.dispatched.length);
    for (const { cause } of lost) expect(cause).toBe('deliveryRefused');
  }
}

const linksOf = (ran: Ran, rules: readonly Rule[]): LinkLog[] =>
  rules.map((_, i) => ran.link('events', i));

/** All that producers feel themselves. */
const producersOf = ({ result }: Ran) =>
  Object.values(result.traffic).map(({ sent, accepted, failed, response }) => {
    return { sent, accepted, failed, response };
  });

test('each event has one fate at each target of each rule that matches', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(3, 1000),
      (rules, perSecond) => {
        const ran = run(scenario(rules, perSecond));
        linksOf(ran, rules).forEach((log, i) => checkFates(rules[i], log));
        expect(ran.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

test('what breaks one target changes nothing at the others, or for the producers', () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 2, maxLength: 4 }), (rules) => {
      const healthy = rules.map((one, i) => (i === 0 ? { ...one, trouble: 'none' as const } : one));
      const broken = rules.map((one, i) =>
        i === 0 ? { ...one, trouble: 'always' as const } : one,
      );
      const [one, other] = [run(scenario(healthy, 10_000)), run(scenario(broken, 10_000))];
      expect(linksOf(one, rules).slice(1)).toEqual(linksOf(other, rules).slice(1));
      expect(producersOf(one)).toEqual(producersOf(other));
    }),
    { numRuns: 10 },
  );
});
