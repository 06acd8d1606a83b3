// Many filters against one message: what is drawn how often, and why a filter does not match.

import { describe, expect, test } from 'vitest';
import type { Make } from '../../../src/components/makes.js';
import { FilterSet, Mismatch, MISMATCHES } from '../../../src/components/patterns/filter-set.js';
import type { FlavourName } from '../../../src/components/patterns/flavour.js';
import type { PatternSpec } from '../../../src/components/patterns/pattern.js';
import { fakeWorld } from '../fakes.js';
import { specOf } from './support.js';

type Plain = Record<string, unknown>;

const KINDS = ['placed', 'paid', 'placed'];

/** Message i of the source is of kind KINDS[i]; `drawn` counts what was asked for. */
function counted(more: Partial<Make> = {}): { make: Make; drawn: string[] } {
  const drawn: string[] = [];
  const make: Make = {
    isKeyed: false,
    key: (_, mark1) => mark1,
    attribute: (name, _, mark1) => {
      drawn.push(name);
      return name === 'kind' ? KINDS[mark1] : undefined;
    },
    hasBody: true,
    bodyField: (path, _, mark1) => {
      drawn.push(`body ${path}`);
      return path === 'order.amount' ? 100 * mark1 : undefined;
    },
    ...more,
  };
  return { make, drawn };
}

function setOf(make: Make | undefined, specs: (PatternSpec | null)[]): FilterSet {
  const world = fakeWorld(['shoppers', 'robots']);
  if (make !== undefined) world.makes.set(0, make);
  return new FilterSet(world, specs);
}

const attributes = (pattern: Plain): PatternSpec => specOf(pattern, 'messageAttributes');
const body = (pattern: Plain): PatternSpec => specOf(pattern, 'messageBody');

describe('drawing', () => {
  test('each field once per message, when it is needed, and no other', () => {
    const { make, drawn } = counted();
    const set = setOf(make, [
      attributes({ kind: ['placed'] }),
      attributes({ kind: ['placed'] }),
      attributes({ kind: [{ prefix: 'p' }], never: ['x'] }),
      body({ order: { amount: [{ numeric: ['>', 50] }] } }),
      null,
    ]);
    const matched = [0, 1].map((message) => {
      set.begin(0, 0, message);
      return [0, 1, 2, 3, 4].map((i) => set.matches(i));
    });
    expect(matched).toEqual([
      [true, true, false, false, true],
      [false, false, false, true, true],
    ]);
    const once = ['kind', 'never', 'body order.amount'];
    expect(drawn).toEqual([...once, ...once]);
  });

  test('nothing where nobody reads, and nothing behind a field that does not match', () => {
    const { make, drawn } = counted();
    const set = setOf(make, [null, attributes({ kind: ['lost'], more: [1] })]);
    set.begin(0, 0, 0);
    expect(set.matches(0)).toBe(true);
    expect(drawn).toEqual([]);
    expect(set.matches(1)).toBe(false);
    expect(drawn).toEqual(['kind']);
  });
});

test('another filter in its place, one more behind, and none', () => {
  const set = setOf(counted().make, [attributes({ kind: ['placed'] })]);
  set.begin(0, 0, 1);
  expect(set.matches(0)).toBe(false);
  set.replace(0, attributes({ kind: ['paid'] }));
  set.replace(1, body({ order: { amount: [100] } }));
  expect([set.matches(0), set.matches(1)]).toEqual([true, true]);
  set.replace(0, null);
  set.begin(0, 0, 0);
  expect([set.matches(0), set.matches(1)]).toEqual([true, false]);
});

test('the empty policy of SNS lets everything through', () => {
  const set = setOf(undefined, [body({})]);
  set.begin(0, 0, 0);
  expect(set.matches(0)).toBe(true);
});

describe('why not', () => {
  const why = (make: Make | undefined, spec: PatternSpec): string => {
    const set = setOf(make, [spec]);
    set.begin(0, 0, 0);
    expect(set.matches(0)).toBe(false);
    return MISMATCHES[set.mismatch(0)];
  };
  const wanted = attributes({ other: ['x'] });
  const bodied = body({ other: ['x'] });

  test('as SNS’s metrics tell it', () => {
    expect(why(counted().make, wanted)).toBe('MessageAttributes');
    expect(why(counted({ hasAttributes: () => false }).make, wanted)).toBe('NoMessageAttributes');
    expect(why(counted({ hasValidAttributes: () => false }).make, wanted)).toBe(
      'InvalidAttributes',
    );
    expect(why(counted().make, bodied)).toBe('MessageBody');
    expect(why(counted({ hasBody: false }).make, bodied)).toBe('InvalidMessageBody');
    expect(why(counted({ document: () => 'text' }).make, bodied)).toBe('InvalidMessageBody');
    expect(why(counted({ document: () => ({}) }).make, bodied)).toBe('MessageBody');
    expect(why(undefined, wanted)).toBe(MISMATCHES[Mismatch.Attributes]);
  });

  test('what is no JSON object matches no body filter, not even one for what is absent', () => {
    const absent = body({ other: [{ exists: false }] });
    expect(why(counted({ hasBody: false }).make, absent)).toBe('InvalidMessageBody');
    expect(why(counted({ document: () => undefined }).make, absent)).toBe('InvalidMessageBody');
  });
});

