/**
 * Processes of their own. Each row gets one, so that neither the order of rows nor the choice of some
 * changes what V8 has seen of the engine's code; and so does each workload whose memory is measured.
 * The latter is bundled as the command line is, so that a million messages are not hidden behind the
 * sources of the bench.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildSync } from 'esbuild';
import type { Effort, Launcher, Measurement, Row } from './row.js';
import { ROWS } from './rows.js';

const ROW = '--row';

/** Measures a row in a new process. */
export function measureInChild(row: Row, effort: Effort): Measurement {
  return JSON.parse(outputOf([process.argv[1], ROW, row.name, effort])) as Measurement;
}

/** When this process is a child: measures its row, prints the outcome, returns true. */
export function isChild([kind, name, effort]: readonly string[]): boolean {
  if (kind !== ROW) return false;
  const row = ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  process.stdout.write(JSON.stringify(row.measure(effort as Effort, LAUNCHER)));
  return true;
}

const LAUNCHER: Launcher = {
  peakMiB: (workload, size) => {
    const bundle = `node_modules/.cache/wavetank/peak-${process.pid}.mjs`;
    bundlePeak(bundle);
    try {
      return Number(outputOf([bundle, workload, String(size)]));
    } finally {
      rmSync(bundle, { force: true });
    }
  },
};

function bundlePeak(outfile: string): void {
  buildSync({
    entryPoints: ['test/bench/peak.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    banner: {
      // CommonJS packages call require() for Node's own modules.
      js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);",
    },
  });
}

function outputOf(args: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed`);
  return stdout;
}
