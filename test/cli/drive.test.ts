import { describe, expect, test } from 'vitest';
import { drive } from '../../src/cli/drive.js';
import type { Run } from '../../src/cli/engine.js';
import { progressText } from '../../src/cli/progress.js';
import type { Progress } from '../../src/experiment/progress.js';
import type { RunReport } from '../../src/experiment/result.js';
import { makeReport } from '../report/fixture.js';
import { FakeIo } from './fake-io.js';

const PROGRESS: Progress = {
  now: 720_500_000,
  trafficEnd: 1_800_000_000,
  events: 3_840_000,
  sent: 1_234_567,
  settled: 1_200_000,
};

/** A run that is over after so many slices. */
class FakeRun implements Run {
  readonly progress = PROGRESS;
  readonly slices: number[] = [];

  constructor(
    private readonly last: number,
    private readonly during: () => void = () => {},
  ) {}

  advance(maxEvents: number): boolean {
    this.slices.push(maxEvents);
    this.during();
    return this.slices.length >= this.last;
  }

  finish(stoppedBy: 'interrupt' | null): RunReport {
    return makeReport({ stoppedBy, complete: stoppedBy === null });
  }
}

describe('driving a run', () => {
  test('goes on until the run is over, and lets go of Ctrl-C', async () => {
    const io = new FakeIo();
    const run = new FakeRun(5);
    expect((await drive(run, io)).result.complete).toBe(true);
    expect(run.slices).toHaveLength(5);
    expect(io.listeners).toEqual([]);
    expect(io.errText).toBe('');
  });

  test('stops at Ctrl-C between two slices and reports what there is', async () => {
    const io = new FakeIo();
    const run = new FakeRun(100, () => io.listeners.forEach((called) => called()));
    expect((await drive(run, io)).result.stoppedBy).toBe('interrupt');
    expect(run.slices).toHaveLength(1);
    expect(io.listeners).toEqual([]);
  });

  test('lets go of Ctrl-C when the run breaks', async () => {
    const io = new FakeIo();
    await expect(
      drive(
        new FakeRun(9, () => {
          throw new Error('broken');
        }),
        io,
      ),
    ).rejects.toThrow('broken');
    expect(io.listeners).toEqual([]);
  });

  test('grows slices that are short and shrinks those that are long', async () => {
    const io = new FakeIo();
    const quick = new FakeRun(3);
    await drive(quick, io);
    expect(quick.slices).toEqual([20_000, 40_000, 80_000]);
    const slow = new FakeRun(8, () => (io.milliseconds += 200));
    await drive(slow, io);
    expect(slow.slices).toEqual([20_000, 10_000, 5_000, 2_500, 1_250, 1_000, 1_000, 1_000]);
  });

  test('shows progress on a terminal only, after a second, and clears the line', async () => {
    const silent = new FakeIo();
    await drive(new FakeRun(50, () => (silent.milliseconds += 50)), silent);
    expect(silent.errText).toBe('');
    const io = new FakeIo();
    io.errIsTerminal = true;
    await drive(new FakeRun(10, () => (io.milliseconds += 50)), io);
    expect(io.errText).toBe(
      '1,234,567 messages in 500 ms: 2,469,134 messages/s, 7.68 M events/s\n',
    );
    io.errText = '';
    await drive(new FakeRun(50, () => (io.milliseconds += 50)), io);
    expect(io.errText.startsWith('\r\u001b[K12m of 30m (40 %): ')).toBe(true);
    // oxlint-disable-next-line no-control-regex -- the line is cleared by one
    expect(io.errText).toMatch(/\r\u001b\[K1,234,567 messages in 2\.50 s: .* events\/s\n$/u);
    expect(io.errText.split('\r').length).toBeLessThan(20);
  });
});

test('progress tells virtual time, messages and speed', () => {
  expect(progressText(PROGRESS, 2)).toBe(
    '12m of 30m (40 %): 1,234,567 messages sent, 1,200,000 done, 1.92 M events/s',
  );
  expect(progressText({ ...PROGRESS, now: 1_861_000_000 }, 2)).toContain('31m 1s, draining: ');
  expect(progressText({ ...PROGRESS, now: 0, trafficEnd: 0 }, 0)).toBe(
    '0s, draining: 1,234,567 messages sent, 1,200,000 done',
  );
});
