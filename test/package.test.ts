// What the package promises: its version, its files, and the one command that runs all tests.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENGINE_VERSION } from '../src/experiment/version.js';
import { listFiles, readText, ROOT } from './support/source-tree.js';

const manifest = JSON.parse(readText('package.json')) as {
  version: string;
  bin: Record<string, string>;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

describe('package.json', () => {
  test('the engine states the version of the package', () => {
    expect(ENGINE_VERSION).toBe(manifest.version);
  });

  test('what it exports is built', () => {
    const entries = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : [entry.types, entry.default],
    );
    for (const file of [...entries, ...Object.values(manifest.bin)]) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
  });

  test('every dependency is pinned', () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const version of versions) expect(version).toMatch(/^(npm:.+@)?\d+\.\d+\.\d+$/);
  });

  test('no lock file names an address to download from', () => {
    const locks = [...listFiles('tools'), 'package-lock.json'].filter((path) =>
      path.endsWith('package-lock.json'),
    );
    expect(locks).toHaveLength(2);
    for (const path of locks) expect(readText(path), path).not.toContain('"resolved"');
  });
});

describe('.ci/run', () => {
  test('runs the command that README gives for all tests, and nothing else', () => {
    const commands = readText('.ci/run')
      .split('\n')
      .filter((line) => line !== '' && !/^(#|set |cd )/.test(line));
    expect(commands).toEqual(['npm ci && npm test']);
    expect(readText('README.md').split('\n')).toContain(commands[0]);
    expect(readText('.github/workflows/ci.yml')).toContain('run: .ci/run');
  });
});
