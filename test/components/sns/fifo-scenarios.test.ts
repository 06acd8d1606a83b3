// FIFO topics as scenarios say them: ids by default, archives, replays, and what is refused of them.

import { describe, expect, test } from 'vitest';
import { LinkCounter, linkCounter, SnsCounter } from '../../../src/components/sns/billing.js';
import { happeningTexts } from '../../../src/scenario/happening-text.js';
import { errorsIn, findingsIn, loadText } from '../../scenario/fixtures/real.js';
import { run } from '../eventbridge/rig.js';

interface Parts {
  readonly head?: string;
  readonly traffic?: string;
  readonly topic?: string;
  readonly subscriptions?: string;
  readonly more?: string;
}

/** A FIFO topic in front of a FIFO queue that is polled. */
function news({
  head = 'duration: 10m\ndrain: 2h',
  traffic = 'key: { of: 20, prefix: user- }',
  topic = '',
  subscriptions = 'jobs.fifo: {}',
  more = '',
}: Parts = {}): string {
  return `${head}
traffic: { desk: { send: news.fifo, rate: 1/s, arrivals: constant${traffic === '' ? '' : `, ${traffic}`} } }
resources:
  news.fifo:
    type: sns.topic
    ${topic}
    subscriptions: { ${subscriptions} }
  jobs.fifo: { type: sqs.queue }
  later.fifo: { type: sqs.queue }
  readers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs.fifo: { waitTimeSeconds: 20s }, later.fifo: { waitTimeSeconds: 20s } }
    handler: []
${more}`;
}

const ARCHIVE = 'archivePolicy: { messageRetentionPeriod: 30d }';
const REPLAY = 'operations: [ { at: 5m, on: news.fifo -> jobs.fifo, replay: {} } ]\n';

const scenario = (text: string): string => `name: News\nprofile: ideal\n${text}`;
const errors = (parts: Parts): string[] => errorsIn(scenario(news(parts)));

describe('traffic to a FIFO topic', () => {
  test('has the group of its key, and an id of its own', () => {
    const { result } = run(news());
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
    expect(result.consumers['readers'].duplicates.total).toBe(0);
  });

  test('without a key there is no order to keep, as a warning says', () => {
    const codes = findingsIn(scenario(news({ traffic: '' }))).map(({ code }) => code);
    expect(codes).toContain('fifo-without-key');
    expect(findingsIn(scenario(news())).map(({ code }) => code)).not.toContain('fifo-without-key');
  });

  test('repeats under the id of a key are dropped at the topic', () => {
    const once = 'key: { of: 20, prefix: user- }, messageDeduplicationId: key';
    const { result } = run(news({ traffic: once }));
    // Each of the twenty counts for five minutes: twice or three times in ten.
    expect(result.ledger.owed).toBeGreaterThanOrEqual(40);
    expect(result.ledger.owed).toBeLessThanOrEqual(60);
  });

  test('is the same to a topic that goes by content', () => {
    const { result } = run(news({ topic: 'contentBasedDeduplication: true' }));
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
  });
});

