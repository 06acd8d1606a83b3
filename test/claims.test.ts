// Recomputes every figure of docs/claims.md: each bold text in the figure column of a claim must be what a run of its
// scenario gives. A figure that changed needs a look at the claim, not only at the figure.

import { describe, expect, test } from 'vitest';
import type { AlarmState as State } from '../src/components/facts.js';
import { AlarmState } from '../src/components/facts.js';
import type { RunReport, RunResult } from '../src/experiment/result.js';
import { Simulation } from '../src/experiment/run.js';
import type { Scenario } from '../src/index.js';
import { loadScenario, ScenarioError } from '../src/index.js';
import { SilentFacts } from '../src/observe/silent-facts.js';
import { count, duration } from '../src/report/figures.js';
import { listFiles, readText, ROOT } from './support/source-tree.js';

interface Claim {
  readonly id: string;
  /** The bold texts of its figure, in order. */
  readonly figures: readonly string[];
  /** Paths of its scenarios, from the root. */
  readonly scenarios: readonly string[];
  readonly cells: number;
}

const PAGE = readText('docs/claims.md');

const CLAIMS: readonly Claim[] = PAGE.split('\n')
  .filter((line) => /^\| [A-Z]\d+ \|/.test(line))
  .map((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return {
      id: cells[0],
      figures: [...cells[3].matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1]),
      scenarios: [...cells[4].matchAll(/\]\(\.\.\/(.+?)\)/g)].map((match) => match[1]),
      cells: cells.length,
    };
  });

// --- running ---------------------------------------------------------------------------------------

function load(name: string, seed?: string): Scenario {
  const path = listFiles('scenarios').find((file) => file.endsWith(`/${name}.yaml`));
  if (path === undefined) throw new Error(`there is no scenario ${name}`);
  return loadScenario(`${ROOT}${path}`, seed === undefined ? {} : { seed });
}

function simulated(scenario: Scenario): RunReport {
  const simulation = new Simulation(scenario);
  while (!simulation.advance(1_000_000));
  return simulation.finish(null);
}

const reports = new Map<string, RunReport>();

function report(name: string): RunReport {
  const known = reports.get(name) ?? simulated(load(name));
  reports.set(name, known);
  return known;
}

function run(name: string): RunResult {
  return report(name).result;
}

/** What a line of the scenario's own `expect` measured. */
function measured(name: string, expectation: string): number {
  const found = run(name).expectations.find(({ text }) => text === expectation);
  if (typeof found?.measured !== 'number')
    throw new Error(`${name} does not measure ${expectation}`);
  return found.measured;
}

/** When a worker came into service, of a fleet that keeps it to the end of the run. */
function inServiceAt({ result, workers }: RunReport, worker: string): number {
  return result.endSeconds - workers.find((row) => row.worker === worker)!.inServiceSeconds;
}

/** The burst of that scenario. */
const REACTION_BEGINS = 630;

function reaction(seed: string): number {
  return inServiceAt(simulated(load('scaling-reaction', seed)), '1') - REACTION_BEGINS;
}

class ScaleOuts extends SilentFacts {
  /** How often the first alarm of the file went off. */
  alarms = 0;
  /** When the group asked for more instances, seconds. */
  readonly times: number[] = [];
  now: () => number = () => 0;
  private capacity = 0;

  override alarm(_owner: number, alarm: number, state: State): void {
    if (alarm === 0 && state === AlarmState.Alarm) this.alarms++;
  }

  override desired(_group: number, capacity: number): void {
    if (this.capacity !== 0 && capacity > this.capacity) this.times.push(this.now());
    this.capacity = capacity;
  }
}

function scaleOuts(name: string): ScaleOuts {
  const observer = new ScaleOuts();
  const simulation = new Simulation(load(name), { observer });
  observer.now = () => simulation.progress.now / 1_000_000;
  while (!simulation.advance(1_000_000));
  return observer;
}

// --- figures as the page writes them ------------------------------------------------------------------

const decimals = (value: number, n: number): string => value.toFixed(n);
const seconds = (value: unknown): string => `${Number(value)} s`;
const ms = (value: number | null | undefined): string =>
  `${count(Math.round((value ?? 0) * 1000))} ms`;
const percent = (value: number): string => `${Math.round(value * 100)} %`;
const cents = (usd: string | undefined): string => `${decimals(Number(usd), 2)} USD`;

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+\.)/g, ',');
const p99 = (name: string, consumer: string): string =>
  duration(run(name).consumers[consumer].latency.p99Seconds);

const SWINGS = 'oscillations(loaders) > 4';
const NO_SWINGS = 'oscillations(loaders) <= 3';

/** Its `reactionTime`, the mean over all episodes. */
function reactionTimes(name: string, fleet: string): number {
  const loop = report(name).loops.find((one) => one.fleet === fleet)!;
  return loop.figures.reactionMeanSeconds as number;
}

const pollGap = (name: string): string =>
  ms(run(name).consumers['worker'].latency.parts.all?.pollGap);
