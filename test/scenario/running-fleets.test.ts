// Faults and operations on fleets, through the language: zones, Spot instances, deployments.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/index.js';
import { loadText } from './fixtures/real.js';

/** One message a second for ten minutes to four instances in two zones; a message takes half a second. */
function run(more: string, fleet = ''): RunResult {
  return simulate(
    loadText(`name: Running fleets
duration: 10m
profile: ideal
traffic: { clients: { send: jobs, rate: 1/s, arrivals: constant } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 30s }
  workers:
    type: autoscaling.group
    minSize: 4
    maxSize: 4
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: 500ms ]
${fleet}
${more}
`),
  );
}

const instances = ({ resources }: RunResult) => resources['workers'].levels['instances'];

/** Texts of expectations that hold. */
const passed = ({ expectations }: RunResult): string[] =>
  expectations.filter(({ pass }) => pass).map(({ text }) => text);

test('nothing happens', () => {
  expect(instances(run(''))).toMatchObject({ min: 4, max: 4, end: 4 });
});

describe('a zone', () => {
  const outage = 'faults: [ { at: 1m, for: 5m, on: us-east-1a, down: 100% } ]';

  test('takes its half of the fleet with it, and the other half is launched elsewhere', () => {
    const lines = [
      'always instances(workers) == 2 during 61s..129s',
      'always instances(workers) == 4 during 131s..6m',
      'lost == 0',
    ];
    const result = run(`${outage}\nexpect: [ ${lines.map((line) => `"${line}"`).join(', ')} ]`);
    expect(passed(result)).toEqual(lines);
    expect(instances(result)).toMatchObject({ min: 2, end: 4 });
    expect(result.ledger.processed).toBe(600);
  });
});

describe('interrupt', () => {
  const spot =
    '    mixedInstancesPolicy: { instancesDistribution: ' +
    '{ onDemandBaseCapacity: 2, onDemandPercentageAboveBaseCapacity: 0 } }\n' +
    '    assume: { spotInterruptions: 0%/month }';

  test('Spot instances stop polling at their notice and are replaced when gone, others are left alone', () => {
    const lines = [
      'always instances(workers) == 2 during 61s..249s',
      'eventually instances(workers) == 4',
    ];
    const quoted = lines.map((line) => `"${line}"`).join(', ');
    const fault = 'faults: [ { at: 1m, on: workers, interrupt: 100% } ]';
    expect(passed(run(`${fault}\nexpect: [ ${quoted} ]`, spot))).toEqual(lines);
  });

  test('one after the other over `for`', () => {
    const fault = 'faults: [ { at: 1m, for: 7m, on: workers, interrupt: 2 } ]';
    expect(instances(run(fault, spot))).toMatchObject({ min: 3, end: 4 });
  });
});

describe('deploy', () => {
  test('batch by batch, with a wait between them', () => {
    const lines = [
      'always instances(workers) >= 2',
      'sometimes instances(workers) == 2',
      'eventually instances(workers) == 4',
      'lost == 0',
      'duplicates == 0',
    ];
    const quoted = lines.map((line) => `"${line}"`).join(', ');
    const deploy = 'operations: [ { at: 1m, on: workers, deploy: { batch: 50%, wait: 1m } } ]';
    const result = run(`${deploy}\nexpect: [ ${quoted} ]`);
    expect(passed(result)).toEqual(lines);
    expect(result.consumers['workers'].killed).toBe(0);
  });

  test('a number counts instances', () => {
    const deploy = 'operations: [ { at: 1m, on: workers, deploy: { batch: 1 } } ]';
    expect(instances(run(deploy))).toMatchObject({ min: 3, end: 4 });
  });
});
