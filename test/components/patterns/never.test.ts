// Filters that can never match what is sent.

import { expect, test } from 'vitest';
import type { Sent } from '../../../src/components/patterns/never.js';
import { neverMatches } from '../../../src/components/patterns/never.js';
import type { FlavourName } from '../../../src/components/patterns/flavour.js';
import { specOf } from './support.js';

const SENT: Sent = {
  name: 'shoppers',
  key: {
    kind: 'names',
    of: 1_000_000,
    prefix: 'user-',
    zipf: 0,
    hot: [{ name: 'big', share: 0.1 }],
  },
  attributes: {
    kind: {
      kind: 'oneOf',
      options: [
        { value: 'placed', share: 0.8 },
        { value: '7', share: 0.2, is: 7 },
      ],
    },
    tags: { kind: 'texts', texts: ['new', 'gift'] },
    id: { kind: 'unique' },
  },
  body: {
    'order.amount': { kind: 'number', of: { kind: 'uniform', min: 10, max: 20 } },
    'order.gift': { kind: 'flag', value: true },
    'order.lines': { kind: 'list', items: [1, 'two'] },
    shop: { kind: 'names', of: 20, prefix: 'shop-', zipf: 0, hot: [] },
    tier: { kind: 'constant', value: 'gold' },
  },
};

test.each<[FlavourName, Record<string, unknown>, boolean]>([
  ['messageAttributes', { kind: ['placed'] }, false],
  ['messageAttributes', { kind: ['paid'] }, true],
  ['messageAttributes', { kind: [7] }, false],
  ['messageAttributes', { kind: ['7'] }, true],
  ['messageAttributes', { kind: ['placed'], absent: ['x'] }, true],
  ['messageAttributes', { absent: [{ exists: false }] }, false],
  ['messageAttributes', { kind: [{ exists: false }] }, true],
  ['messageAttributes', { tags: ['gift'] }, false],
  ['messageAttributes', { tags: ['old'] }, true],
  ['messageAttributes', { id: [{ prefix: 'x' }] }, false],
  ['messageAttributes', { id: [{ numeric: ['>', 1] }, 5, true] }, true],
  ['messageAttributes', { $or: [{ kind: ['paid'] }, { tags: ['new'] }] }, false],
  ['messageAttributes', {}, false],
  ['messageBody', { tier: ['gold'] }, false],
  ['messageBody', { tier: ['silver'] }, true],
  ['messageBody', { order: { amount: [{ numeric: ['>', 20] }] } }, true],
  ['messageBody', { order: { amount: [{ numeric: ['>=', 20] }] } }, false],
  ['messageBody', { order: { amount: [{ numeric: ['<', 10] }] } }, true],
  ['messageBody', { order: { amount: [15] } }, false],
  ['messageBody', { order: { amount: ['15', { prefix: '1' }] } }, true],
  ['messageBody', { order: { amount: [{ 'anything-but': [15] }] } }, false],
  ['messageBody', { order: { gift: [false] } }, true],
  ['messageBody', { order: { lines: ['two'] } }, false],
  ['messageBody', { shop: ['shop-19'] }, false],
  ['messageBody', { shop: ['shop-20'] }, true],
  ['event', { source: ['shoppers'], detail: { tier: ['gold'] } }, false],
  ['event', { source: ['aws.s3'] }, true],
  ['event', { 'detail-type': [{ exists: false }] }, true],
  ['event', { region: ['us-east-1'] }, false],
  ['when', { key: ['user-999999'] }, false],
  ['when', { key: ['user-1000000'] }, true],
  ['when', { key: ['big'] }, false],
  ['when', { key: [{ suffix: '77' }] }, false],
  ['when', { source: ['others'] }, true],
  ['when', { tier: ['gold'], kind: ['placed'] }, false],
])('%s %j: never %s', (flavour, pattern, never) => {
  expect(neverMatches(specOf(pattern, flavour), [SENT])).toBe(never);
});

test('nobody sends a body: what reads it never matches; with two senders one is enough', () => {
  const bare = { ...SENT, body: {} };
  const spec = specOf({ tier: [{ exists: false }] }, 'messageBody');
  expect(neverMatches(spec, [bare])).toBe(true);
  const gold = specOf({ tier: ['gold'] }, 'messageBody');
  expect(neverMatches(gold, [bare, SENT])).toBe(false);
  expect(neverMatches(gold, [])).toBe(true);
});
