// Databases in scenarios: what is refused, what counts, who is asked how.

import { describe, expect, test } from 'vitest';
import { explainScenario } from '../../src/experiment/explain-scenario.js';
import type { RunResult } from '../../src/experiment/result.js';
import { Simulation } from '../../src/experiment/run.js';
import { errorsIn, loadText, warningsIn } from './fixtures/real.js';

const BASE = `name: Ledger
duration: 10m
profile: ideal
traffic:
  tills: { write: ledger, rate: 5/s }
  reports: { read: ledger, rate: 1/s, client: { timeout: 2s } }
  shops: { send: jobs, rate: 5/s }
resources:
  jobs: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 } }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  writers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: t4g.small
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ write: ledger ]
  ledger: { type: rds.instance, engine: mysql, dbInstanceClass: db.m6g.large }
`;

/** BASE with one place of it changed. */
function baseWith(from: string, to: string): string {
  expect(BASE).toContain(from);
  return BASE.replace(from, () => to);
}

function run(text: string): RunResult {
  const simulation = new Simulation(loadText(text));
  while (!simulation.advance(1_000_000));
  return simulation.finish(null).result;
}

test('the base is free of findings', () => {
  expect(errorsIn(BASE)).toEqual([]);
  expect(warningsIn(BASE)).toEqual([]);
});

const ENGINE = 'engine: mysql';
const CLASS = 'db.m6g.large';
const HANDLER = 'handler: [ write: ledger ]';

describe('refused', () => {
  test.each<[from: string, to: string, error: string]>([
    [
      ENGINE,
      'engine: mariadb',
      'not-modelled: engine is mariadb; allowed: mysql | postgres; see docs',
    ],
    [ENGINE, 'engine: mysq', 'nearest: mysql'],
    [`${ENGINE}, `, '', 'missing'],
    [
      CLASS,
      'db.m6g.metal',
      'choice: dbInstanceClass is db.m6g.metal; allowed: a class whose price',
    ],
    [CLASS, 'm6g.large', 'nearest: db.m6g.large'],
    [CLASS, `${CLASS}, iops: 3000`, 'not-modelled: iops'],
    [CLASS, `${CLASS}, storageType: io2`, 'not-modelled: storageType is io2'],
    [CLASS, `${CLASS}, allocatedStorage: 10`, 'out-of-range: allocatedStorage is 10'],
    [CLASS, `${CLASS}, allocatedStorage: 20.5`, 'not-whole'],
    [CLASS, `${CLASS}, maxConnections: 0`, 'out-of-range: maxConnections is 0'],
    [CLASS, `${CLASS}, dbParameterGroupName: own`, 'no-effect: dbParameterGroupName'],
    [CLASS, `${CLASS}, assume: { failover: 60 }`, 'wrong-unit'],
    [CLASS, `${CLASS}, assume: { parallelism: 0 }`, 'out-of-range: parallelism is 0'],
    [CLASS, `${CLASS}, assume: { parallelism: two }`, 'a number such as 8, or { perVcpu: 2 }'],
    [CLASS, `${CLASS}, assume: { parallelism: { perCpu: 2 } }`, 'unknown-key'],
    [CLASS, `${CLASS}, assume: { parallelism: {} }`, 'missing'],
    [CLASS, `${CLASS}, assume: { parallelism: { perVcpu: 0 } }`, 'out-of-range'],
    // steps
    [
      HANDLER,
      'handler: [ write: jobs ]',
      'wrong-kind: jobs is of type sqs.queue, not rds.instance',
    ],
    [HANDLER, 'handler: [ read: writers ]', 'writers is of type autoscaling.group'],
    [HANDLER, 'handler: [ call: ledger ]', 'ledger is of type rds.instance, not lambda.function'],
    [HANDLER, 'handler: [ { write: ledger, size: 3KiB } ]', 'no-effect: size would have no effect'],
    [HANDLER, 'handler: [ { write: ledger, key: a } ]', 'not-modelled: key is not modelled yet'],
    [HANDLER, 'handler: [ { write: ledger, read: ledger } ]', 'write'],
    [HANDLER, 'handler: [ { write: ledger, status: 500 } ]', 'choice: status beside write'],
    [HANDLER, 'handler: [ insert: ledger ]', 'nearest: write'],
    // traffic
    ['write: ledger, rate', 'write: jobs, rate', 'jobs is of type sqs.queue, not rds.instance'],
    ['send: jobs', 'send: ledger', 'ledger is of type rds.instance, not sqs.queue'],
    ['write: ledger, rate', 'write: ledger, send: jobs, rate', 'choice'],
    [
      'write: ledger, rate',
      'write: ledger, delaySeconds: 5s, rate',
      'no-effect: delaySeconds would',
    ],
    [
      'write: ledger, rate',
      'write: ledger, messageGroupId: key, rate',
      'no-effect: messageGroupId',
    ],
    ['timeout: 2s', 'batch: { size: 10, wait: 1s }', 'no-effect: batch would have no effect: read'],
  ])('%s → %s', (from, to, error) => {
    expect(errorsIn(baseWith(from, to)).join('\n')).toContain(error);
  });

  test.each([
    ['on: ledger, crash: 1', 'not-modelled: crashes of a database without a standby'],
    ['on: ledger, crash: 2', 'a database is one instance'],
    ['on: ledger, crash: 50%', 'a database is one instance'],
    ['on: ledger, down: 1', 'a share of its calls'],
    ['on: ledger, fail: 5%, status: 404', 'an answer 404 of rds.instance is not modelled'],
    ['on: ledger, hide: 100%', 'ledger is of type rds.instance'],
    ['on: tills -> ledger, slow: 5x', 'calls of ledger take no time on their way'],
    ['on: tills -> ledger, fail: 5%, api: read', 'tills never calls read of ledger'],
    ['on: writers -> ledger, fail: 5%, api: read', 'writers never calls read of ledger'],
    ['on: ledger -> writers, fail: 5%', 'nearest: writers -> ledger'],
  ])('a fault %s', (fault, error) => {
    expect(errorsIn(`${BASE}faults: [ { at: 1m, ${fault} } ]`).join('\n')).toContain(error);
  });

  test('what is stored is no way on: there is no latency of a link', () => {
    const [error] = errorsIn(`${BASE}expect: [ "latency(tills -> ledger).p99 < 1s" ]`);
    expect(error).toContain(
      'allowed: a link from traffic, a queue or a topic, to a queue, a topic or a consumer',
    );
  });
});

