import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GapClocks } from '../../src/observe/gap-clock.js';
import { FakeClock } from './driver.js';

const STORE = 1;

function start(): { clock: FakeClock; gaps: GapClocks } {
  const clock = new FakeClock();
  return { clock, gaps: new GapClocks(clock, 3) };
}

test('runs while a loop is free and no poll is open', () => {
  const { clock, gaps } = start();
  clock.now = 100;
  expect(gaps.read(STORE)).toBe(0); // no loops at all
  gaps.loopFree(STORE);
  clock.now = 130;
  expect(gaps.read(STORE)).toBe(30);
  gaps.pollOpened(STORE);
  clock.now = 1_000;
  expect(gaps.read(STORE)).toBe(30);
  gaps.pollOpened(STORE);
  gaps.pollClosed(STORE);
  clock.now = 1_100;
  gaps.pollClosed(STORE);
  clock.now = 1_120;
  expect(gaps.read(STORE)).toBe(50);
  gaps.loopTaken(STORE); // all loops have work in hand: what waits now waits in the queue
  clock.now = 9_000;
  expect(gaps.read(STORE)).toBe(50);
  expect(gaps.read(0)).toBe(0);
});

test('elapsed: by the low half of the clock', () => {
  const { clock, gaps } = start();
  gaps.loopFree(STORE);
  clock.now = 70;
  const low = gaps.read(STORE) >>> 0;
  clock.now = 100;
  gaps.pollOpened(STORE);
  clock.now = 400;
  expect(gaps.elapsed(STORE, low, 70)).toBe(30);
});

test('elapsed is exact however often the low half has gone round', () => {
  const step = fc.record({
    open: fc.boolean(),
    after: fc.oneof(fc.nat(10), fc.nat(2 ** 31), fc.nat(2 ** 34)),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 30, size: 'max' }), (steps) => {
      const { clock, gaps } = start();
      gaps.loopFree(STORE);
      let open = false;
      let passed = 0;
      const marks: { at: number; low: number; passed: number }[] = [];
      for (const { open: wanted, after } of steps) {
        marks.push({ at: clock.now, low: gaps.read(STORE) >>> 0, passed });
        clock.now += after;
        if (!open) passed += after;
        if (wanted !== open) {
          if (wanted) gaps.pollOpened(STORE);
          else gaps.pollClosed(STORE);
          open = wanted;
        }
        for (const mark of marks)
          expect(gaps.elapsed(STORE, mark.low, mark.at)).toBe(passed - mark.passed);
      }
    }),
  );
});

test('a poll that closes was open, a loop that is taken was free', () => {
  const { gaps } = start();
  expect(() => gaps.pollClosed(STORE)).toThrow(/poll/u);
  expect(() => gaps.loopTaken(STORE)).toThrow(/loop/u);
});
