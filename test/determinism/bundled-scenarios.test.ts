// The same scenario, seed and version give the same bytes: twice in one process, in slices and with
// somebody listening, in another process, and on the other versions of Node that are here.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RunReport, Scenario } from '../../src/core.js';
import { SilentFacts } from '../../src/observe/silent-facts.js';
import { bundledCommand, bundledEngine } from '../support/bundled-engine.js';
import { BUNDLED_SCENARIOS } from '../support/bundled-scenarios.js';
import { engines } from '../support/engines.js';
import type { Engine } from '../support/engines.js';
import { readText, ROOT } from '../support/source-tree.js';

vi.setConfig({ testTimeout: 240_000 });

const { loadScenario, Simulation, reportFiles } = await bundledEngine();

class Listener extends SilentFacts {
  heard = 0;

  override runEnded(): void {
    this.heard++;
  }
}

function reportOf(scenario: Scenario, sizes: readonly number[], observer?: Listener): RunReport {
  const simulation = new Simulation(scenario, observer === undefined ? {} : { observer });
  for (let i = 0; !simulation.advance(sizes[i % sizes.length]); i++);
  return simulation.finish(null);
}

const plain = (files: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(files);

let folder = '';
let command = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wavetank-determinism-'));
  command = await bundledCommand();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(command, { force: true });
});

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly files: Readonly<Record<string, string>>;
}

/** `wavetank run` in a process of its own. */
async function runIn(engine: Engine, path: string, name: string): Promise<Ended> {
  const out = join(folder, name);
  const child = spawn(engine.binary ?? '', [command, 'run', path, '--out', out], { cwd: ROOT });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const files = Object.fromEntries(
    readdirSync(out).map((file) => [file, readFileSync(join(out, file), 'utf8')]),
  );
  return { exit, out: printed.replaceAll(out, 'OUT'), files };
}

const ENGINES = engines();
const PRESENT = ENGINES.filter(({ binary }) => binary !== null);
/** At least two processes. */
const PROCESSES = PRESENT.length > 1 ? PRESENT : [...PRESENT, ...PRESENT];

describe.each(BUNDLED_SCENARIOS)('$path', ({ path, name, exit }) => {
  const scenario = loadScenario(path, { read: readText });
  const first = reportOf(scenario, [1_000_000]);
  const files = plain(reportFiles(first));

  test('again in this process, in odd slices, with a listener: equal in every byte', () => {
    const listener = new Listener();
    const again = reportOf(
      loadScenario(path, { read: readText }),
      [1, 997, 65_537, 12_345],
      listener,
    );
    expect(again.result.fingerprint).toBe(first.result.fingerprint);
    expect(plain(reportFiles(again))).toEqual(files);
    const runs = Object.values(first.result.consumers).reduce(
      (sum, consumer) => sum + consumer.runs,
      0,
    );
    expect(listener.heard).toBeLessThanOrEqual(runs);
    expect(listener.heard > 0).toBe(runs > 0);
  });

  const versions = PROCESSES.map(({ version }) => version).join(', ');
  test(`in other processes (${versions}): equal bytes, exit ${exit}`, async () => {
    const ended = await Promise.all(
      PROCESSES.map(async (engine, i) => runIn(engine, path, `${name}-${i}`)),
    );
    for (const one of ended) {
      expect(one.files).toEqual(files);
      expect(one.exit).toBe(exit);
      expect(one.out).toBe(ended[0].out);
      expect(one.out).toContain(`fingerprint: ${first.result.fingerprint}\n`);
    }
  });
});

for (const { name, binary, version, reason } of ENGINES) {
  test(`engine ${name} was compared`, (context) => {
    if (binary === null) context.skip(reason);
    expect(PROCESSES.map((engine) => engine.version)).toContain(version);
  });
}

test('another seed or replication gives another fingerprint, the seed’s spelling counts', () => {
  const text = readText('scenarios/videos-3000.yaml');
  const fingerprints = ['1', '2', '007', '7', 'a b'].map((seed) => {
    return reportOf(loadScenario('videos.yaml', { read: () => text, seed }), [1_000_000]).result
      .fingerprint;
  });
  const scenario = loadScenario('videos.yaml', { read: () => text });
  const replications = [0, 1, 2].map((replication) => {
    const simulation = new Simulation(scenario, { replication });
    while (!simulation.advance(1_000_000));
    return simulation.finish(null).result.fingerprint;
  });
  expect(new Set([...fingerprints, ...replications]).size).toBe(8);
});
