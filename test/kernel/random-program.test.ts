import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveQueue } from '../../src/kernel/adaptive-queue.js';
import { HeapQueue } from '../../src/kernel/heap.js';
import type { EventQueue } from '../../src/kernel/event-queue.js';
import { NaiveQueue } from '../reference/naive-queue.js';
import { RandomProgram } from './random-program.js';
import type { ProgramOptions } from './random-program.js';
import { Snapshot } from './snapshot.js';

// WAVETANK_PROGRAMS=5000 npx vitest run test/kernel/random-program.test.ts: the long run
const numRuns = Number(process.env['WAVETANK_PROGRAMS'] ?? 150);

const options = fc.record({
  seed: fc.integer(),
  slices: fc.integer({ min: 1, max: 120 }),
  delays: fc.constantFrom(1, 2, 3, 5, 60),
  spread: fc.constantFrom(1, 3, 10, 200),
  population: fc.constantFrom(3, 20, 80),
});

/**
 * Found by long runs. The first: two wake-ups of one place in the queue, and `nextTime` believed
 * the stale one.
 */
const examples: [ProgramOptions][] = [
  [{ seed: 2186, slices: 40, delays: 3, spread: 20, population: 80 }],
  [{ seed: 928, slices: 40, delays: 2, spread: 50, population: 80 }],
];

const queues: Record<string, () => EventQueue> = {
  'adaptive queue': () => new AdaptiveQueue(),
  heap: () => new HeapQueue(1),
  'naive queue': () => new NaiveQueue(),
};

describe.each(Object.keys(queues))('the kernel on the %s', (name) => {
  it('runs random programs exactly as its naive twin does', () => {
    fc.assert(
      fc.property(options, (drawn) => {
        const twin = new RandomProgram(drawn, 'twin').run();
        const real = new RandomProgram(drawn, 'kernel', queues[name]()).run();
        expect(real).toEqual(twin);
      }),
      { numRuns, examples },
    );
  });
});

describe('a running model', () => {
  it('can be saved, run on, restored and run on again, with the same journal', () => {
    fc.assert(
      fc.property(options, fc.nat({ max: 60 }), (drawn, before) => {
        const program = new RandomProgram(drawn, 'kernel');
        program.runSlices(before);
        const snapshot = new Snapshot(program);
        program.runSlices(drawn.slices);
        const first = [...program.journal];
        snapshot.restore();
        program.runSlices(drawn.slices);
        expect(program.journal).toEqual(first);
      }),
      { numRuns },
    );
  });
});
