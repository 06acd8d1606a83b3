// SNS cases: the corpus passes; what is wrong in a case fails with words that say what; what has no phrase is no failure.

import { describe, expect, test } from 'vitest';
import type { CaseResult, FileResult } from '../../src/experiment/conformance/result.js';
import { runCaseFile } from '../../src/experiment/conformance/run-file.js';
import { readText } from '../support/source-tree.js';

type Plain = Record<string, unknown>;
interface Corpus {
  readonly cases: readonly (Plain & { readonly id: string; readonly topic: string })[];
}

const textOf = (name: string): string => readText(`test/conformance/${name}`);
const corpus = (name: string): Corpus => JSON.parse(textOf(name)) as Corpus;

/** What is wrong with a file, a line per case. */
function troubles({ cases }: FileResult): string[] {
  return cases.filter(({ status }) => status !== 'passed').map((one) => JSON.stringify(one));
}

/** The result of one case, as SNS. */
function run(body: Plain): CaseResult {
  const text = JSON.stringify({ cases: [{ id: 'case', ...body }] });
  return runCaseFile('sns-made-up.json', text).cases[0];
}

describe('the corpus', () => {
  test('own-sns-cases.json: every case passes', () => {
    const result = runCaseFile('own-sns-cases.json', textOf('own-sns-cases.json'));
    expect(troubles(result)).toEqual([]);
    expect(result.passed).toBe(corpus('own-sns-cases.json').cases.length);
  });

  test('sns-cases.json: every case passes, but what is marked extended', () => {
    const [only, ...others] = troubles(runCaseFile('sns-cases.json', textOf('sns-cases.json')));
    expect(only).toContain('the case is marked extended');
    expect(others).toEqual([]);
  });

  test('is large, and has cases of every topic; each says where it is from', () => {
    const { cases } = corpus('own-sns-cases.json');
    expect(cases.length).toBeGreaterThanOrEqual(75);
    for (const topic of ['delivery', 'limits', 'filter', 'fifo', 'dlq', 'config'])
      expect(cases.filter((one) => one.topic === topic).length, topic).toBeGreaterThan(1);
    const all = [...cases, ...corpus('sns-cases.json').cases];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const one of all) expect(one['source'], one.id).toMatch(/\w/);
  });
});

/** A case of the corpus with one thing in it changed. */
function mutated(id: string, change: (steps: { expect: Plain }[], given: Plain) => void) {
  const found = corpus('own-sns-cases.json').cases.find((one) => one.id === `own-sns-${id}`)!;
  const copy = structuredClone(found) as Plain;
  change(copy['steps'] as { expect: Plain }[], copy['given'] as Plain);
  return run(copy);
}

describe('a wrong expectation fails', () => {
  const cases: [string, string, (steps: { expect: Plain }[]) => unknown, number, Plain][] = [
    ['bodies', 'delivery-01', ([, s]) => (s.expect['bodies'] = ['x']), 2, { bodies: ['Test msg'] }],
    [
      'no envelope',
      'delivery-01',
      ([, s]) => (s.expect['envelope'] = true),
      2,
      { envelope: [false] },
    ],
    [
      'attributes',
      'delivery-01',
      ([, s]) => (s.expect['attributes'] = { attr1: 99.12 + 1 }),
      2,
      { messageAttributes: [{ attr1: ['Number', '99.12'] }] },
    ],
    [
      'subjects',
      'delivery-02',
      ([, , , s]) => (s.expect['subjects'] = [null]),
      4,
      { subjects: ['test-subject-after-sub'] },
    ],
    ['set', 'delivery-03', ([, , , , s]) => (s.expect['set'] = ['a', 'b']), 5, { set: ['a'] }],
    [
      'an error of another name',
      'delivery-03',
      (steps) => (steps[5].expect['error'] = 'InvalidParameter'),
      6,
      { error: 'NotFound' },
    ],
    [
      'groups',
      'fifo-07',
      ([, , s]) => (s.expect['groups'] = ['message-group-id-2']),
      3,
      { groups: ['message-group-id-1'] },
    ],
    [
      'ids',
      'fifo-02',
      ([, , , s]) => (s.expect['dedupIds'] = ['d', 'd']),
      4,
      { dedupIds: ['d', 'e'] },
    ],
    ['order', 'fifo-05', ([, s]) => (s.expect['bodies'] = ['m1', 'm0', 'm2']), 2, {}],
    ['entries', 'delivery-11', ([s]) => (s.expect['failed'] = ['1']), 1, { failed: [] }],
  ];
  test.each(cases)('%s', (_, id, change, step, got) => {
    const result = mutated(id, (steps) => void change(steps));
    expect(result).toMatchObject({ status: 'failed', step });
    expect(result.got).toMatchObject(got);
  });

  test('of an envelope: a field that is not as said', () => {
    for (const [field, value] of Object.entries({
      TopicArn: 'other',
      Message: 'x',
      MessageId: 'x',
      MessageAttributes: {},
      Subject: 's',
    })) {
      const change = (steps: { expect: Plain }[]): void => {
        (steps[4].expect['envelope'] as Plain)[field] = value;
      };
      expect(mutated('delivery-01', change), field).toMatchObject({ status: 'failed', step: 5 });
    }
  });

  test('what is refused where it should succeed, also among what is given', () => {
    const given = { topics: { t: { type: 'standard' } }, queues: {}, subscriptions: [] };
    const publish = { op: 'publish', topic: 't', message: '' };
    expect(run({ given, steps: [publish] })).toMatchObject({
      status: 'failed',
      step: 1,
      got: { error: 'InvalidParameter' },
    });
    const subscriptions = [{ id: 's', topic: 't', queue: 'q', filterPolicy: { a: 'b' } }];
    expect(run({ given: { ...given, subscriptions }, steps: [publish] })).toMatchObject({
      status: 'failed',
      step: 0,
      got: { code: 'InvalidParameter', of: 's' },
    });
  });
});

