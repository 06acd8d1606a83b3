// What messages are about: keys, attributes and ids drawn from marks.

import { describe, expect, it } from 'vitest';
import type { MakeOptions } from '../../../src/components/traffic/make.js';
import { TrafficMake } from '../../../src/components/traffic/make.js';
import { declareNames } from '../../../src/components/traffic/values.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import type { BodySpec } from '../../../src/components/settings/body.js';
import type { AttributeSpec } from '../../../src/components/settings/message.js';
import type { ValueSpec } from '../../../src/components/settings/value.js';
import type { World } from '../../../src/components/world.js';
import { fakeWorld } from '../fakes.js';
import { trafficOptions } from '../client/support.js';

interface Made {
  readonly make: TrafficMake;
  readonly world: World;
}

function made(options: Partial<MakeOptions>, world = fakeWorld(['shop'])): Made {
  const whole = trafficOptions(options);
  const all = [whole.key, ...Object.values(whole.attributes), ...Object.values(whole.body)];
  for (const spec of all) declareNames(world.labels, spec);
  return { make: new TrafficMake(world, whole), world };
}

/** The keys of the first `count` messages, as texts. */
function keys({ make, world }: Made, count: number): string[] {
  return Array.from({ length: count }, (_, ordinal) => {
    const { h0, h1 } = make.markOf(ordinal);
    return world.labels.textOf(make.key(h0, h1));
  });
}

function attributes(spec: AttributeSpec, count: number): unknown[] {
  const { make } = made({ attributes: { it: spec } });
  return Array.from({ length: count }, (_, ordinal) => {
    const { h0, h1 } = make.markOf(ordinal);
    return make.attribute('it', h0, h1);
  });
}

function shareOf(list: readonly unknown[], wanted: unknown): number {
  return list.filter((one) => one === wanted).length / list.length;
}

const names = (more: Partial<ValueSpec & { kind: 'names' }> = {}): ValueSpec => {
  return { kind: 'names', of: 50, prefix: 'shop-', zipf: 0, hot: [], ...more };
};

describe('keys', () => {
  it('unique: each message has its own, the same whenever it is asked for', () => {
    const one = made({ key: { kind: 'unique' } });
    const all = keys(one, 1000);
    expect(new Set(all).size).toBe(1000);
    expect(keys(one, 1000)).toEqual(all);
    expect(all[7]).toBe('shoppers#7');
    expect([one.make.isKeyed, made({ key: names() }).make.isKeyed]).toEqual([false, true]);
  });

  it('of two sources, unique keys never meet', () => {
    const world = fakeWorld(['a', 'b']);
    const [a, b] = ['a', 'b'].map((name) => made({ name }, world));
    const both = [...keys(a, 100), ...keys(b, 100)];
    expect(new Set(both).size).toBe(200);
  });

  it('one of many, even', () => {
    const all = keys(made({ key: names() }), 50_000);
    expect(new Set(all).size).toBe(50);
    for (const i of [0, 7, 49]) expect(shareOf(all, `shop-${i}`)).toBeCloseTo(0.02, 2);
  });

  it('by Zipf: the first name is the most frequent', () => {
    const all = keys(made({ key: names({ zipf: 1 }) }), 50_000);
    const total = Array.from({ length: 50 }, (_, i) => 1 / (i + 1)).reduce((sum, x) => sum + x, 0);
    for (const i of [0, 1, 9])
      expect(shareOf(all, `shop-${i}`)).toBeCloseTo(1 / (i + 1) / total, 2);
  });

  it('hot names take their share first; the others share the rest', () => {
    const hot = [
      { name: 'live-banner', share: 0.12 },
      { name: 'shop-7', share: 0.1 },
    ];
    const all = keys(made({ key: names({ hot }) }), 50_000);
    expect(shareOf(all, 'live-banner')).toBeCloseTo(0.12, 2);
    expect(shareOf(all, 'shop-7')).toBeCloseTo(0.1 + 0.78 / 50, 2);
    expect(shareOf(all, 'shop-8')).toBeCloseTo(0.78 / 50, 2);
  });

  it('one of a few, by shares', () => {
    const options = [
      { value: 'gold', share: 0.1 },
      { value: 'plain', share: 0.9 },
    ];
    const all = keys(made({ key: { kind: 'oneOf', options } }), 20_000);
    expect(shareOf(all, 'gold')).toBeCloseTo(0.1, 1);
    expect(new Set(all)).toEqual(new Set(['gold', 'plain']));
  });

  it('a number is taken whole', () => {
    const key: ValueSpec = { kind: 'number', of: { kind: 'uniform', min: 0, max: 9.4 } };
    expect(new Set(keys(made({ key }), 1000)).size).toBe(10);
  });

  it('a name said as a constant elsewhere is the same key', () => {
    const world = fakeWorld(['a', 'b']);
    declareNames(world.labels, names());
    const all = made({ name: 'a', key: names() }, world);
    const poison = made({ name: 'b', key: { kind: 'constant', value: 'shop-7' } }, world);
    const ordinal = keys(all, 1000).indexOf('shop-7');
    const { h0, h1 } = all.make.markOf(ordinal);
    expect(poison.make.key(0, 0)).toBe(all.make.key(h0, h1));
  });

  it('do not change when an attribute comes', () => {
    const bare = keys(made({ key: names() }), 100);
    const more = made({ key: names(), attributes: { kind: { kind: 'constant', value: 'x' } } });
    expect(keys(more, 100)).toEqual(bare);
  });
});

