// The corpus: cases about how AWS behaves, run against the models as `wavetank conformance` does; and a look at the
// judge itself: what is wrong must fail, with words that say what.

import { describe, expect, test } from 'vitest';
import type { CaseResult, FileResult } from '../../src/experiment/conformance/result.js';
import { NoCasesError } from '../../src/experiment/conformance/result.js';
import { runCaseFile } from '../../src/experiment/conformance/run-file.js';
import { readText } from '../support/source-tree.js';

type Plain = Record<string, unknown>;
interface Corpus {
  readonly cases: readonly (Plain & { readonly id: string; readonly topic: string })[];
}

const CORPUS = ['sqs-cases.json', 'own-sqs-cases.json'];
const TOPICS = [
  'visibility',
  'receipt-handle',
  'long-poll',
  'delay',
  'batch',
  'metrics',
  'retention',
  'fifo',
  'dedup',
  'purge',
  'dlq',
  'redrive',
  'config',
];

function textOf(name: string): string {
  return readText(`test/conformance/${name}`);
}

function corpus(name: string): Corpus {
  return JSON.parse(textOf(name)) as Corpus;
}

/** What is wrong with a file, a line per case. */
function troubles({ cases }: FileResult): string[] {
  return cases.filter(({ status }) => status !== 'passed').map((one) => JSON.stringify(one));
}

/** The result of one case, as SQS. */
function run(body: Plain): CaseResult {
  const text = JSON.stringify({ cases: [{ id: 'case', ...body }] });
  return runCaseFile('sqs-made-up.json', text).cases[0];
}

const SEND = { at: 0, op: 'send', queue: 'q', body: 'a' };
const Q = { q: { type: 'standard' } };

describe('the corpus', () => {
  test.each(CORPUS)('%s: every case passes', (name) => {
    const result = runCaseFile(name, textOf(name));
    expect(troubles(result)).toEqual([]);
    expect(result.passed).toBe(corpus(name).cases.length);
  });

  test('is large, and has cases of every topic; each says where it is from', () => {
    const { cases } = corpus('own-sqs-cases.json');
    expect(cases.length).toBeGreaterThanOrEqual(80);
    for (const topic of TOPICS)
      expect(cases.filter((one) => one.topic === topic).length, topic).toBeGreaterThan(1);
    const all = CORPUS.flatMap((name) => corpus(name).cases);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const one of all) expect(one['source'], one.id).toMatch(/\w/);
  });
});

/** A case of the corpus with one thing in it changed. */
function mutated(name: string, id: string, change: (one: Plain) => void): CaseResult {
  const found = corpus(name).cases.find((one) => one.id === id)!;
  const copy = structuredClone(found) as Plain;
  change(copy);
  return run(copy);
}

/** The expectation of a step of a case, from 1. */
function expectOf(one: Plain, step: number): Plain {
  return (one['steps'] as { expect: Plain }[])[step - 1].expect;
}

