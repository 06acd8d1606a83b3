// The engine as one bundle, loaded by Node itself: long runs take half the time that they take on the modules that
// vitest has rewritten for coverage and mocks. It is the same source; nothing of it is shared with vitest's copy.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as Core from '../../src/core.js';
import { ROOT } from './source-tree.js';

export type Engine = typeof Core;

// Inside node_modules, so that packages are found and vitest leaves the file alone.
const FOLDER = join(ROOT, 'node_modules/.cache/wavetank');

async function bundle(entry: string, name: string): Promise<string> {
  const outfile = join(FOLDER, `${name}-${process.pid}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
  });
  return outfile;
}

/** The command line as a file that any supported Node can run; whoever asks for it removes it. */
export async function bundledCommand(): Promise<string> {
  return bundle('src/cli/main.ts', 'command');
}

export async function bundledEngine(): Promise<Engine> {
  const outfile = await bundle('src/core.ts', 'engine');
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Engine;
  } finally {
    rmSync(outfile, { force: true });
  }
}
