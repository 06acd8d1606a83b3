// Random patterns against random messages: the compiled matcher says what the naive one does, on documents and on
// values that are drawn one by one.

import fc from 'fast-check';
import { describe, test } from 'vitest';
import type { Make } from '../../src/components/makes.js';
import { FilterSet } from '../../src/components/patterns/filter-set.js';
import type { FlavourName } from '../../src/components/patterns/flavour.js';
import { Matcher } from '../../src/components/patterns/matcher.js';
import type { FieldValue, PatternSpec } from '../../src/components/patterns/pattern.js';
import { readPattern } from '../../src/components/patterns/read.js';
import { fakeWorld } from '../components/fakes.js';
import { naiveMatches } from '../reference/naive-patterns.js';
import type { Plain } from '../support/random-patterns.js';
import {
  drawnFields,
  flatPattern,
  jsonObject,
  listObject,
  listPattern,
  nestedPattern,
} from '../support/random-patterns.js';

function specOf(pattern: Plain, flavour: FlavourName): PatternSpec {
  const spec = readPattern(pattern, flavour, ({ message }) => {
    throw new Error(message);
  });
  return spec!;
}

const agree = (got: boolean, wanted: boolean): void => {
  if (got !== wanted) throw new Error(`compiled says ${got}, naive says ${wanted}`);
};

describe('documents', () => {
  test.each<[FlavourName, boolean]>([
    ['event', true],
    ['when', true],
  ])('%s', (flavour, wide) => {
    fc.assert(
      fc.property(nestedPattern(wide), jsonObject, (pattern, document) => {
        const matcher = new Matcher(specOf(pattern, flavour));
        agree(matcher.matchesDocument(document), naiveMatches(pattern, document));
      }),
      { numRuns: 2000 },
    );
  });

  test('lists of maps, and lists of those', () => {
    fc.assert(
      fc.property(listPattern, listObject, (pattern, document) => {
        const matcher = new Matcher(specOf(pattern, 'event'));
        agree(matcher.matchesDocument(document), naiveMatches(pattern, document));
      }),
      { numRuns: 2000 },
    );
  });

  test('attributes', () => {
    fc.assert(
      fc.property(flatPattern, drawnFields(['a', 'b', 'c']), (pattern, fields) => {
        fc.pre(readPattern(pattern, 'messageAttributes', () => undefined) !== undefined);
        const attributes = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, attributeOf(value)]),
        );
        const plain = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [
            name,
            typeof value === 'boolean' || value === null ? [value] : value,
          ]),
        );
        const matcher = new Matcher(specOf(pattern, 'messageAttributes'));
        agree(matcher.matchesAttributes(attributes), naiveMatches(pattern, plain));
      }),
      { numRuns: 1000 },
    );
  });
});

/** SNS has no attributes that are true, false or null: they stand in a list. */
function attributeOf(value: unknown): { DataType: string; StringValue: string } {
  if (typeof value === 'string') return { DataType: 'String', StringValue: value };
  if (typeof value === 'number') return { DataType: 'Number', StringValue: String(value) };
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return { DataType: 'String.Array', StringValue: JSON.stringify(items) };
}

/** A source whose message number i has these fields, as attributes or in its body. */
function makeOf(messages: readonly Plain[], isBody: boolean): Make {
  const field = (name: string, _: number, mark1: number): FieldValue =>
    messages[mark1][name] as FieldValue;
  return {
    isKeyed: false,
    key: () => 0,
    attribute: isBody ? () => undefined : field,
    hasBody: isBody,
    bodyField: field,
    eventField: (name) => (name === 'a' ? 'alpha' : undefined),
  };
}

/** `{ 'n.d': 1 }` → `{ n: { d: 1 } }`. */
function nested(fields: Plain): Plain {
  const root: Plain = {};
  for (const [path, value] of Object.entries(fields)) {
    const names = path.split('.');
    let at = root;
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as Plain;
    at[names[names.length - 1]] = value;
  }
  return root;
}

const PATHS = ['a', 'b', 'n.d', 'n.e', 'm.p.d'];

describe('drawn values, many filters at once', () => {
  const cases: [FlavourName, fc.Arbitrary<Plain>, boolean][] = [
    ['messageAttributes', flatPattern, false],
    ['messageBody', nestedPattern(false), true],
    ['when', nestedPattern(true), true],
  ];
  test.each(cases)('%s', (flavour, pattern, isBody) => {
    const paths = isBody ? PATHS : ['a', 'b', 'c'];
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 5 }),
        fc.array(drawnFields(paths), { minLength: 1, maxLength: 4 }),
        (patterns, messages) => {
          const isRead = (one: Plain): boolean =>
            readPattern(one, flavour, () => undefined) !== undefined;
          const all = patterns.filter(isRead);
          const world = fakeWorld(['shop']);
          world.makes.set(0, makeOf(messages, isBody));
          const set = new FilterSet(
            world,
            all.map((one) => specOf(one, flavour)),
          );
          messages.forEach((message, number) => {
            set.begin(0, 0, number);
            const document = nested(message);
            all.forEach((one, i) => agree(set.matches(i), naiveMatches(one, document)));
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('events: what is around the detail, and the body as the detail', () => {
    const both = fc.tuple(nestedPattern(true), fc.option(fc.constantFrom('alpha', 'beta')));
    fc.assert(
      fc.property(both, drawnFields(PATHS), ([detail, source], message) => {
        const pattern = { detail, ...(source === null ? {} : { a: [source] }) };
        const world = fakeWorld(['shop']);
        world.makes.set(0, makeOf([message], true));
        const set = new FilterSet(world, [specOf(pattern, 'event')]);
        set.begin(0, 0, 0);
        agree(set.matches(0), naiveMatches(pattern, { a: 'alpha', detail: nested(message) }));
      }),
      { numRuns: 500 },
    );
  });
});