describe('what may be said', () => {
  const given = {
    topics: { t: { type: 'standard' } },
    queues: { q: { type: 'standard' } },
    subscriptions: [{ id: 's', topic: 't', queue: 'q', raw: true }],
  };
  const passes = (body: Plain): void => {
    expect(run({ given, ...body })).toMatchObject({ status: 'passed' });
  };

  test('a step of SQS cases, between those of SNS', () => {
    const steps = [
      { at: 0, op: 'publish', message: { a: 1 }, as: 'p' },
      { at: 1, op: 'receive', queue: 'q', as: 'r', expect: { bodies: ['{"a":1}'] } },
      { at: 1, op: 'counts', queue: 'q', expect: { inflight: 1 } },
      { at: 2, op: 'delete', receipt: 'r[0]' },
      { at: 3, op: 'send', queue: 'q', body: 'b' },
      { at: 4, op: 'drain', expect: { bodies: ['b'] } },
    ];
    passes({ steps });
  });

  test('subscriptions by name; attributes in short; what is expected in the end', () => {
    const subscriptions = { s: { topic: 't', queue: 'q', raw: 'true', filter: { a: ['x'] } } };
    const steps = [
      { at: 0, op: 'publish', topic: 't', message: 'm', attributes: { a: 'x', b: 2, c: ['y'] } },
      { at: 0, op: 'publish', topic: 't', message: 'n', attributes: { a: ['z'] } },
    ];
    passes({ given: { ...given, subscriptions }, steps, expect: { q: { bodies: ['m'] } } });
  });

  test('what is given, without any step', () => {
    const wrong = { ...given, subscriptions: [{ topic: 't', queue: 'q', raw: 'maybe' }] };
    expect(
      run({ kind: 'config', given: wrong, expect: { error: 'InvalidParameter' } }).status,
    ).toBe('passed');
    expect(run({ kind: 'config', given: wrong, expect: 'rejected' }).status).toBe('passed');
    expect(run({ kind: 'config', given: wrong, expect: { error: 'NotFound' } }).status).toBe(
      'failed',
    );
    expect(run({ kind: 'config', given: wrong }).status).toBe('failed');
    expect(run({ kind: 'config', given }).status).toBe('passed');
    expect(run({ kind: 'config', given, expect: 'rejected' }).status).toBe('failed');
  });
});

describe('what has no phrase is not expressible, never failed', () => {
  const given = { topics: { t: {} }, queues: { q: {} }, subscriptions: [] };
  const step = (words: Plain, more: Plain = {}): Plain => ({
    given: { ...given, ...more },
    steps: [{ op: 'publish', topic: 't', message: 'm', ...words }],
  });
  const email = { id: 's', topic: 't', protocol: 'email', endpoint: 'a@example.com' };
  const cases: [string, Plain, string][] = [
    ['an operation', step({ op: 'teleport' }), 'step 1: no phrase for the operation teleport'],
    ['an argument', step({ colour: 'red' }), 'step 1: no phrase for colour'],
    ['an expectation', step({ expect: { colour: 1 } }), 'step 1, expect: no phrase for colour'],
    ['given', step({}, { functions: {} }), 'given: no phrase for functions'],
    ['a type', step({}, { topics: { t: { type: 'odd' } } }), 'topic t: no phrase for the type odd'],
    ['replay', step({ op: 'setSubscription', replayPolicy: {} }), 'step 1: no phrase for topic'],
    [
      'an endpoint that this world does not have',
      step({}, { subscriptions: [email] }),
      'given: a@example.com is no resource of this world with the protocol email',
    ],
    [
      'of several topics, none is named',
      step({ topic: undefined }, { topics: { t: {}, u: {} } }),
      'step 1: no topic is named',
    ],
    [
      'what is expected of what is no queue',
      { ...step({}), expect: { x: {} } },
      'expect: no phrase for x',
    ],
  ];
  test.each(cases)('%s', (_, body, reason) => {
    expect(run(body)).toMatchObject({ status: 'notExpressible', reason });
  });
});
