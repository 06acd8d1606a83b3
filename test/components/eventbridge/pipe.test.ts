// Pipes at work: what they take, filter, enrich and send on, what becomes of failures, how they grow, what they cost.

import { describe, expect, test } from 'vitest';
import { Counter } from '../../../src/components/eventbridge/counters.js';
import type { RunResult } from '../../../src/core.js';
import { run } from './rig.js';

const KINDS = 'body: { kind: { oneOf: { placed: 50%, viewed: 50% } } }';
const PLACED = 'filterCriteria: { filters: [ { pattern: { body: { kind: [placed] } } } ] }';

interface Parts {
  readonly traffic?: string;
  readonly source?: string;
  readonly pipe?: string;
  readonly queue?: string;
  readonly name?: string;
  readonly more?: string;
  readonly head?: string;
}

/** Traffic `shop` to a queue, a pipe from there to another queue, and who polls that. */
function piped(parts: Parts): string {
  const { traffic = 'rate: 1/s, arrivals: constant', source = '', queue = '', more = '' } = parts;
  const { pipe = 'target: jobs', name = 'orders', head = 'duration: 20s' } = parts;
  return `${head}
traffic: { shop: { send: ${name}, ${traffic} } }
resources:
  ${name}: { type: sqs.queue${queue} }
  pipe: { type: eventbridge.pipe, consumes: { ${name}: { ${source} } }, ${pipe} }
  jobs: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: []
${more}`;
}

const processedBy = (result: RunResult, name: string): number =>
  result.consumers[name].ledger.processed;

const ASKED = '  asked: { type: external.http, handler: [ work: 1s ] }\n';

describe('from a queue to a queue', () => {
  test('every message goes on, and the latency of traffic goes on with it', () => {
    const { result } = run(piped({ pipe: 'enrichment: asked, target: jobs', more: ASKED }));
    expect(processedBy(result, 'pipe')).toBe(20);
    expect(processedBy(result, 'workers')).toBe(20);
    expect(result.ledger).toMatchObject({ owed: 40, processed: 40 });
    const { shop } = result.traffic;
    expect(shop.latency.maxSeconds).toBe(1);
  });

  test('what the filter does not match is deleted, asks nobody, goes nowhere, and is not billed', () => {
    const { result, metered } = run(
      piped({
        traffic: `rate: 1/s, arrivals: constant, ${KINDS}`,
        source: `batchSize: 1, ${PLACED}`,
        pipe: 'enrichment: asked, target: jobs',
        more: ASKED,
      }),
    );
    const placed = processedBy(result, 'workers');
    expect(placed).toBeGreaterThan(3);
    expect(placed).toBeLessThan(17);
    expect(processedBy(result, 'pipe')).toBe(20);
    expect(metered('pipe', Counter.Pipes)).toBe(placed);
  });

  test('of several filters one must match', () => {
    const filters =
      'filterCriteria: { filters: [ { pattern: { body: { kind: [placed] } } }, { pattern: { body: { kind: [viewed] } } } ] }';
    const { result } = run(
      piped({ traffic: `rate: 1/s, arrivals: constant, ${KINDS}`, source: filters }),
    );
    expect(processedBy(result, 'workers')).toBe(20);
  });

  test('a batch is billed in chunks of 64 KiB, each retry anew', () => {
    const burst = 'phases: [ { burst: 10 } ], size: 40KiB';
    const { metered } = run(
      piped({ traffic: burst, pipe: 'target: jobs, assume: { pollers: 1 }' }),
    );
    expect(metered('pipe', Counter.Pipes)).toBe(7); // the first alone, then nine
    const one = run(piped({ traffic: burst, source: 'batchSize: 1' }));
    expect(one.metered('pipe', Counter.Pipes)).toBe(10);
  });
});

