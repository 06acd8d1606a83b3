// What a checked scenario holds: base units, defaults, assumptions in force, warnings, places, hash.

import { describe, expect, test } from 'vitest';
import { lineOfFinding } from '../../src/scenario/findings.js';
import { settingsInForce } from '../../src/scenario/in-force.js';
import type { CheckedResource, Scenario } from '../../src/scenario/checked.js';
import { BASIC, basicWith, findingsOf, lines, load } from './fixtures/files.js';

const resource = (scenario: Scenario, name: string): CheckedResource => {
  return scenario.resources.find((one) => one.name === name)!;
};
const REPLAY = `name: Replay
traffic: { a: { send: q, replay: { file: t.csv, every: 1s, count: n }, arrivals: constant } }
resources: { q: { type: sqs.queue } }
`;

test('base units and defaults', () => {
  const scenario = load(BASIC);
  expect(scenario).toMatchObject({
    name: 'Basic',
    description: '',
    file: 'a.yaml',
    seed: '1',
    profile: 'typical',
    region: 'us-east-1',
    startSeconds: 1_767_225_600,
    duration: 720e6,
    drain: 3_600e6,
    warmUp: 0,
    cost: { month: 730 * 3_600e6, discount: 0 },
    faults: [
      {
        at: 720e6,
        for: undefined,
        on: 'workers',
        verb: 'crash',
        amount: { kind: 'share', share: 0.3 },
      },
    ],
  });
  expect(scenario.traffic).toMatchObject([
    {
      name: 'shoppers',
      verb: 'send',
      target: 'orders',
      arrivals: 'poisson',
      key: { kind: 'unique' },
      batch: undefined,
      size: { kind: 'lognormal', p50: 2048, p99: 40_960 },
      plan: {
        kind: 'phases',
        phases: [
          { kind: 'rate', for: 600e6, from: 50, to: 50 },
          { kind: 'rate', for: 120e6, from: 50, to: 2000 },
          { kind: 'burst', count: 100 },
        ],
      },
    },
  ]);
  const workers = resource(scenario, 'workers');
  expect(workers.settings).toMatchObject({
    minSize: 2,
    maxSize: 40,
    stopTimeout: 30e6,
    startup: { kind: 'lognormal', p50: 45e6, p99: 114e6 },
  });
  expect(workers.programs).toMatchObject({
    consumes: {
      orders: {
        batchSize: 10,
        waitTimeSeconds: 20e6,
        concurrency: 8,
        idleTimeBetweenReads: 0,
        inBatch: 'sequential',
        deletes: 'afterEach',
      },
    },
    handler: [
      {
        verb: 'work',
        time: { kind: 'lognormal', p50: 80e3, p99: 900e3 },
        chance: 1,
        per: 'attempt',
      },
      { verb: 'fail', share: 0.005, chance: 1, per: 'attempt' },
    ],
  });
});

test('faults, batches, constants', () => {
  const text = basicWith(
    'crash: 30% }',
    'down: 2, for: 5m }, { at: 1m, on: workers, slow: 5x }, { at: 1m, on: workers, slow: 2s }',
  ).replace(
    'send: orders',
    'send: orders\n    arrivals: constant\n    client: { batch: { size: 10, wait: 100ms } }',
  );
  const scenario = load(text);
  expect(
    scenario.faults.map(({ at, on, ...rest }) => (at > 0 && on === 'workers' ? rest : undefined)),
  ).toEqual([
    { for: 300e6, verb: 'down', amount: { kind: 'count', count: 2 } },
    { for: undefined, verb: 'slow', slow: { factor: 5, added: 0 } },
    { for: undefined, verb: 'slow', slow: { factor: 1, added: 2e6 } },
  ]);
  expect(scenario.traffic[0]).toMatchObject({
    arrivals: 'constant',
    batch: { size: 10, wait: 100e3 },
  });
});

