// `body` of traffic: fields by their paths, each a value; and what is wrong with it, where.

import { describe, expect, test } from 'vitest';
import { body } from '../../../src/components/settings/body.js';
import type { Problem } from '../../../src/components/settings/problem.js';
import { problemsOf } from '../../../src/components/settings/setting.js';

function problems(written: unknown): Problem[] {
  const result = body().safeParse(written);
  return result.success ? [] : problemsOf(result.error);
}

test('fields by their paths, down to values', () => {
  const written = {
    kind: { oneOf: { placed: '80%', cancelled: '20%' } },
    order: {
      amount: { p50: 40, p99: 400 },
      gift: false,
      lines: [1, 'two', true],
      shop: { of: 20, prefix: 'shop-' },
      by: { id: 'unique' },
    },
    'dotted.name': 'x',
  };
  const fields = body().parse(written);
  expect(Object.entries(fields).map(([path, { kind }]) => [path, kind])).toEqual([
    ['kind', 'oneOf'],
    ['order.amount', 'number'],
    ['order.gift', 'flag'],
    ['order.lines', 'list'],
    ['order.shop', 'names'],
    ['order.by.id', 'unique'],
    ['dotted.name', 'constant'],
  ]);
});

test('one of several keeps the types of a list', () => {
  expect(body().parse({ a: { oneOf: ['x', 5, true, false] } })).toEqual({
    a: {
      kind: 'oneOf',
      options: [
        { value: 'x', share: 0.25 },
        { value: '5', share: 0.25, is: 5 },
        { value: 'true', share: 0.25, is: true },
        { value: 'false', share: 0.25, is: false },
      ],
    },
  });
});

describe('refused', () => {
  test.each<[unknown, Partial<Problem>]>([
    ['text', { code: 'wrong-kind', found: 'text', path: [] }],
    [{}, { code: 'missing', message: 'an empty map', path: [] }],
    [{ a: { b: {} } }, { code: 'missing', path: ['a', 'b'] }],
    [{ a: null }, { code: 'wrong-kind', found: 'null', path: ['a'] }],
    [{ a: [] }, { code: 'wrong-kind', found: 'an empty list', path: ['a'] }],
    [{ a: ['x', { b: 1 }] }, { code: 'wrong-kind', found: 'a map', path: ['a', 1] }],
    [{ a: { b: { oneOf: { x: '50%' } } } }, { code: 'out-of-range', path: ['a', 'b', 'oneOf'] }],
    [{ a: { oneOf: [null] } }, { code: 'wrong-kind', path: ['a', 'oneOf', 0] }],
    [
      { a: { b: 1 }, 'a.b': 2 },
      { code: 'duplicate-key', found: 'a.b', path: ['a.b'] },
    ],
  ])('%j', (written, problem) => {
    expect(problems(written)).toMatchObject([problem]);
  });
});
