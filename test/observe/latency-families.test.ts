// The latency of traffic when messages are made from its messages, on whole scenarios without noise.

import { describe, expect, it } from 'vitest';
import { drive, scenarioOf } from '../support/simulations.js';

interface Chain {
  readonly handler: string;
  readonly mailer: string;
  readonly more?: string;
  readonly mails?: string;
  readonly orders?: string;
  readonly phases?: string;
}

/** One order at 0 s; seconds, and seconds by part. */
function latencies(of: Chain) {
  const { handler, mailer, more = '', mails = '', orders = '', phases = '[ { burst: 1 } ]' } = of;
  const { model } = drive(
    scenarioOf(`name: chain
profile: ideal
duration: 10s
traffic: { shoppers: { send: orders, phases: ${phases} } }
resources:
  orders: { type: sqs.queue, visibilityTimeout: 5s ${orders} }
  mails: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 1 } ${mails} }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers: &fleet
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    handler: ${handler}
  mailers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { mails: { waitTimeSeconds: 20s } }
    handler: ${mailer}
${more}
`),
  );
  const { cast, watch } = model;
  const id = (name: string): number => cast.names.indexOf(name);
  const whole = watch.latencies.trafficSummary(id('shoppers'));
  return {
    count: whole.count,
    unfinished: whole.unfinished,
    mean: whole.mean,
    parts: whole.parts.all ?? {},
    workers: watch.latencies.consumerSummary(id('workers')).mean,
    mailers: watch.latencies.consumerSummary(id('mailers')).mean,
  };
}

const S = 1_000_000;

describe('the latency of traffic', () => {
  it('lasts until what was made from its message is done, and adds up the whole way', () => {
    const found = latencies({
      handler: '[ work: 100ms, send: mails, work: 50ms ]',
      mailer: '[ work: 1s ]',
      mails: ', delaySeconds: 3s',
    });
    expect(found.count).toBe(1);
    expect(found.mean).toBe(4_100_000);
    expect(found.parts).toMatchObject({ handler: 1_100_000, delay: 3 * S });
    // Each consumer's own: from the message's own send.
    expect(found.workers).toBe(150_000);
    expect(found.mailers).toBe(4 * S);
  });

  it('is that of the message itself when it is done last', () => {
    const found = latencies({ handler: '[ send: mails, work: 2s ]', mailer: '[ work: 1s ]' });
    expect(found.mean).toBe(2 * S);
    expect(found.parts).toMatchObject({ handler: 2 * S });
  });

  it('counts the path of the child that is done last, whatever run made it', () => {
    const found = latencies({
      handler: '[ send: mails, work: 1s, { fail: 100%, chance: 50%, per: attempt } ]',
      mailer: '[ work: 100ms ]',
      orders: ', redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 50 }',
      phases: '[ { burst: 8 } ]',
    });
    expect(found.count).toBe(8);
    expect(found.parts.visibilityWait).toBeGreaterThan(0);
  });

  it('ends never when a child is never done', () => {
    const found = latencies({ handler: '[ send: mails ]', mailer: '[ fail: 100% ]' });
    expect(found).toMatchObject({ count: 0, unfinished: 1 });
  });

  it('does not wait for a child that was given up and does not matter', () => {
    const found = latencies({
      handler: '[ { send: mails, onError: ignore, client: { retry: none } }, work: 1s ]',
      mailer: '[]',
      more: 'faults: [ { at: 0s, for: 5s, on: workers -> mails, fail: 100% } ]',
    });
    expect(found).toMatchObject({ count: 1, unfinished: 0, mean: 1 * S });
  });

  it('goes on over grandchildren', () => {
    const found = latencies({
      handler:
        '[ { work: 1s, when: { hops: [{ exists: false }] } }, ' +
        '{ send: mails, attributes: { hops: a }, when: { hops: [{ exists: false }] } }, ' +
        '{ work: 10s, when: { hops: [a] } } ]',
      mailer: '[ work: 100ms, send: orders ]',
    });
    // 1 s, 0.1 s, then 10 s: at the worker's only loop nothing else comes meanwhile.
    expect(found.mean).toBe(11_100_000);
  });
});
