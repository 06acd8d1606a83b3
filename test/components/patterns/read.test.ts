// What AWS refuses of patterns, in its words, with the place; and what it takes.

import { describe, expect, test } from 'vitest';
import { combinationsOf } from '../../../src/components/patterns/complexity.js';
import type { FlavourName } from '../../../src/components/patterns/flavour.js';
import { problemsOf, specOf } from './support.js';

type Plain = Record<string, unknown>;

const ALL: FlavourName[] = ['messageAttributes', 'messageBody', 'event', 'when'];
const inA = (...items: unknown[]): Plain => ({ a: items });
const but = (operand: unknown): Plain => inA({ 'anything-but': operand });
const NOT_LISTED = 'Inside anything but list, start|null|boolean is not supported: null';

describe('refused everywhere', () => {
  test.each<[unknown, string, (string | number)[]]>([
    [[1, 2], 'Filter is not an object', []],
    [{ a: 'x' }, '"a" must be an object or an array', ['a']],
    [{ a: [] }, 'Empty arrays are not allowed', ['a']],
    [inA('x', ['y']), 'Match value must be String, number, true, false, or null', ['a', 1]],
    [inA({}), 'Match expression name not found', ['a', 0]],
    [inA({ PREFIX: 'x' }), 'Unrecognized match type PREFIX', ['a', 0, 'PREFIX']],
    [
      inA({ prefix: 'x', suffix: 'y' }),
      'Only one key allowed in match expression',
      ['a', 0, 'suffix'],
    ],
    [inA({ prefix: 3 }), 'prefix match pattern must be a string', ['a', 0, 'prefix']],
    [
      inA({ exists: 'yes' }),
      'exists match pattern must be either true or false.',
      ['a', 0, 'exists'],
    ],
    [inA({ cidr: '10.0.0.0' }), "Malformed CIDR, one '/' required", ['a', 0, 'cidr']],
    [inA({ cidr: '10.0.0.0/x' }), 'Malformed CIDR, mask bits must be an integer', ['a', 0, 'cidr']],
    [
      inA({ cidr: '10.0.0.0/-1' }),
      'Malformed CIDR, mask bits must not be negative',
      ['a', 0, 'cidr'],
    ],
    [inA({ cidr: '10.0.0.0/32' }), 'IPv4 mask bits must be < 32', ['a', 0, 'cidr']],
    [inA({ cidr: '::1/128' }), 'IPv6 mask bits must be < 128', ['a', 0, 'cidr']],
    [inA({ cidr: '10.0.0.256/8' }), 'Nonstandard IP address: 10.0.0.256', ['a', 0, 'cidr']],
    [inA({ cidr: '1::2::3/8' }), 'Nonstandard IP address: 1::2::3', ['a', 0, 'cidr']],
    [inA({ numeric: 5 }), 'Value of numeric must be an array.', ['a', 0, 'numeric']],
    [inA({ numeric: [] }), 'Invalid member in numeric match: ]', ['a', 0, 'numeric']],
    [inA({ numeric: [5] }), 'Invalid member in numeric match: 5', ['a', 0, 'numeric']],
    [inA({ numeric: ['<>', 5] }), 'Unrecognized numeric range operator: <>', ['a', 0, 'numeric']],
    [inA({ numeric: ['=', '5'] }), 'Value of equals must be numeric', ['a', 0, 'numeric']],
    [inA({ numeric: ['>', 1, '<'] }), 'Value of < must be numeric', ['a', 0, 'numeric']],
    [
      inA({ numeric: ['<', 1, '>', 0] }),
      'Too many elements in numeric expression',
      ['a', 0, 'numeric'],
    ],
    [inA({ numeric: ['>', 1, '=', 2] }), 'Bad numeric range operator: =', ['a', 0, 'numeric']],
    [inA({ numeric: ['>', 1, 2] }), 'Bad value in numeric range: 2', ['a', 0, 'numeric']],
    [inA({ numeric: ['>', 1, '<', 1] }), 'Bottom must be less than top', ['a', 0, 'numeric']],
    [
      inA({ numeric: ['>', 1, '<', 2, 3] }),
      'Too many terms in numeric range expression',
      ['a', 0, 'numeric'],
    ],
    [inA({ numeric: ['=', Infinity] }), 'Cannot compare number : Infinity', ['a', 0, 'numeric']],
    [
      but(null),
      'Value of anything-but must be an array or single string/number value.',
      ['a', 0, 'anything-but'],
    ],
    [but(['x', null]), NOT_LISTED, ['a', 0, 'anything-but']],
    [
      but(['x', 5]),
      'Inside anything but list, either all values are number or string, mixed type is not supported',
      ['a', 0, 'anything-but'],
    ],
    [but({ exists: true }), 'Unsupported anything-but pattern: exists', ['a', 0, 'anything-but']],
    [but({ prefix: '' }), 'Null prefix/suffix not allowed', ['a', 0, 'anything-but']],
    [
      but({ prefix: 'x', y: 1 }),
      'Only one key allowed in match expression',
      ['a', 0, 'anything-but'],
    ],
  ])('%j', (pattern, message, path) => {
    for (const flavour of ALL) {
      const [{ path: place = [], ...problem }] = problemsOf(pattern, flavour);
      expect([problem.message, place]).toEqual([message, path]);
    }
  });
});