describe('a wrong expectation fails', () => {
  const cases: [string, string, (one: Plain) => void, number, unknown, unknown][] = [
    [
      'bodies',
      'vis-01',
      (one) => (expectOf(one, 2)['bodies'] = ['x']),
      2,
      { bodies: ['x'] },
      { bodies: ['foobar'] },
    ],
    [
      'order',
      'fifo-09b',
      (one) => (expectOf(one, 4)['bodies'] = ['bar', 'foo', 'baz']),
      4,
      { bodies: ['bar', 'foo', 'baz'] },
      { bodies: ['foo', 'bar', 'baz'] },
    ],
    ['count', 'vis-01', (one) => (expectOf(one, 3)['count'] = 1), 3, { count: 1 }, { count: 0 }],
    [
      'two words',
      'vis-01',
      (one) => Object.assign(expectOf(one, 4), { returnsAt: 1.5, receiveCounts: [1] }),
      4,
      { returnsAt: 1.5, receiveCounts: [1] },
      { returnsAt: 1, receiveCounts: [2] },
    ],
    [
      'set',
      'batch-02',
      (one) => (expectOf(one, 3)['set'] = ['message-0', 'message-1']),
      3,
      { set: ['message-0', 'message-1'] },
      { set: ['message-0', 'message-1', 'message-2'] },
    ],
    [
      'anyOf',
      'fifo-08',
      (one) => (expectOf(one, 6)['anyOf'] = [['g2-m1'], ['g1-m1']]),
      6,
      { anyOf: [['g2-m1'], ['g1-m1']] },
      { anyOf: ['g2-m1', 'g1-m1'] },
    ],
    [
      'countBetween',
      'poll-03',
      (one) => (expectOf(one, 3)['countBetween'] = [3, 9]),
      3,
      { countBetween: [3, 9] },
      { countBetween: 2 },
    ],
    [
      'a refusal',
      'vis-03',
      (one) => delete expectOf(one, 3)['error'],
      3,
      { error: null },
      { error: 'InvalidParameterValue' },
    ],
    [
      'another error',
      'vis-03',
      (one) => (expectOf(one, 3)['error'] = 'OverLimit|AccessDenied'),
      3,
      { error: 'OverLimit|AccessDenied' },
      { error: 'InvalidParameterValue' },
    ],
    [
      'no error',
      'vis-01',
      (one) => (expectOf(one, 2)['error'] = 'OverLimit'),
      2,
      { error: 'OverLimit' },
      { error: null },
    ],
    [
      'counts',
      'count-02',
      (one) => (expectOf(one, 9)['inflight'] = 3),
      9,
      { inflight: 3 },
      { inflight: 2 },
    ],
    [
      'a batch',
      'batch-15',
      (one) => (expectOf(one, 1)['failed'] = []),
      1,
      { failed: [] },
      { failed: ['2'] },
    ],
    [
      'whose message',
      'dlq-03',
      (one) => (expectOf(one, 7)['sameMessageAs'] = 'm1'),
      7,
      { sameMessageAs: 'm1' },
      { sameMessageAs: ['m2'] },
    ],
    [
      'whose id',
      'dlq-06',
      (one) => {
        (one['steps'] as Plain[])[3]['dedup'] = 'other';
      },
      4,
      { sameIdAs: 'm' },
      { sameIdAs: expect.any(String) as unknown },
    ],
    [
      'dedupIdIsMessageId',
      'dlq-07',
      (one) => (expectOf(one, 5)['dedupIdIsMessageId'] = false),
      5,
      { dedupIdIsMessageId: false },
      { dedupIdIsMessageId: true },
    ],
    [
      'a configuration',
      'cfg-07',
      (one) => (one['given'] = { type: 'fifo' }),
      1,
      { error: 'InvalidParameterValue' },
      { error: null },
    ],
    [
      'a default',
      'cfg-14',
      (one) => ((one['expect'] as { defaults: Plain }).defaults['delaySeconds'] = 1),
      1,
      { delaySeconds: 1 },
      { delaySeconds: 0 },
    ],
  ];
  test.each(cases)('%s', (_what, id, change, step, expected, got) => {
    expect(mutated('sqs-cases.json', id, change)).toEqual({
      id,
      status: 'failed',
      step,
      expected,
      got,
      reason: null,
    });
  });

  test('the first step that fails is told, in the order of the list', () => {
    const steps = [
      { at: 0, op: 'receive', queue: 'q', wait: 5, expect: { count: 1 } },
      { at: 1, op: 'receive', queue: 'q', expect: { count: 1 } },
    ];
    expect(run({ queues: Q, steps })).toMatchObject({ status: 'failed', step: 1 });
  });

  test('a receipt of a message that never came', () => {
    const steps = [
      { at: 0, op: 'receive', queue: 'q', as: 'r' },
      { at: 0, op: 'delete', receipt: 'r[0]' },
    ];
    expect(run({ queues: Q, steps })).toMatchObject({
      status: 'failed',
      step: 2,
      expected: { receipt: 'r[0]' },
      got: { receipt: null },
    });
  });

  test('queues that AWS would refuse', () => {
    const queues = { q: { type: 'standard', visibilityTimeout: 43201 } };
    expect(run({ queues, steps: [SEND] })).toMatchObject({
      status: 'failed',
      step: 0,
      got: { code: 'InvalidAttributeValue', queue: 'q' },
    });
  });
});

