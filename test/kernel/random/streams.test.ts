import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError } from '../../../src/kernel/check.js';
import { streamName } from '../../../src/kernel/random/stream-name.js';
import { keyOf, Streams } from '../../../src/kernel/random/streams.js';

describe('names of streams', () => {
  const part = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a', 'aa', '/', '\n', '%'),
  );
  const parts = fc.array(part, { minLength: 4, maxLength: 4 });

  test('are ASCII and end in their only newline', () => {
    fc.assert(fc.property(parts, (list) => /^[\x21-\x7e]*\n$/.test(streamName(list))));
  });

  test('differ when a part differs', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(streamName(a) === streamName(b)).toBe(a.join('\0') === b.join('\0'));
      }),
    );
    expect(streamName(['a', '/b'])).not.toBe(streamName(['a/', 'b']));
    expect(streamName(['\ud800'])).not.toBe(streamName(['\udc00']));
  });

  test('read well', () => {
    expect(streamName(['stream', '42', '0', 'orders', 'latency of é'])).toBe(
      'stream/42/0/orders/latency%0020of%0020%00e9\n',
    );
  });
});

describe('keys', () => {
  test('no two of a million names share one', () => {
    const keys = new BigUint64Array(1_000_000);
    let n = 0;
    for (let component = 0; component < 1000; component++) {
      for (let purpose = 0; purpose < 1000; purpose++) {
        // Repeated letters are what seedrandom by itself takes for one another.
        const repeated = 'a'.repeat(component % 50) + component;
        const name = streamName(['key', '42', `${purpose % 7}`, repeated, `${purpose}`]);
        const [a, b] = keyOf(name);
        keys[n++] = (BigInt(a >>> 0) << 32n) | BigInt(b >>> 0);
      }
    }
    keys.sort();
    let shared = 0;
    for (let i = 1; i < n; i++) if (keys[i] === keys[i - 1]) shared++;
    expect(shared).toBe(0);
  }, 120_000);

  test('long names count to their last character', () => {
    const long = 'x'.repeat(1000);
    const names = [long, `${long}y`, `y${long}`, `${long}x`, `${long.slice(1)}y`, `${long}${long}`];
    const keys = names.map((name) => keyOf(streamName([name])).join());
    expect(new Set(keys).size).toBe(names.length);
  });

  test('frozen: may be wrong, but must not change without a line under "Results"', () => {
    expect(keyOf(streamName(['stream', '42', '0', 'orders', 'arrivals']))).toMatchInlineSnapshot(`
      [
        976234176,
        1020834217,
        -80075635,
        -1604700802,
      ]
    `);
  });
});

describe('Streams', () => {
  const first = (streams: Streams, component: string, purpose: string): number =>
    streams.stream(component, purpose).u32();

  test('the same name gives the same stream, another part another', () => {
    const all = [
      first(new Streams('42', 0), 'orders', 'latency'),
      first(new Streams('42', 1), 'orders', 'latency'),
      first(new Streams('43', 0), 'orders', 'latency'),
      first(new Streams('42', 0), 'order', 'latency'),
      first(new Streams('42', 0), 'orders', 'loss'),
    ];
    expect(new Set(all).size).toBe(5);
    expect(first(new Streams('42', 0), 'orders', 'latency')).toBe(all[0]);
  });

  test('what others ask for changes nothing', () => {
    const streams = new Streams('42', 0);
    streams.stream('other', 'latency').u32();
    streams.key('orders', 'latency');
    expect(first(streams, 'orders', 'latency')).toBe(
      first(new Streams('42', 0), 'orders', 'latency'),
    );
  });

  test('a stream has one owner, a key any number', () => {
    const streams = new Streams('42', 0);
    streams.stream('orders', 'latency');
    expect(() => streams.stream('orders', 'latency')).toThrow(BugError);
    expect(streams.key('orders', 'work').u53(1, 2, 3)).toBe(
      streams.key('orders', 'work').u53(1, 2, 3),
    );
  });

  test('a key and a stream of one name are strangers', () => {
    const streams = new Streams('42', 0);
    const key = streams.key('orders', 'work');
    const [a, b] = keyOf(streamName(['stream', '42', '0', 'orders', 'work']));
    key.hash(0, 0, 0);
    const [k0, k1] = keyOf(streamName(['key', '42', '0', 'orders', 'work']));
    expect([k0, k1]).not.toEqual([a, b]);
  });

  test('a replication is a whole number', () => {
    expect(() => new Streams('42', 0.5)).toThrow(BugError);
  });
});
