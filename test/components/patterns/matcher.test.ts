// Patterns against documents and attributes: worked examples of AWS's pages and of its matcher's README.

import { describe, expect, test } from 'vitest';
import { addressOf, addressRangeOf } from '../../../src/components/patterns/addresses.js';
import type { WrittenAttribute } from '../../../src/components/patterns/attributes.js';
import { foldedCase } from '../../../src/components/patterns/letter-case.js';
import { Matcher } from '../../../src/components/patterns/matcher.js';
import { specOf } from './support.js';

type Plain = Record<string, unknown>;

const matches = (pattern: Plain, document: unknown): boolean =>
  new Matcher(specOf(pattern, 'event')).matchesDocument(document);
const matchesBody = (pattern: Plain, document: unknown): boolean =>
  new Matcher(specOf(pattern, 'messageBody')).matchesDocument(document);
const matchesAttributes = (pattern: Plain, attributes: Record<string, WrittenAttribute>): boolean =>
  new Matcher(specOf(pattern, 'messageAttributes')).matchesAttributes(attributes);

describe('anything-but', () => {
  test('on a list: one value that differs is enough, and the field must be there', () => {
    const pattern = { x: [{ 'anything-but': ['rugby'] }] };
    expect(matchesBody(pattern, { x: ['rugby', 'tennis'] })).toBe(true);
    expect(matchesBody(pattern, { x: ['rugby'] })).toBe(false);
    expect(matchesBody(pattern, {})).toBe(false);
    const list = (...items: string[]): WrittenAttribute => ({
      DataType: 'String.Array',
      StringValue: JSON.stringify(items),
    });
    expect(matchesAttributes(pattern, { x: list('rugby', 'tennis') })).toBe(true);
    expect(matchesAttributes(pattern, { x: list('rugby') })).toBe(false);
    expect(matchesAttributes(pattern, {})).toBe(false);
  });

  test.each<[unknown, unknown, boolean]>([
    [100, 100, false],
    [100, '100', true],
    ['100', 100, true],
    [[1, 2], 2, false],
    [[1, 2], null, true],
    ['x', true, true],
    [{ prefix: 'order-' }, 'order-1', false],
    [{ prefix: 'order-' }, 7, true],
    [{ suffix: ['.png', '.jpg'] }, 'a.jpg', false],
    [{ 'equals-ignore-case': ['A', 'b'] }, 'B', false],
    [{ wildcard: '*/dir/*' }, 'x/dir/y', false],
  ])('%j of %j: %s', (but, value, wanted) => {
    expect(matches({ x: [{ 'anything-but': but }] }, { x: value })).toBe(wanted);
  });
});

describe('values compare by their JSON types', () => {
  test.each<[unknown, unknown, boolean]>([
    [5, 5, true],
    [5, '5', false],
    ['5', 5, false],
    [null, null, true],
    [null, 'null', false],
    [true, true, true],
    [true, 'true', false],
    ['', '', true],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 0, false],
    [{ numeric: ['=', 3.018e2] }, 301.8, true],
    [{ numeric: ['<', 10] }, '5', false],
    [{ prefix: '' }, 'x', true],
    [{ prefix: '1' }, 12, false],
    [{ exists: true }, null, true],
    [{ exists: false }, null, false],
  ])('%j of %j: %s', (test, value, wanted) => {
    expect(matches({ x: [test] }, { x: value })).toBe(wanted);
  });
});

describe('exists', () => {
  test('is about leaves: an inner node is not there', () => {
    expect(matches({ n: [{ exists: false }] }, { n: { d: 1 } })).toBe(true);
    expect(matches({ n: [{ exists: true }] }, { n: { d: 1 } })).toBe(false);
    expect(matches({ n: [{ exists: true }] }, { n: [] })).toBe(false);
    expect(matches({ n: { d: [{ exists: false }] } }, { n: 'leaf' })).toBe(true);
  });

  test('what is no JSON object matches nothing', () => {
    for (const document of [undefined, 'text', 7, null, [{ a: 1 }]])
      expect(matchesBody({ a: [{ exists: false }] }, document)).toBe(false);
    expect(matchesBody({ a: [{ exists: false }] }, {})).toBe(true);
  });
});

describe('dots in names', () => {
  test('are the same as nesting, both ways', () => {
    for (const pattern of [{ 'a.b': ['x'] }, { a: { b: ['x'] } }])
      for (const document of [{ 'a.b': 'x' }, { a: { b: 'x' } }])
        expect(matchesBody(pattern, document)).toBe(true);
  });
});

describe('lists of maps', () => {
  const employees = {
    employees: [
      { firstName: 'John', ids: [1, 2] },
      { firstName: 'Anna', ids: [3] },
    ],
  };

  test('values must stand in the same map', () => {
    expect(matches({ employees: { firstName: ['Anna'], ids: [3] } }, employees)).toBe(true);
    expect(matches({ employees: { firstName: ['Anna'], ids: [1] } }, employees)).toBe(false);
  });

  test('a field is absent when no value of it is in the map that was taken', () => {
    const pattern = { d: { a: [1], z: [{ exists: false }] } };
    expect(matches(pattern, { d: [{ a: 1 }, { a: 2, z: 3 }] })).toBe(true);
    expect(matches(pattern, { d: [{ a: 1, z: 3 }, { a: 2 }] })).toBe(false);
  });

  test('lists of lists', () => {
    const document = { n: [[{ d: 1 }, { d: 2, e: 5 }]] };
    expect(matches({ n: { d: [2], e: [5] } }, document)).toBe(true);
    expect(matches({ n: { d: [1], e: [5] } }, document)).toBe(false);
  });
});

