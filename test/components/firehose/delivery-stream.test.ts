// A delivery stream: what it gathers, when an object is stored, what it bills, and what becomes of records while the
// bucket is down.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/core.js';
import { simulate } from '../../../src/index.js';
import { errorsIn, loadText, warningsIn } from '../../scenario/fixtures/real.js';
import { RecordedFacts } from '../../support/recorded-facts.js';

interface Changes {
  readonly duration?: string;
  readonly traffic?: string;
  readonly hints?: string;
  readonly destination?: string;
  readonly stream?: string;
  readonly bucket?: string;
  readonly resources?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly more?: string;
}

function text({
  duration = '1000s',
  traffic = 'rate: 1/s, arrivals: constant',
  hints = '',
  destination = '',
  stream = '',
  bucket = '',
  resources = '',
  profile = 'ideal',
  region = 'us-east-1',
  more = '',
}: Changes): string {
  return `name: Archive
duration: ${duration}
drain: 2d
profile: ${profile}
region: ${region}
traffic: { clicks: { send: archive, ${traffic} } }
resources:
  archive:
    type: firehose.deliveryStream
    extendedS3DestinationConfiguration: { bucket: lake, bufferingHints: { ${hints} }${destination} }
${stream}
  lake: { type: s3.bucket${bucket} }
${resources}
${more}
`;
}

interface Run {
  readonly result: RunResult;
  readonly recorded: RecordedFacts;
  /** Bytes of the objects that arrived at the bucket. */
  readonly objects: readonly number[];
}

function run(changes: Changes): Run {
  const recorded = new RecordedFacts();
  const result = simulate(loadText(text(changes)), { observer: recorded.facts });
  // The stream is resource 0, the bucket resource 1; PutObject is its operation 0.
  const puts = recorded.of('request').filter(({ args }) => args[0] === 1 && args[1] === 0);
  return { result, recorded, objects: puts.map(({ args }) => args[2]) };
}

const ledger = ({ result }: Run) => result.consumers['archive'].ledger;

describe('the buffer, in an ideal world', () => {
  test('by time: an object so long after its first record', () => {
    // Records at 0, 1, 2, … s; the first buffer ends at 300 s, before the record of that moment.
    const one = run({});
    expect(one.objects).toEqual([300 * 1024, 300 * 1024, 300 * 1024, 100 * 1024]);
    expect(one.result.endSeconds).toBe(1200);
    expect(ledger(one)).toMatchObject({ owed: 1000, processed: 1000 });
    const { latency } = one.result.consumers['archive'];
    expect(latency.maxSeconds).toBe(300);
    expect(latency.parts.p99).toMatchObject({ batching: 298 });
  });

  test('by size: as soon as it holds so many bytes', () => {
    const one = run({
      hints: 'sizeInMBs: 1, intervalInSeconds: 900',
      traffic: 'rate: 1/s, arrivals: constant, size: 100KiB',
    });
    // 11 records of 100 KiB are more than 1 MiB.
    expect(one.objects).toEqual([...Array.from({ length: 90 }, () => 11 * 102_400), 10 * 102_400]);
    expect(one.result.consumers['archive'].latency.maxSeconds).toBeLessThanOrEqual(900);
  });

  test('exactly so many bytes are enough', () => {
    const size = '512KiB';
    const one = run({
      hints: 'sizeInMBs: 1',
      duration: '10s',
      traffic: `rate: 1/s, arrivals: constant, size: ${size}`,
    });
    expect(one.objects).toEqual(Array.from({ length: 5 }, () => 1_048_576));
  });

  test('a full buffer begins anew, with a time of its own', () => {
    const traffic = 'phases: [ { burst: 2 }, { for: 50s, rate: 0/s }, { burst: 1 } ], size: 512KiB';
    const one = run({ hints: 'sizeInMBs: 1, intervalInSeconds: 60', traffic });
    expect(one.objects).toEqual([1_048_576, 524_288]);
    expect(one.result.consumers['archive'].latency.maxSeconds).toBe(60);
  });

  test('an interval of 0 does not wait', () => {
    const one = run({ hints: 'intervalInSeconds: 0' });
    expect(one.objects).toHaveLength(1000);
    expect(one.result.consumers['archive'].latency.maxSeconds).toBe(0);
    const extra = run({
      hints: 'intervalInSeconds: 0',
      stream: '    assume: { zeroBufferExtra: 2500ms }',
    });
    expect(extra.result.consumers['archive'].latency.maxSeconds).toBe(2.5);
    expect(extra.objects).toHaveLength(334); // three records each
  });

  test('delivery takes its time, and that of the put', () => {
    const one = run({
      stream: '    assume: { deliveryLatency: 1s }',
      bucket: ', assume: { putLatency: 2s }',
    });
    expect(one.result.consumers['archive'].latency.parts.p99).toMatchObject({
      batching: 298,
      handler: 3,
    });
  });

  test('objects are smaller by compression, if there is one', () => {
    const stream = '    assume: { compressionRatio: 4 }';
    expect(run({ stream }).objects[0]).toBe(300 * 1024);
    expect(run({ stream, destination: ', compressionFormat: GZIP' }).objects[0]).toBe(75 * 1024);
  });
});

