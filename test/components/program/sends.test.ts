// The step send, on whole scenarios without noise: what is sent when, what it is about, and who waits for what.

import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/core.js';
import { RecordedFacts } from '../../support/recorded-facts.js';
import { drive, scenarioOf } from '../../support/simulations.js';

const SECOND = 1_000_000;

interface Chain {
  /** Steps of the fleet that takes orders. */
  readonly handler: string;
  /** Of the fleet that takes what is sent. */
  readonly mailer?: string;
  readonly orders?: string;
  readonly traffic?: string;
  readonly fleet?: string;
  readonly resources?: string;
  readonly more?: string;
  /** The queue that is sent to. */
  readonly mails?: string;
}

function chain({ handler, mailer = '[]', orders = '', traffic = '', fleet = '', ...rest }: Chain) {
  const { resources = '', more = '', mails = 'mails' } = rest;
  const dead = mails.endsWith('.fifo') ? 'dead.fifo' : 'dead';
  return scenarioOf(`name: chain
profile: ideal
duration: 10s
traffic:
  shoppers: { send: orders, rate: 1/s, arrivals: constant, size: 3KiB ${traffic} }
resources:
  orders: { type: sqs.queue, visibilityTimeout: 60s ${orders} }
  ${mails}: { type: sqs.queue, redrivePolicy: { deadLetterTarget: ${dead}, maxReceiveCount: 1 } }
  ${dead}: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    ${fleet}
    handler: ${handler}
  mailers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { ${mails}: { waitTimeSeconds: 20s, batchSize: 10 } }
    handler: ${mailer}
${resources}
${more}
`);
}

function processed(result: RunResult, consumer: string): number {
  return result.consumers[consumer].ledger.processed;
}

interface Ran {
  readonly result: RunResult;
  readonly facts: RecordedFacts;
  /** Messages that the fleet made, were acknowledged, and were given up. */
  readonly sent: readonly [sent: number, accepted: number, failed: number];
  readonly idOf: (name: string) => number;
}

