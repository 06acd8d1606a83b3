// Cases about policies: the sample and our own must pass, wrong ones fail, and what has no phrase is not expressible.

import { describe, expect, test } from 'vitest';
import type { CaseResult } from '../../src/experiment/conformance/result.js';
import { runCaseFile } from '../../src/experiment/conformance/run-file.js';
import { readText } from '../support/source-tree.js';

type Plain = Record<string, unknown>;
interface Written extends Plain {
  readonly id: string;
  readonly topic: string;
  readonly source: string;
}

const TOPICS = [
  'step',
  'rounding',
  'min-adjustment',
  'adjustment-type',
  'limits',
  'validation',
  'target-tracking',
  'cooldown',
];

function casesOf(name: string): readonly Written[] {
  return (JSON.parse(readText(`test/conformance/${name}`)) as { cases: Written[] }).cases;
}

function run(topic: string, given: Plain, expected: Plain): CaseResult {
  const one = { id: 'case', topic, given, expect: expected };
  return runCaseFile('asg.json', JSON.stringify([one])).cases[0];
}

test.each(['asg-vectors.json', 'own-asg-vectors.json'])('%s: every case passes', (name) => {
  const { cases } = runCaseFile(name, readText(`test/conformance/${name}`));
  expect(cases.filter(({ status }) => status !== 'passed')).toEqual([]);
});

test('our own cases are of every topic, and each says where it is from', () => {
  const cases = casesOf('own-asg-vectors.json');
  for (const topic of TOPICS)
    expect(cases.filter((one) => one.topic === topic).length, topic).toBeGreaterThan(5);
  const all = [...cases, ...casesOf('asg-vectors.json')];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const one of all) expect(one.source, one.id).toMatch(/\w/);
});

test('each case fails when what it expects is another number', () => {
  for (const { id, topic, given, expect: expected } of casesOf('own-asg-vectors.json')) {
    const numbers = Object.entries(expected as Plain).filter(([, one]) => typeof one === 'number');
    for (const [word, value] of numbers) {
      const { status } = run(topic, given as Plain, { [word]: (value as number) + 1 });
      expect(status, `${id} ${word}`).toBe('failed');
    }
  }
});

describe('what has no phrase is not expressible, never failed', () => {
  test.each<[string, string, Plain, Plain]>([
    ['a word', 'step', { adjustmentType: 'ChangeInCapacity', weather: 3 }, { newDesired: 1 }],
    ['a type', 'adjustment-type', { adjustmentType: 'Half', adjustment: 1 }, { newDesired: 1 }],
    ['steps in words', 'validation', { steps: 'two that overlap' }, { error: true }],
    ['nothing to refuse', 'validation', { adjustmentType: 'ChangeInCapacity' }, { error: false }],
    ['a metric in words', 'target-tracking', { metric: 'high', currentCapacity: 1 }, {}],
    ['a request', 'target-tracking', { request: 'a nap' }, { blocked: true }],
    ['who acts', 'cooldown', { trigger: 'the cook', inCooldown: true }, { blocked: true }],
    ['whether it is blocked', 'cooldown', { defaultCooldown: 300 }, { blocked: true }],
    ['an expectation', 'rounding', { rawChange: 1.5 }, { colour: 'red' }],
    [
      'how far in',
      'target-tracking',
      { currentCapacity: 10, metric: 44, target: 50 },
      { newDesired: 9 },
    ],
  ])('%s', (_what, topic, given, expected) => {
    expect(run(topic, given, expected).status).toBe('notExpressible');
  });
});
