// Control loops of whole runs: the facts that components really tell.

import { describe, expect, test, vi } from 'vitest';
import type { InstanceState } from '../../../src/components/facts.js';
import { Metrics } from '../../../src/components/metric-port.js';
import { loadScenario } from '../../../src/core.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';
import type { Happened } from '../../reference/plain-control.js';
import { plainEpisodes, plainReactions } from '../../reference/plain-control.js';
import { readText } from '../../support/source-tree.js';
import { drive, scenarioOf, SECOND, TINY_TABLES } from '../../support/simulations.js';

vi.setConfig({ testTimeout: 120_000 });

const MINUTE = 60 * SECOND;

/** Two bursts; a policy that adds too many, one that takes them away. */
const BURSTS = `
name: Two bursts
duration: 70m
drain: 30m
traffic:
  clients:
    send: jobs
    phases: [ { for: 5m, rate: 1/s }, { burst: 900 }, { for: 40m, rate: 1/s }, { burst: 700 }, { for: 25m, rate: 1/s } ]
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 3m }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 9
    instanceType: t4g.nano
    stopTimeout: 1s
    consumes: { jobs: { waitTimeSeconds: 20s, concurrency: 2, batchSize: 10 } }
    handler: [ work: { dist: uniform, min: 500ms, max: 3s } ]
    scalingPolicies:
      more:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        estimatedInstanceWarmup: 60s
        stepAdjustments: [ { metricIntervalLowerBound: 0, scalingAdjustment: 3 } ]
        alarm:
          metric: ApproximateNumberOfMessagesVisible(jobs)
          comparisonOperator: GreaterThanThreshold
          threshold: 200
      fewer:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        stepAdjustments: [ { metricIntervalUpperBound: 0, scalingAdjustment: -2 } ]
        alarm:
          metric: ApproximateNumberOfMessagesVisible(jobs)
          comparisonOperator: LessThanThreshold
          threshold: 20
          evaluationPeriods: 3
expect:
  - always backlogPerInstance(workers) < 2000
  - backlogPerInstance(jobs).mean > 0
  - cost.wasted > 0 USD
  - reactionTime(workers).mean > 1m
  - reactionTime(workers) < 10m
  - overshoot(workers) > 0%
  - oscillations(workers) == 0
  - killed(workers) > 0
allow: [ no-dead-letter-queue(jobs), stop-kills-work(workers) ]
`;

/** Notes what the twin looks at, of one queue and one fleet. */
class Notes extends SilentFacts {
  readonly story: Happened[] = [];
  now = () => 0;

  private note(kind: Happened['kind'], who: number, value: number): void {
    this.story.push({ time: this.now(), kind, who, value });
  }

  override stored(_queue: number, _copy: number, stage: number): void {
    if (stage === 1) this.note('depth', 0, 1);
  }

  override visible(): void {
    this.note('depth', 0, 1);
  }

  override taken(): void {
    this.note('depth', 0, -1);
  }

  override returned(): void {
    this.note('depth', 0, 1);
  }

  override desired(_group: number, capacity: number): void {
    this.note('desired', 0, capacity);
  }

  override instance(_group: number, worker: number, state: InstanceState): void {
    this.note('instance', worker, state);
  }
}

test('of a run are those of the twin', () => {
  const notes = new Notes();
  const { model, report } = drive(scenarioOf(BURSTS), {
    tables: TINY_TABLES,
    observer: notes,
    ready: ({ kernel }) => {
      notes.now = () => kernel.now;
    },
  });
  const workers = model.cast.names.indexOf('workers');
  const { reactions, episodes } = model.watch.loops.of(workers);
  const end = Math.round(report.result.endSeconds * SECOND);
  expect(reactions).toEqual(plainReactions(notes.story));
  expect(episodes).toEqual(plainEpisodes(notes.story, end));
  expect(reactions.length).toBeGreaterThan(1);
  expect(episodes.length).toBe(2);
  expect(report.result.verdict, JSON.stringify(report.result.expectations)).toBe('pass');
});

test('nobody who looks at metrics changes a run', () => {
  const scenario = scenarioOf(BURSTS);
  const watched = drive(scenario);
  const alone = drive(scenario, {
    ready: ({ world }) => {
      world.shared(Metrics).onEvaluated = null;
    },
  });
  expect(alone.report.result.fingerprint).toBe(watched.report.result.fingerprint);
  expect(alone.report.result.events).toBe(watched.report.result.events);
  const metrics = watched.report.scaling.filter(({ kind }) => kind === 'metric');
  expect(metrics.length).toBeGreaterThan(10);
  expect(alone.report.scaling).toEqual(
    watched.report.scaling.filter(({ kind }) => kind !== 'metric'),
  );
});

