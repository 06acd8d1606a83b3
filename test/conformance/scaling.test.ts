// Cases about the arithmetic of scaling: those of the corpus, and what fails or has no phrase.

import { describe, expect, test } from 'vitest';
import type { CaseResult, FileResult } from '../../src/experiment/conformance/result.js';
import { runCaseFile } from '../../src/experiment/conformance/run-file.js';
import { readText } from '../support/source-tree.js';

type Plain = Record<string, unknown>;

function runFile(name: string): FileResult {
  return runCaseFile(name, readText(`test/conformance/${name}`));
}

function run(body: Plain): CaseResult {
  return runCaseFile('asg.json', JSON.stringify([{ id: 'case', topic: 'alarm', ...body }]))
    .cases[0];
}

const GIVEN = { datapoints: '- - - - X', datapointsToAlarm: 3, evaluationPeriods: 3, retrieved: 5 };

describe('alarms', () => {
  test("AWS's tables, all 40 cells", () => {
    const { cases } = runFile('own-alarm-vectors.json');
    expect(cases.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(cases).toHaveLength(10);
  });

  test('those of the sample', () => {
    const { cases } = runFile('asg-vectors.json');
    const alarms = cases.filter(({ id }) => id.startsWith('alarm-'));
    expect(alarms.map(({ status }) => status)).toEqual(['passed', 'passed']);
  });

  test('a state that is retained is the one that alarms start in', () => {
    for (const missing of ['retain', 'INSUFFICIENT_DATA'])
      expect(run({ given: GIVEN, expect: { missing } }).status).toBe('passed');
  });

  test('what is INSUFFICIENT_DATA whatever was before is not retained', () => {
    const given = { ...GIVEN, datapoints: '- - - - -' };
    expect(run({ given, expect: { missing: 'retain' } })).toMatchObject({
      status: 'failed',
      step: 1,
      expected: { missing: 'retain' },
      got: { missing: 'INSUFFICIENT_DATA' },
    });
  });

  test('a word that may mean something else makes it not expressible', () => {
    const given = { ...GIVEN, previousState: 'ALARM' };
    expect(run({ given, expect: { ignore: 'ALARM' } })).toMatchObject({
      status: 'notExpressible',
      reason: 'given: no phrase for previousState',
    });
  });

  test('M is N when nothing is said', () => {
    const given = { datapoints: '0 0 X 0 X', evaluationPeriods: 3 };
    expect(run({ given, expect: { missing: 'OK' } }).status).toBe('passed');
  });

  test.each([
    ['a topic', { topic: 'weather', given: {}, expect: {} }, 'the topic "weather"'],
    ['no topic', { topic: undefined, given: {}, expect: {} }, 'the topic nothing'],
    [
      'a word of expect',
      { given: GIVEN, expect: { colour: 'red' } },
      'expect: no phrase for colour',
    ],
    ['given in words', { given: 'points', expect: {} }, 'given: no phrase for "points"'],
    ['points', { given: { ...GIVEN, datapoints: 'x' }, expect: {} }, 'the data point x'],
    ['too few', { given: { ...GIVEN, datapoints: 'X' }, expect: {} }, '1 data points are not 5'],
    [
      'a number',
      { given: { ...GIVEN, evaluationPeriods: 'a' }, expect: {} },
      'evaluationPeriods: "a"',
    ],
  ])('no phrase for %s: not expressible', (_what, body, reason) => {
    const result = run(body);
    expect(result.status).toBe('notExpressible');
    expect(result.reason).toContain(reason);
  });
});