describe('attributes', () => {
  const string = (StringValue: string): WrittenAttribute => ({ DataType: 'String', StringValue });

  test.each<[string, WrittenAttribute, unknown, boolean]>([
    ['a text', string('5'), '5', true],
    ['a text is no number', string('5'), 5, false],
    ['a number', { DataType: 'Number', StringValue: '5.0' }, 5, true],
    ['a number is no text', { DataType: 'Number', StringValue: '5' }, '5', false],
    ['a labelled number', { DataType: 'Number.cents', StringValue: '5' }, 5, true],
    ['a labelled text', { DataType: 'String.colour', StringValue: 'red' }, 'red', true],
    ['a list', { DataType: 'String.Array', StringValue: '["x", 5, null]' }, 5, true],
    ['null in a list', { DataType: 'String.Array', StringValue: '["x", null]' }, null, true],
    ['a list that is none', { DataType: 'String.Array', StringValue: '[x' }, '[x', false],
    ['a list that is a map', { DataType: 'String.Array', StringValue: '{}' }, '{}', false],
    ['binary', { DataType: 'Binary', StringValue: 'x' }, 'x', false],
    ['a number that is none', { DataType: 'Number', StringValue: ' ' }, 0, false],
  ])('%s', (_, attribute, value, wanted) => {
    expect(matchesAttributes({ x: [value] }, { x: attribute })).toBe(wanted);
  });

  test('binary ones are not there', () => {
    const binary = { x: { DataType: 'Binary' } };
    expect(matchesAttributes({ x: [{ exists: false }] }, binary)).toBe(true);
  });
});

describe('addresses', () => {
  test('as digits', () => {
    expect(addressOf('10.0.0.5')).toBe('0A000005');
    expect(addressOf('2001:db8::1')).toBe(`20010DB8${'0'.repeat(23)}1`);
    expect(addressOf('::ffff:102:304')).toBe('01020304');
    for (const odd of [
      '700.0.0.1',
      '1.2.3',
      'x',
      ':',
      '1::2::3',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      '',
    ])
      expect(addressOf(odd)).toBeUndefined();
  });

  test('a block goes from the address as written to its end', () => {
    expect(addressRangeOf('10.0.0.64/26')).toEqual({ low: '0A000040', high: '0A00007F' });
    expect(addressRangeOf('10.0.0.65/26')).toEqual({ low: '0A000041', high: '0A00007F' });
    expect(addressRangeOf('0.0.0.0/0')).toEqual({ low: '00000000', high: 'FFFFFFFF' });
  });

  test('an address is one however it is written', () => {
    expect(matches({ x: ['2001:db8::1'] }, { x: '2001:0DB8:0:0:0:0:0:1' })).toBe(true);
    expect(matches({ x: [{ cidr: '10.0.0.0/24' }] }, { x: '10.0.1.5' })).toBe(false);
    expect(matches({ x: [{ cidr: '10.0.0.0/24' }] }, { x: 'host' })).toBe(false);
    expect(matches({ x: [{ cidr: '0.0.0.0/0' }] }, { x: '::1' })).toBe(false);
  });

  test('beside tests for addresses an address is no other text, beside tests for numbers no address', () => {
    expect(matches({ x: [{ cidr: '10.0.0.0/24' }, { prefix: '10.' }] }, { x: '10.9.0.1' })).toBe(
      false,
    );
    expect(matches({ x: [{ cidr: '10.0.0.0/24' }, { prefix: 'h' }] }, { x: 'host' })).toBe(true);
    expect(matches({ x: ['10.0.0.5', 7] }, { x: '10.0.0.5' })).toBe(false);
  });
});

describe('upper and lower case', () => {
  test.each([
    ['RuGbY', 'rugby'],
    ['ÉTAT', 'état'],
    ['ŁÓDŹ', 'łódź'],
    ['ΑΘΗΝΑ', 'αθηνα'],
    ['МОСКВА', 'москва'],
    ['Ⱥ', 'ⱥ'],
    ['Ÿ', 'ÿ'],
    ['ＡＢ', 'ａｂ'],
  ])('%s is %s', (upper, lower) => {
    expect(foldedCase(upper)).toBe(foldedCase(lower));
    expect(matches({ x: [{ 'equals-ignore-case': upper }] }, { x: lower })).toBe(true);
    expect(matches({ x: [{ 'equals-ignore-case': lower }] }, { x: upper })).toBe(true);
  });

  test.each(['×÷', 'd̃', '@`', '[{'])('%s is not', ([one, other]) => {
    expect(foldedCase(one)).not.toBe(foldedCase(other));
  });

  test('as the beginning and the end', () => {
    const begins = { x: [{ prefix: { 'equals-ignore-case': 'eVent' } }] };
    expect(matches(begins, { x: 'EVENTBridge' })).toBe(true);
    expect(matches(begins, { x: 'EVEN' })).toBe(false);
    const ends = { x: [{ suffix: { 'equals-ignore-case': '.PNG' } }] };
    expect(matches(ends, { x: 'a.png' })).toBe(true);
    expect(matches(ends, { x: 'png' })).toBe(false);
  });
});

test.each<[string, string, boolean]>([
  ['a*c', 'abbc', true],
  ['a*c', 'ac', true],
  ['a*c', 'abcd', false],
  ['*', '', true],
  ['*a*a', 'a', false],
  ['*a*b*', 'xxayybzz', true],
  ['*a*b*', 'xxbyya', false],
  ['a*a', 'a', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['\\\\', '\\', true],
  ['', '', true],
  ['', 'x', false],
  ['*データ*', 'prefix_データ_suffix.txt', true],
])('the wildcard %s and %j: %s', (wildcard, text, wanted) => {
  expect(matches({ x: [{ wildcard }] }, { x: text })).toBe(wanted);
});
