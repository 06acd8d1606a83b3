// What a topic delivers to a delivery stream, and a bucket to a topic: one obligation each, from end to end.

import { expect, test } from 'vitest';
import { Simulation } from '../../../src/experiment/run.js';
import { simulate } from '../../../src/index.js';
import { loadText } from '../../scenario/fixtures/real.js';

const TEXT = `name: Pushed
duration: 300s
profile: ideal
traffic: { phones: { write: photos, rate: 1/s, arrivals: constant } }
resources:
  photos: { type: s3.bucket, notificationConfiguration: { uploads: { events: ['s3:ObjectCreated:*'] } } }
  uploads: { type: sns.topic, subscriptions: { archive: { rawMessageDelivery: true }, jobs: {} } }
  archive:
    type: firehose.deliveryStream
    extendedS3DestinationConfiguration: { bucket: lake, bufferingHints: { intervalInSeconds: 60 } }
  lake: { type: s3.bucket }
  jobs: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 } }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: []
`;

test('an upload reaches the archive and the workers, once each', () => {
  const result = simulate(loadText(TEXT));
  expect(result.consumers['archive'].ledger).toMatchObject({ owed: 300, processed: 300 });
  expect(result.consumers['workers'].ledger).toMatchObject({ owed: 300, processed: 300 });
  expect(result.consumers['archive'].latency.maxSeconds).toBe(60);
  expect(result.resources['lake'].requests).toMatchObject({ PutObject: 5 });
  expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
});

test('SNS tries a delivery stream that throttles again after ten seconds, one that fails at once', () => {
  const retriesUnder = (fault: string): number => {
    const faults = `faults: [ { at: 1m, for: 10s, on: uploads -> archive, ${fault} } ]\n`;
    const simulation = new Simulation(
      loadText(`${TEXT}assume: { sns.topic: { retryJitter: 1x } }\n${faults}`),
    );
    while (!simulation.advance(1_000_000));
    const { pushers } = simulation.finish(null);
    return pushers.find(({ pusher }) => pusher === 'uploads')!.links[0].retries;
  };
  expect(retriesUnder('throttle: 100%')).toBe(10);
  expect(retriesUnder('fail: 100%')).toBeGreaterThan(50);
});