describe('the bill', () => {
  const gigabytes = (changes: Changes): number => {
    const { recorded } = run(changes);
    return recorded.of('metered').reduce((sum, { args }) => sum + args[2], 0);
  };

  test('each record by started 5 KB: records of 200 bytes cost 25.6 times their bytes', () => {
    const small = 'rate: 1/s, arrivals: constant, size: 200B';
    expect(gigabytes({ traffic: small })).toBe(1000 * 5120);
    // Batches are no help: each record counts for itself.
    const batched = `${small}, client: { batch: { size: 500, wait: 60s } }`;
    const one = run({ traffic: batched });
    expect(gigabytes({ traffic: batched })).toBe(1000 * 5120);
    expect(one.result.resources['archive'].requests).toMatchObject({ PutRecord: 0 });
    expect(one.result.resources['archive'].requests['PutRecordBatch']).toBeLessThan(20);
  });

  // Reference examples: 3 KB bill 5 KB, 5.1 KB bill 10 KB.
  test.each([
    ['3KiB', 5120],
    ['5120B', 5120],
    ['5121B', 10_240],
    ['1B', 5120],
  ])('a record of %s bills %i bytes', (size, billed) => {
    const traffic = `phases: [ { burst: 1 } ], size: ${size}`;
    expect(gigabytes({ traffic })).toBe(billed);
  });

  test('a gigabyte has 2^30 bytes', () => {
    const { result } = run({ traffic: 'rate: 100/s, arrivals: constant, size: 5120B' });
    // 100,000 records: 512,000,000 B = 0.476837 GB at 0.029 USD.
    const lines = result.cost.lines.filter(({ service }) => service === 'Firehose');
    expect(lines[0]).toMatchObject({ quantity: 0.476837, unitPriceUsd: '0.029' });
  });
});