describe('attributes', () => {
  it('are texts, numbers and lists of texts', () => {
    expect(attributes({ kind: 'constant', value: 'broken' }, 1)).toEqual(['broken']);
    expect(attributes({ kind: 'constant', value: 40 }, 1)).toEqual([40]);
    expect(attributes({ kind: 'texts', texts: ['a', 'b'] }, 1)).toEqual([['a', 'b']]);
    const amounts = attributes({ kind: 'number', of: { kind: 'uniform', min: 1, max: 2 } }, 100);
    expect(amounts.every((one) => typeof one === 'number' && one >= 1 && one <= 2)).toBe(true);
    expect(new Set(attributes(names(), 1000)).size).toBe(50);
  });

  it('nobody has said this one', () => {
    expect(made({}).make.attribute('kind', 1, 2)).toBeUndefined();
  });
});

describe('bodies', () => {
  const body: BodySpec = {
    'order.kind': names(),
    'order.gift': { kind: 'flag', value: false },
    'order.lines': { kind: 'list', items: [1, 'two'] },
    tier: {
      kind: 'oneOf',
      options: [
        { value: 'gold', share: 0.5 },
        { value: '7', share: 0.5, is: 7 },
      ],
    },
    id: { kind: 'unique' },
  };
  const fields = (one: Made, path: string, count: number): unknown[] =>
    Array.from({ length: count }, (_, ordinal) => {
      const { h0, h1 } = one.make.markOf(ordinal);
      return one.make.bodyField(path, h0, h1);
    });

  it('are fields of their own types, the same whenever they are asked for', () => {
    const one = made({ body });
    expect(fields(one, 'order.gift', 1)).toEqual([false]);
    expect(fields(one, 'order.lines', 1)).toEqual([[1, 'two']]);
    expect(new Set(fields(one, 'tier', 100))).toEqual(new Set(['gold', 7]));
    expect(new Set(fields(one, 'id', 100)).size).toBe(100);
    expect(fields(one, 'order.kind', 100)).toEqual(fields(one, 'order.kind', 100));
    expect(fields(one, 'order', 1)).toEqual([undefined]);
  });

  it('are drawn apart from attributes', () => {
    const one = made({ body: { it: names() }, attributes: { it: names() } });
    expect(fields(one, 'it', 100)).not.toEqual(attributes(names(), 100));
  });

  it('and attributes may be none', () => {
    expect([made({}).make.hasBody, made({}).make.hasAttributes()]).toEqual([false, false]);
    const one = made({ body, attributes: { it: names() } }).make;
    expect([one.hasBody, one.hasAttributes()]).toEqual([true, true]);
  });

  it('around an event stand its source and its type', () => {
    const { make } = made({ source: 'shop', detailType: 'OrderPlaced' });
    const around = ['source', 'detail-type', 'region'].map((name) => make.eventField(name));
    expect(around).toEqual(['shop', 'OrderPlaced', undefined]);
  });
});

describe('sizes and payloads', () => {
  it('a payload above the size lies in the bucket, with all its bytes', () => {
    const size = distribution({ kind: 'uniform', min: 1000, max: 3000 });
    const { make } = made({ size, largePayloads: { bucket: 3, above: 2000 } });
    let large = 0;
    for (let ordinal = 0; ordinal < 1000; ordinal++) {
      const { h0, h1 } = make.markOf(ordinal);
      const bytes = make.sizeBytes(h0, h1);
      expect(make.payloads!.bytesInBucket(h0, h1)).toBe(bytes > 2000 ? bytes : 0);
      if (bytes > 2000) large++;
    }
    expect(make.payloads!.bucket).toBe(3);
    expect(large / 1000).toBeCloseTo(0.5, 1);
  });

  it('without a claim check there are none', () => {
    expect(made({}).make.payloads).toBeNull();
  });
});

describe('ids', () => {
  const ids = (group: string | null, id: string | null) => {
    const attribute = { tenant: { kind: 'constant', value: 'acme' } } as const;
    const both = { messageGroupId: group, messageDeduplicationId: id };
    const { make, world } = made({ attributes: attribute, key: names(), ...both });
    return { make, world, drawn: make.ids! };
  };

  it('come from the key, the message, the attempt or an attribute', () => {
    const { make, world, drawn } = ids('tenant', 'message');
    const { h0, h1 } = make.markOf(5);
    expect(world.labels.textOf(drawn.group.label(h0, h1))).toBe('acme');
    expect(world.labels.textOf(drawn.id.label(h0, h1))).toBe('shoppers.message#5');
    expect(drawn.changesByAttempt).toBe(false);
    const byKey = ids('key', 'key');
    expect(byKey.drawn.group.label(h0, h1)).toBe(byKey.make.key(h0, h1));
    const fresh = ids('key', 'attempt');
    expect(fresh.drawn.changesByAttempt).toBe(true);
    expect(fresh.drawn.id.label(h0, h1)).not.toBe(fresh.drawn.id.label(h0, h1));
  });

  it('where neither is said there are none', () => {
    expect(made({}).make.ids).toBeNull();
    expect(ids(null, 'key').drawn.group.label(1, 2)).toBe(-1);
  });
});
