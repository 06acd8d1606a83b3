// How instances come and go, as a scenario file says it: from YAML to the bill.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/index.js';
import { loadText } from './fixtures/real.js';

function run(group: string, more = ''): RunResult {
  return simulate(
    loadText(`name: Life
duration: 30m
profile: ideal
traffic: { clients: { send: jobs, rate: 1/s, arrivals: constant } }
resources:
  jobs: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 4 } }
  dead: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 4
    instanceType: m5.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: 100ms ]
    ${group}
${more}
`),
  );
}

const lines = ({ cost }: RunResult): string[] =>
  cost.lines.flatMap(({ item, quantity }) =>
    item.includes('Linux') ? [`${item}: ${quantity}`] : [],
  );

describe('the bill', () => {
  test('a stopped warm pool is prepared at the start, and costs nothing', () => {
    expect(lines(run('warmPool: {}'))).toEqual(lines(run('')));
  });

  test('a running one costs as much as what is in service', () => {
    const [plain] = lines(run('')).map((line) => Number(line.split(': ')[1]));
    const [pool] = lines(run('warmPool: { poolState: Running }')).map((line) =>
      Number(line.split(': ')[1]),
    );
    expect(pool).toBeCloseTo(4 * plain, 6);
  });

  test('Spot Instances are billed apart', () => {
    const result = run(`desiredCapacity: 4
    mixedInstancesPolicy:
      instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 }`);
    const [onDemand, spot] = lines(result);
    expect(onDemand).toMatch(/^m5\.large \(on demand, Linux\): /);
    expect(spot).toMatch(/^m5\.large \(Spot, Linux\): /);
    expect(Number(spot.split(': ')[1])).toBeCloseTo(3 * Number(onDemand.split(': ')[1]), 6);
  });
});

test('everything that may be said of it, at once', () => {
  const result = run(
    `availabilityZones: [us-east-1a, us-east-1b, us-east-1c]
    desiredCapacity: 3
    terminationPolicies: [OldestLaunchTemplate, NewestInstance]
    healthCheckType: EC2
    lifecycleHooks:
      up: { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", heartbeatTimeout: 5m, defaultResult: CONTINUE }
      down: { lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING" }
    mixedInstancesPolicy: { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 50 } }
    capacityRebalance: true
    assume: { spotInterruptions: 50000%/month, instanceFailures: 10000%/month, launchFailure: 20% }`,
    'faults: [ { at: 5m, on: workers, crash: 1 } ]',
  );
  expect(result.ledger.unfinished).toBe(0);
  expect(result.ledger.lost.total).toBe(0);
  expect(result.resources['workers'].levels['instances'].min).toBeLessThan(3);
});
