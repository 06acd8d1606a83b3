// Buckets that tell of their objects: which events, when, how often, and what S3 refuses.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/core.js';
import { simulate } from '../../../src/index.js';
import { RecordedFacts } from '../../support/recorded-facts.js';
import { errorsIn, loadText, warningsIn } from '../../scenario/fixtures/real.js';

interface Changes {
  readonly traffic?: string;
  readonly bucket?: string;
  readonly rules?: string;
  readonly queue?: string;
  readonly resources?: string;
  readonly handler?: string;
  readonly profile?: string;
  readonly more?: string;
}

const ALL = "events: ['s3:ObjectCreated:*']";

function text({
  traffic = 'rate: 1/s, arrivals: constant',
  bucket = '',
  rules = `jobs: { ${ALL} }`,
  queue = '',
  resources = '',
  handler = '',
  profile = 'ideal',
  more = '',
}: Changes): string {
  return `name: Uploads
duration: 100s
profile: ${profile}
traffic: { uploads: { write: photos, ${traffic} } }
resources:
  photos: { type: s3.bucket, notificationConfiguration: { ${rules} }${bucket} }
  jobs: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 4 }${queue} }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ ${handler} ]
${resources}
${more}
`;
}

const run = (changes: Changes): RunResult => simulate(loadText(text(changes)));
const processed = (changes: Changes): number => run(changes).consumers['workers'].ledger.processed;

