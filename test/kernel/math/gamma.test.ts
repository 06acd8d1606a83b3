import { describe, expect, test } from 'vitest';
import { gammaCdf } from '../../../src/kernel/math/gamma-cdf.js';
import { gammaQuantile } from '../../../src/kernel/math/gamma-quantile.js';
import { lnGamma } from '../../../src/kernel/math/ln-gamma.js';

// Computed with mpmath at 60 digits.
const LN_GAMMA: readonly [number, number][] = [
  [0.001, 6.9071788853838536617],
  [0.1, 2.252712651734205902],
  [0.5, 0.57236494292470008707],
  [1, 0],
  [1.5, -0.12078223763524522235],
  [2, 0],
  [3.7, 1.4280723266653881292],
  [12, 17.502307845873885839],
  [50, 144.56574394634488601],
  [1e4, 82099.717496442377273],
];
const CDF: readonly [number, number, number][] = [
  [0.001, 0.001, 0.9936876467088602901],
  [0.1, 0.5, 0.94140244589013351866],
  [0.5, 0.1, 0.34527915398142297956],
  [0.5, 8, 0.99993665751633376016],
  [1, 1, 0.6321205588285576784],
  [2.5, 2.5, 0.58411981300449207972],
  [11.9, 10, 0.31383294541226851691],
  [12.1, 10, 0.29280835618302823209],
  [12.1, 30, 0.99992938959006462624],
  [100, 90, 0.1582209891864301681],
  [100, 101.5, 0.57242694631653337414],
  [1e4, 9900, 0.15865119219356465696],
  [1e4, 1.02e4, 0.97671267786640119605],
];

test.each(LN_GAMMA)('ln gamma of %d', (x, expected) => {
  const scale = Math.max(1, Math.abs(expected), x);
  expect(Math.abs(lnGamma(x) - expected) / scale).toBeLessThan(1e-14);
});

describe('the gamma distribution function', () => {
  test.each(CDF)('with shape %d at %d', (shape, x, p) => {
    expect(Math.abs(gammaCdf(shape, x) - p)).toBeLessThan(1e-13);
  });

  test('at the ends', () => {
    expect([gammaCdf(2, 0), gammaCdf(2, -1), gammaCdf(2, Infinity)]).toEqual([0, 0, 1]);
  });

  test('with shape 1 is exponential, and with a whole shape a Poisson sum', () => {
    for (let x = 0.05; x < 30; x += 0.05) {
      expect(Math.abs(gammaCdf(1, x) - (1 - Math.exp(-x)))).toBeLessThan(1e-14);
      const poisson = Math.exp(-x) * (1 + x + (x * x) / 2 + (x * x * x) / 6);
      expect(Math.abs(gammaCdf(4, x) - (1 - poisson))).toBeLessThan(1e-13);
    }
  });
});

describe('the gamma quantile', () => {
  const shapes = [0.05, 0.3, 0.9, 1, 1.7, 5, 11.99, 12, 80, 1e3, 1e4, 1e6];

  test.each(shapes)('undoes the distribution function with shape %d', (shape) => {
    for (const u of [1e-9, 1e-4, 0.01, 0.2, 0.5, 0.8, 0.99, 0.9999, 1 - 1e-9]) {
      expect(Math.abs(gammaCdf(shape, gammaQuantile(shape, u)) - u)).toBeLessThan(1e-13);
    }
  });

  test('at the ends, and where it is too small for a double', () => {
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, Infinity]);
    expect(gammaQuantile(0.001, 1e-9)).toBe(0);
  });
});
