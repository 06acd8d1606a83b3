import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCdf } from '../../../src/kernel/math/normal-cdf.js';
import { normalQuantile } from '../../../src/kernel/math/normal-quantile.js';

// Computed with mpmath at 40 and more digits.
const QUANTILES: readonly [number, number][] = [
  [1e-20, -9.2623400897984075796],
  [1e-12, -7.0344838253011319326],
  [0.000001, -4.7534243088228989573],
  [0.001, -3.0902323061678135354],
  [0.0749, -1.4402382675279636631],
  [0.075, -1.4395314709384559349],
  [0.25, -0.6744897501960817432],
  [0.9, 1.2815515655446005935],
  [0.99, 2.3263478740408407676],
  [0.999999, 4.7534243088170877657],
];
const PROBABILITIES: readonly [number, number][] = [
  [-38, 2.8854283600687843084e-316],
  [-20, 2.7536241186062336951e-89],
  [-8, 6.2209605742717841235e-16],
  [-7, 1.2798125438858350044e-12],
  [-3, 0.0013498980316300945267],
  [-1, 0.15865525393145705141],
  [-0.5, 0.30853753872598689636],
  [0, 0.5],
  [0.3, 0.61791142218895263307],
  [1, 0.84134474606854294859],
  [2.5, 0.99379033467422386483],
  [6, 0.99999999901341235496],
];

describe('the normal quantile', () => {
  test.each(QUANTILES)('at %d', (u, z) => {
    expect(Math.abs(normalQuantile(u) / z - 1)).toBeLessThan(2e-15);
  });

  test('at the ends and outside', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      -Infinity,
      0,
      Infinity,
    ]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });

  test('never falls, but for rounding', () => {
    const u = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(u, u, (x, y) => {
        const low = normalQuantile(Math.min(x, y));
        const high = normalQuantile(Math.max(x, y));
        return low <= high + 1e-14 * Math.abs(high);
      }),
    );
  });
});

describe('the normal distribution function', () => {
  test.each(PROBABILITIES)('at %d', (z, p) => {
    expect(Math.abs(normalCdf(z) - p)).toBeLessThan(2e-15);
    if (p > 1e-300) expect(Math.abs(normalCdf(z) / p - 1)).toBeLessThan(2e-8);
  });

  test('undoes the quantile', () => {
    for (let i = 1; i < 20_000; i++) {
      const u = i / 20_000;
      expect(Math.abs(normalCdf(normalQuantile(u)) - u)).toBeLessThan(1e-15);
    }
  });

  test('far out', () => {
    expect([normalCdf(-40), normalCdf(40)]).toEqual([0, 1]);
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
  });
});
