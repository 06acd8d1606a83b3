// Notification rules: which two S3 takes for one too many. The examples are those of the S3 User Guide,
// "Configuring event notifications using object key name filtering".

import { describe, expect, test } from 'vitest';
import type { NotificationSettings } from '../../../src/components/s3/notification-settings.js';
import { overlap, rulesOf } from '../../../src/components/s3/rules.js';

type Settings = NotificationSettings[string];

function overlaps(a: Settings, b: Settings): boolean {
  const [one, other] = rulesOf({ a, b });
  expect(overlap(other, one)).toBe(overlap(one, other));
  return overlap(one, other);
}

const CREATED = ['s3:ObjectCreated:*'] as const;

function rule(prefix?: string, suffix?: string, events: Settings['events'] = [...CREATED]) {
  return { events, filter: { prefix, suffix } };
}

describe('two rules for one event', () => {
  test.each<[string, Settings, Settings, boolean]>([
    ['prefixes that exclude each other', rule('images/'), rule('logs/'), false],
    ['one prefix begins the other', rule('images/'), rule('images'), true],
    ['no prefix is every prefix', rule(), rule('images/'), true],
    [
      'one prefix, suffixes that exclude each other',
      rule('images/', '.jpg'),
      rule('images/', '.png'),
      false,
    ],
    [
      'one prefix, one suffix ends the other',
      rule('images/', 'jpg'),
      rule('images/', '.jpg'),
      true,
    ],
    [
      'suffixes exclude each other, prefixes do not',
      rule('', '.jpg'),
      rule('images/', '.png'),
      false,
    ],
    ['prefixes exclude each other, suffixes do not', rule('a/', '.jpg'), rule('b/', '.jpg'), false],
    ['no filter at all', rule(), rule(), true],
    [
      'event types that exclude each other',
      rule('', '', ['s3:ObjectCreated:Put']),
      rule('', '', ['s3:ObjectCreated:CompleteMultipartUpload']),
      false,
    ],
    ['all of a kind, and one of it', rule('', '', ['s3:ObjectCreated:Put']), rule(), true],
  ])('%s', (_, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
  });
});

test('without events a rule is about all: an event bus', () => {
  expect(rulesOf({ bus: {} })).toEqual([
    { target: 'bus', prefix: '', suffix: '', ofPuts: true, ofParts: true },
  ]);
  expect(rulesOf(undefined)).toEqual([]);
});
