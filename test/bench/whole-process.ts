/** What a user waits for: `wavetank run` with 100,000 messages, from the start of the process to its end. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNS, sideOf } from './measure.js';
import type { Effort, Measurement, Row } from './row.js';
import { poolYaml } from './workloads/pool.js';

const COMMAND_LINE = 'dist/wavetank.js';
const MESSAGES: Readonly<Record<Effort, number>> = { full: 100_000, quick: 100_000, tiny: 1000 };

/** Loaded first in each process that is measured: tells its processor time when it ends. */
const REPORTER = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeFileSync(process.env.BENCH_USAGE, String((user + system) / 1e6));
});`;

interface Times {
  readonly cpu: number;
  readonly wall: number;
}

export function wholeProcessRow(): Row {
  return {
    name: 'process',
    what: '`wavetank run` of 100,000 messages, whole process',
    unit: 's',
    budget: { must: 0.5, aim: 0.3 },
    reference: 'node -e 0',
    measure,
  };
}

function measure(effort: Effort): Measurement {
  if (effort !== 'tiny') build();
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-bench-'));
  try {
    return measureIn(folder, effort);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureIn(folder: string, effort: Effort): Measurement {
  const scenario = join(folder, 'pool.yaml');
  const messages = MESSAGES[effort];
  writeFileSync(scenario, poolYaml({ profile: 'ideal', deletes: 'afterEach', pools: 1, messages }));
  writeFileSync(join(folder, 'reporter.cjs'), REPORTER);
  const engine: Times[] = [];
  const bare: Times[] = [];
  for (let run = -1; run < RUNS[effort]; run++) {
    const out = join(folder, `out-${run}`);
    const times = timesOf(folder, [COMMAND_LINE, 'run', scenario, '--out', out]);
    const nodeTimes = timesOf(folder, ['-e', '0']);
    if (run < 0) continue;
    engine.push(times);
    bare.push(nodeTimes);
  }
  return { engine: sideOf(engine), bare: sideOf(bare) };
}

function timesOf(folder: string, args: readonly string[]): Times {
  const usage = join(folder, 'usage');
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', join(folder, 'reporter.cjs'), ...args],
    {
      env: { ...process.env, BENCH_USAGE: usage, NODE_OPTIONS: '' },
      encoding: 'utf8',
    },
  );
  const wall = Number(process.hrtime.bigint() - began) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { cpu: Number(readFileSync(usage, 'utf8')), wall };
}

/** Bundles the command line anew when any source is younger than it. */
function build(): void {
  if (existsSync(COMMAND_LINE) && newestIn('src') <= statSync(COMMAND_LINE).mtimeMs) return;
  const { status, stderr } = spawnSync(process.execPath, ['tools/bundle.mjs'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the command line could not be built: ${stderr}`);
}

function newestIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(newest, entry.isDirectory() ? newestIn(path) : statSync(path).mtimeMs);
  }, 0);
}

/** Whether there is a command line to measure; the smoke test does not build one. */
export function isBuilt(): boolean {
  return existsSync(COMMAND_LINE);
}
