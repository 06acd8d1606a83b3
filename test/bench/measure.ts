/** Clocks, medians, and engine and bare loop in turns. */
import type { Effort, Figure, Measurement, Side } from './row.js';
import type { Workload } from './workloads/workload.js';

/** One run, by both clocks. */
interface Sample {
  readonly cpu: number;
  readonly wall: number;
}

export type Prepare = () => Workload;

/** Runs that count; one more, which does not, warms up. */
export const RUNS: Readonly<Record<Effort, number>> = { full: 7, quick: 3, tiny: 1 };

/** Rates of both sides, in turns, so that whatever else the machine does meets both alike. */
export function rates(engine: Prepare, bare: Prepare | null, effort: Effort): Measurement {
  const samples: Sample[] = [];
  const bareSamples: Sample[] = [];
  const warmUps = effort === 'tiny' ? 0 : 1;
  for (let run = -warmUps; run < RUNS[effort]; run++) {
    const sample = rateOf(engine);
    const bareSample = bare === null ? null : rateOf(bare);
    if (run < 0) continue;
    samples.push(sample);
    if (bareSample !== null) bareSamples.push(bareSample);
  }
  return { engine: sideOf(samples), bare: bare === null ? null : sideOf(bareSamples) };
}

function rateOf(prepare: Prepare): Sample {
  const workload = prepare();
  // A full collection would also throw away the compiled code that refers to objects of the run before.
  globalThis.gc?.({ type: 'minor' });
  const cpuBefore = process.cpuUsage();
  const wallBefore = process.hrtime.bigint();
  workload.run();
  const wallSeconds = Number(process.hrtime.bigint() - wallBefore) / 1e9;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = Math.max(1, user + system) / 1e6;
  return { cpu: workload.units / cpuSeconds, wall: workload.units / wallSeconds };
}

export function sideOf(samples: readonly Sample[]): Side {
  return {
    cpu: figureOf(samples.map(({ cpu }) => cpu)),
    wall: figureOf(samples.map(({ wall }) => wall)),
  };
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const runs = sorted.length;
  return { median: sorted[runs >> 1], min: sorted[0], max: sorted[runs - 1], runs };
}
