// Every row of the bench runs, on a little work, so that the bench can't rot. Nothing is timed here.

import { describe, expect, test } from 'vitest';
import { chosen, optionsOf } from './bench/options.js';
import { PEERS } from './bench/peers.js';
import type { Launcher, Measurement, Row } from './bench/row.js';
import { verdictOf } from './bench/row.js';
import { ROWS } from './bench/rows.js';
import { heading, rowText } from './bench/text.js';
import { isBuilt } from './bench/whole-process.js';
import { BareHoldModel } from './bench/bare/hold-model.js';
import { BareMultiServer } from './bench/bare/multi-server.js';
import { BarePool } from './bench/bare/pool.js';
import { Fleets } from './bench/workloads/fleets.js';
import { HoldModel } from './bench/workloads/hold-model.js';
import { MultiServer } from './bench/workloads/multi-server.js';
import { runForMemory } from './bench/workloads/named.js';
import { Pool } from './bench/workloads/pool.js';
import type { Workload } from './bench/workloads/workload.js';

/** No process of its own: memory rows are only tried through their workloads. */
const NO_PROCESS: Launcher = { peakMiB: (_, size) => size };

function resultOf(workload: Workload): number {
  workload.run();
  return workload.result();
}

describe('rows', () => {
  test.for(ROWS.map((row) => [row.name, row] as const))('%s', ([name, row], context) => {
    if (name === 'process' && !isBuilt()) context.skip('the command line is not built');
    const { engine, bare } = row.measure('tiny', NO_PROCESS);
    expect(engine.cpu.median).toBeGreaterThan(0);
    expect(engine.cpu.runs).toBe(1);
    expect(bare === null).toBe(row.reference === '');
    const text = rowText(row, { engine, bare });
    expect(text).toContain(name);
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  test('have names of their own, also among peers', () => {
    const names = [...ROWS, ...PEERS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('peers run where they are installed', (context) => {
    const figures = PEERS.map((peer) => peer.measure('tiny'));
    if (figures.every((figure) => figure === null)) context.skip('no peer is installed');
    for (const figure of figures) if (figure !== null) expect(figure.median).toBeGreaterThan(0);
  });
});

describe('workloads that get a process of their own', () => {
  test.each(['pool', 'bare-pool', 'timers', 'bare-timers'])('%s', async (name) => {
    expect(await runForMemory(name, 1000)).toBeGreaterThan(0);
  });
});

describe('engine and bare loop do the same work', () => {
  test('fleets grow to their full size, and all of the burst is done', () => {
    expect(resultOf(new Fleets(3))).toBe(200);
  });

  test('hold model: the last event is at the same time', () => {
    expect(resultOf(new HoldModel(100, 5000))).toBe(resultOf(new BareHoldModel(100, 5000)));
  });

  test('stations: the mean sojourn is what the theory says', () => {
    for (const station of [
      new MultiServer(1, 0.5, 100_000),
      new BareMultiServer(1, 0.5, 100_000),
    ]) {
      const mean = resultOf(station);
      expect(mean).toBeGreaterThan(1.9);
      expect(mean).toBeLessThan(2.1);
    }
  });

  test('pools: one message in a hundred ends as a dead letter', () => {
    const options = { profile: 'ideal', deletes: 'afterEach', pools: 2, messages: 20_000 } as const;
    for (const pool of [new Pool(options), new BarePool(2, 20_000)]) {
      const dead = resultOf(pool);
      expect(dead).toBeGreaterThan(0.007);
      expect(dead).toBeLessThan(0.013);
    }
  });
});

describe('the command line', () => {
  test('words choose rows by parts of their names', () => {
    expect(chosen(ROWS, ['hold']).map(({ name }) => name)).toEqual(['hold-10k', 'hold-1m']);
    expect(chosen(ROWS, [])).toHaveLength(ROWS.length);
    expect(chosen(ROWS, ['nothing'])).toEqual([]);
  });

  test('flags', () => {
    expect(optionsOf(['pool', '--quick', '--json'])).toMatchObject({
      words: ['pool'],
      effort: 'quick',
      json: true,
    });
    expect(() => optionsOf(['--fast'])).toThrow('--fast');
  });

  test('a figure between must and aim meets must; of memory and time less is better', () => {
    const rate: Pick<Row, 'unit' | 'budget'> = { unit: 'events/s', budget: { must: 2, aim: 4 } };
    expect([1, 2, 4].map((median) => verdictOf(rate, median))).toEqual([
      'misses must',
      'meets must',
      'meets aim',
    ]);
    const memory: Pick<Row, 'unit' | 'budget'> = { unit: 'MiB', budget: { must: 4, aim: 2 } };
    expect([5, 4, 2].map((median) => verdictOf(memory, median))).toEqual([
      'misses must',
      'meets must',
      'meets aim',
    ]);
  });

  test('the table has a heading', () => {
    const figure = { median: 2e6, min: 1e6, max: 3e6, runs: 3 };
    const measurement: Measurement = { engine: { cpu: figure, wall: figure }, bare: null };
    expect(heading()).toContain('must');
    expect(rowText(ROWS[0], measurement)).toContain('2.00 M (1.00 to 3.00 M)');
  });
});
