// Bundles the command line into one file: loading yargs, yaml and zod from many files costs 0.07 s more per start.
// What stands behind `await import()` is in the file too, but runs only when asked for.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const outfile = 'dist/wavetank.js';
// CommonJS packages in the bundle call require() for Node's own modules.
const require =
  "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);";

const { metafile } = await build({
  entryPoints: ['src/cli/main.ts'],
  outfile,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  legalComments: 'none', // all licences go into the file below
  metafile: true,
  logLevel: 'warning',
  banner: { js: `#!/usr/bin/env node\n${require}` },
});
chmodSync(outfile, 0o755);
const packages = bundledPackages(Object.keys(metafile.outputs[outfile].inputs));
writeFileSync(
  'dist/third-party-licenses.txt',
  packages.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`),
);

const size = Math.round(metafile.outputs[outfile].bytes / 1000);
process.stdout.write(`${outfile} ${size} kB, with ${packages.length} packages\n`);

/** Folders of the packages that these files lie in, sorted. */
function bundledPackages(files) {
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder)
    .sort()
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const text = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text}\n`;
}