describe('what it refuses', () => {
  test('a record above 1,000 KiB', () => {
    const one = run({ duration: '10s', traffic: 'rate: 1/s, arrivals: constant, size: 1025000B' });
    expect(one.result.traffic['clicks']).toMatchObject({ sent: 10, failed: 10 });
    const fits = run({ duration: '10s', traffic: 'rate: 1/s, arrivals: constant, size: 1000KiB' });
    expect(fits.result.traffic['clicks']).toMatchObject({ sent: 10, accepted: 10 });
  });

  test.each([
    ['us-east-1', 5],
    ['eu-central-1', 1],
  ])('in %s more than %i MiB a second', (region, most) => {
    const traffic = 'phases: [ { burst: 100 } ], size: 102400B, client: { retry: none }';
    const one = run({ region, traffic });
    const accepted = Math.floor((most * 1_048_576) / 102_400);
    expect(one.result.traffic['clicks']).toMatchObject({ accepted, failed: 100 - accepted });
    expect(one.result.resources['archive'].throttled).toBe(100 - accepted);
  });

  test('requests beyond 2,000 a second, and of a batch the records beyond the bytes', () => {
    const burst = 'phases: [ { burst: 3000 } ], size: 10B, client: { retry: none }';
    expect(run({ traffic: burst }).result.traffic['clicks']).toMatchObject({ accepted: 2000 });
    const batches =
      'phases: [ { burst: 60 } ], size: 102400B, client: { retry: none, batch: { size: 10, wait: 1s } }';
    const one = run({ traffic: batches });
    expect(one.result.traffic['clicks']).toMatchObject({ accepted: 51, failed: 9 });
  });

  test('what was refused because of a rate comes through by retries, and is stored once', () => {
    const traffic = 'phases: [ { burst: 3000 } ], size: 10B, client: { retry: standard }';
    const one = run({ traffic });
    expect(one.result.traffic['clicks'].accepted).toBeGreaterThan(2050);
    expect(ledger(one).processed).toBe(one.result.traffic['clicks'].accepted);
    expect(one.result.consumers['archive'].duplicates.total).toBe(0);
  });
});