describe('the words of a case', () => {
  test('A|B is either, the prefix of the query protocol may stand there', () => {
    for (const error of [
      'X|InvalidParameterValue',
      'AWS.SimpleQueueService.InvalidParameterValue',
    ]) {
      const steps = [{ at: 0, op: 'receive', queue: 'q', max: 11, expect: { error } }];
      expect(run({ queues: Q, steps }).status, error).toBe('passed');
    }
  });

  test("AWS's own names of operations and arguments are understood", () => {
    const steps = [
      { at: 0, op: 'sendMessage', queue: 'q', messageBody: 'a', as: 'm' },
      {
        at: 0,
        op: 'receiveMessage',
        queue: 'q',
        maxNumberOfMessages: 10,
        waitTimeSeconds: 1,
        as: 'r',
        expect: { sameMessageAs: 'm' },
      },
      { at: 0, op: 'changeMessageVisibility', receiptHandle: 'r[0]', visibilityTimeout: 5 },
      { at: 0, op: 'deleteMessage', receipt: 'r' },
      { at: 0, op: 'counts', queue: 'q', expect: { visible: 0, inFlight: 0, delayed: 0 } },
    ];
    const queues = { q: { type: 'standard', messageRetentionPeriod: 60 } };
    expect(run({ queues, steps })).toMatchObject({ status: 'passed' });
  });

  test('a long poll holds up no later step, and is judged an hour after the last', () => {
    const steps = [
      { at: 0, op: 'receive', queue: 'q', wait: 20, expect: { count: 0, returnsAt: 20 } },
      { at: 1, op: 'counts', queue: 'q', expect: { visible: 0 } },
    ];
    expect(run({ queues: Q, steps }).status).toBe('passed');
  });

  test('what holds for the whole case is read an hour after the last step', () => {
    const queues = { q: { type: 'standard', visibilityTimeout: 3700 } };
    const steps = [SEND, { at: 0, op: 'receive', queue: 'q' }];
    expect(run({ queues, steps, expect: { q: { inflight: 1 } } }).status).toBe('passed');
    expect(run({ queues, steps, expect: { counts: { q: { visible: 1 } } } })).toMatchObject({
      status: 'failed',
      step: 3,
      got: { visible: 0 },
    });
  });

  test('steps run by time, equal times in the listed order', () => {
    const steps = [
      { at: 2, op: 'receive', queue: 'q', expect: { bodies: ['a'] } },
      { ...SEND, at: 1 },
      { at: 1, op: 'send', queue: 'q', body: 'b' },
    ];
    expect(run({ queues: Q, steps }).status).toBe('passed');
  });
});

describe('configurations', () => {
  const redrive = (dlq: unknown): Plain => ({ redrive: { dlq, maxReceiveCount: 3 } });
  const invalid = { error: 'InvalidParameterValue' };
  const cases: [string, Plain, unknown][] = [
    ['nothing said is accepted', {}, undefined],
    ['a dead-letter queue by its name is there, and of the same kind', redrive('letters'), {}],
    ['also of a FIFO queue', { type: 'fifo', ...redrive('letters') }, 'accepted'],
    ['one by a phrase', { type: 'fifo', ...redrive('a FIFO queue') }, { accepted: true }],
    ['of the other kind', { type: 'fifo', ...redrive('a standard queue') }, invalid],
    ['that is missing', redrive('a queue that does not exist'), invalid],
    ['that is itself', { name: 'mine', ...redrive('itself') }, invalid],
    ['in another account', redrive('arn:aws:sqs:us-east-1:123456789012:other'), invalid],
    ['an attribute that nobody knows', { Foobar: 1 }, { error: 'InvalidAttributeName' }],
    ['set afterwards', { set: { Foobar: 1 } }, { error: 'InvalidAttributeName' }],
    ['the kind set afterwards', { set: { fifoQueue: true } }, { error: 'InvalidAttributeName' }],
    ["AWS's own spelling", { attributes: { VisibilityTimeout: '43201' } }, 'rejected'],
    ['a request by its argument alone', { type: 'fifo', group: 'a b', dedup: '1' }, invalid],
    ['a receive so', { wait: 21 }, invalid],
    ['a change so', { timeout: 43201 }, invalid],
    ['several requests, the last one told', { send: [{}, {}], receive: { max: 10 } }, { count: 2 }],
    ['a batch of so many', { sendBatch: 10 }, { successful: 10, failed: 0 }],
    ['a batch of deletes', { deleteBatch: [{ id: '' }] }, { error: 'InvalidBatchEntryId' }],
    [
      'a batch of changes',
      { changeVisibilityBatch: [{ timeout: 5 }, {}] },
      { successful: ['1'], failed: ['2'] },
    ],
    ['attributes of a message by their number', { send: { attributes: 11 } }, invalid],
    ['a FIFO queue by a block', { fifo: { deduplicationScope: 'messageGroup' } }, {}],
    ['defaults', {}, { defaults: { redrive: null, fifo: { dedupScope: 'queue' } } }],
  ];
  test.each(cases)('%s', (_what, given, expected) => {
    expect(run({ kind: 'config', given, expect: expected })).toMatchObject({ status: 'passed' });
  });

  test('what is accepted does not pass as refused, nor the other way round', () => {
    for (const [given, expected] of [
      [{ retention: 60 }, { error: 'InvalidAttributeValue' }],
      [{ retention: 60 }, 'rejected'],
      [{ retention: 59 }, 'accepted'],
      [{ retention: 59 }, { defaults: {} }],
      [{ send: { group: 'g' } }, invalid],
    ])
      expect(run({ kind: 'config', given, expect: expected }).status).toBe('failed');
  });
});

