import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Monitors } from '../../../src/observe/measures/monitors.js';
import type { Step } from './support.js';
import { expectation, watched } from './support.js';

const DEPTH = 'depth(orders)';
/** 0, then 5 from 10 s, 12 from 20 s, 0 from 30 s. */
const HUMP: readonly Step[] = [
  [10, DEPTH, 5],
  [20, DEPTH, 12],
  [30, DEPTH, 0],
];

describe('modes', () => {
  test.each([
    ['always depth(orders) <= 12', true, 12],
    ['always depth(orders) < 12', false, 12],
    ['never depth(orders) > 12', true, 12],
    ['never depth(orders) == 5', false, 5],
    ['never depth(orders) == 6', true, 5],
    ['sometimes depth(orders) > 10', true, 12],
    ['sometimes depth(orders) > 12', false, 12],
    ['eventually depth(orders) == 0', true, 0],
    ['eventually depth(orders) > 0', false, 0],
    ['always 20 > depth(orders)', true, 12],
  ])('%s', (text, pass, measured) => {
    expect(watched(text, HUMP, 40)).toEqual({ text, pass, measured, unit: 'count' });
  });

  test('what comes and goes within one instant was never there', () => {
    const steps: readonly Step[] = [
      [10, DEPTH, 100],
      [10, DEPTH, 1],
    ];
    expect(watched('always depth(orders) <= 1', steps, 40).pass).toBe(true);
    expect(watched('sometimes depth(orders) == 100', steps, 40).pass).toBe(false);
  });

  test('a sum of two levels never sees one of them changed alone', () => {
    const steps: readonly Step[] = [
      [10, DEPTH, 1],
      [20, DEPTH, 0],
      [20, 'inFlight(orders)', 1],
      [30, 'inFlight(orders)', 0],
    ];
    expect(
      watched('always depth(orders) + inFlight(orders) >= 1 during 10s..30s', steps, 40).pass,
    ).toBe(true);
  });

  test('what happens at the last instant counts', () => {
    const steps: readonly Step[] = [
      [10, DEPTH, 5],
      [40, DEPTH, 0],
    ];
    expect(watched('eventually depth(orders) == 0', steps, 40).pass).toBe(true);
    expect(watched('never depth(orders) == 5', steps, 40).pass).toBe(false);
  });

  test('moments without a figure are left out', () => {
    const steps: readonly Step[] = [
      [10, 'owed(workers)', 100],
      [20, 'duplicates(workers)', 1],
    ];
    const always = watched('always duplicates(workers) < 2%', steps, 30);
    expect(always).toMatchObject({ pass: true, measured: 0.01, unit: 'share' });
    expect(watched('always duplicates(workers) < 2%', [], 30)).toMatchObject({
      pass: false,
      measured: null,
    });
  });
});

describe('windows', () => {
  test.each([
    ['always depth(orders) < 12 before 20s', true, 5],
    ['always depth(orders) < 12 before 20.1s', false, 12],
    ['always depth(orders) < 12 during 5s..20s', true, 5],
    ['always depth(orders) > 0 during 10s..30s', true, 5],
    ['always depth(orders) == 0 after 30s', true, 0],
    ['always depth(orders) == 0 after 29.9s', false, 12],
    ['sometimes depth(orders) == 12 during 25s..26s', true, 12],
    ['eventually depth(orders) == 12 before 25s', true, 12],
    ['depth(orders).max < 10 before 20s', true, 5],
    ['depth(orders).mean == 8.5 during 10s..30s', true, 8.5],
    ['depth(orders).min == 0 during 5s..25s', true, 0],
    ['depth(orders).end == 12 during 5s..25s', true, 12],
    ['depth(orders).max < 10 after 50s', false, null],
    ['always depth(orders) < 10 after 50s', false, null],
  ])('%s', (text, pass, measured) => {
    expect(watched(text, HUMP, 40)).toMatchObject({ pass, measured });
  });

  test.each([
    ['requests(orders) == 3 before 20s', true, 3],
    ['requests(orders) == 4 during 20s..30s', true, 4],
    ['requests(orders) == 0 during 21s..30s', true, 0],
    ['requests(orders) == 9 after 20s', true, 9],
    ['never requests(orders) > 5 after 30s', true, 5],
    ['never requests(orders) > 5 after 20s', false, 9],
    ['requests(orders) / 10s == 0.4/s during 20s..30s', true, 0.4],
  ])('counts are counted from the beginning of the window: %s', (text, pass, measured) => {
    const count = 'requests(orders)';
    const steps: readonly Step[] = [
      [10, count, 3],
      [20, count, 7],
      [30, count, 11],
      [40, count, 12],
    ];
    expect(watched(text, steps, 40)).toMatchObject({ pass, measured });
  });
});

test('nobody is watched where no line has a mode or a window', () => {
  const monitors = new Monitors({ now: 0 }, [expectation('lost == 0')], {
    reader: () => () => 0,
    lookAt: () => {},
  });
  expect(monitors.isEmpty).toBe(true);
});

test('the modes agree with a plain search over the path', () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 }));
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 12 }),
      fc.integer({ min: 0, max: 4 }),
      (drawn, bound) => {
        const sorted = [...drawn].sort((a, b) => a[0] - b[0]);
        const steps = sorted.map(([at, value]): Step => [at, DEPTH, value]);
        const at = (second: number): number =>
          sorted.filter(([when]) => when <= second).at(-1)?.[1] ?? 0;
        const path = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(at);
        const run = (mode: string): boolean =>
          watched(`${mode} depth(orders) <= ${bound}`, steps, 10).pass;
        expect(run('always')).toBe(path.every((value) => value <= bound));
        expect(run('never')).toBe(!path.some((value) => value <= bound));
        expect(run('sometimes')).toBe(path.some((value) => value <= bound));
        expect(run('eventually')).toBe(path[9] <= bound);
        const max = watched('depth(orders).max < 99 before 10s', steps, 10);
        expect(max.measured).toBe(Math.max(...path));
      },
    ),
    { numRuns: 200 },
  );
});
