// Runs that a limit stops, and scenarios that could never end.

import { describe, expect, test } from 'vitest';
import { LimitError, ScenarioError, Simulation, simulate } from '../../src/core.js';
import type { RunResult, Scenario, SimulateOptions } from '../../src/core.js';
import { scenarioOf } from '../support/simulations.js';
import { expectSound } from '../support/sound-result.js';

function text(traffic: string, consumes = 'waitTimeSeconds: 20s', more = ''): string {
  return `name: limits
profile: ideal
duration: 10m
traffic:
  arrivals: { send: jobs, ${traffic} }
resources:
  jobs: { type: sqs.queue ${more} }
  workers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { ${consumes} } }
    handler: [ work: 10ms ]
`;
}

function stopped(scenario: Scenario, options: SimulateOptions): RunResult {
  try {
    simulate(scenario, options);
  } catch (error) {
    expect(error).toBeInstanceOf(LimitError);
    if (error instanceof LimitError) return error.result;
  }
  throw new Error('nothing stopped the run');
}

describe('maxEvents', () => {
  const scenario = scenarioOf(text('rate: 20/s'));
  const whole = simulate(scenario);

  test('stops after exactly so many events, with a result that says so', () => {
    const result = stopped(scenario, { maxEvents: 5_000 });
    expect(result).toMatchObject({
      complete: false,
      stoppedBy: 'maxEvents',
      events: 5_000,
      drained: false,
    });
    expect(result.endSeconds).toBeGreaterThan(0);
    expect(result.endSeconds).toBeLessThan(whole.endSeconds);
    expect(result.trafficEndSeconds).toBe(result.endSeconds);
    expect(result.ledger.owed).toBeLessThan(whole.ledger.owed);
    expect(result.fingerprint).not.toBe(whole.fingerprint);
  });

  test('what was measured until then is sound', () => {
    for (const maxEvents of [1, 2, 17, 999, 12_345]) {
      const simulation = new Simulation(scenario, { maxEvents });
      while (!simulation.advance(100));
      expectSound(simulation.finish(null));
    }
  });

  test('a limit that is not reached changes nothing', () => {
    expect(simulate(scenario, { maxEvents: whole.events + 1 })).toEqual(whole);
  });
});

describe('maxMemoryBytes', () => {
  test('stops a backlog that outgrows it', () => {
    const scenario = scenarioOf(text('phases: [ { burst: 200000 } ]'));
    const result = stopped(scenario, { maxMemoryBytes: 1_000_000 });
    expect(result).toMatchObject({ complete: false, stoppedBy: 'maxMemory' });
  });

  test('leaves a run alone whose messages only pass through', () => {
    expect(simulate(scenarioOf(text('rate: 50/s')), { maxMemoryBytes: 1_000_000 }).complete).toBe(
      true,
    );
  });
});

describe('a caller who stops', () => {
  test('gets what was measured until then, and the same again', () => {
    const simulation = new Simulation(scenarioOf(text('rate: 20/s')));
    simulation.advance(1_000);
    const report = simulation.finish('interrupt');
    expect(report.result).toMatchObject({ complete: false, stoppedBy: 'interrupt', events: 1_000 });
    expectSound(report);
    expect(simulation.finish('interrupt')).toBe(report);
  });

  test('progress goes from 0 to the end and never back', () => {
    const seen: number[] = [];
    const result = simulate(scenarioOf(text('rate: 400/s')), {
      onProgress: ({ now }) => seen.push(now),
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(result.endSeconds * 1e6);
  });
});

describe('scenarios that could never end are refused', () => {
  const codes = (files: string): string[] => {
    try {
      scenarioOf(files);
      return [];
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      return error.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    }
  };

  test('short polls without pause and latency', () => {
    expect(codes(text('rate: 1/s', 'waitTimeSeconds: 0s'))).toEqual(['endless-poll']);
    expect(codes(text('rate: 1/s', 'batchSize: 1'))).toEqual(['endless-poll']);
  });

  test('but not with any of the three', () => {
    expect(codes(text('rate: 1/s', 'waitTimeSeconds: 0s, idleTimeBetweenReads: 1ms'))).toEqual([]);
    expect(codes(text('rate: 1/s', 'waitTimeSeconds: 1s'))).toEqual([]);
    expect(
      codes(text('rate: 1/s', 'waitTimeSeconds: 0s', ', assume: { apiLatency: 1ms }')),
    ).toEqual([]);
    expect(
      codes(text('rate: 1/s', 'batchSize: 1', ', receiveMessageWaitTimeSeconds: 20s')),
    ).toEqual([]);
  });
});
