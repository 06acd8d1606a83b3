import { describe, expect, test } from 'vitest';
import { BUSY, DEPTH, DESIRED, INSTANCES, IN_FLIGHT, Levels } from '../../src/observe/levels.js';
import { nextLength, SHORTEST_STEP, STEPS_MAX } from '../../src/observe/timeline.js';
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND } from '../../src/kernel/time.js';
import { FakeClock } from './driver.js';

const QUEUE = 1;

function start(warmUp = 0): { clock: FakeClock; levels: Levels } {
  const clock = new FakeClock();
  return { clock, levels: new Levels(clock, 3, warmUp) };
}

describe('over the run', () => {
  test('mean by time, least, most, and the last value', () => {
    const { clock, levels } = start();
    clock.now = 10;
    levels.change(QUEUE, DEPTH, 3); // 0 for 10 µs
    clock.now = 30;
    levels.change(QUEUE, DEPTH, -1); // 3 for 20 µs
    levels.finish(40); // 2 for 10 µs
    expect(levels.summary(QUEUE, DEPTH)).toEqual({ mean: 2, min: 0, max: 3, end: 2 });
  });

  test('what comes and goes within an instant was never there', () => {
    const { clock, levels } = start();
    clock.now = 10;
    levels.change(QUEUE, DEPTH, 5);
    levels.change(QUEUE, DEPTH, -4);
    clock.now = 20;
    levels.change(QUEUE, DEPTH, -1);
    levels.change(QUEUE, DEPTH, 1);
    levels.finish(40);
    expect(levels.summary(QUEUE, DEPTH)).toEqual({ mean: 0.75, min: 0, max: 1, end: 1 });
  });

  test('a level that is there from the first instant was never 0', () => {
    const { levels } = start();
    levels.change(QUEUE, INSTANCES, 2);
    levels.finish(100);
    expect(levels.summary(QUEUE, INSTANCES)).toEqual({ mean: 2, min: 2, max: 2, end: 2 });
  });

  test('a level that never changed is 0', () => {
    const { levels } = start();
    levels.finish(100);
    expect(levels.summary(0, BUSY)).toEqual({ mean: 0, min: 0, max: 0, end: 0 });
    expect(levels.timeline(0, BUSY)).toEqual([{ mean: 0, min: 0, max: 0, end: 0 }]);
  });

  test('move and set', () => {
    const { clock, levels } = start();
    levels.change(QUEUE, DEPTH, 4);
    clock.now = 5;
    levels.move(QUEUE, DEPTH, IN_FLIGHT);
    levels.set(QUEUE, DESIRED, 9);
    levels.set(QUEUE, DESIRED, 7);
    expect([DEPTH, IN_FLIGHT, DESIRED].map((level) => levels.value(QUEUE, level))).toEqual([
      3, 1, 7,
    ]);
  });

  test('the warm-up is skipped, but not by the timeline', () => {
    const { clock, levels } = start(1_500);
    levels.change(QUEUE, DEPTH, 9);
    clock.now = 1_200;
    levels.change(QUEUE, DEPTH, -8);
    clock.now = 2_500;
    levels.change(QUEUE, DEPTH, 3);
    levels.finish(3_500);
    expect(levels.summary(QUEUE, DEPTH)).toEqual({
      mean: (1 * 1_000 + 4 * 1_000) / 2_000,
      min: 1,
      max: 4,
      end: 4,
    });
    expect(levels.timeline(QUEUE, DEPTH)).toEqual([
      { mean: 9, min: 9, max: 9, end: 9 },
      { mean: (9 * 200 + 1 * 800) / 1_000, min: 1, max: 9, end: 1 },
      { mean: (1 * 500 + 4 * 500) / 1_000, min: 1, max: 4, end: 4 },
      { mean: 4, min: 4, max: 4, end: 4 },
    ]);
  });

  test('a level that first changes after the warm-up was 0 since its end', () => {
    const { clock, levels } = start(1_500);
    clock.now = 1_600;
    levels.change(QUEUE, DEPTH, 2);
    levels.finish(2_000);
    expect(levels.summary(QUEUE, DEPTH)).toEqual({ mean: (2 * 400) / 500, min: 0, max: 2, end: 2 });
  });

  test('a level that first changes when the warm-up ends was not', () => {
    const { clock, levels } = start(1_500);
    clock.now = 1_500;
    levels.change(QUEUE, DEPTH, 2);
    levels.finish(2_000);
    expect(levels.summary(QUEUE, DEPTH)).toEqual({ mean: 2, min: 2, max: 2, end: 2 });
    expect(levels.timeline(QUEUE, DEPTH)[1]).toEqual({ mean: 1, min: 0, max: 2, end: 2 });
  });
});

describe('steps of the timeline', () => {
  test.each([
    [1, MILLISECOND, 1],
    [240 * MILLISECOND, MILLISECOND, 240],
    [240 * MILLISECOND + 1, 10 * MILLISECOND, 25],
    [24 * SECOND, 100 * MILLISECOND, 240],
    [24 * SECOND + 1, SECOND, 25],
    [20 * MINUTE, 5 * SECOND, 240],
    [30 * MINUTE, 10 * SECOND, 180],
    [3 * HOUR, MINUTE, 180],
    [DAY, 10 * MINUTE, 144],
    [14 * DAY, 2 * HOUR, 168],
    [600 * DAY, 4 * DAY, 150],
  ])('a run of %d µs has steps of %d µs: %d', (end, step, count) => {
    const { clock, levels } = start();
    levels.change(QUEUE, DEPTH, 1);
    clock.now = end - 1;
    levels.change(QUEUE, DEPTH, 1);
    levels.finish(end);
    expect(levels.stepLength).toBe(step);
    const steps = levels.timeline(QUEUE, DEPTH);
    expect(steps.length).toBe(count);
    expect(steps[0]).toMatchObject(
      count === 1 ? { end: end === 1 ? 2 : 1 } : { mean: 1, min: 1, max: 1, end: 1 },
    );
    expect(steps.at(-1)!.end).toBe(2);
  });

  test('lengths divide each other, and so that whole steps remain', () => {
    let length = SHORTEST_STEP;
    for (let i = 0; i < 20; i++) {
      const next = nextLength(length);
      expect(next % length).toBe(0);
      expect(STEPS_MAX % (next / length)).toBe(0);
      length = next;
    }
  });

  test('the level at a border belongs to the step that begins there', () => {
    const { clock, levels } = start();
    levels.change(QUEUE, DEPTH, 1);
    clock.now = 1_000;
    levels.change(QUEUE, DEPTH, 1);
    clock.now = 1_500;
    levels.change(QUEUE, DEPTH, 4);
    levels.finish(2_000);
    expect(levels.timeline(QUEUE, DEPTH)).toEqual([
      { mean: 1, min: 1, max: 1, end: 1 },
      { mean: 4, min: 2, max: 6, end: 6 },
    ]);
  });
});

test('time never goes back; a run ends once', () => {
  const { clock, levels } = start();
  clock.now = 10;
  levels.change(QUEUE, DEPTH, 1);
  clock.now = 5;
  expect(() => levels.change(QUEUE, DEPTH, 1)).toThrow(/back/u);
  clock.now = 20;
  levels.finish(30);
  expect(() => levels.finish(30)).toThrow(/once/u);
});