test('under the name of AWS’s error; patterns of our own have none', () => {
  const errors = ALL.map((flavour) => problemsOf({ a: 1 }, flavour)[0]);
  expect(errors.map(({ code, awsError }) => [code, awsError])).toEqual([
    ['aws-refuses', 'InvalidParameter'],
    ['aws-refuses', 'InvalidParameter'],
    ['aws-refuses', 'InvalidEventPatternException'],
    ['wrong-kind', undefined],
  ]);
});

test('all that is wrong is told at once', () => {
  const pattern = { a: 1, b: [{ foo: 1 }], c: { d: [{ prefix: 1 }] } };
  expect(problemsOf(pattern, 'event').map(({ path }) => path)).toEqual([
    ['a'],
    ['b', 0, 'foo'],
    ['c', 'd', 0, 'prefix'],
  ]);
});

describe('what only EventBridge knows', () => {
  test.each<[Plain, string]>([
    [inA({ wildcard: 'a*' }), 'Unrecognized match type wildcard'],
    [inA({ exactly: 'a' }), 'Unrecognized match type exactly'],
    [inA({ prefix: { 'equals-ignore-case': 'a' } }), 'prefix match pattern must be a string'],
    [inA({ suffix: { 'equals-ignore-case': 'a' } }), 'suffix match pattern must be a string'],
    [but({ suffix: 'a' }), 'Unsupported anything-but pattern: suffix'],
    [but({ wildcard: 'a*' }), 'Unsupported anything-but pattern: wildcard'],
    [but({ 'equals-ignore-case': 'a' }), 'Unsupported anything-but pattern: equals-ignore-case'],
    [but({ prefix: ['a', 'b'] }), 'prefix match pattern must be a string'],
  ])('%j', (pattern, message) => {
    expect(problemsOf(pattern, 'event')).toEqual([]);
    expect(problemsOf(pattern, 'when')).toEqual([]);
    for (const flavour of ['messageAttributes', 'messageBody'] as const)
      expect(problemsOf(pattern, flavour)[0].message).toBe(message);
  });

  test.each([
    ['a**b', 'Consecutive wildcard characters at pos 1'],
    ['a\\b', 'Invalid escape character at pos 1'],
    ['a*\\', 'Invalid escape character at pos 2'],
  ])('wildcard %s', (wildcard, message) => {
    expect(problemsOf(inA({ wildcard }), 'event')[0].message).toBe(message);
    expect(problemsOf(but({ wildcard: ['ok', wildcard] }), 'event')[0].message).toBe(message);
  });
});

