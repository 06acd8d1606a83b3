// Installs the other versions of Node for the determinism tests, once. Without a network, or on a machine that
// these binaries don't run on, the tests that need them are skipped and say so; that is not an error here.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { optionalDependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));

/** The version that is installed under this alias, or null. */
function installed(alias) {
  const file = `${folder}node_modules/${alias}/package.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version.replace(/^v/, '') : null;
}

const missing = Object.entries(optionalDependencies).filter(
  ([alias, spec]) => installed(alias) !== spec.slice(spec.lastIndexOf('@') + 1),
);
if (missing.length > 0) {
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (npm.status !== 0)
    process.stderr.write('engines: not installed; the tests that need them are skipped.\n');
}
for (const alias of Object.keys(optionalDependencies)) {
  process.stdout.write(`engines: ${alias} ${installed(alias) ?? 'not here'}\n`);
}
