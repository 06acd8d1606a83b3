// What a topic is for: producers and subscribers do not feel each other, and everything that is published has a fate
// for each subscription that it is for.
//
// `SCENARIOS=500 SEED=7 npx vitest run test/properties/fan-out.test.ts` plays more of them, and others.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { naiveMatches } from '../reference/naive-patterns.js';
import type { FanOut, Named, Plain } from '../support/random-fan-out.js';
import { anySubscriber, blow, fanOut, named, scenarioWith } from '../support/random-fan-out.js';
import { expectSound } from '../support/sound-result.js';
import type { Told } from '../support/told-facts.js';
import type { LinkFault, Story } from '../support/topic-story.js';
import { storyOf } from '../support/topic-story.js';

const SCENARIOS = Number(process.env['SCENARIOS'] ?? 25);
const SEED = Number(process.env['SEED'] ?? 42);
const RUNS = { numRuns: SCENARIOS, seed: SEED };
vi.setConfig({ testTimeout: 120_000 + SCENARIOS * 3_000 });

/** Facts of a topic that are nobody's but its producers'. */
const AT_THE_DOOR: readonly string[] = ['request', 'throttled', 'keyCalled'];

/**
 * What a part of the system tells until the shorter of two runs ends: of a producer all that it tells, and what the
 * topic says at its door; of a subscriber all that it, its crew and its dead-letter queue tell, and what the topic
 * tells of its link. Facts of one name stay in their order; those of different names are not held against each other.
 */
function partOf({ told }: Story, name: string, end: number): Record<string, string[]> {
  const isOwn = ({ who, link, kind }: Told): boolean => {
    if (name === 'producers')
      return /^p\d/.test(who) || (who === 'news' && AT_THE_DOOR.includes(kind));
    return who === name || who.startsWith(`${name}-`) || link === name;
  };
  const lists: Record<string, string[]> = {};
  for (const one of told.list) {
    if (one.at >= end || !isOwn(one)) continue;
    const { at, kind, who, message, rest } = one;
    (lists[who] ??= []).push([at, kind, message, ...rest].join(' '));
  }
  return lists;
}

const lastOf = ({ report }: Story): number => report.result.endSeconds * 1_000_000;

/** The two runs tell the same of a part. */
function expectSamePart(one: Story, other: Story, name: string): void {
  const end = Math.min(lastOf(one), lastOf(other));
  const [before, after] = [partOf(one, name, end), partOf(other, name, end)];
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  for (const [who, facts] of Object.entries(before)) {
    const at = facts.findIndex((fact, i) => fact !== after[who][i]);
    expect(at < 0 ? null : [facts[at], after[who][at]], `${who}, fact ${at}`).toBeNull();
    expect(after[who].length, who).toBe(facts.length);
  }
}

function expectDecoupled(plain: Plain, changed: Plain, others: readonly string[]): void {
  const [one, other] = [storyOf(plain), storyOf(changed)];
  for (const part of ['producers', ...others]) expectSamePart(one, other, part);
}

const place = fc.nat({ max: 3 });

describe('decoupling: the producers and all other subscribers tell the same facts at the same times', () => {
  test('when a subscriber is added, at any place', () => {
    fc.assert(
      fc.property(fanOut, anySubscriber, place, (plain, added, at) => {
        const before = named(plain);
        const after: Named[] = [...before];
        after.splice(at % (before.length + 1), 0, ['added', added]);
        const others = before.map(([name]) => name);
        expectDecoupled(scenarioWith(plain, before), scenarioWith(plain, after), others);
      }),
      RUNS,
    );
  });

  test('when a subscriber gets slow', () => {
    fc.assert(
      fc.property(fanOut, place, (plain, at) => {
        const before = named(plain);
        const victim = at % before.length;
        const after = before.map(([name, one], i): Named => {
          return [name, i === victim ? { ...one, work: '3s' } : one];
        });
        const others = before.filter((_, i) => i !== victim).map(([name]) => name);
        expectDecoupled(scenarioWith(plain, before), scenarioWith(plain, after), others);
      }),
      RUNS,
    );
  });

  test('when a subscriber breaks', () => {
    fc.assert(
      fc.property(fanOut, place, blow, (plain, at, fault) => {
        const all = named(plain);
        const [victim] = all[at % all.length];
        const others = all.map(([name]) => name).filter((name) => name !== victim);
        const broken = scenarioWith(plain, all, [{ ...fault, on: `news -> ${victim}` }]);
        expectDecoupled(scenarioWith(plain, all), broken, others);
      }),
      RUNS,
    );
  });
});

test('without a topic they are coupled: a handler that sends to each in turn', () => {
  const crew = { type: 'autoscaling.group', minSize: 1, maxSize: 1, instanceType: 'm7g.large' };
  const plain: Plain = {
    name: 'Direct',
    duration: '30s',
    drain: '2h',
    profile: 'typical',
    traffic: { p0: { send: 'intake', rate: '3/s' } },
    resources: {
      intake: { type: 'sqs.queue' },
      front: { ...crew, consumes: { intake: {} }, handler: [{ send: 's0' }, { send: 's1' }] },
      s0: { type: 'sqs.queue' },
      s1: { type: 'sqs.queue' },
    },
  };
  const slow = { ...plain, faults: [{ at: '3s', on: 'front -> s0', slow: '3s' }] };
  const stored = (story: Story): number[] => story.told.seconds('stored', 's1');
  const [before, after] = [stored(storyOf(plain)), stored(storyOf(slow))];
  expect(after.at(-1)! - before.at(-1)!).toBeGreaterThan(60);
  const topic: Plain = {
    ...plain,
    traffic: { p0: { send: 'news', rate: '3/s' } },
    resources: {
      news: { type: 'sns.topic', subscriptions: { s0: {}, s1: {} } },
      s0: { type: 'sqs.queue' },
      s1: { type: 'sqs.queue' },
    },
  };
  const slowed = { ...topic, faults: [{ at: '3s', on: 'news -> s0', slow: '3s' }] };
  expect(stored(storyOf(slowed))).toEqual(stored(storyOf(topic)));
});