describe('a bucket that does not take it', () => {
  test('objects are put again until it does: nothing is lost, nothing stored twice', () => {
    const one = run({ more: 'faults: [ { at: 200s, for: 400s, on: lake, fail: 100% } ]' });
    expect(ledger(one)).toMatchObject({ owed: 1000, processed: 1000 });
    expect(one.result.consumers['archive'].duplicates.total).toBe(0);
    // The first object is ready at 300 s, and stored at 600 s: ten pauses of 30 s later.
    expect(one.result.consumers['archive'].latency.maxSeconds).toBe(600);
  });

  test('for up to a day; then its records are lost, with a cause', () => {
    const more = 'faults: [ { at: 0s, for: 25h, on: lake, fail: 100% } ]';
    const one = run({
      duration: '26h',
      traffic: 'phases: [ { burst: 10 }, { for: 2h, rate: 0/s }, { burst: 5 } ]',
      more,
    });
    expect(ledger(one)).toMatchObject({
      owed: 15,
      processed: 5,
      lost: { total: 10, bufferLost: 10 },
    });
    expect(one.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('an answer that gets lost is an object stored twice', () => {
    const more = 'faults: [ { at: 200s, for: 200s, on: archive -> lake, lose: 100% } ]';
    const { consumers, invariants } = run({ more }).result;
    // One object of 300 records, tried at 300 s, 345 s and 390 s in vain.
    expect(consumers['archive'].duplicates).toMatchObject({ total: 900, deliveryRetry: 900 });
    expect(consumers['archive'].ledger).toMatchObject({ owed: 1000, processed: 1000 });
    expect(invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('a call that never arrives is no duplicate', () => {
    const more = 'faults: [ { at: 200s, for: 200s, on: archive -> lake, cut: 100% } ]';
    const { consumers } = run({ more }).result;
    expect(consumers['archive'].duplicates.total).toBe(0);
    expect(consumers['archive'].ledger).toMatchObject({ owed: 1000, processed: 1000 });
  });
});

describe('at least once', () => {
  test('duplicateDelivery stores a record in a later object, too, once', () => {
    const one = run({ stream: '    assume: { duplicateDelivery: 100% }' });
    expect(one.result.consumers['archive']).toMatchObject({
      ledger: { owed: 1000, processed: 1000 },
      duplicates: { total: 1000, spontaneousCopy: 1000 },
    });
    expect(one.objects.reduce((sum, bytes) => sum + bytes, 0)).toBe(2 * 1000 * 1024);
  });

  test('a send that is tried again after it was stored is stored twice', () => {
    const one = run({
      traffic: 'rate: 1/s, arrivals: constant, client: { timeout: 1s }',
      more: 'faults: [ { at: 100s, for: 100s, on: clicks -> archive, lose: 50% } ]',
    });
    const { duplicates } = one.result.consumers['archive'];
    expect(duplicates.producerRetry).toBeGreaterThan(20);
    expect(duplicates.total).toBe(duplicates.producerRetry);
    expect(ledger(one)).toMatchObject({ owed: 1000, processed: 1000 });
  });

  test.each(['ideal', 'typical', 'adversarial'])(
    '%s: whatever happens, records are stored or counted',
    (profile) => {
      const one = run({
        profile,
        traffic:
          'rate: 20/s, size: { p50: 1KiB, p99: 20KiB }, client: { timeout: 1s, batch: { size: 40, wait: 1s } }',
        hints: 'sizeInMBs: 1, intervalInSeconds: 60',
        more: `faults:
  - { at: 100s, for: 100s, on: lake, fail: 50% }
  - { at: 300s, for: 100s, on: archive -> lake, lose: 50% }
  - { at: 500s, for: 100s, on: clicks -> archive, lose: 20% }
  - { at: 700s, for: 100s, on: archive, fail: 50% }`,
      });
      const { owed, processed, lost, unfinished } = ledger(one);
      expect(owed).toBe(processed);
      expect([lost.total, unfinished]).toEqual([0, 0]);
      expect(one.result.drained).toBe(true);
      expect(one.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
      const { depth, inFlight } = one.result.resources['archive'].levels;
      expect([depth.max, inFlight.end]).toEqual([0, 0]);
      expect(inFlight.max).toBeGreaterThan(100);
    },
  );
});

describe('an object that is stored', () => {
  const tells = (events: string): string =>
    `, notificationConfiguration: { files: { events: ['${events}'], filter: { prefix: clicks/, suffix: .gz } } }`;
  const resources = `  files: { type: sqs.queue }
  loaders:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { files: { waitTimeSeconds: 20s } }
    handler: []`;
  const destination = ', prefix: clicks/, compressionFormat: GZIP';
  const files = (changes: Changes): number => {
    const { result } = run({ resources, destination, ...changes });
    return result.consumers['loaders'].ledger.processed;
  };

  test('is told of by its bucket, one event each', () => {
    expect(files({ bucket: tells('s3:ObjectCreated:Put') })).toBe(4);
  });

  test('below a minute of buffering, it comes in parts', () => {
    const hints = 'intervalInSeconds: 50';
    expect(files({ hints, bucket: tells('s3:ObjectCreated:Put') })).toBe(0);
    expect(files({ hints, bucket: tells('s3:ObjectCreated:CompleteMultipartUpload') })).toBe(20);
  });
});

describe('what is refused when it is read', () => {
  test.each<[string, Changes, string]>([
    ['a buffer too large', { hints: 'sizeInMBs: 129' }, 'out-of-range: sizeInMBs is 129'],
    ['an interval too long', { hints: 'intervalInSeconds: 901s' }, 'out-of-range'],
    [
      'another destination',
      { stream: '    splunkDestinationConfiguration: {}' },
      'not-modelled: splunkDestinationConfiguration',
    ],
    ['a stream as source', { stream: '    consumes: { clicks: {} }' }, 'not-modelled: consumes'],
    [
      'processors',
      { destination: ', processingConfiguration: { enabled: true }' },
      'not-modelled: processingConfiguration',
    ],
    [
      'a batch of too many',
      { traffic: 'rate: 1/s, client: { batch: { size: 501, wait: 1s } }' },
      'out-of-range: size is 501',
    ],
  ])('%s', (_, changes, line) => {
    const lines = errorsIn(text(changes));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(line);
  });

  test('a queue still takes ten', () => {
    const lines = errorsIn(
      text({ traffic: 'rate: 1/s', resources: '  jobs: { type: sqs.queue }' }).replace(
        'send: archive, rate: 1/s',
        'send: jobs, rate: 1/s, client: { batch: { size: 11, wait: 1s } }',
      ),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('1..10 entries in a batch to jobs');
    expect(lines[0]).toContain('TooManyEntriesInBatchRequest');
  });

  test('nothing, where nothing is wrong', () => {
    expect(warningsIn(text({}))).toEqual([]);
  });
});