describe('real bodies', () => {
  const document = {
    orders: [
      { id: 1, state: 'paid' },
      { id: 2, state: 'open' },
    ],
  };
  const matched = (spec: PatternSpec, more: Partial<Make> = {}): boolean => {
    const set = setOf(counted({ document: () => document, ...more }).make, [spec]);
    set.begin(0, 0, 0);
    return set.matches(0);
  };

  test('are looked at whole', () => {
    expect(matched(body({ orders: { id: [1], state: ['paid'] } }))).toBe(true);
    expect(matched(body({ orders: { id: [2], state: ['paid'] } }))).toBe(false);
    expect(matched(attributes({ kind: ['placed'] }))).toBe(true);
  });

  test('of events are the detail', () => {
    const more = { eventField: (name: string) => (name === 'source' ? 'shop' : undefined) };
    const event = (pattern: Plain): boolean => matched(specOf(pattern, 'event'), more);
    expect(event({ source: ['shop'], detail: { orders: { id: [2], state: ['open'] } } })).toBe(
      true,
    );
    expect(event({ source: ['shop'], detail: { orders: { id: [1], state: ['open'] } } })).toBe(
      false,
    );
    expect(event({ source: ['other'], detail: { orders: { id: [1] } } })).toBe(false);
  });

  test('beside attributes, in when', () => {
    const when = (pattern: Plain): boolean => matched(specOf(pattern, 'when'));
    expect(when({ kind: ['placed'], source: ['shoppers'], orders: { id: [2] } })).toBe(true);
    expect(when({ kind: ['paid'], orders: { id: [2] } })).toBe(false);
  });
});

describe('events', () => {
  test('what is around the detail, what is the same for all, and the body as the detail', () => {
    const { make, drawn } = counted({
      eventField: (name) => (name === 'detail-type' ? 'OrderPlaced' : undefined),
    });
    const world = fakeWorld(['shoppers']);
    world.makes.set(0, make);
    const specs = [
      { 'detail-type': ['OrderPlaced'], region: ['eu-west-1'], detail: { order: { amount: [0] } } },
      { region: ['us-east-1'] },
      { resources: [{ exists: false }] },
    ].map((pattern) => specOf(pattern, 'event'));
    const set = new FilterSet(world, specs, new Map([['region', 'eu-west-1']]));
    set.begin(0, 0, 0);
    expect([0, 1, 2].map((i) => set.matches(i))).toEqual([true, false, true]);
    expect(drawn).toEqual(['body order.amount']);
  });
});

test('an event that comes of another message is its sender’s, unless it says whose it is', () => {
  const world = fakeWorld(['shoppers', 'workers']);
  const eventField = (name: string): string | undefined => (name === 'source' ? 'shop' : undefined);
  const { make } = counted({ eventField });
  world.makes.set(0, make);
  const specs = ['shop', 'shoppers', 'workers'].flatMap((name) => [
    specOf({ source: [name] }, 'event'),
    specOf({ 'detail-type': [name] }, 'event'),
  ]);
  const set = new FilterSet(world, specs);
  const matched = (sender: number): number[] => {
    set.begin(0, 0, 0, sender);
    return specs.flatMap((_, i) => (set.matches(i) ? [i] : []));
  };
  expect(matched(0)).toEqual([0, 3]);
  expect(matched(1)).toEqual([4, 5]);
});

describe('when', () => {
  const matched = (pattern: Plain, source = 0): boolean => {
    const world = fakeWorld(['shoppers', 'robots']);
    world.labels.range('user-', 10);
    const first = world.labels.of('user-0');
    const { make } = counted({
      key: () => first + 7,
      attribute: (name) => (name === 'tier' ? 'gold' : undefined),
    });
    world.makes.set(0, make);
    const flavour: FlavourName = 'when';
    const set = new FilterSet(world, [specOf(pattern, flavour)]);
    set.begin(source, 0, 1);
    return set.matches(0);
  };

  test('key, source, attributes, and fields of the body', () => {
    expect(matched({ key: ['user-7'], source: ['shoppers'] })).toBe(true);
    expect(matched({ key: ['user-6', 'x'] })).toBe(false);
    expect(matched({ key: [{ suffix: '7' }] })).toBe(true);
    expect(matched({ tier: ['gold'], order: { amount: [100] } })).toBe(true);
    expect(matched({ order: { amount: [{ exists: false }] } })).toBe(false);
  });

  test('of a sender that nothing is known of', () => {
    expect(matched({ source: ['robots'] }, 1)).toBe(true);
    expect(matched({ key: [{ exists: false }], tier: [{ exists: false }] }, 1)).toBe(true);
    expect(matched({ key: ['user-7'] }, 1)).toBe(false);
  });
});
