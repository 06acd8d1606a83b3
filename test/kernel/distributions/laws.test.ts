// What holds for every family of distributions.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distribution, drawMicros } from '../../../src/kernel/distributions/distribution.js';
import type { Distribution } from '../../../src/kernel/distributions/distribution.js';
import { distributionProblem } from '../../../src/kernel/distributions/problem.js';
import { Stream } from '../../../src/kernel/random/streams.js';
import { draws, meanError } from '../support/statistics.js';
import { FAMILIES } from './families.js';

const TOP = 1 - 1 / 9007199254740992;
const uniform = fc.oneof(
  fc.maxSafeNat().map((n) => n / 9007199254740992),
  fc.double({ min: 0, max: 0.001, noNaN: true }),
  fc.double({ min: 0, max: 0.001, noNaN: true }).map((u) => Math.min(TOP, 1 - u)),
  fc.constantFrom(0, 0.5, 0.25, 0.75, 0.9, 0.95, 0.99, 0.98, TOP),
);

/** How far the fast quantile and a value may lie apart. */
function isNear(x: number, y: number, relative: number): boolean {
  return Math.abs(x - y) <= relative * Math.max(Math.abs(x), Math.abs(y)) + 1e-12;
}

/** The mean by the trapezoid rule, in steps that shrink towards the upper end. */
function integratedMean(d: Distribution): number {
  let sum = 0;
  for (let from = 0, step = 1 / 4096; from < 1; from += step) {
    if (1 - from < 512 * step) step /= 2;
    if (step < 1 / 2251799813685248) break;
    sum +=
      (step * (d.quantile(from) + 4 * d.quantile(from + step / 2) + d.quantile(from + step))) / 6;
  }
  return sum;
}

describe.each(FAMILIES)('%s', (_, spec) => {
  const d = distribution(spec);

  test('has no problem', () => {
    expect(distributionProblem(spec)).toBe('');
  });

  test('its quantile never falls, and stays between min and max', () => {
    fc.assert(
      fc.property(uniform, uniform, (u, v) => {
        const low = d.quantile(Math.min(u, v));
        const high = d.quantile(Math.max(u, v));
        return (low <= high || isNear(low, high, 1e-13)) && low >= d.min && high <= d.max;
      }),
      { numRuns: 500 },
    );
  });

  test('its quantile never falls from one uniform number to the next', () => {
    let before = d.quantile(0);
    let falls = 0;
    for (let i = 1; i < 20_000; i++) {
      const next = d.quantile(i / 20_000);
      if (next < before && !isNear(next, before, 1e-13)) falls++;
      before = next;
    }
    expect(falls).toBe(0);
  });

  test('its distribution function undoes its quantile', () => {
    fc.assert(
      fc.property(uniform, (u) => {
        const x = d.quantile(u);
        // Just above x at least u lies below, just below x at most u: also where it jumps.
        const width = 2e-5 * Math.abs(x) + 1e-12;
        return d.cdf(x + width) >= u - 1e-12 && d.cdf(x - width) <= u + 1e-12;
      }),
      { numRuns: 300 },
    );
  });

  test('its mean is the integral of its quantile', () => {
    expect(isNear(d.mean, integratedMean(d), 2e-4)).toBe(true);
  });

  test('its draws have its mean', () => {
    const stream = new Stream(71, 72, 73, 74);
    const sample = draws(20_000, () => d.quantile(stream.uniform()));
    if (d.min === d.max) expect(sample.every((x) => x === d.mean)).toBe(true);
    else expect(meanError(sample, d.mean)).toBeLessThan(4);
  });

  test('scaled, all its values are multiplied', () => {
    const scaled = d.scaled(2.5);
    for (const [x, y] of [
      [scaled.mean, d.mean],
      [scaled.min, d.min],
      [scaled.max, d.max],
    ]) {
      expect(x === y * 2.5 || isNear(x, y * 2.5, 1e-9)).toBe(true);
    }
    fc.assert(fc.property(uniform, (u) => isNear(scaled.quantile(u), d.quantile(u) * 2.5, 1e-5)));
  });

  test('drawn in microseconds it is a whole number, 0 or more', () => {
    fc.assert(
      fc.property(uniform, (u) => {
        const micros = drawMicros(d, u);
        const isNearest = Math.abs(micros - Math.max(0, d.quantile(u))) <= 0.5;
        return Number.isSafeInteger(micros) && micros >= 0 && isNearest;
      }),
    );
  });
});
