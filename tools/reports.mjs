// Rebuilds the committed reports of the bundled scenarios: scenarios/**/*.yaml -> reports/<base name>/.
// A scenario that is meant to break a promise exits with 1; anything worse stops here.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const out = process.argv[2] ?? 'reports';
const scenarios = readdirSync('scenarios', { recursive: true })
  .filter((name) => name.endsWith('.yaml'))
  .sort();
for (const name of scenarios) {
  const folder = join(out, basename(name, '.yaml'));
  const args = ['dist/wavetank.js', 'run', join('scenarios', name), '--out', folder];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const known = run.status === 0 || run.status === 1;
  process.stdout.write(`${folder} (exit ${run.status})\n`);
  if (!known) {
    process.stderr.write(run.stderr);
    process.exitCode = 1;
  }
}
