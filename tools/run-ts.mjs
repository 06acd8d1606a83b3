// Runs one TypeScript file: node tools/run-ts.mjs [--node-flag...] file.ts [argument...]
// Node 20 does not read TypeScript; esbuild bundles the file with what it imports, packages left out, and Node runs that.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

const args = process.argv.slice(2);
const at = args.findIndex((arg) => !arg.startsWith('-'));
if (at < 0) throw new Error('Usage: node tools/run-ts.mjs [--node-flag...] file.ts [argument...]');
const entry = args[at];

// Inside the project, so that packages are found.
const folder = 'node_modules/.cache/wavetank';
const outfile = `${folder}/${basename(entry, '.ts')}-${process.pid}.mjs`;
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', ...args.slice(0, at), outfile, ...args.slice(at + 1)],
  { stdio: 'inherit' },
);
rmSync(outfile, { force: true });
process.exitCode = run.status ?? 1;