describe('a replay', () => {
  test('as an operation: duplicates, because of the replay', () => {
    const { result } = run(news({ topic: ARCHIVE, more: REPLAY }));
    const { duplicates, redelivered, ledger } = result.consumers['readers'];
    expect(ledger).toMatchObject({ owed: 600, processed: 600 });
    expect(duplicates).toMatchObject({ replay: 300, total: 300 });
    expect(redelivered.replay).toBe(300);
  });

  test('from a time on', () => {
    const at = '{ startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 4m }';
    const { result } = run(news({ topic: ARCHIVE, more: REPLAY.replace('{}', at) }));
    expect(result.consumers['readers'].duplicates.replay).toBe(60);
  });

  test('as the policy of a subscription that a set changes, with an end', () => {
    const set =
      'set: { subscriptions: { jobs.fifo: { replayPolicy: { startingPoint: 1m, endingPoint: 2m } } } }';
    const more = `operations: [ { at: 5m, on: news.fifo, ${set} } ]\n`;
    const { result } = run(news({ topic: ARCHIVE, more }));
    expect(result.consumers['readers'].duplicates.replay).toBe(60);
  });

  test('as the policy of a subscription that is confirmed late', () => {
    const subscriptions = 'jobs.fifo: { confirmed: 5m, replayPolicy: { startingPoint: 0s } }';
    const { result } = run(news({ topic: ARCHIVE, subscriptions }));
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
    expect(result.consumers['readers'].duplicates.total).toBe(0);
    const without = run(news({ topic: ARCHIVE, subscriptions: 'jobs.fifo: { confirmed: 5m }' }));
    expect(without.result.ledger.owed).toBe(300);
  });

  test('starts when a subscription is confirmed, also when a set puts that off', () => {
    const subscriptions = 'jobs.fifo: { confirmed: 5m, replayPolicy: { startingPoint: 0s } }';
    const set = 'set: { subscriptions: { jobs.fifo: { confirmed: 8m } } }';
    const more = `operations: [ { at: 1m, on: news.fifo, ${set} } ]\n`;
    const { result, link } = run(news({ topic: ARCHIVE, subscriptions, more }));
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
    expect(link('news.fifo').dispatched[0]).toBe(540);
  });

  test('ends with its subscription', () => {
    const topic = `${ARCHIVE}\n    assume: { replayRate: 1/s }`;
    const set = 'set: { subscriptions: { jobs.fifo: null } }';
    const replay = '{ at: 9m, on: news.fifo -> jobs.fifo, replay: {} }';
    const more = `operations: [ ${replay}, { at: 550s, on: news.fifo, ${set} } ]\n`;
    const { result } = run(news({ topic, more }));
    expect(result.consumers['readers'].duplicates.replay).toBeLessThanOrEqual(12);
    expect(result.endSeconds).toBeLessThan(700);
  });

  test('to a subscription that a set brings: what came before, as new', () => {
    const set = 'set: { subscriptions: { later.fifo: { replayPolicy: { startingPoint: 0s } } } }';
    const more = `operations: [ { at: 5m, on: news.fifo, ${set} } ]\n`;
    const { result } = run(news({ topic: ARCHIVE, more }));
    expect(result.ledger).toMatchObject({ owed: 1200, processed: 1200 });
    expect(result.consumers['readers'].duplicates.total).toBe(0);
  });

  test('makes good what was lost', () => {
    const fault = 'faults: [ { at: 1m, for: 1m, on: jobs.fifo, down: true } ]\n';
    const deny = fault.replace('down: true', 'fail: 100%, status: 403');
    const { result } = run(news({ topic: ARCHIVE, more: deny + REPLAY }));
    expect(result.ledger.lost.total).toBe(0);
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
  });

  test('is billed: the archive by what it takes in, deliveries once more', () => {
    const { metered } = run(news({ topic: ARCHIVE, more: REPLAY }));
    expect(metered('news.fifo', SnsCounter.ArchivedBytes)).toBe(600 * 1024);
    expect(metered('news.fifo', linkCounter(0, LinkCounter.Deliveries))).toBe(900);
  });

  test('is told in words', () => {
    expect(happeningTexts(loadText(scenario(news({ topic: ARCHIVE, more: REPLAY }))))).toContain(
      'At 5m, what the archive of news.fifo holds is replayed to jobs.fifo.',
    );
  });
});

describe('what is refused', () => {
  const on = (operation: string): string => `operations: [ { at: 5m, ${operation} } ]\n`;

  test('an archive of a standard topic', () => {
    const text = scenario(news({ topic: ARCHIVE })).replaceAll('.fifo', '');
    expect(errorsIn(text)).toEqual([expect.stringMatching(/archivePolicy on a standard topic/)]);
  });

  test('a retention beyond a year', () => {
    const topic = 'archivePolicy: { messageRetentionPeriod: 366d }';
    expect(errors({ topic })).toEqual([expect.stringMatching(/365d/)]);
  });

  test('a replay without an archive', () => {
    expect(errors({ more: REPLAY })).toEqual([
      expect.stringMatching(/news\.fifo has no archive.*InvalidParameter/s),
    ]);
    const subscriptions = 'jobs.fifo: { confirmed: 5m, replayPolicy: { startingPoint: 0s } }';
    expect(errors({ subscriptions })).toEqual([expect.stringMatching(/has no archive/)]);
  });

  test('a replay to all, to nobody, to a stranger, of the future', () => {
    const found = (more: string): string[] => errors({ topic: ARCHIVE, more });
    expect(found(on('on: news.fifo, replay: {}'))).toEqual([
      expect.stringMatching(/one of its subscriptions at a time.*news\.fifo -> jobs\.fifo/s),
    ]);
    expect(found(on('on: news.fifo -> job.fifo, replay: {}'))).toEqual([
      expect.stringMatching(/job\.fifo does not subscribe.*news\.fifo -> jobs\.fifo/s),
    ]);
    expect(found(on('on: jobs.fifo -> readers, replay: {}'))).toEqual([
      expect.stringMatching(/jobs\.fifo is of type sqs\.queue/),
    ]);
    const future = '{ startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 6m }';
    expect(found(on(`on: news.fifo -> jobs.fifo, replay: ${future}`))).toEqual([
      expect.stringMatching(/still to come/),
    ]);
  });

  test('a policy that has nothing to replay, or ends before it starts', () => {
    const policy = (text: string) =>
      errors({ topic: ARCHIVE, subscriptions: `jobs.fifo: { ${text} }` });
    expect(policy('replayPolicy: { startingPoint: 0s }')).toEqual([
      expect.stringMatching(/the archive is empty/),
    ]);
    expect(policy('confirmed: 5m, replayPolicy: { startingPoint: 2m, endingPoint: 1m }')).toEqual([
      expect.stringMatching(/endingPoint is not after startingPoint/),
    ]);
  });
});