function run(of: Chain): Ran {
  const facts = new RecordedFacts();
  const { report, model } = drive(chain(of), {
    observer: facts.facts,
    ready: ({ kernel }) => void (facts.kernel = kernel),
  });
  const idOf = (name: string): number => model.cast.names.indexOf(name);
  const { sent, accepted, failed } = model.watch.traffic.of(idOf('workers'));
  expect(report.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  return { result: report.result, facts, sent: [sent, accepted, failed], idOf };
}

describe('send', () => {
  it('makes a message of its own: the run waits for its acknowledgement, nobody waits for its handling', () => {
    const { result, sent, facts, idOf } = run({
      handler: '[ send: mails, work: 100ms ]',
      mailer: '[ work: 2s ]',
      more: 'assume: { sqs.queue: { apiLatency: 40ms } }',
    });
    expect(sent).toEqual([10, 10, 0]);
    expect(Object.keys(result.traffic)).toEqual(['shoppers']);
    expect(result.resources['mails'].requests['SendMessage']).toBe(10);
    const of = (kind: 'runBegan' | 'runEnded') =>
      facts.of(kind).filter(({ args }) => args[0] === idOf('workers'));
    const [began, ended] = [of('runBegan'), of('runEnded')].map((list) => list[0].at);
    expect(ended - began).toBe(140_000);
    expect(processed(result, 'mailers')).toBe(10);
  });

  it('is about what its parent is about, unless it says otherwise', () => {
    const made = (options: string, mailer: string): number => {
      const { result } = run({
        handler: `[ { send: mails, ${options} } ]`,
        traffic: ', key: c-7, attributes: { kind: { oneOf: { a: 50%, b: 50% } }, tier: gold }',
        mailer: `[ { fail: 100%, when: ${mailer} } ]`,
      });
      return processed(result, 'mailers');
    };
    expect(made('count: 1', '{ tier: [gold], key: [c-7] }')).toBe(0);
    expect(made('count: 1', '{ source: [shoppers] }')).toBe(10);
    expect(made('count: 1', '{ source: [workers] }')).toBe(0);
    expect(made('key: other', '{ key: [c-7] }')).toBe(10);
    expect(made('key: other', '{ key: [other], tier: [gold] }')).toBe(0);
    expect(made('attributes: { tier: plain, step: mail }', '{ tier: [gold] }')).toBe(10);
    expect(made('attributes: { tier: plain, step: mail }', '{ step: [mail], key: [c-7] }')).toBe(0);
    const drawn = [made('count: 1', '{ kind: [a] }'), made('count: 1', '{ kind: [b] }')];
    expect(drawn[0] + drawn[1]).toBe(10);
    expect(drawn).not.toContain(10);
  });

  it('has the size of its parent, or its own', () => {
    const bytes = (options: string): number => {
      const { facts, idOf } = run({ handler: `[ { send: mails, ${options} } ]` });
      const requests = facts.of('request').filter(({ args }) => args[0] === idOf('mails'));
      return requests[0].args[2];
    };
    expect(bytes('count: 1')).toBe(3072);
    expect(bytes('size: 500B')).toBe(500);
  });

  it('goes out count times, one after the other', () => {
    const { sent, facts, idOf } = run({
      handler: '[ { send: mails, count: 3 } ]',
      more: 'assume: { sqs.queue: { apiLatency: 40ms } }',
    });
    expect(sent).toEqual([30, 30, 0]);
    const born = facts.of('born').filter(({ args }) => args[0] === idOf('workers'));
    expect([born[1].at - born[0].at, born[2].at - born[1].at]).toEqual([40_000, 40_000]);
  });

  it('is made anew by each run: what breaks half-way has sent, and sends again', () => {
    const { result, sent } = run({
      handler: '[ send: mails, { fail: 40%, per: attempt } ]',
      orders: ', redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 20 }',
    });
    const { runs } = result.consumers['workers'];
    expect(processed(result, 'workers')).toBe(10);
    expect(runs).toBeGreaterThan(10);
    expect(sent[0]).toBe(runs);
    expect(processed(result, 'mailers')).toBe(runs);
  });

  it('that fails for good fails the run, or is ignored', () => {
    const fault = 'faults: [ { at: 0s, for: 5s, on: workers -> mails, fail: 100% } ]';
    const one = (onError: string) =>
      run({
        handler: `[ { send: mails, ${onError} client: { retry: none } } ]`,
        more: fault,
      });
    const failing = one('');
    expect(failing.sent).toEqual([15, 10, 5]);
    expect(failing.result.consumers['workers'].failedRuns).toBe(5);
    expect(processed(failing.result, 'mailers')).toBe(10);
    const ignoring = one('onError: ignore,');
    expect(ignoring.sent).toEqual([10, 5, 5]);
    expect(ignoring.result.consumers['workers'].failedRuns).toBe(0);
    expect(processed(ignoring.result, 'mailers')).toBe(5);
  });

  it('is tried again as the SDK does', () => {
    const { sent, facts, idOf } = run({
      handler: '[ send: mails ]',
      more: 'faults: [ { at: 1s, for: 10ms, on: workers -> mails, fail: 100% } ]',
    });
    expect(sent).toEqual([10, 10, 0]);
    expect(facts.of('retried').some(({ args }) => args[0] === idOf('workers'))).toBe(true);
  });

  it('whose answer got lost was sent: the retry sends it twice, and only once to a FIFO queue', () => {
    const lossy = (mails: string) =>
      run({
        mails,
        handler: `[ { send: ${mails}, client: { timeout: 1s } } ]`,
        more: `faults: [ { at: 0s, for: 500ms, on: workers -> ${mails}, lose: 100% } ]`,
      });
    const standard = lossy('mails');
    expect(standard.sent).toEqual([10, 10, 0]);
    expect(standard.facts.count('deduplicated')).toBe(0);
    expect(
      standard.facts.of('stored').filter(({ args }) => args[0] === standard.idOf('mails')).length,
    ).toBe(11);
    const fifo = lossy('mails.fifo');
    expect(fifo.facts.count('deduplicated')).toBe(1);
    expect(processed(fifo.result, 'mailers')).toBe(10);
  });

  it('of a process that dies stays sent, and is not tried again', () => {
    const { result, sent, facts, idOf } = run({
      handler: '[ send: mails, work: 10ms ]',
      fleet: 'client: { timeout: 3s }',
      more: `faults:
  - { at: 0s, for: 1500ms, on: workers -> mails, lose: 100% }
  - { at: 1s, on: workers, crash: 1 }
assume: { autoscaling.group: { launch: 1s } }`,
    });
    // The order of 0s is sent, its answer is lost; at 1s the process dies; its successor sends it again.
    const [, accepted, failed] = sent;
    expect([accepted, failed]).toEqual([10, 1]);
    expect(processed(result, 'mailers')).toBe(11);
    const gaveUp = facts.of('gaveUp').filter(({ args }) => args[0] === idOf('workers'));
    expect(gaveUp[0].at).toBe(1 * SECOND);
  });

  it('of a program collects batches, process by process, and loses what a dead one had', () => {
    const batch = 'client: { batch: { size: 10, wait: 2s } }';
    const { result, facts, idOf } = run({
      handler: `[ { send: mails, ${batch} } ]`,
    });
    expect(result.resources['mails'].requests['SendMessageBatch']).toBe(10);
    expect(result.resources['mails'].requests['SendMessage'] ?? 0).toBe(0);
    const first = facts.of('request').find(({ args }) => args[0] === idOf('mails'));
    expect(first!.at).toBe(2 * SECOND);
    const dying = run({
      handler: `[ { send: mails, ${batch} } ]`,
      more: `faults: [ { at: 1s, on: workers, crash: 1 } ]
assume: { autoscaling.group: { launch: 1s } }`,
    });
    expect(dying.sent[2]).toBe(1);
    expect(processed(dying.result, 'mailers')).toBe(10);
  });

  it('carries its ids: groups by the key of the parent, by an attribute of either', () => {
    const groups = (options: string): number => {
      const { facts } = run({
        mails: 'mails.fifo',
        traffic: ', key: { of: 2 }, attributes: { kind: c }',
        handler: `[ { send: mails.fifo, ${options} } ]`,
      });
      return new Set(facts.of('ofGroup').map(({ args }) => args[2])).size;
    };
    expect(groups('count: 1')).toBe(2);
    expect(groups('messageGroupId: kind')).toBe(1);
    expect(groups('messageGroupId: message')).toBe(10);
    expect(groups('key: unique')).toBe(10);
    expect(groups('messageGroupId: step, attributes: { step: { of: 3 } }')).toBeGreaterThan(1);
  });

  it('with an id of its parent is taken for a duplicate when its run comes again', () => {
    const stored = (id: string): number => {
      const { facts } = run({
        mails: 'mails.fifo',
        traffic: ', attributes: { order: unique }',
        handler: `[ { send: mails.fifo, messageDeduplicationId: ${id} }, { fail: 40%, per: attempt } ]`,
        orders: ', redrivePolicy: { deadLetterTarget: failed, maxReceiveCount: 20 }',
        resources: '  failed: { type: sqs.queue, messageRetentionPeriod: 14d }',
      });
      return facts.count('deduplicated');
    };
    expect(stored('message')).toBe(0);
    expect(stored('order')).toBeGreaterThan(0);
    expect(stored('key')).toBe(stored('order'));
  });

  it('may come from a service outside AWS that is called, about the message of its caller', () => {
    const { result, facts, idOf } = run({
      handler: '[ call: shop ]',
      traffic: ', attributes: { tier: gold }',
      mailer: '[ { fail: 100%, when: { tier: [gold], source: [shop] } } ]',
      resources: '  shop: { type: external.http, handler: [ work: 50ms, send: mails ] }',
    });
    expect(facts.of('born').filter(({ args }) => args[0] === idOf('shop'))).toHaveLength(10);
    expect(processed(result, 'mailers')).toBe(0);
    expect(result.resources['mails'].deadLettered).toBe(10);
  });

  it('may go back to where its parent comes from', () => {
    const { result, sent } = run({
      handler: '[ { send: orders, attributes: { hops: b }, when: { hops: [{ exists: false }] } } ]',
      resources: '',
    });
    expect(sent).toEqual([10, 10, 0]);
    expect(processed(result, 'workers')).toBe(20);
  });
});