describe('duration', () => {
  test('where the longest phases end', () => {
    expect(load(basicWith('name: Basic', 'name: B')).duration).toBe(720e6);
  });
  test('a replay is as long as its rows', () => {
    const scenario = load({ 'a.yaml': REPLAY, 't.csv': '# trace\nsecond,n\n0,5\n1,0\n2,7\n' });
    expect(scenario.duration).toBe(3e6);
    expect(scenario.traffic[0].plan).toEqual({ kind: 'replay', every: 1e6, counts: [5, 0, 7] });
  });
  test('must be said where nothing tells it', () => {
    expect(lines('name: x\ntraffic: {}\nresources: { q: { type: sqs.queue } }')).toEqual([
      'a.yaml:1:1: error missing: without traffic, duration must be said; allowed: duration: 30m',
    ]);
    expect(
      lines('name: x\nduration: 1h\ntraffic: {}\nresources: { q: { type: sqs.queue } }'),
    ).toEqual([]);
    expect(
      lines(
        'name: x\ntraffic: { a: { send: q, rate: 1/s } }\nresources: { q: { type: sqs.queue } }',
      ),
    ).toEqual([
      expect.stringContaining('no traffic has phases or a replay, so duration must be said'),
    ]);
  });
  test('a burst may fall on the end of traffic, not on the end of the run', () => {
    const text =
      'name: x\ntraffic: { a: { send: q, phases: [ { burst: 5 } ] } }\nresources: { q: { type: sqs.queue } }\n';
    expect(load(text).duration).toBe(0);
    expect(lines(`drain: 0s\n${text}`)).toEqual([
      expect.stringContaining('error never-happens: the burst falls on 0s'),
    ]);
  });
});

describe('data files', () => {
  const withCsv = (csv: string, text = REPLAY) => lines({ 'dir/a.yaml': text, 'dir/t.csv': csv });
  test('a mistake in one is reported there', () => {
    expect(withCsv('second,n\n0,1\n1,x\n')).toEqual([
      'dir/t.csv:3:3: error file: n is x; allowed: a whole number',
    ]);
    expect(withCsv('second,n\n0,1\n1,-2\n')).toEqual([
      expect.stringContaining('dir/t.csv:3:3: error file: n is -2'),
    ]);
    expect(withCsv('second,n\n0,1\n1,2,3\n')).toEqual([
      expect.stringContaining(
        'dir/t.csv:3:1: error file: a row of 3 fields; allowed: 2, as in the header',
      ),
    ]);
  });
  test('unreadable, empty, without the column', () => {
    expect(lines({ 'dir/a.yaml': REPLAY })).toEqual([
      expect.stringMatching(/^dir\/a\.yaml:2:42: error file: t\.csv: no such file/),
    ]);
    expect(withCsv('# nothing\n')).toEqual([expect.stringContaining('t.csv holds no rows')]);
    expect(withCsv('second,m\n0,1\n')).toEqual([
      expect.stringMatching(
        /^dir\/a\.yaml:2:\d+: error unknown-name: count is n; allowed: second, m; nearest: m/,
      ),
    ]);
  });
  test('a replay longer than the traffic', () => {
    expect(withCsv('s,n\n0,1\n1,1\n', `duration: 1s\n${REPLAY}`)).toEqual([
      expect.stringContaining(
        'error never-happens: the replay lasts 2s; allowed: at most duration (1s)',
      ),
    ]);
  });
  test('samples', () => {
    const text = basicWith(
      'work: { p50: 80ms, p99: 900ms }',
      'work: { samples: t.csv, column: took, unit: ms }',
    );
    expect(
      resource(load({ 'a.yaml': text, 't.csv': 'took\n5\n7.5\n' }), 'workers').programs['handler'],
    ).toMatchObject([{ time: { kind: 'samples', values: [5000, 7500] } }, {}]);
  });
});

describe('assumptions in force', () => {
  test('default, then profile, then top level, then resource', () => {
    const top =
      'assume: { sqs.queue: { duplicateOnReceive: 5%, apiLatency: 20ms }, cloudwatch: { publishDelay: 1s } }\n';
    const inForce = (text: string, profile?: string) => {
      const scenario = load(text, profile === undefined ? {} : { profile });
      return Object.fromEntries(
        scenario.assumptions.map(({ path, written, origin }) => [path, `${written} (${origin})`]),
      );
    };
    const plain = inForce(BASIC);
    expect(plain['resources.orders.assume.duplicateOnReceive']).toBe('0.0001% (scenario)');
    expect(plain['resources.orders-dlq.assume.duplicateOnReceive']).toBe('0.0001% (default)');
    expect(plain['resources.workers.startup']).toBe('{ p50: 45s, p99: 114s } (default)');
    expect(inForce(BASIC, 'ideal')['resources.orders-dlq.assume.apiLatency']).toBe('0s (profile)');
    expect(inForce(BASIC, 'adversarial')['resources.orders-dlq.assume.duplicateOnReceive']).toBe(
      '1% (profile)',
    );
    const said = inForce(top + BASIC);
    expect(said['resources.orders.assume.duplicateOnReceive']).toBe('0.0001% (scenario)');
    expect(said['resources.orders-dlq.assume.duplicateOnReceive']).toBe('5% (scenario)');
    expect(said['assume.cloudwatch.publishDelay']).toBe('1s (scenario)');
    expect(load(top + BASIC).systems['cloudwatch']).toEqual({
      publishDelay: { kind: 'constant', value: 1e6 },
    });
  });
});

