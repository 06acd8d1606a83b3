// Random patterns and messages, of few names and values, so that they meet.

import fc from 'fast-check';

export type Plain = Record<string, unknown>;

const TEXTS = (
  'alpha Alpha alphabet beta a*b order_placed ORDER_PLACED 300 10.0.0.5 10.0.1.5 2001:db8::1 ' +
  '2001:DB8:0::1 état true'
).split(' ');
const NUMBERS = [0, 1, 5, 42, 100, 100.5, -0.5, 300, 999_999.99];
const text = fc.constantFrom('', ...TEXTS);
const number = fc.constantFrom(...NUMBERS);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 1, maxLength: 3 });

const range = fc
  .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), number)
  .filter(([, low, , high]) => low < high);
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number),
  range,
) as fc.Arbitrary<unknown[]>;

const affix = fc.constantFrom('al', 'Al', 'a', 'ta', 'ET', 'ORDER_', '10.', '1', 'É');
const wildcard = fc.constantFrom('a*', '*a', 'al*a', '*', 'a\\*b', '*r*_*', 'alpha', '');
const cidr = fc.constantFrom('10.0.0.0/24', '10.0.0.0/8', '2001:db8::/32', '10.0.1.5/30');

/** What SNS and EventBridge both know. */
const COMMON: fc.Arbitrary<unknown>[] = [
  scalar,
  fc.record({ prefix: affix }),
  fc.record({ suffix: affix }),
  fc.record({ 'equals-ignore-case': text }),
  fc.record({ numeric }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ cidr }),
  fc.record({ 'anything-but': fc.oneof(text, number, list(text), list(number)) }),
  fc.record({ 'anything-but': fc.record({ prefix: affix }) }),
];
const WIDE: fc.Arbitrary<unknown>[] = [
  fc.record({ wildcard }),
  fc.record({ exactly: text }),
  fc.record({ prefix: fc.record({ 'equals-ignore-case': affix }) }),
  fc.record({ suffix: fc.record({ 'equals-ignore-case': affix }) }),
  fc.record({ 'anything-but': fc.record({ prefix: list(affix) }) }),
  fc.record({ 'anything-but': fc.record({ suffix: fc.oneof(affix, list(affix)) }) }),
  fc.record({ 'anything-but': fc.record({ 'equals-ignore-case': fc.oneof(text, list(text)) }) }),
  fc.record({ 'anything-but': fc.record({ wildcard: fc.oneof(wildcard, list(wildcard)) }) }),
];

const some = (values: fc.Arbitrary<unknown>, names: string[]): fc.Arbitrary<Plain> =>
  fc
    .record(Object.fromEntries(names.map((name) => [name, values])), { requiredKeys: [] })
    .filter((map) => Object.keys(map).length > 0);

const withOr = (fields: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc.oneof(
    { weight: 3, arbitrary: fields },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fields, fc.array(fields, { minLength: 2, maxLength: 3 }))
        .map(([all, branches]) => ({ ...all, $or: branches })),
    },
  );

/** Names without nesting, as attributes have. */
export const flatPattern = withOr(some(list(fc.oneof(...COMMON)), ['a', 'b', 'c']));

/** What body filters and event patterns may say; `wide`: what only EventBridge knows, too. */
export function nestedPattern(wide: boolean): fc.Arbitrary<Plain> {
  const values = list(fc.oneof(...COMMON, ...(wide ? WIDE : [])));
  const inner = some(values, ['d', 'e']);
  const fields = fc
    .tuple(some(values, ['a', 'b', 'n.d']), fc.option(inner), fc.option(inner))
    .map(([flat, n, m]) => ({
      ...flat,
      ...(n === null ? {} : { n }),
      ...(m === null ? {} : { m: { p: m } }),
    }));
  return withOr(fields);
}

const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar) },
);
const inside = fc.record({ d: value, e: value }, { requiredKeys: [] });
const element = fc.oneof(scalar, inside, fc.array(inside, { maxLength: 2 }));

/** JSON objects with lists of maps. */
export const jsonObject: fc.Arbitrary<Plain> = fc.record(
  {
    a: value,
    b: value,
    n: fc.oneof(scalar, inside, fc.array(element, { maxLength: 3 })),
    m: fc.record({ p: fc.oneof(inside, fc.array(element, { maxLength: 2 })) }),
    'n.d': value,
  },
  { requiredKeys: [] },
);

/** Fields by their paths, as messages of the simulator have them. */
export const drawnFields = (paths: string[]): fc.Arbitrary<Plain> =>
  fc.record(Object.fromEntries(paths.map((path) => [path, value])), { requiredKeys: [] });

// Lists of maps, and lists of those, with so few values that they meet often.
const FEW = fc.constantFrom('x', 'y', 1);
const fewTests = list(fc.oneof(FEW, FEW, fc.record({ exists: fc.boolean() })));

export const listPattern: fc.Arbitrary<Plain> = fc
  .tuple(some(fewTests, ['a', 'd', 'e']), fc.option(some(fewTests, ['b', 'f'])))
  .map(([n, c]) => ({ n: c === null ? n : { ...n, c } }));

const deep = fc.record({ b: FEW, f: FEW }, { requiredKeys: [] });
const few = fc.record(
  { a: fc.oneof(FEW, fc.array(FEW)), d: FEW, e: FEW, c: fc.oneof(deep, fc.array(deep)) },
  { requiredKeys: [] },
);
export const listObject: fc.Arbitrary<Plain> = fc.record({
  n: fc.array(fc.oneof(few, few, FEW, fc.array(few, { maxLength: 2 })), { maxLength: 4 }),
});
