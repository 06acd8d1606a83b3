// Trees of YAML with one spot changed, and what to put there: for tests of what is refused.

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
export type Spot = readonly (string | number)[];

export function spotsOf(value: Plain, at: Spot = []): Spot[] {
  const inside =
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => {
          return spotsOf(inner, [...at, Array.isArray(value) ? Number(key) : key]);
        });
  return at.length === 0 ? inside : [at, ...inside];
}

export function changedAt(value: Plain, at: Spot, change: (inner: Plain) => Plain): Plain {
  const [key, ...rest] = at;
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, i) => (i === key ? changedAt(item, rest, change) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === key ? changedAt(inner, rest, change) : inner,
    ]),
  );
}

export function renamed(value: Plain, at: Spot, to: string): Plain {
  const key = at[at.length - 1];
  return changedAt(value, at.slice(0, -1), (inner) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, one]) => [name === key ? to : name, one]),
    );
  });
}

export const SCALARS: readonly Plain[] = [
  '0s',
  '30',
  '30s',
  '30 s',
  '1h30m',
  '-5s',
  '99999999d',
  '0.5%',
  '101%',
  '5x',
  '50/s',
  '50/min',
  '1e999',
  'KiB',
  '2KiB',
  'unique',
  'orders',
  'workers',
  'shoppers',
  'a -> b',
  'us-east-1',
  'null',
  '',
  ' ',
  '\u0000',
  '한글',
  '__proto__',
  0,
  -1,
  0.1,
  1e21,
  9007199254740993,
  true,
  false,
  null,
  [],
  {},
  [[]],
  [null],
  { p50: '1s' },
  { p50: '1s', p99: '2s' },
  { dist: 'uniform', min: '1s', max: '0s' },
  { mix: [] },
  { oneOf: [] },
  { of: 1 },
  { samples: 'no.csv' },
  { type: 'sqs.queue' },
  { type: 'kinesis.stream' },
];
export const KEYS = [
  'send',
  'call',
  'rate',
  'phases',
  'publish',
  'type',
  'assume',
  'consumes',
  'handler',
  'tags',
  '__proto__',
  'constructor',
  'toString',
  'extends',
  'visibilityTimout',
  'VisibilityTimeout',
  'deadLetterTargetArn',
  'orders',
  'a.b',
  '',
  '0',
  'p50',
  'file',
  'replay',
  'samples',
];