describe('limits', () => {
  const values = (count: number): string[] => Array.from({ length: count }, (_, i) => `v${i}`);

  test('the complexity of a policy: AWS’s examples', () => {
    expect(combinationsOf({ a: values(3), b: [1], c: [2] }, true)).toBe(3);
    expect(combinationsOf({ a: values(3), b: [1], c: values(2) }, true)).toBe(6);
    const nested = { a: { b: { c: values(4) } }, d: { e: values(3) } };
    expect(combinationsOf(nested, true)).toBe(72);
    expect(combinationsOf({ ...nested, f: values(3) }, true)).toBe(216);
    const or = {
      s: values(4),
      $or: [{ m: values(6) }, { t: values(4), $or: [{ i: values(4) }, { p: values(4) }] }],
    };
    expect(combinationsOf(or, true)).toBe(152);
  });

  test('150 combinations are fine, 151 are not', () => {
    expect(problemsOf({ a: values(150) }, 'messageAttributes')).toEqual([]);
    expect(problemsOf({ a: values(151) }, 'messageBody')[0]).toMatchObject({
      message: 'Filter policy is too complex',
      found: '151 combinations',
      awsError: 'InvalidParameter',
    });
    expect(problemsOf({ a: values(151) }, 'when')).toEqual([]);
  });

  test('five keys, however deep they go', () => {
    const keys = (count: number): Plain =>
      Object.fromEntries(values(count).map((name) => [name, [1]]));
    expect(problemsOf(keys(5), 'messageAttributes')).toEqual([]);
    expect(problemsOf({ a: keys(6) }, 'event')).toEqual([]);
    expect(problemsOf(keys(6), 'messageBody')[0]).toMatchObject({
      message: 'Filter policy can not have more than 5 keys',
      path: ['v5'],
    });
  });

  test('256 KiB of UTF-8', () => {
    const policy = (letter: string, count: number): Plain => ({ a: [letter.repeat(count)] });
    expect(problemsOf(policy('x', 262_134), 'messageBody')).toEqual([]);
    expect(problemsOf(policy('x', 262_135), 'messageBody')[0].found).toBe('262145 bytes');
    expect(problemsOf(policy('é', 131_068), 'messageBody')[0].found).toBe('262146 bytes');
    expect(problemsOf(policy('\u{1f600}', 65_533), 'messageBody')).toEqual([]);
  });

  test('an event pattern has 2,048 characters', () => {
    const pattern = (count: number): Plain => ({ a: ['x'.repeat(count)] });
    expect(problemsOf(pattern(2038), 'event')).toEqual([]);
    expect(problemsOf(pattern(2039), 'event')[0]).toMatchObject({ found: '2049 characters' });
    expect(problemsOf(pattern(2039), 'when')).toEqual([]);
  });

  test('nesting is for bodies', () => {
    expect(problemsOf({ a: { b: [1] } }, 'messageBody')).toEqual([]);
    expect(problemsOf({ a: { b: [1] } }, 'messageAttributes')[0]).toMatchObject({
      message: 'Filter policy scope MessageAttributes does not support nested filter policy',
      path: ['a'],
    });
  });

  test('$or makes 1,000 alternatives at most', () => {
    const or = (count: number): Plain => ({ $or: values(count).map(() => ({ a: [1] })) });
    expect(specOf({ x: or(10), y: or(10), z: or(10) }, 'when').alternatives).toHaveLength(1000);
    const [problem] = problemsOf({ x: or(10), y: or(10), z: or(11) }, 'when');
    expect(problem).toMatchObject({
      message: '$or makes more than 1000 combinations',
      path: ['z', '$or'],
    });
  });
});

describe('$or', () => {
  const paths = (pattern: Plain): string[][] =>
    specOf(pattern, 'event').alternatives.map((fields) => fields.map(({ path }) => path));

  test('each branch with what stands around it, in the order of the paths', () => {
    expect(paths({ z: [1], $or: [{ b: [1] }, { a: [2], c: { d: [3] } }] })).toEqual([
      ['b', 'z'],
      ['a', 'c.d', 'z'],
    ]);
    expect(paths({ d: { $or: [{ a: [1] }, { b: [1] }] } })).toEqual([['d.a'], ['d.b']]);
  });

  test('a path that is said twice counts as it is said last', () => {
    const spec = specOf({ a: { b: [1] }, 'a.b': [2] }, 'event');
    expect(spec.alternatives).toEqual([[{ path: 'a.b', tests: [{ kind: 'is', value: 2 }] }]]);
  });

  test('where it cannot be meant so, it is a name as any other', () => {
    expect(paths({ $or: ['x', 'y'] })).toEqual([['$or']]);
    expect(paths({ $or: [{ numeric: ['=', 1] }, { prefix: 'x' }] })).toEqual([['$or']]);
    expect(paths({ $or: { a: [1] } })).toEqual([['$or.a']]);
  });

  test.each<[Plain, string, (string | number)[]]>([
    [{ $or: [{ a: [1] }] }, 'There must have at least 2 Objects in $or relationship.', ['$or']],
    [
      { $or: [{ a: [1] }, ['b']] },
      'Only JSON object is allowed in array of $or relationship.',
      ['$or'],
    ],
    [{ $or: 'a' }, 'It must be an Array followed with $or.', ['$or']],
    [{ $or: [{ a: [1] }, {}] }, 'Empty objects are not allowed', ['$or', 1]],
    [
      { $or: [{ a: [1] }, { prefix: [1] }] },
      'prefix is Ruler reserved fieldName which cannot be used inside $or.',
      ['$or', 1, 'prefix'],
    ],
    [
      { $or: [{ a: [1] }, { b: { c: [{ foo: 1 }] } }] },
      'Unrecognized match type foo',
      ['$or', 1, 'b', 'c', 0, 'foo'],
    ],
  ])('%j', (pattern, message, path) => {
    expect(problemsOf(pattern, 'event')[0]).toMatchObject({ message, path });
  });
});

test('SNS takes the empty policy for none; EventBridge refuses the empty pattern', () => {
  expect(specOf({}, 'messageBody').alternatives).toEqual([[]]);
  expect(problemsOf({}, 'event')[0].message).toBe('Empty objects are not allowed');
});
