/** What the tests of random numbers measure with. Seeds are fixed: a result is right or wrong for good. */

/**
 * The Kolmogorov-Smirnov distance of `sample` from a continuous distribution function, times the
 * root of the sample size: above 1.95 once in a thousand samples.
 */
export function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = cdf(x);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  });
  return distance * Math.sqrt(n);
}

/** How many standard errors the mean of `sample` lies from `mean`. */
export function meanError(sample: ArrayLike<number>, mean: number): number {
  const values = Float64Array.from(sample);
  const n = values.length;
  const average = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - average) * (x - average), 0) / (n - 1);
  return Math.abs(average - mean) / Math.sqrt(variance / n);
}

/** `count` draws. */
export function draws(count: number, draw: () => number): Float64Array {
  return new Float64Array(count).map(draw);
}

/** The statistic of Pearson's chi-squared test against equal shares, made normal(0, 1). */
export function chiSquared(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = total / counts.length;
  const statistic = counts.reduce(
    (sum, count) => sum + ((count - share) * (count - share)) / share,
    0,
  );
  const freedom = counts.length - 1;
  return (statistic - freedom) / Math.sqrt(2 * freedom);
}