test('settings in force, for explain', () => {
  const things = settingsInForce(load(BASIC));
  expect(things.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'shoppers: traffic',
    'orders: sqs.queue',
    'orders-dlq: sqs.queue',
    'workers: autoscaling.group',
  ]);
  const orders = things[1].settings.map(
    ({ path, value, origin }) => `${path}: ${value} (${origin})`,
  );
  expect(orders).toEqual([
    'visibilityTimeout: 30s (scenario)',
    'delaySeconds: 0s (default)',
    'messageRetentionPeriod: 4d (default)',
    'receiveMessageWaitTimeSeconds: 0s (default)',
    'maximumMessageSize: 1MiB (default)',
    'redrivePolicy.deadLetterTarget: orders-dlq (scenario)',
    'redrivePolicy.maxReceiveCount: 5 (scenario)',
  ]);
});

describe('warnings', () => {
  const warnings = (text: string) =>
    findingsOf(text).concat(load(text).warnings).map(lineOfFinding);
  test('those of the types and those of programs, with their places', () => {
    const text = basicWith('maxReceiveCount: 5', 'maxReceiveCount: 1')
      .replace('visibilityTimeout: 30s', 'visibilityTimeout: 1s')
      .replace('waitTimeSeconds: 20s', 'waitTimeSeconds: 0s');
    expect(warnings(text)).toEqual([
      'a.yaml:11:69: warning max-receive-count-1: one crash is enough',
      expect.stringMatching(
        /^a\.yaml:19:17: warning short-polling: workers asks orders by short polls/,
      ),
      expect.stringMatching(
        /^a\.yaml:19:17: warning visibility-below-handler: messages come back after 1s, .* need \d+ms for a batch/,
      ),
    ]);
  });
  test('a fleet that can never be through', () => {
    expect(warnings(basicWith('rate: 50/s, rampTo', 'rate: 50000/s, rampTo'))).toEqual([]);
    expect(warnings(basicWith('burst: 100', 'burst: 100000000'))).toEqual([
      expect.stringContaining('warning fleet-too-small'),
    ]);
  });
  test('allow takes them away', () => {
    const text = basicWith('maxReceiveCount: 5', 'maxReceiveCount: 1');
    expect(warnings(`allow: [max-receive-count-1(orders)]\n${text}`)).toEqual([]);
    expect(warnings(`allow: [max-receive-count-1]\n${text}`)).toEqual([]);
    expect(lines(`allow: [max-receive-count-1(workers)]\n${text}`)).toEqual([
      expect.stringContaining(
        '1:9: error unused-allow: max-receive-count-1(workers) allows nothing; allowed: max-re',
      ),
    ]);
    expect(load(`allow: [fifo-order(orders)]\n${BASIC}`).allow).toMatchObject([
      { code: 'fifo-order', on: 'orders' },
    ]);
  });
});

test('where a value was written', () => {
  const scenario = load(BASIC);
  expect(scenario.where(['resources', 'orders', 'visibilityTimeout'])).toEqual({
    file: 'a.yaml',
    line: 10,
    column: 24,
  });
  expect(scenario.where(['traffic', 'shoppers', 'phases', 1, 'rampTo'])).toEqual({
    file: 'a.yaml',
    line: 5,
    column: 72,
  });
  expect(scenario.where(['resources', 'orders', 'delaySeconds'])).toEqual({
    file: 'a.yaml',
    line: 8,
    column: 3,
  });
});

describe('the hash', () => {
  test('is of what is said, not of how', () => {
    const styled = BASIC.replace('name: Basic', '# comment\nname:   "Basic"').replace(
      '{ burst: 100 }',
      '{"burst": 100}',
    );
    expect(load(styled).hash).toBe(load(BASIC).hash);
  });
  test('changes with anything said, in a data file too', () => {
    const hashes = [
      load(BASIC).hash,
      load(basicWith('minSize: 2', 'minSize: 3')).hash,
      load(BASIC, { seed: '2' }).hash,
      load({ 'a.yaml': REPLAY, 't.csv': 's,n\n0,1\n' }).hash,
      load({ 'a.yaml': REPLAY, 't.csv': 's,n\n0,2\n' }).hash,
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