const mean = (name: string, consumer: string): number =>
  run(name).consumers[consumer].latency.meanSeconds!;
const requests = (name: string): string =>
  count(run(name).resources['jobs'].requests['ReceiveMessage']);

function costLine(
  name: string,
  period: string,
  resource: string,
): { quantity: number; amountUsd: string } {
  return run(name).cost.lines.find((line) => line.period === period && line.resource === resource)!;
}

function billed(resource: string): string {
  return count(costLine('request-chunks', 'window', resource).quantity);
}

/** The nearest right name that a refused metric gets. */
function nearestMetric(): string | null {
  const metric = 'resources.converters.scalingPolicies.more.alarm.metric';
  try {
    loadScenario(`${ROOT}scenarios/videos-3000.yaml`, {
      set: [`${metric}=ApproximateNumberOfMessages(videos)`],
    });
  } catch (error) {
    if (error instanceof ScenarioError)
      return error.findings.find(({ severity }) => severity === 'error')!.nearest;
    throw error;
  }
  return null;
}

function meanReaction(): number {
  const seeds = Array.from({ length: 100 }, (_, i) => String(i + 1));
  return seeds.reduce((sum, seed) => sum + reaction(seed), 0) / seeds.length / 60;
}

function closestSteps(): number {
  const { times } = scaleOuts('videos-3000');
  return Math.min(...times.slice(1).map((time, i) => time - times[i])) / 60;
}

function busyShare(consumer: string): string {
  const { busy, instances } = run('trace-replay').resources[consumer].levels;
  return percent(busy.mean / instances.mean);
}

/** When the queue of writes was last as long as a burst makes it, from the end of the burst, to 5 s. */
function emptyAfterBurst(name: string): number {
  const long = report(name).timeline.filter(({ resource, level, max }) => {
    return resource === 'writes' && level === 'depth' && max > 100;
  });
  return long.at(-1)!.timeSeconds - BURST_ENDS;
}

const BURST_ENDS = 180;

