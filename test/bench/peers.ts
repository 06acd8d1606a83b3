/**
 * Simulation libraries that users would otherwise choose, on the same workloads, where they are installed.
 * The programs in peers/ print one JSON line; only the loop of the simulation is timed, by the wall clock.
 */
import { spawnSync } from 'node:child_process';
import { figureOf } from './measure.js';
import type { Effort, Figure, Unit } from './row.js';

interface Library {
  readonly name: string;
  readonly command: readonly string[];
  /** Ends with 0 where the library is there. */
  readonly probe: readonly string[];
  readonly install: string;
}

const FOLDER = 'test/bench/peers';
const NODE = process.execPath;

const LIBRARIES: readonly Library[] = [
  {
    name: 'simpy',
    command: ['python3', `${FOLDER}/simpy_bench.py`],
    probe: ['python3', '-c', 'import simpy'],
    install: 'apt-get install python3-simpy3, or python3 -m pip install simpy',
  },
  {
    name: 'simjs',
    command: [NODE, `${FOLDER}/simjs_bench.cjs`],
    probe: [NODE, '-e', 'globalThis.window = {}; require("simjs")'],
    install: 'npm install --no-save simjs@2.0.3',
  },
];

interface Program {
  /** The row of the bench with the same workload. */
  readonly row: string;
  readonly unit: Unit;
  arguments(size: number): readonly string[];
}

const PROGRAMS: readonly Program[] = [
  { row: 'pool', unit: 'messages/s', arguments: (size) => ['w4', String(size)] },
  { row: 'hold-10k', unit: 'events/s', arguments: (size) => ['w1', '10000', String(size)] },
  { row: 'mm1', unit: 'customers/s', arguments: (size) => ['w2', String(size)] },
  { row: 'mm50', unit: 'customers/s', arguments: (size) => ['w3', String(size)] },
];

const SIZES: Readonly<Record<Effort, number>> = { full: 400_000, quick: 50_000, tiny: 1000 };
const RUNS: Readonly<Record<Effort, number>> = { full: 3, quick: 1, tiny: 1 };

export interface Peer {
  /** `peer-simpy-pool`. */
  readonly name: string;
  readonly unit: Unit;
  readonly install: string;
  readonly library: string;
  /** Units of work per second; null when the library is not installed. */
  measure(effort: Effort): Figure | null;
}

export const PEERS: readonly Peer[] = LIBRARIES.flatMap((library) =>
  PROGRAMS.map((program) => ({
    name: `peer-${library.name}-${program.row}`,
    unit: program.unit,
    install: library.install,
    library: library.name,
    measure: (effort: Effort) => measure(library, program, effort),
  })),
);

function measure(library: Library, program: Program, effort: Effort): Figure | null {
  if (!isInstalled(library)) return null;
  const args = program.arguments(SIZES[effort]);
  return figureOf(
    Array.from({ length: RUNS[effort] }, () => rateOf([...library.command, ...args])),
  );
}

function isInstalled({ probe: [command, ...args] }: Library): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function rateOf([command, ...args]: readonly string[]): number {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return (JSON.parse(stdout) as { rate: number }).rate;
}
