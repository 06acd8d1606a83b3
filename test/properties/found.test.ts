// Scenarios that random tests once found to break the engine. Each stays, with what was wrong.

import { describe, expect, test } from 'vitest';
import { ScenarioError, simulate } from '../../src/core.js';
import { drive, scenarioOf, simulateAtMost, TINY_TABLES } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

const GROUP = 'type: autoscaling.group, instanceType: m7g.large';

describe('found by random scenarios', () => {
  test('an obligation belongs to the consumer that finished it first, not to the one that received it last', () => {
    const poll = 'consumes: { jobs: { waitTimeSeconds: 20s } }';
    const { consumers, ledger } = simulate(
      scenarioOf(`name: two fleets on one queue
profile: ideal
duration: 70s
traffic: { source: { send: jobs, rate: 3/s } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 1s }
  slow: { ${GROUP}, minSize: 3, maxSize: 3, ${poll}, handler: [ work: 8s ] }
  fast: { ${GROUP}, minSize: 3, maxSize: 3, ${poll}, handler: [ work: 1s ] }
`),
    );
    for (const [name, consumer] of Object.entries(consumers)) {
      expect(consumer.ledger.processed, name).toBe(consumer.latency.count);
      expect(consumer.ledger.owed - consumer.ledger.processed, name).toBe(
        consumer.latency.unfinished,
      );
      const { runs, failedRuns, duplicates } = consumer;
      expect(consumer.ledger.processed + failedRuns + duplicates.total, name).toBeLessThanOrEqual(
        runs,
      );
    }
    expect(consumers['slow'].ledger.owed + consumers['fast'].ledger.owed).toBe(ledger.owed);
  });

  test('a message that always fails does not multiply without bound where SQS brings forth copies', () => {
    // Each receive made one more copy with 20 %, and so did each receive of that copy: 1.2^60 after a minute.
    const { model } = drive(
      scenarioOf(`name: copies of copies
profile: ideal
duration: 1m
drain: 0s
traffic: { source: { send: jobs, phases: [ { burst: 1 } ] } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 1s, assume: { duplicateOnReceive: 20% } }
  workers:
    { ${GROUP}, minSize: 1, maxSize: 1, handler: [ fail: 100% ],
      consumes: { jobs: { waitTimeSeconds: 20s, batchSize: 10, concurrency: 10 } } }
`),
    );
    expect(model.world.messages.copies.count).toBeLessThan(200);
  });

  test('the end of one slow fault leaves the other one in force', () => {
    const { consumers } = simulate(
      scenarioOf(`name: slow within slow
profile: ideal
duration: 60s
traffic: { source: { send: jobs, phases: [ { for: 25s, rate: 0/s }, { burst: 1 } ] } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 5m }
  workers: { ${GROUP}, minSize: 1, maxSize: 1, consumes: { jobs: { waitTimeSeconds: 20s } }, handler: [ work: 1s ] }
faults:
  - { at: 10s, for: 20s, on: workers, slow: 5x }
  - { at: 15s, for: 5s, on: workers, slow: 2s }
`),
    );
    expect(consumers['workers'].latency.maxSeconds).toBe(5);
  });
});

test('a delete at the very instant at which its copy goes to the dead-letter queue comes too late', () => {
  // Poll, end of work and end of the visibility timeout fall on the same instants; the copy was deleted while it moved.
  const files = {
    'found.yaml': `name: delete while moving
profile: ideal
traffic:
  source0: { send: q1, replay: { file: counts.csv, count: n } }
  source1: { send: q0, phases: [ { for: 30s, rate: 0/s, rampTo: 10/s } ] }
resources:
  q0: { type: sqs.queue }
  q1: { type: sqs.queue, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 1 } }
  dead: { type: sqs.queue }
  fleet0:
    ${GROUP.replaceAll(', ', '\n    ')}
    minSize: 2
    maxSize: 6
    consumes: { q1: { idleTimeBetweenReads: 100ms, batchSize: 2, visibilityTimeout: 1s } }
    handler: [ work: 100ms, fail: 50% ]
    scalingPolicies:
      out:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        stepAdjustments: [ { metricIntervalLowerBound: 0, scalingAdjustment: 4 } ]
        alarm:
          metric: ApproximateNumberOfMessagesVisible(q0)
          comparisonOperator: GreaterThanOrEqualToThreshold
          threshold: 5
faults:
  - { at: 1s, on: fleet0, down: 100% }
  - { at: 61s, on: fleet0, slow: 5x }
`,
    'counts.csv': 'n\n0\n7\n0\n1\n30\n2\n',
  };
  const { report } = drive(scenarioOf(files), { tables: TINY_TABLES });
  expectSound(report);
});