const FIGURES: Readonly<Record<string, () => readonly (string | null)[]>> = {
  V1: () => [seconds(run('visibility-default').consumers['janitor'].latency.maxSeconds)],
  V2: () => {
    const { ledger, consumers } = run('visibility-too-short');
    return [count(ledger.owed), count(consumers['converters'].duplicates.total)];
  },
  V3: () =>
    ['visibility-too-long', 'visibility-right'].map((name) =>
      duration(run(name).consumers['converters'].latency.maxSeconds),
    ),
  V4: () => [count(measured('batch-in-hand', 'duplicates(workers) > 0'))],
  V5: () => [count(run('late-delete').consumers['workers'].duplicates.total)],
  V6: () => [count(run('late-delete-received').consumers['workers'].runs)],
  V7: () => {
    const { duplicates, ledger } = run('delete-on-receipt').consumers['workers'];
    return [count(duplicates.total), count(ledger.lost.total), count(ledger.owed)];
  },
  D1: () => [
    count(measured('at-least-once', 'duplicates(workers) > 0')),
    count(run('at-least-once').ledger.owed),
  ],
  D2: () => {
    const { ledger, redelivered } = run('visibility-right').consumers['converters'];
    return [count(ledger.lost.total), count(redelivered.total)];
  },
  D3: () => {
    const { levels } = run('in-flight-cap').resources['jobs'];
    return [
      count(levels['inFlight'].max),
      count(measured('in-flight-cap', 'always depth(jobs) == 10000 during 1s..4m')),
    ];
  },
  P1: () => [requests('polling-long-idle'), requests('polling-short-idle')],
  P2: () =>
    ['polling-long-idle', 'polling-short-idle'].map((name) =>
      cents(costLine(name, 'month', 'jobs').amountUsd),
    ),
  P3: () => {
    const { traffic, consumers } = run('long-poll-first-message');
    const slowest = consumers['worker'].latency.maxSeconds as number;
    return [count(traffic['clients'].sent), requests('long-poll-first-message'), ms(slowest)];
  },
  P4: () => [pollGap('polling-short-sparse'), pollGap('polling-long-sparse')],
  P5: () => [ms(mean('short-poll-misses', 'worker')), ms(mean('polling-short-sparse', 'worker'))],
  L1: () => [seconds(run('dead-letter-next-receive').consumers['janitor'].latency.maxSeconds)],
  L2: () => {
    const { consumers, resources } = run('retention-from-send');
    return [count(consumers['worker'].runs), count(resources['jobs'].expired)];
  },
  L3: () => {
    const { resources, endSeconds } = run('dead-letter-age');
    return [`${(resources['failed'].levels['depth'].mean * endSeconds) / 86_400} days`];
  },
  L4: () => [
    count(run('max-receive-count-1').ledger.deadLettered),
    count(run('max-receive-count-1').ledger.owed),
  ],
  S1: () => ['to-new', 'to-old'].map((name) => count(run('message-size').traffic[name].accepted)),
  S2: () => ['ten-of-6-kib', 'ten-of-7-kib', 'one-of-256-kib', 'one-of-1-mib'].map(billed),
  S3: () => [String(costLine('long-poll-first-message', 'window', 'worker').quantity)],
  A1: () => [nearestMetric()],
  A2: () => {
    const { resources } = run('videos-1000');
    return [
      count(resources['videos'].levels['depth'].max),
      count(resources['converters'].levels['instances'].max),
    ];
  },
  A3: () => [
    duration(inServiceAt(report('scaling-reaction'), '1') - REACTION_BEGINS),
    `${decimals(meanReaction(), 1)} minutes`,
  ],
  A4: () => {
    const { alarms, times } = scaleOuts('videos-3000');
    return [count(alarms), count(times.length)];
  },
  A5: () => [`${decimals(closestSteps(), 0)} minutes`],
  A6: () => {
    const { killed, redelivered, ledger } = run('scale-in-kills').consumers['workers'];
    return [count(killed), count(redelivered.scaleIn), count(ledger.lost.total)];
  },
  A7: () => {
    const names = ['video-burst', 'video-burst-fixed'];
    return [
      ...names.map((name) => cents(run(name).cost.windowUsd)),
      ...names.map((name) => p99(name, 'converters')),
    ];
  },
  A8: () => {
    const steps = 'video-burst-steps';
    const tracking = 'video-burst';
    return [
      ...[steps, tracking].map((name) => duration(reactionTimes(name, 'converters'))),
      ...[tracking, steps].map((name) => p99(name, 'converters')),
      ...[tracking, steps].map((name) => cents(run(name).cost.windowUsd)),
    ];
  },
  A9: () => {
    const { min, max } = run('oscillation').resources['loaders'].levels['instances'];
    const swings = (name: string): string =>
      count(measured(name, name === 'oscillation' ? SWINGS : NO_SWINGS));
    const slowest = (name: string): string =>
      `${decimals(run(name).consumers['loaders'].latency.p99Seconds as number, 1)} s`;
    return [
      swings('oscillation'),
      count(min),
      count(max),
      swings('oscillation-cured'),
      slowest('oscillation-cured'),
      slowest('oscillation'),
    ];
  },
  A10: () => {
    const killed = (name: string): string => count(run(name).consumers['writers'].killed);
    const month = (name: string): string =>
      `${grouped(cents(run(name).cost.perMonthUsd ?? undefined))}`;
    return [
      killed('shrinking-killed'),
      killed('shrinking-protected'),
      month('shrinking-protected'),
      killed('shrinking-drained'),
      month('shrinking-drained'),
    ];
  },
  A11: () => [
    p99('scheduled-sale-reactive', 'shops'),
    `${decimals(run('scheduled-sale').consumers['shops'].latency.p99Seconds as number, 2)} s`,
  ],
  A12: () => {
    const { ledger, redelivered } = run('zone-outage').consumers['workers'];
    return [count(ledger.lost.total), count(redelivered.crash)];
  },
  A13: () => [count(run('spot').consumers['converters'].redelivered.scaleIn)],
  B1: () =>
    ['database-direct', 'database-buffered'].map((name) =>
      count(run(name).traffic['shops'].failed),
    ),
  B2: () => {
    const names = ['database-buffered', 'database-writers'];
    return [
      ...names.map((name) => seconds(emptyAfterBurst(name))),
      ...names.map((name) => count(run(name).consumers['writers'].reordered)),
    ];
  },
  Q1: () => [ms(mean('mm1', 'server')), `${decimals(mean('mm50', 'servers'), 2)} s`],
  Q2: () => {
    const { consumers } = run('trace-replay');
    const p99 = (name: string): number => consumers[name].latency.p99Seconds as number;
    return [
      busyShare('code-workers'),
      busyShare('conversation-workers'),
      `${decimals(p99('code-workers'), 0)} s`,
      `${decimals(p99('conversation-workers'), 1)} s`,
    ];
  },
};

// --- the page ----------------------------------------------------------------------------------------

describe('docs/claims.md', () => {
  test('every claim has six cells, a figure, a scenario, and is computed here', () => {
    expect(CLAIMS.length).toBeGreaterThan(20);
    expect(CLAIMS.map(({ id }) => id)).toEqual(Object.keys(FIGURES));
    expect(CLAIMS.filter(({ cells, figures }) => cells !== 6 || figures.length === 0)).toEqual([]);
    const files = listFiles('scenarios');
    for (const { id, scenarios } of CLAIMS) {
      for (const path of scenarios) expect(files, id).toContain(path);
    }
  });

  test('every scenario under scenarios/claims serves a claim', () => {
    const used = CLAIMS.flatMap(({ scenarios }) => scenarios);
    const own = listFiles('scenarios/claims').filter((path) => path.endsWith('.yaml'));
    expect(own.filter((path) => !used.includes(path))).toEqual([]);
  });

  test.each(CLAIMS)('$id: $figures', { timeout: 240_000 }, ({ id, figures }) => {
    expect(FIGURES[id]()).toEqual(figures);
  });
});
