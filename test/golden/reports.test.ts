// reports/ holds what the bundled scenarios print. It is rebuilt by `npm run reports`; a difference means that a result
// has changed, which needs a line under "Results" in CHANGELOG.md.

import { spawnSync } from 'node:child_process';
import { describe, expect, test, vi } from 'vitest';
import { LOOP_FILES, PUSH_FILES, REPORT_FILES } from '../../src/report/files.js';
import { bundledEngine } from '../support/bundled-engine.js';
import { BUNDLED_SCENARIOS } from '../support/bundled-scenarios.js';
import { listFiles, readText } from '../support/source-tree.js';

vi.setConfig({ testTimeout: 240_000 });

const { loadScenario, Simulation, reportFiles } = await bundledEngine();
/** Runs of one's own write to reports/ too: what git does not know is theirs. Without git, all counts. */
const COMMITTED = listFiles('reports').filter(isCommitted());
const REBUILD =
  'rebuild it with `npm run reports`, look at the difference, and tell it under Results in CHANGELOG.md';
/** A report is read by people, and kept by git. */
const BYTES_MAX = 400_000;

function isCommitted(): (path: string) => boolean {
  const { status, stdout } = spawnSync('git', ['ls-files', '--others', '-z', 'reports'], { encoding: 'utf8' });
  const others = new Set(status === 0 ? stdout.split('\0') : []);
  return (path) => !others.has(path);
}

/** Files that only some runs have. */
const FURTHER_FILES: readonly string[] = [...LOOP_FILES, ...PUSH_FILES];

test('reports/ holds the files of every bundled scenario, and nothing else', () => {
  const filesOf = (files: readonly string[]) =>
    BUNDLED_SCENARIOS.flatMap(({ name }) => files.map((file) => `reports/${name}/${file}`));
  const further = filesOf(FURTHER_FILES).filter((path) => COMMITTED.includes(path));
  const expected = [...filesOf(REPORT_FILES), ...further];
  expect(new Set(BUNDLED_SCENARIOS.map(({ name }) => name)).size, 'base names differ').toBe(BUNDLED_SCENARIOS.length);
  expect([...COMMITTED].sort(), REBUILD).toEqual([...expected].sort());
});

test('no file of a report is large', () => {
  const large = COMMITTED.filter((path) => readText(path).length > BYTES_MAX);
  expect(large).toEqual([]);
});

describe.each(BUNDLED_SCENARIOS)('$path', ({ path, name, exit }) => {
  const simulation = new Simulation(loadScenario(path, { read: readText }));
  while (!simulation.advance(1_000_000));
  const report = simulation.finish(null);

  test('its promises are kept, or broken as its header says', () => {
    expect(report.result.verdict).toBe(exit === 0 ? 'pass' : 'fail');
    expect(report.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
    expect(report.result.warnings, 'each warning is fixed or allowed').toEqual([]);
  });

  test('its report is the committed one', () => {
    const has = FURTHER_FILES.filter((file) => COMMITTED.includes(`reports/${name}/${file}`));
    const ofLoops = report.loops.length > 0 ? LOOP_FILES : [];
    const ofPushes = report.pushers.length > 0 ? PUSH_FILES : [];
    expect(has, REBUILD).toEqual([...ofLoops, ...ofPushes]);
    for (const [file, text] of reportFiles(report)) {
      const committed = `reports/${name}/${file}`;
      const old = COMMITTED.includes(committed) ? readText(committed) : '';
      expect(old === text, `${committed} is not what the engine gives: ${REBUILD}`).toBe(true);
    }
  });
});
