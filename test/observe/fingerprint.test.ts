import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fingerprint } from '../../src/observe/fingerprint.js';
import { FakeClock } from './driver.js';

type Fact = readonly [
  time: number,
  head: number,
  mark0: number,
  mark1: number,
  first: number,
  second: number,
];

function hash(facts: readonly Fact[]): string {
  const clock = new FakeClock();
  const fingerprint = new Fingerprint(clock);
  for (const [time, head, mark0, mark1, first, second] of facts) {
    clock.now = time;
    fingerprint.note(head, mark0, mark1, first, second);
  }
  return fingerprint.hex();
}

const word = fc.integer();
const fact: fc.Arbitrary<Fact> = fc.tuple(
  fc.nat(2 ** 48),
  fc.nat(0x20_0000),
  word,
  word,
  word,
  word,
);
const facts = fc.array(fact, { minLength: 1, maxLength: 8 });

test('sixteen hex digits, the same for the same facts', () => {
  const facts: Fact[] = [
    [0, 0x1_0000, 1, 2, 3, 4],
    [5e9, 0x2_0001, -1, 7, 0, 0],
  ];
  expect(hash([])).toMatch(/^[0-9a-f]{16}$/u);
  expect(hash(facts)).toBe(hash(facts));
  expect(hash(facts)).not.toBe(hash([...facts].reverse()));
});

/** Changes a change of which may make figures differ between versions: so it must be meant. */
test('frozen values', () => {
  expect(hash([])).toMatchInlineSnapshot(`"74ad4a85648d3413"`);
  expect(hash([[1_000_000, 0x1_0002, 123, -456, 7, 8]])).toMatchInlineSnapshot(
    `"c681584b36516d99"`,
  );
});

describe('any difference shows', () => {
  test('in any one number of any one fact', () => {
    fc.assert(
      fc.property(
        facts,
        fc.nat(),
        fc.nat(5),
        fc.integer({ min: 1, max: 9 }),
        (told, at, place, by) => {
          const changed = told.map((one) => [...one]);
          changed[at % told.length][place] += by;
          expect(hash(changed as unknown as Fact[])).not.toBe(hash(told));
        },
      ),
    );
  });

  test('in the order of two facts', () => {
    fc.assert(
      fc.property(fact, fact, (one, other) => {
        fc.pre(one.some((n, i) => n !== other[i]));
        expect(hash([one, other])).not.toBe(hash([other, one]));
      }),
    );
  });

  test('in whether a fact was told', () => {
    fc.assert(
      fc.property(fact, (one) => {
        expect(hash([one, one])).not.toBe(hash([one]));
      }),
    );
  });
});

/** A fingerprint whose lanes can be set. */
interface Open {
  lane0: number;
  lane1: number;
  note: Fingerprint['note'];
}

/** For each fact, what it makes of a lane can be undone: no two states become one. */
test('the steps are bijections of the state', () => {
  const clock = new FakeClock();
  fc.assert(
    fc.property(fact, word, word, ([time, head, mark0, mark1, first, second], lane0, lane1) => {
      clock.now = time;
      const fingerprint = new Fingerprint(clock) as unknown as Open;
      const step = (a: number, b: number) => {
        fingerprint.lane0 = a;
        fingerprint.lane1 = b;
        fingerprint.note(head, mark0, mark1, first, second);
        return [fingerprint.lane0, fingerprint.lane1] as const;
      };
      const [from0, from1] = step(0, 0); // rotate(0) ^ word, multiplied
      const [a, b] = step(lane0, lane1);
      // Undo the multiplication, take out the word of the fact, and rotate back.
      const undo = (now: number, zero: number, inverse: number, left: number) => {
        const rotated = Math.imul(now, inverse) ^ Math.imul(zero, inverse);
        return (rotated >>> left) | (rotated << (32 - left));
      };
      expect(undo(a, from0, inverseOf(0x85ebca6b), 13) | 0).toBe(lane0);
      expect(undo(b, from1, inverseOf(0xcc9e2d51), 17) | 0).toBe(lane1);
    }),
  );
});

/** The inverse of an odd number modulo 2^32, by Newton's method. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let i = 0; i < 5; i++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

test('facts that differ in little give no two equal fingerprints', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 40_000; i++)
    seen.add(hash([[i % 100, 0x1_0000 + (i >> 12), i & 15, 0, i >> 8, 3]]));
  const distinct = new Set<string>();
  for (let i = 0; i < 40_000; i++) distinct.add(`${i % 100}/${i >> 12}/${i & 15}/${i >> 8}`);
  expect(seen.size).toBe(distinct.size);
});