test('a message too old for its dead-letter queue, and received too often for that one as well', () => {
  // It expired while it moved on, at the instant of its arrival; the next queue then knew its age no more.
  const { report } = drive(
    scenarioOf(`name: too old, too often
profile: ideal
duration: 1m
traffic: { source: { send: first, phases: [ { burst: 3 } ] } }
resources:
  first:
    type: sqs.queue
    delaySeconds: 2m
    visibilityTimeout: 1s
    redrivePolicy: { deadLetterTarget: second, maxReceiveCount: 1 }
  second:
    type: sqs.queue
    messageRetentionPeriod: 60s
    redrivePolicy: { deadLetterTarget: third, maxReceiveCount: 1 }
  third: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    type: autoscaling.group
    instanceType: m7g.large
    minSize: 1
    maxSize: 1
    consumes: { first: { waitTimeSeconds: 20s }, second: { waitTimeSeconds: 20s } }
    handler: [ fail: 100% ]
`),
    { tables: TINY_TABLES },
  );
  expectSound(report);
  const { processed, deadLettered, expired } = report.result.ledger;
  expect([processed, report.result.ledger.unfinished]).toEqual([0, 0]);
  expect(deadLettered + expired).toBe(report.result.ledger.owed);
});

describe('found by random control loops', () => {
  test('a set that contradicts what a scheduled action made of the group is refused, as AWS refuses it', () => {
    // It left minSize 4 above maxSize 1, and the group wanted one instance.
    const { report } = drive(
      scenarioOf(`name: bounds that contradict each other
profile: ideal
start: 2026-11-02T08:00Z
duration: 5m
traffic: { source: { send: jobs, rate: 1/s } }
resources:
  jobs: { type: sqs.queue }
  workers:
    { ${GROUP}, minSize: 1, maxSize: 5, consumes: { jobs: { waitTimeSeconds: 20s } }, handler: [ work: 1s ],
      scheduledActions: { more: { startTime: 2026-11-02T08:01:00Z, minSize: 4 } } }
operations: [ { at: 213s, on: workers, set: { maxSize: 1 } } ]
`),
    );
    expect(report.result.resources['workers'].levels['instances'].end).toBe(4);
    expectSound(report);
  });

  test('a run that stops while a copy is on its way to a dead-letter queue has lost nothing', () => {
    // The copy was in neither queue for one event, and `conservation` told a violation.
    const scenario = scenarioOf(`name: stopped in between
profile: ideal
duration: 1m
traffic: { source: { send: jobs, phases: [ { burst: 3 } ] } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 1s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 1 } }
  dead: { type: sqs.queue }
  workers: { ${GROUP}, minSize: 1, maxSize: 1, consumes: { jobs: { waitTimeSeconds: 20s } }, handler: [ fail: 100% ] }
operations: [ { at: 30s, on: dead, redrive: {} } ]
`);
    const { events } = simulate(scenario);
    expect(events).toBeLessThan(1000);
    for (let most = 1; most < events; most++) {
      const { invariants } = simulateAtMost(scenario, most);
      expect(invariants.filter(({ violations }) => violations > 0)).toEqual([]);
    }
  });

  test('a copy that a dead-letter queue brings forth was received elsewhere as often as the one beside it', () => {
    // The invariant receive-count held the receives in the first queue against it.
    const poll = 'waitTimeSeconds: 1s';
    const { report } = drive(
      scenarioOf(`name: copies of dead letters
duration: 2m
traffic: { source: { send: first, rate: 3/s } }
resources:
  first: { type: sqs.queue, visibilityTimeout: 1s, redrivePolicy: { deadLetterTarget: second, maxReceiveCount: 2 } }
  second:
    type: sqs.queue
    visibilityTimeout: 1s
    redrivePolicy: { deadLetterTarget: third, maxReceiveCount: 3 }
    assume: { duplicateOnReceive: 20%, duplicateAfterDelete: 20% }
  third: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers:
    { ${GROUP}, minSize: 2, maxSize: 2, consumes: { first: { ${poll} }, second: { ${poll} } }, handler: [ fail: 75% ] }
`),
      { tables: TINY_TABLES },
    );
    expectSound(report);
  });
});

describe('found by mutated scenarios', () => {
  const codesOf = (send: string, target = 'dead', source = 'jobs', on = 'workers'): string[] => {
    const text = `name: names
duration: 1m
traffic: { source: { send: ${send}, rate: 1/s } }
resources:
  jobs: { type: sqs.queue, redrivePolicy: { deadLetterTarget: ${target}, maxReceiveCount: 3 } }
  dead: { type: sqs.queue }
  workers:
    { ${GROUP}, minSize: 1, maxSize: 1, handler: [ work: 1s ],
      consumes: { "${source}": { waitTimeSeconds: 20s } } }
faults: [ { at: 5s, on: ${on}, crash: 1 } ]
`;
    try {
      scenarioOf(text);
      return [];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return error.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    }
  };

  test('a name with a slash or a colon is refused like any other that nothing has', () => {
    expect(codesOf('jobs')).toEqual([]);
    for (const name of ['3/s', 'a/b', '"a:b"']) {
      expect(codesOf(name), `send: ${name}`).not.toEqual([]);
      expect(codesOf('jobs', name), `deadLetterTarget: ${name}`).not.toEqual([]);
      expect(codesOf('jobs', 'dead', 'jobs', name), `on: ${name}`).not.toEqual([]);
    }
    expect(codesOf('jobs', 'dead', 'a/b'), 'consumes').not.toEqual([]);
  });
});
