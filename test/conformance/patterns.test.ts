// Filter policies and event patterns: the vectors of the corpus, our own, and what fails or has no phrase.

import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../../src/experiment/conformance/result.js';
import { runCaseFile } from '../../src/experiment/conformance/run-file.js';
import { readText } from '../support/source-tree.js';

type Plain = Record<string, unknown>;

function run(body: Plain): CaseResult {
  const whole = { id: 'case', scope: 'event', expect: true, ...body };
  return runCaseFile('filter-policy.json', JSON.stringify([whole])).cases[0];
}

describe('the corpus', () => {
  // aws/event-ruler, localstack and moto, all Apache-2.0: the file says which case is whose.
  test('242 vectors and 34 refusals; numbers that JSON loses are left out', () => {
    const name = 'filter-policy-vectors.json';
    const { cases, ...tally } = runCaseFile(name, readText(`test/conformance/${name}`));
    expect(cases.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(tally).toEqual({ file: name, passed: 267, failed: 0, notExpressible: 9 });
    const reasons = cases.flatMap(({ reason }) => reason ?? []);
    expect(new Set(reasons)).toEqual(new Set(['the case is marked bigNumber']));
  });

  test('our own', () => {
    const name = 'own-filter-policy-vectors.json';
    const { cases } = runCaseFile(name, readText(`test/conformance/${name}`));
    expect(cases.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(cases).toHaveLength(47);
  });

  test('with the opposite expected, each of them fails', () => {
    for (const name of ['filter-policy-vectors.json', 'own-filter-policy-vectors.json']) {
      const file = JSON.parse(readText(`test/conformance/${name}`)) as Record<string, Plain[]>;
      for (const one of file['vectors']) one['expect'] = one['expect'] !== true;
      for (const one of file['invalid']) Object.assign(one, { expect: true, input: {} });
      const { passed } = runCaseFile(name, JSON.stringify(file));
      expect(passed).toBe(0);
    }
  });
});

describe('what fails', () => {
  test('a match that is none', () => {
    expect(run({ policy: { a: [1] }, input: { a: 2 } })).toMatchObject({
      status: 'failed',
      step: 1,
      expected: true,
      got: false,
    });
  });

  test('a policy that is refused, and one that is not', () => {
    expect(run({ policy: { a: 1 }, input: {} })).toMatchObject({
      status: 'failed',
      got: { rejected: '"a" must be an object or an array' },
    });
    expect(run({ policy: { a: [1] }, expect: 'rejected' })).toMatchObject({
      status: 'failed',
      expected: 'rejected',
      got: 'accepted',
    });
  });

  test('a refusal under another name', () => {
    const refused = { policy: { a: 1 }, expect: 'rejected' };
    expect(run({ ...refused, error: 'InvalidEventPatternException' }).status).toBe('passed');
    expect(run({ ...refused, error: 'X|InvalidEventPattern' }).status).toBe('passed');
    expect(run({ ...refused, error: 'InvalidParameter' })).toMatchObject({
      status: 'failed',
      expected: { error: 'InvalidParameter' },
      got: { error: 'InvalidEventPatternException' },
    });
  });

  test('a policy as text that is no JSON is refused', () => {
    expect(run({ policyRaw: '{"a": [1 2]}', expect: 'rejected' }).status).toBe('passed');
    expect(run({ policyRaw: '{"a": [1]}', input: { a: 1 } }).status).toBe('passed');
  });
});

test.each<[Plain, string]>([
  [{ policy: 'whatever AWS takes', input: {} }, 'no phrase for a policy in words'],
  [{ input: {} }, 'there is no policy'],
  [{ policy: { a: [1] } }, 'there is no input'],
  [{ policy: { a: [1] }, input: {}, scope: 'header' }, 'no phrase for the scope header'],
  [{ policy: { a: [1] }, input: {}, expect: 'often' }, 'no phrase for the expectation "often"'],
  [{ policy: { a: [1] }, input: {}, weather: 'fine' }, 'no phrase for weather of a case'],
  [
    { policy: { a: [1] }, scope: 'attributes', input: 'three attributes' },
    'input: no phrase for anything but a map of { DataType, StringValue }',
  ],
])('%j is not expressible', (body, reason) => {
  expect(run(body)).toMatchObject({ status: 'notExpressible', reason });
});