test.each([
  'on: ledger, down: 100%',
  'on: ledger, down: 30%',
  'on: ledger, slow: 5x',
  'on: ledger, slow: 2s',
  'on: tills -> ledger, slow: 2s',
  'on: ledger, fail: 5%',
  'on: ledger, throttle: 3/s',
  'on: writers -> ledger, lose: 5%, api: write',
  'on: reports -> ledger, cut: 50%, api: read',
])('a fault %s is taken, and runs', (fault) => {
  const text = `${BASE}faults: [ { at: 1m, for: 1m, ${fault} } ]`;
  expect(errorsIn(text)).toEqual([]);
  const { drained, traffic, ledger } = run(text);
  expect([drained, ledger.unfinished]).toEqual([true, 0]);
  const { sent, accepted, failed } = traffic['tills'];
  expect(accepted + failed).toBe(sent);
});

test('a crash of a database with a standby is a failover', () => {
  const base = baseWith(CLASS, `${CLASS}, multiAZ: true`);
  const text = `${base}faults: [ { at: 1m, on: ledger, crash: 1 } ]`;
  expect(errorsIn(text)).toEqual([]);
  expect(explainScenario(loadText(text)).prose).toContain(
    'At 1m, ledger fails over to its standby.',
  );
  const { traffic, ledger } = run(text);
  const { failed, sent } = traffic['tills'];
  // 90 s at five a second, give or take.
  expect(failed).toBeGreaterThan(380);
  expect(failed).toBeLessThan(520);
  expect(sent).toBeGreaterThan(2800);
  expect(ledger.processed + ledger.deadLettered).toBe(ledger.owed);
});