describe('what has no phrase is not expressible, never failed', () => {
  const step = (words: Plain): Plain => ({ queues: Q, steps: [{ ...SEND, ...words }] });
  const cases: [string, Plain, string][] = [
    ['an operation', step({ op: 'teleport' }), 'step 1: no phrase for the operation teleport'],
    ['an argument', step({ colour: 'red' }), 'step 1: no phrase for colour'],
    ['an expectation', step({ expect: { colour: 'red' } }), 'step 1, expect: no phrase for colour'],
    [
      'an expectation of another operation',
      step({ expect: { count: 1 } }),
      'step 1: no phrase for count of send',
    ],
    ['a time in words', step({ at: 'noon' }), 'step 1: no phrase for the time "noon"'],
    [
      'an attribute',
      { queues: { q: { colour: 'red' } }, steps: [SEND] },
      'queue q: no phrase for colour',
    ],
    [
      'a type',
      { queues: { q: { type: 'odd' } }, steps: [SEND] },
      'queue q: no phrase for the type odd',
    ],
    ['given in words', { kind: 'config', given: 'a queue' }, 'given: no phrase for "a queue"'],
    [
      'a dead-letter queue in words',
      { kind: 'config', given: { redrive: { dlq: 'one of another region', maxReceiveCount: 1 } } },
      'given: no phrase for "one of another region"',
    ],
    [
      'a key of the case',
      { queues: Q, steps: [SEND], weather: { wind: 3 } },
      'no phrase for weather of a case',
    ],
    ['no steps', { queues: Q }, 'there are no steps'],
    [
      'a case marked optional',
      { ...step({ body: '' }), optional: true },
      'the case is marked optional',
    ],
    [
      'a size that is none',
      step({ size: -1 }),
      'step 1: sizeBytes is a whole number of bytes above 0, not -1',
    ],
  ];
  test.each(cases)('%s', (_what, body, reason) => {
    expect(run(body)).toEqual({
      id: 'case',
      status: 'notExpressible',
      step: null,
      expected: null,
      got: null,
      reason,
    });
  });

  test('even when an earlier step would fail', () => {
    const steps = [
      { ...SEND, expect: { error: 'X' } },
      { at: 1, op: 'teleport' },
    ];
    expect(run({ queues: Q, steps }).status).toBe('notExpressible');
  });
});

describe('files', () => {
  const one = (what: string, list: string): string =>
    JSON.stringify({ meta: { what }, [list]: [{ id: 'x' }, {}] });

  test.each([
    [
      'esm.json',
      'Lambda event source mappings (SQS, Kinesis) as steps in virtual time',
      'event source mappings are',
    ],
    ['a.json', 'Kinesis Data Streams behaviour', 'Kinesis is'],
    ['queueing.json', '', 'cases of queueing theory are'],
    ['pricing-examples.json', '', 'pricing examples are'],
  ])('%s about "%s" is of a kind that is not modelled yet', (name, what, words) => {
    const result = runCaseFile(name, one(what, 'vectors'));
    expect(result).toMatchObject({ passed: 0, failed: 0, notExpressible: 2 });
    expect(result.cases.map(({ id, reason }) => [id, reason])).toEqual([
      ['x', `${words} not modelled yet`],
      ['vectors[1]', `${words} not modelled yet`],
    ]);
  });

  test('a list alone is a file of cases', () => {
    expect(runCaseFile('sqs.json', '[{ "id": "x" }]').cases).toHaveLength(1);
  });

  test.each([
    ['sqs.json', '{}', 'it holds no cases'],
    ['sqs.json', '{ "cases": [] }', 'it holds no cases'],
    ['sqs.json', '7', 'it holds no cases'],
    ['sqs.json', 'name: x', 'it is not JSON'],
    ['odd.json', '{ "cases": [{}] }', 'neither meta.what nor its name'],
  ])('%s with %s holds no cases', (name, text, why) => {
    expect(() => runCaseFile(name, text)).toThrow(NoCasesError);
    expect(() => runCaseFile(name, text)).toThrow(why);
  });
});