describe('targets', () => {
  test('a function gets an event: nobody waits for its run', () => {
    const { result } = run(
      piped({
        pipe: 'target: slow',
        more: '  slow: { type: lambda.function, timeout: 15m, handler: [ work: 10m ] }\n',
      }),
    );
    const { shop } = result.traffic;
    expect(processedBy(result, 'slow')).toBe(20);
    expect(shop.latency.minSeconds).toBeGreaterThanOrEqual(600);
    expect(result.consumers['pipe'].latency.maxSeconds).toBe(0);
  });

  test('on a bus it is the source of its events', () => {
    const more = `  events:
    type: eventbridge.bus
    rules: { of-pipe: { eventPattern: { source: [pipe] }, targets: { jobs: {} } } }
`;
    const { link, result } = run(piped({ pipe: 'target: events', more }));
    expect(link('events').delivered).toHaveLength(20);
    expect(processedBy(result, 'workers')).toBe(20);
  });

  test('an HTTP service is called', () => {
    const { result } = run(piped({ pipe: 'target: asked', more: ASKED }));
    const { shop } = result.traffic;
    expect(processedBy(result, 'pipe')).toBe(20);
    expect(shop.latency.maxSeconds).toBe(1);
  });

  test('an HTTP service that takes more than 5 s is a failure', () => {
    const slow = '  asked: { type: external.http, handler: [ work: 6s ] }\n';
    const queue = ', redrivePolicy: { deadLetterTarget: jobs, maxReceiveCount: 1 }';
    const { result } = run(piped({ pipe: 'target: asked', more: slow, queue }));
    expect(processedBy(result, 'pipe')).toBe(0);
    expect(result.ledger.deadLettered).toBe(20);
  });
});

describe('failures', () => {
  const failing = (step: string): string =>
    `  asked: { type: external.http, handler: [ ${step} ] }\n`;
  const queue =
    ', visibilityTimeout: 40s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 }';
  const dead = '  dead: { type: sqs.queue }\n';

  test('the dead-letter queue is that of the source, after its receives; the target got nothing', () => {
    const { result } = run(
      piped({ queue, pipe: 'enrichment: asked, target: jobs', more: failing('fail: 100%') + dead }),
    );
    expect(result.ledger).toMatchObject({ deadLettered: 20, processed: 0 });
  });

  test('what fails comes back after the visibility timeout, and nothing is handled twice', () => {
    const { result } = run(
      piped({ queue, pipe: 'enrichment: asked, target: jobs', more: failing('fail: 30%') + dead }),
    );
    const max = result.consumers['pipe'].latency.maxSeconds;
    expect([40, 80]).toContain(max);
    expect(result.consumers['pipe'].duplicates.total).toBe(0);
  });

  test('a target that fails after the enrichment is enriched once more', () => {
    const { result } = run(
      `${piped({ queue, pipe: 'enrichment: asked, target: jobs', more: failing('work: 1s') + dead })}
faults: [ { at: 0s, for: 10s, on: pipe -> jobs, fail: 100%, status: 500 } ]
`,
    );
    expect(result.ledger).toMatchObject({ owed: 40, processed: 40 });
    expect(result.traffic['shop'].latency.maxSeconds).toBe(41);
  });
});

describe('order', () => {
  const failing = '  asked: { type: external.http, handler: [ { work: 500ms }, { fail: 30% } ] }\n';

  test('a FIFO source keeps the order of its groups', () => {
    const { result } = run(
      piped({
        name: 'orders.fifo',
        queue: ', visibilityTimeout: 10s, contentBasedDeduplication: true',
        traffic: 'rate: 5/s, key: { of: 3 }',
        pipe: 'enrichment: asked, target: jobs',
        more: failing,
      }),
    );
    expect(result.consumers['pipe'].reordered).toBe(0);
    expect(processedBy(result, 'workers')).toBeGreaterThan(50);
  });
});

describe('pollers', () => {
  const burst = (assume: string): string =>
    piped({
      traffic: 'phases: [ { burst: 100 } ]',
      source: 'batchSize: 1',
      queue: ', visibilityTimeout: 10m',
      pipe: `target: jobs, assume: { overhead: 10s, ${assume} }`,
    });
  const maxOf = (text: string): number =>
    Number(run(text).result.traffic['shop'].latency.maxSeconds);

  test('so many executions at a time', () => {
    expect(maxOf(burst('pollers: 10, pollerGrowth: 1/m'))).toBe(100);
    expect(maxOf(burst('pollers: 100'))).toBe(10);
  });

  test('more while all are busy: one every 200 ms by default', () => {
    // 5 at once and 5 a second more: 55 have begun when the first are done, at 10 s. Then 5 of those and 5 new ones
    // begin each second: the other 45 have begun by 14 s.
    expect(maxOf(burst('pollers: 5'))).toBe(24);
  });

  test('those that find nothing go', () => {
    const text = burst('pollers: 5').replace('duration: 20s', 'duration: 30m\ndrain: 1m');
    const { result } = run(text);
    const receives = result.resources['orders'].requests['ReceiveMessage'];
    // Five that wait 20 s each, for half an hour: 450; 55 would be 4,950.
    expect(receives).toBeLessThan(800);
  });
});
