// One queue and its servers under `profile: ideal`, where nothing of AWS stands between the model and the formula.

import type { RunReport, RunResult } from '../../src/core.js';
import { bundledEngine } from '../support/bundled-engine.js';

const { loadScenario, simulate, Simulation } = await bundledEngine();

export interface Station {
  /** Of the traffic: `rate: 0.8/s`, `phases: [...]`; with options such as `arrivals: constant`. */
  readonly traffic: string;
  readonly servers: number;
  /** The handler's steps. */
  readonly handler: string;
  /** Traffic lasts so many seconds. */
  readonly seconds: number;
  readonly warmUpSeconds?: number;
  /** Of the queue; default: hidden for as long as it takes. */
  readonly queue?: string;
  readonly consumes?: string;
  /** Further resources, indented by two. */
  readonly more?: string;
}

export function stationText(station: Station): string {
  const { traffic, servers, handler, seconds, warmUpSeconds = 0, more = '' } = station;
  const { queue = 'visibilityTimeout: 12h', consumes = 'waitTimeSeconds: 20s' } = station;
  return `name: station
profile: ideal
duration: ${seconds}s
drain: 100d
warmUp: ${warmUpSeconds}s
traffic:
  arrivals: { send: jobs, ${traffic} }
resources:
  jobs: { type: sqs.queue, ${queue} }
  servers:
    type: autoscaling.group
    minSize: ${servers}
    maxSize: ${servers}
    instanceType: m7g.large
    consumes: { jobs: { ${consumes} } }
    handler: [ ${handler} ]
${more}`;
}

/** One run per seed: 1, 2, 3, … */
export function runs(station: Station, seeds: number): RunResult[] {
  const read = (): string => stationText(station);
  return Array.from({ length: seeds }, (_, i) =>
    simulate(loadScenario('station.yaml', { read, seed: String(i + 1) })),
  );
}

/** Replications of one scenario, with their timelines. */
export function replications(station: Station, count: number): RunReport[] {
  const scenario = loadScenario('station.yaml', { read: () => stationText(station) });
  return Array.from({ length: count }, (_, replication) => {
    const simulation = new Simulation(scenario, { replication });
    while (!simulation.advance(1_000_000));
    return simulation.finish(null);
  });
}

export function meanSojourn(result: RunResult): number {
  return result.consumers['servers'].latency.meanSeconds ?? NaN;
}

/** The mean of a part of the latency, 0 where it does not exist. */
export function meanPart(result: RunResult, part: 'queueWait' | 'handler'): number {
  return result.consumers['servers'].latency.parts.all?.[part] ?? 0;
}