describe('a run', () => {
  test('statements of traffic are answered or failed, and nothing is owed of them', () => {
    const { traffic, ledger, resources, drained } = run(BASE);
    expect(drained).toBe(true);
    const { tills, reports, shops } = traffic;
    expect([tills.accepted, tills.failed]).toEqual([tills.sent, 0]);
    expect(ledger.owed).toBe(shops.sent);
    expect(resources['ledger'].requests).toEqual({
      write: tills.sent + shops.sent,
      read: reports.sent,
    });
    expect(tills.latency).toEqual(tills.response);
    expect(tills.response.count).toBe(tills.sent);
    expect(tills.response.minSeconds).toBe(0.005);
  });

  test('refused statements fail for good without retries, and come through with them', () => {
    const crowded = `${CLASS}, maxConnections: 3, assume: { writeTime: 300ms, parallelism: 1 }`;
    const none = run(baseWith(CLASS, crowded)).traffic['tills'];
    expect(none.failed).toBeGreaterThan(300);
    expect(none.attempts).toBe(none.sent);
    const retrying = baseWith(CLASS, crowded).replace(
      'write: ledger, rate: 5/s',
      'write: ledger, rate: 1/s, client: { retry: { maxAttempts: 100, base: 1s } }',
    );
    const some = run(retrying).traffic['tills'];
    expect(some.failed).toBe(0);
    expect(some.attempts).toBeGreaterThan(some.sent);
  });

  test('what was never stored is longer than any figure', () => {
    const { traffic } = run(`${BASE}faults: [ { at: 0s, on: ledger, down: 100% } ]`);
    const { sent, failed, latency, response } = traffic['tills'];
    expect(failed).toBe(sent);
    expect([latency.count, latency.unfinished]).toEqual([0, sent]);
    expect(response.unfinished).toBe(sent);
  });

  test('the database is billed for as long as the run lasts', () => {
    const storage = `${CLASS}, multiAZ: true, allocatedStorage: 100`;
    const { cost, endSeconds } = run(baseWith(CLASS, storage));
    const lines = cost.lines.filter(({ resource }) => resource === 'ledger');
    expect(lines.map(({ period, unit, unitPriceUsd }) => [period, unit, unitPriceUsd])).toEqual([
      ['window', 'instance-hours', '0.304'],
      ['window', 'GB-months', '0.23'],
      ['month', 'instance-hours', '0.304'],
      ['month', 'GB-months', '0.23'],
    ]);
    const billed = Math.ceil(endSeconds);
    expect(lines[0].quantity).toBeCloseTo(billed / 3600, 5);
    expect(lines[1].quantity).toBeCloseTo((100 * billed) / (730 * 3600), 5);
    // A month of such windows is a month, but for the second that the window was rounded up to.
    expect(lines[2].quantity / 730).toBeCloseTo(billed / endSeconds, 5);
    expect(lines[3].quantity).toBeCloseTo((100 * billed) / endSeconds, 3);
  });
});

test('explain says who writes where, and how many statements at a time', () => {
  const { prose, assumptions } = explainScenario(loadText(BASE));
  expect(prose.slice(0, 2)).toEqual([
    'tills writes to ledger: about 3000 messages (5/s) at random moments.',
    'reports reads from ledger: about 600 messages (1/s) at random moments.',
  ]);
  const parallelism = assumptions.find(({ path }) => path.endsWith('.parallelism'));
  expect(parallelism?.value).toBe('{ perVcpu: 2 }');
});

describe('warnings', () => {
  test('what a statement takes counts for the visibility timeout', () => {
    const slow = baseWith(CLASS, `${CLASS}, assume: { writeTime: 4s }`);
    const manyOf = (count: number): string =>
      slow.replace(HANDLER, `handler: [ { write: ledger, count: ${count} } ]`);
    const code = 'visibility-below-handler resources.writers.consumes.jobs';
    expect(warningsIn(manyOf(7))).not.toContain(code);
    expect(warningsIn(manyOf(8))).toContain(code);
  });

  test('and for the size of the fleet', () => {
    const slow = baseWith(CLASS, `${CLASS}, assume: { writeTime: 4s }`).replace(
      'duration: 10m',
      'duration: 10h',
    );
    expect(warningsIn(slow)).toContain('fleet-too-small resources.writers');
  });
});