describe('an object that is stored', () => {
  test('gives one event, at once without delay', () => {
    const result = run({});
    expect(result.traffic['uploads']).toMatchObject({ sent: 100, accepted: 100 });
    expect(result.resources['photos'].requests).toMatchObject({ PutObject: 100 });
    expect(result.consumers['workers'].ledger).toMatchObject({ owed: 100, processed: 100 });
    expect(result.consumers['workers'].latency.maxSeconds).toBe(0);
    expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('an event takes its time, which is delivery', () => {
    const result = run({ bucket: ', assume: { notificationDelay: 3s }' });
    const { latency } = result.consumers['workers'];
    expect([latency.p50Seconds, latency.maxSeconds]).toEqual([3, 3]);
    expect(latency.parts.p50?.delivery).toBe(3);
  });

  test('comes twice when the queue takes longer than S3 waits, also when the first is handled by then', () => {
    const more = 'faults: [ { at: 10s, for: 10s, on: photos -> jobs, slow: 40s } ]';
    const result = run({ more });
    expect(result.consumers['workers']).toMatchObject({
      ledger: { owed: 100, processed: 100 },
      duplicates: { total: 10, deliveryRetry: 10 },
    });
    expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('duplicates are told as such', () => {
    const result = run({ bucket: ', assume: { duplicateNotification: 100% }' });
    expect(result.consumers['workers']).toMatchObject({
      ledger: { owed: 100, processed: 100 },
      duplicates: { total: 100, spontaneousCopy: 100 },
    });
  });

  test('reading gives none', () => {
    const result = run({ handler: 'read: photos' });
    expect(result.resources['photos'].requests).toMatchObject({ GetObject: 100, PutObject: 100 });
    expect(result.consumers['workers'].ledger.processed).toBe(100);
  });

  test('what a handler writes gives one, too, if a rule is about it', () => {
    const handler = '{ write: photos, prefix: out/, size: 5KiB }';
    const rules = `jobs: { ${ALL}, filter: { prefix: in/ } }, others: { ${ALL}, filter: { prefix: out/ } }`;
    const traffic = 'rate: 1/s, arrivals: constant, prefix: in/';
    const resources = '  others: { type: sqs.queue }';
    const result = run({ handler, rules, traffic, resources });
    expect(result.consumers['workers'].ledger.processed).toBe(100);
    expect(result.resources['photos'].requests).toMatchObject({ PutObject: 200 });
    expect(result.resources['others'].levels).toMatchObject({ depth: { end: 100 } });
  });

  test('a put that is tried again after its answer got lost gives two: S3 has stored it twice', () => {
    const result = run({
      traffic: 'rate: 1/s, arrivals: constant, client: { timeout: 100ms }',
      more: 'faults: [ { at: 10s, for: 10s, on: uploads -> photos, lose: 100%, api: PutObject } ]',
    });
    expect(result.resources['photos'].requests['PutObject']).toBe(
      result.consumers['workers'].ledger.processed,
    );
    expect(result.consumers['workers'].ledger.processed).toBeGreaterThan(100);
  });
});

describe('which objects', () => {
  const keyed = 'rate: 1/s, arrivals: constant, key: { of: 10, prefix: user- }, suffix: .jpg';

  test.each([
    ['prefix: a/', 'prefix: a/', 100],
    ['prefix: a/b/', 'prefix: a/', 100],
    ['prefix: b/', 'prefix: a/', 0],
    ['prefix: a/', 'prefix: a/user-', 100],
    ['prefix: a/', 'suffix: .jpg', 100],
    ['prefix: a/', 'suffix: .png', 0],
    ['prefix: a/', 'prefix: a/user-none', 0],
  ])('traffic with %s, a rule with %s: %i', (named, filter, count) => {
    const traffic = `${keyed}, ${named}`;
    expect(processed({ traffic, rules: `jobs: { ${ALL}, filter: { ${filter} } }` })).toBe(count);
  });

  test('where the key itself decides, each object is looked at', () => {
    const one = (filter: string): number =>
      processed({
        traffic: 'rate: 1/s, arrivals: constant, key: { oneOf: { red: 50%, green: 50% } }',
        rules: `jobs: { ${ALL}, filter: { ${filter} } }`,
      });
    const [red, green] = [one('prefix: r'), one('suffix: reen')];
    expect(red).toBeGreaterThan(20);
    expect(red + green).toBe(100);
  });

  test('those that come in one piece, or in parts', () => {
    expect(processed({ rules: "jobs: { events: ['s3:ObjectCreated:Put'] }" })).toBe(100);
    const parts = "jobs: { events: ['s3:ObjectCreated:CompleteMultipartUpload'] }";
    expect(processed({ rules: parts })).toBe(0);
  });
});

describe('two writes of one key', () => {
  const burst = 'phases: [ { burst: 10 } ], key: { oneOf: [a, b] }';
  const window = ', assume: { coalescingWindow: 10ms }';

  test('within the window give one event', () => {
    expect(processed({ traffic: burst, bucket: window })).toBe(2);
  });

  test('give two without a window, and where the bucket keeps versions', () => {
    expect(processed({ traffic: burst })).toBe(10);
    const versions = `, versioningConfiguration: { status: Enabled }${window}`;
    expect(processed({ traffic: burst, bucket: versions })).toBe(10);
    const suspended = `, versioningConfiguration: { status: Suspended }${window}`;
    expect(processed({ traffic: burst, bucket: suspended })).toBe(2);
  });

  test('are two events when they are further apart, or of keys that nobody shares', () => {
    const evenly = 'rate: 10/s, arrivals: constant, key: same';
    expect(processed({ traffic: evenly, bucket: window })).toBe(1000);
    const wide = ', assume: { coalescingWindow: 250ms }';
    // Of 0, 100, 200, 300 ms only 0 and 300 are news, and so on.
    expect(processed({ traffic: evenly, bucket: wide })).toBe(334);
    expect(processed({ traffic: 'phases: [ { burst: 10 } ]', bucket: window })).toBe(10);
  });
});

describe('delivery', () => {
  test('a queue that refuses gets its events when it takes them again', () => {
    const result = run({
      bucket: ', assume: { retryJitter: 1x }',
      more: 'faults: [ { at: 10s, for: 30s, on: photos -> jobs, fail: 100% } ]',
    });
    expect(result.consumers['workers'].ledger).toMatchObject({ owed: 100, processed: 100 });
    // Three retries at once, two a second apart, ten from 1 to 20 s.
    expect(result.consumers['workers'].latency.maxSeconds).toBeGreaterThan(25);
    expect(result.consumers['workers'].latency.maxSeconds).toBeLessThan(60);
  });

  test('a queue whose policy does not allow it never gets them: lost, with a cause', () => {
    const result = run({ queue: ', queuePolicy: { allow: [workers] }' });
    expect(result.consumers['workers'].ledger).toMatchObject({
      owed: 100,
      processed: 0,
      lost: { total: 100, deliveryRefused: 100 },
    });
  });

  test('what one destination does is not felt by another', () => {
    const two = `jobs: { ${ALL}, filter: { prefix: a } }, others: { ${ALL}, filter: { prefix: b } }`;
    const traffic = 'rate: 1/s, arrivals: constant, key: { oneOf: [a, b] }';
    const resources = '  others: { type: sqs.queue }';
    const fault = 'faults: [ { at: 0s, on: photos -> others, fail: 100% } ]';
    const calm = run({ rules: two, traffic, resources, profile: 'typical' });
    const broken = run({ rules: two, traffic, resources, profile: 'typical', more: fault });
    expect(broken.consumers['workers']).toEqual(calm.consumers['workers']);
    expect(broken.traffic).toEqual(calm.traffic);
  });
});

describe('what S3 refuses', () => {
  const refusals = (changes: Changes): string[] => errorsIn(text(changes));

  test('rules that overlap, unless the scenario says that they may', () => {
    const rules = `jobs: { ${ALL} }, others: { ${ALL}, filter: { prefix: a/ } }`;
    const resources = '  others: { type: sqs.queue }';
    const [line, ...more] = refusals({ rules, resources });
    expect(more).toEqual([]);
    expect(line).toContain('aws-refuses: configurations overlap: others and jobs');
    expect(line).toContain('AWS answers InvalidArgument');
    const allowed = { rules, resources, bucket: ', assume: { overlappingRules: allowed }' };
    expect(refusals(allowed)).toEqual([]);
    const result = run({ ...allowed, traffic: 'rate: 1/s, arrivals: constant, prefix: a/' });
    expect(result.consumers['workers'].ledger.processed).toBe(100);
    expect(result.resources['others'].levels).toMatchObject({ depth: { end: 100 } });
  });

  test.each<[string, Changes, string]>([
    [
      'a FIFO queue',
      { rules: `jobs.fifo: { ${ALL} }`, resources: '  jobs.fifo: { type: sqs.queue }' },
      'aws-refuses: jobs.fifo is FIFO',
    ],
    [
      'a fleet',
      { rules: `workers: { ${ALL} }` },
      'wrong-kind: workers is of type autoscaling.group',
    ],
    ['a name of nothing', { rules: `job: { ${ALL} }` }, 'unknown-name: nothing is called job'],
    [
      'a rule without events',
      { rules: 'jobs: {}' },
      'missing: the notification of jobs does not say',
    ],
    [
      'events of what nobody does here',
      { rules: "jobs: { events: ['s3:ObjectRemoved:*'] }" },
      'not-modelled: events[0] is s3:ObjectRemoved:*',
    ],
    ['a word that is none', { rules: "jobs: { events: ['s3:ObjectCreated'] }" }, 'choice'],
  ])('%s', (_, changes, line) => {
    const lines = refusals(changes);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
  });

  test('a queue that a bucket tells is sent to', () => {
    expect(warningsIn(text({}))).toEqual([]);
    expect(warningsIn(text({ rules: '' }))).toEqual(['nobody-sends resources.jobs']);
  });
});

describe('write and read', () => {
  test('a message has no name', () => {
    const sends = text({}).replace('write: photos,', 'send: jobs, prefix: a/,');
    expect(errorsIn(sends)[0]).toContain('no-effect: prefix would have no effect');
  });

  test("sizes and names are an object's, not a statement's", () => {
    const resources = `  db:
    type: rds.instance
    engine: postgres
    dbInstanceClass: db.m7g.large
    allocatedStorage: 100`;
    const lines = errorsIn(text({ handler: '{ write: db, size: 5KiB, prefix: a/ }', resources }));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('no-effect: size would have no effect');
  });

  test('a put that the bucket refuses is tried again, as SDKs do; a statement is not', () => {
    const fault = 'faults: [ { at: 0s, for: 100s, on: photos, fail: 100% } ]';
    const result = run({ more: fault });
    expect(result.traffic['uploads']).toMatchObject({ sent: 100, failed: 100 });
    expect(result.traffic['uploads'].attempts).toBeGreaterThan(100);
    expect(result.consumers['workers'].ledger.owed).toBe(0);
    const none = run({ traffic: 'rate: 1/s, client: { retry: none }', more: fault });
    expect(none.traffic['uploads'].attempts).toBe(none.traffic['uploads'].sent);
  });

  test('an object has the size that the step says, or that of the message', () => {
    const sizes = (handler: string): readonly number[] => {
      const recorded = new RecordedFacts();
      const rules = `jobs: { ${ALL}, filter: { prefix: in/ } }`;
      const traffic = 'phases: [ { burst: 1 } ], prefix: in/, size: 3MiB';
      const bucket = ', assume: { eventSize: 2KiB }';
      const scenario = loadText(text({ handler, rules, traffic, bucket }));
      simulate(scenario, { observer: recorded.facts });
      // The bucket is resource 0, PutObject its operation 0.
      return recorded
        .of('request')
        .filter(({ args }) => args[0] === 0 && args[1] === 0)
        .map(({ args }) => args[2]);
    };
    expect(sizes('{ write: photos, size: 5KiB, count: 2 }')).toEqual([3_145_728, 5120, 5120]);
    expect(sizes('write: photos')).toEqual([3_145_728, 2048]);
  });
});