describe('the report', () => {
  const { report, model } = drive(scenarioOf(BURSTS));
  const [loop] = report.loops;

  test('tells decisions with what they changed, as the facts say', () => {
    const desired = report.scaling
      .filter(({ kind }) => kind === 'desired')
      .map(({ value }) => value);
    const decisions = report.scaling
      .filter(({ kind, text }) => kind === 'decision' && new Set(text.split(' -> ')).size === 2)
      .map(({ text }) => text.split(' -> ').map(Number));
    expect(decisions.map(([from]) => from)).toEqual(desired.slice(0, -1));
    expect(decisions.map(([, to]) => to)).toEqual(desired.slice(1));
  });

  test('instances are conserved, and within the bounds', () => {
    const { launched, terminated, failed } = loop.figures;
    expect(launched).toBe(report.workers.length);
    expect(launched - terminated - failed).toBeGreaterThanOrEqual(1);
    const names = ['instance-conservation', 'capacity-bounds'];
    expect(report.result.invariants.filter(({ name }) => names.includes(name))).toEqual(
      names.map((name) => ({ name, on: 'workers', violations: 0, allowed: false })),
    );
  });

  test('the bill counts each instance from running to its end, a minute at least', () => {
    const at = (worker: string, states: readonly string[]): number | undefined =>
      report.scaling.find(
        ({ kind, name, text }) => kind === 'instance' && name === worker && states.includes(text),
      )?.timeSeconds;
    const seconds = report.workers.reduce((sum, { worker }) => {
      const running = at(worker, ['Running']);
      const end = at(worker, ['Terminated', 'Failed']) ?? model.kernel.now / SECOND;
      return running === undefined ? sum : sum + Math.max(60, Math.ceil(end - running));
    }, 0);
    const [reading] = model.watch.meters
      .readings()
      .filter(({ meter }) => meter.kind === 'instances');
    expect(reading.quantity).toBe(BigInt(seconds));
  });

  test('idle is what nobody used of the time in service', () => {
    const workers = model.watch.workers.of(model.cast.names.indexOf('workers'));
    for (const { idle, busy, inService } of workers) {
      expect(idle).toBeGreaterThanOrEqual(0);
      expect(busy + idle).toBeLessThanOrEqual(inService);
    }
    expect(loop.figures.idleSeconds).toBeGreaterThan(60);
    const ec2 = report.result.cost.lines.find(
      ({ resource, period }) => resource === 'workers' && period === 'window',
    )!;
    const wasted = (Number(ec2.amountUsd) * loop.figures.idleSeconds) / (ec2.quantity * 3_600);
    expect(Number(loop.figures.wastedUsd)).toBeCloseTo(wasted, 8);
    const { billedSeconds, inServiceSeconds, startingAndStoppingSeconds } = loop.figures;
    expect(billedSeconds).toBeCloseTo(ec2.quantity * 3_600, 1);
    expect(startingAndStoppingSeconds).toBeCloseTo(billedSeconds - inServiceSeconds, 5);
    expect(startingAndStoppingSeconds).toBeGreaterThan(0);
    const started = (Number(ec2.amountUsd) * startingAndStoppingSeconds) / billedSeconds;
    expect(Number(loop.figures.startingAndStoppingUsd)).toBeCloseTo(started, 8);
  });

  test('work killed by scale-in', () => {
    const { killed, killedSeconds, redelivered } = loop.figures;
    expect(killed).toBe(report.result.consumers['workers'].killed);
    expect(redelivered).toBe(report.result.consumers['workers'].redelivered.scaleIn);
    expect(killedSeconds).toBeGreaterThan(0);
    expect(killedSeconds).toBeLessThan(3 * killed);
  });
});

test('a fleet with a fixed size has no loop; one that somebody resizes does', () => {
  const fixed = BURSTS.replace(/ {4}scalingPolicies:[^]*?\nexpect:[^]*?allow/u, 'allow').replace(
    ', stop-kills-work(workers)',
    '',
  );
  expect(drive(scenarioOf(fixed)).report.loops).toEqual([]);
  const set = `${fixed}operations: [ { at: 10m, on: workers, set: { desiredCapacity: 4 } } ]\n`;
  const { report } = drive(scenarioOf(set));
  expect(report.loops.map(({ fleet }) => fleet)).toEqual(['workers']);
  expect(report.loops[0].episodes).toMatchObject([{ from: 1, final: 4, peak: 4, overshoot: 0 }]);
});

test('the reaction of a default loop to a step in backlog takes 4.7 minutes on average', () => {
  const times: number[] = [];
  for (let seed = 1; seed <= 60; seed++) {
    const scenario = loadScenario('scenarios/claims/scaling-reaction.yaml', {
      seed: String(seed),
      read: readText,
    });
    const { model, report } = drive(scenario);
    const [reaction] = model.watch.loops.of(model.cast.names.indexOf('workers')).reactions;
    const worker = report.workers.find((row) => row.worker === '1')!;
    const time = reaction.answered - reaction.began;
    expect(time / SECOND).toBeCloseTo(report.result.endSeconds - worker.inServiceSeconds - 630, 1);
    times.push(time / MINUTE);
  }
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  expect(Math.abs(mean - 4.72)).toBeLessThan(0.25);
});
