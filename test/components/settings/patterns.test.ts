// The settings that are AWS's patterns.

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventPattern, filterFields, filterOf } from '../../../src/components/settings.js';
import type { Problem } from '../../../src/components/settings/problem.js';
import { problemsOf } from '../../../src/components/settings/setting.js';

const subscription = z.strictObject(filterFields);

function filter(written: unknown): { spec: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  const spec = filterOf(subscription.parse(written), (problem) => {
    problems.push(problem);
    return undefined;
  });
  return { spec, problems };
}

describe('filterPolicy', () => {
  test('looks at attributes unless it says the body; none lets everything through', () => {
    expect(filter({})).toEqual({ spec: null, problems: [] });
    const filterPolicy = { kind: ['placed'] };
    expect(filter({ filterPolicy }).spec).toMatchObject({ flavour: 'messageAttributes' });
    const inBody = { filterPolicy, filterPolicyScope: 'MessageBody' };
    expect(filter(inBody).spec).toMatchObject({ flavour: 'messageBody' });
  });

  test('what it may say depends on the scope', () => {
    const filterPolicy = { order: { kind: ['placed'] } };
    expect(filter({ filterPolicy, filterPolicyScope: 'MessageBody' }).problems).toEqual([]);
    expect(filter({ filterPolicy })).toMatchObject({
      spec: null,
      problems: [
        { code: 'aws-refuses', awsError: 'InvalidParameter', path: ['filterPolicy', 'order'] },
      ],
    });
  });

  test('is a map', () => {
    const result = subscription.safeParse({ filterPolicy: ['placed'] });
    expect(problemsOf(result.error!)).toMatchObject([{ code: 'wrong-kind', found: 'a list' }]);
  });
});

test('eventPattern', () => {
  expect(eventPattern().parse({ source: ['shop'] })).toMatchObject({ flavour: 'event' });
  const result = eventPattern().safeParse({ detail: { a: [{ prefix: 1 }] } });
  expect(problemsOf(result.error!)).toMatchObject([
    { awsError: 'InvalidEventPatternException', path: ['detail', 'a', 0, 'prefix'] },
  ]);
});
