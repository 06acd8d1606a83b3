/** Carries a run to its end in slices, so that Ctrl-C and progress come in between. */
import type { RunReport } from '../experiment/result.js';
import type { Run } from './engine.js';
import type { Io } from './io.js';
import { ProgressLine } from './progress.js';

const FIRST_SLICE = 20_000;
const LEAST_SLICE = 1_000;
const MOST_SLICE = 10_000_000;
const SHORT_SLICE_MS = 25;
const LONG_SLICE_MS = 100;

/** How a run is cut into slices changes nothing but how soon Ctrl-C is heard. */
export async function drive(simulation: Run, io: Io): Promise<RunReport> {
  const line = new ProgressLine(io);
  let interrupted = false;
  let isOver = false;
  const release = io.onInterrupt(() => (interrupted = true));
  try {
    for (let slice = FIRST_SLICE; !isOver && !interrupted;) {
      const began = io.now();
      isOver = simulation.advance(slice);
      slice = nextSlice(slice, io.now() - began);
      line.show(simulation.progress);
      await io.breathe();
    }
  } finally {
    line.clear();
    release();
  }
  line.speed(simulation.progress);
  return simulation.finish(isOver ? null : 'interrupt');
}

function nextSlice(slice: number, tookMs: number): number {
  if (tookMs < SHORT_SLICE_MS) return Math.min(MOST_SLICE, slice * 2);
  return tookMs > LONG_SLICE_MS ? Math.max(LEAST_SLICE, Math.floor(slice / 2)) : slice;
}