/** Faults on any of the links, in words of scenarios. */
const faults = fc.array(fc.tuple(place, fc.boolean(), blow), { maxLength: 3 });

function broken(plain: FanOut, drawn: readonly (readonly [number, boolean, Plain])[]): Plain {
  const all = named(plain);
  const list = drawn.map(([at, isDead, fault]) => {
    const [name, { hasLetters }] = all[at % all.length];
    return { ...fault, on: isDead && hasLetters ? `news -> ${name}-dead` : `news -> ${name}` };
  });
  return scenarioWith(plain, all, list);
}

test('each message has a fate at each subscription that it is for, and none at others', () => {
  const seen = { delivered: 0, diverted: 0, dropped: 0, filtered: 0 };
  fc.assert(
    fc.property(fanOut, faults, (plain, drawn) => {
      const story = storyOf(broken(plain, drawn));
      const { told, report } = story;
      expectSound(report);
      expect(report.result.drained).toBe(true);
      const count = (kind: keyof typeof seen, link: string): Map<string, number> => {
        const counts = new Map<string, number>();
        for (const { message } of told.of(kind, link))
          counts.set(message, (counts.get(message) ?? 0) + 1);
        seen[kind] += counts.size;
        return counts;
      };
      for (const [name, { filterPolicy }] of named(plain)) {
        const [delivered, diverted, dropped, filtered] = (
          ['delivered', 'diverted', 'dropped', 'filtered'] as const
        ).map((kind) => count(kind, name));
        plain.producers.forEach(({ attributes }, i) => {
          const isFor = filterPolicy === undefined || naiveMatches(filterPolicy, attributes);
          for (const { message } of told.of('answered', `p${i}`)) {
            const [has, dead, lost, not] = [delivered, diverted, dropped, filtered].map(
              (counts) => counts.get(message) ?? 0,
            );
            expect(has + dead + lost > 0, `${message} at ${name}`).toBe(isFor);
            expect(not > 0, `${message} is filtered at ${name}`).toBe(!isFor);
          }
        });
      }
    }),
    RUNS,
  );
  if (SCENARIOS < 25) return; // too few to meet everything
  for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThan(0);
});

const linkBlow = fc.constantFrom<LinkFault['what']>(
  { kind: 'fail', share: 0.5, error: 10 },
  { kind: 'fail', share: 1, error: 10 },
  { kind: 'lose', share: 0.4 },
  { kind: 'cut', share: 0.4 },
  { kind: 'throttle', perSecond: 1 },
  { kind: 'slow', factor: 1, added: 700_000 },
);

test('a FIFO topic keeps the order of each group, whatever happens to its links', () => {
  const fault = fc.record({ link: fc.nat({ max: 1 }), at: fc.nat({ max: 20 }), what: linkBlow });
  let stored = 0;
  fc.assert(
    fc.property(
      fc.array(fault, { maxLength: 3 }),
      fc.constantFrom('ideal', 'typical', 'adversarial'),
      fc.nat({ max: 99_999 }),
      fc.constantFrom('Topic', 'MessageGroup'),
      (drawn, profile, seed, fifoThroughputScope) => {
        const queues = ['a.fifo', 'b.fifo'];
        const crew = {
          type: 'autoscaling.group',
          minSize: 1,
          maxSize: 1,
          instanceType: 'm7g.large',
        };
        const subscriptions = Object.fromEntries(queues.map((name) => [name, {}]));
        const plain: Plain = {
          name: 'Order',
          duration: '30s',
          drain: '2h',
          profile,
          seed,
          traffic: Object.fromEntries(
            ['x', 'y'].map((key) => [key, { send: 'news.fifo', rate: '4/s', key }]),
          ),
          resources: {
            'news.fifo': { type: 'sns.topic', subscriptions, fifoThroughputScope },
            ...Object.fromEntries(queues.map((name) => [name, { type: 'sqs.queue' }])),
            ...Object.fromEntries(
              queues.map((name) => [
                `crew-${name}`.replace('.fifo', ''),
                {
                  ...crew,
                  consumes: { [name]: { waitTimeSeconds: '20s' } },
                  handler: [{ work: '1ms' }],
                },
              ]),
            ),
          },
        };
        const links = drawn.map(({ link, at, what }) => {
          return { from: 'news.fifo', to: queues[link], at, until: at + 15, what };
        });
        const { told, report } = storyOf(plain, links);
        expectSound(report);
        for (const queue of queues)
          for (const key of ['x', 'y']) {
            const of = (kind: 'dispatched' | 'stored'): string[] =>
              told
                .of(kind, queue)
                .flatMap(({ message }) => (message.startsWith(`${key}/`) ? [message] : []));
            expect(of('stored')).toEqual(of('dispatched'));
            stored += of('stored').length;
          }
      },
    ),
    RUNS,
  );
  expect(stored).toBeGreaterThan(0);
});
