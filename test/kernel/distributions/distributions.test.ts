// What is particular to one family, or to drawing.
import { describe, expect, test } from 'vitest';
import { BugError } from '../../../src/kernel/check.js';
import { Clamped } from '../../../src/kernel/distributions/clamped.js';
import {
  distribution,
  drawMicros,
  LONGEST_DRAW,
} from '../../../src/kernel/distributions/distribution.js';
import type { DistributionSpec } from '../../../src/kernel/distributions/distribution.js';
import { Gamma } from '../../../src/kernel/distributions/gamma.js';
import { Mixture } from '../../../src/kernel/distributions/mixture.js';
import { distributionProblem } from '../../../src/kernel/distributions/problem.js';
import { FAMILIES } from './families.js';

/** The variance by a midpoint sum over the quantile. */
function variance(spec: DistributionSpec): number {
  const d = distribution(spec);
  let sum = 0;
  for (let i = 0; i < 200_000; i++) {
    const distance = d.quantile((i + 0.5) / 200_000) - d.mean;
    sum += distance * distance;
  }
  return sum / 200_000;
}

describe('families', () => {
  test('a lognormal goes through its two quantiles', () => {
    const d = distribution({ kind: 'lognormal', p50: 80, p99: 900 });
    expect(d.quantile(0.5)).toBe(80);
    expect(d.quantile(0.99)).toBeCloseTo(900, 9);
  });

  test.each<[number, DistributionSpec]>([
    [0.8, { kind: 'lognormal', mean: 50, cv: 0.8 }],
    [0.3, { kind: 'gamma', mean: 50, cv: 0.3 }],
    [1.4, { kind: 'gamma', mean: 50, cv: 1.4 }],
    [1.5, { kind: 'hyperexponential', mean: 50, cv: 1.5 }],
    [1, { kind: 'hyperexponential', mean: 50, cv: 1 }],
    [1, { kind: 'weibull', mean: 50, shape: 1 }],
  ])('has the coefficient of variation %d', (cv, spec) => {
    expect(Math.sqrt(variance(spec)) / 50 / cv).toBeGreaterThan(0.985);
    expect(Math.sqrt(variance(spec)) / 50 / cv).toBeLessThan(1.001);
  });

  test('stated quantiles are kept, with log-linear values between', () => {
    const d = distribution({
      kind: 'quantiles',
      probabilities: [0.1, 0.5, 0.9],
      values: [2, 8, 32],
    });
    expect([0, 0.1, 0.5, 0.9].map((u) => d.quantile(u))).toEqual([1.6, 2, 8, 32]);
    expect([d.quantile(0.3), d.quantile(0.7)].map((x) => x.toFixed(9))).toEqual([
      '4.000000000',
      '16.000000000',
    ]);
    expect([d.min, d.max]).toEqual([1.6, 96]);
  });

  test('quantiles from 0 are linear there, and p0 and p100 may be stated', () => {
    const spec: DistributionSpec = {
      kind: 'quantiles',
      probabilities: [0, 0.5, 1],
      values: [0, 10, 10],
    };
    const d = distribution(spec);
    expect([0, 0.25, 0.5, 0.75].map((u) => d.quantile(u))).toEqual([0, 5, 10, 10]);
    expect(d.mean).toBe(7.5);
  });

  test('samples are drawn equally often, in order', () => {
    const d = distribution({ kind: 'samples', values: [5, 1, 3, 3] });
    expect([0, 0.24, 0.25, 0.7, 0.75, 0.99].map((u) => d.quantile(u))).toEqual([1, 1, 3, 3, 5, 5]);
    expect(d.mean).toBe(3);
  });

  test('a mixture of constants jumps where the weights say', () => {
    const d = distribution({
      kind: 'mixture',
      weights: [98, 0, 2],
      components: [
        { kind: 'constant', value: 10 },
        { kind: 'constant', value: 1e6 },
        { kind: 'constant', value: 500 },
      ],
    });
    const drawn = [0, 0.5, 0.97999, 0.98001, 0.999999].map((u) => drawMicros(d, u));
    expect(drawn).toEqual([10, 10, 10, 500, 500]);
    expect([d.min, d.max]).toEqual([10, 500]);
  });

  test('tables are within 1e-5 of what they stand for', () => {
    const mixtures = [
      [0.98, 0.02],
      [0.5, 0.5],
      [0.999, 0.001],
    ].map(
      (weights) =>
        new Mixture(weights, [
          distribution({ kind: 'lognormal', p50: 80, p99: 300 }),
          distribution({ kind: 'exponential', mean: 4000 }),
        ]),
    );
    // Of scale 1, as `solve` has it.
    const gammas = [0.01, 0.2, 1, 2].map((cv) => new Gamma(1 / (cv * cv), cv));
    for (const tabled of [...mixtures, ...gammas]) {
      let worst = 0;
      for (let i = 0; i < 3000; i++) {
        const u = (i + 0.5) / 3000;
        const exact = tabled.solve(u);
        worst = Math.max(worst, Math.abs(tabled.quantile(u) - exact) / exact);
      }
      expect(worst).toBeLessThan(1e-5);
    }
  });
});

describe('cut-offs', () => {
  test('clamp, so that what lies between them stays', () => {
    const whole = distribution({ kind: 'lognormal', p50: 80, p99: 900 });
    const cut = distribution({ kind: 'lognormal', p50: 80, p99: 900, atLeast: 20, atMost: 1000 });
    for (const u of [0.2, 0.5, 0.9, 0.99]) expect(cut.quantile(u)).toBe(whole.quantile(u));
    expect([cut.quantile(0), cut.quantile(0.9999), cut.min, cut.max]).toEqual([20, 1000, 20, 1000]);
  });

  test('the mean counts them: closed forms', () => {
    const mean = (spec: DistributionSpec): number => distribution(spec).mean;
    expect(mean({ kind: 'exponential', mean: 5, atMost: 10 })).toBeCloseTo(
      5 * (1 - Math.exp(-2)),
      8,
    );
    expect(mean({ kind: 'exponential', mean: 5, atLeast: 4 })).toBeCloseTo(
      4 + 5 * Math.exp(-0.8),
      8,
    );
    expect(mean({ kind: 'pareto', min: 1, shape: 0.5, atMost: 100 })).toBeCloseTo(19, 6);
    expect(mean({ kind: 'normal', mean: 0, sd: 1, atLeast: 0 })).toBeCloseTo(
      1 / Math.sqrt(2 * Math.PI),
      8,
    );
    expect(mean({ kind: 'normal', mean: 0, sd: 1, atMost: 0 })).toBeCloseTo(
      -1 / Math.sqrt(2 * Math.PI),
      8,
    );
    expect(mean({ kind: 'samples', values: [1, 2, 30], atMost: 6 })).toBeCloseTo(3, 8);
  });

  test('that cut nothing cost nothing', () => {
    expect(
      distribution({ kind: 'uniform', min: 1, max: 2, atLeast: 0, atMost: 2 }),
    ).not.toBeInstanceOf(Clamped);
  });
});

describe('drawing', () => {
  test('rounds half up, to 0 or more, and to a limit', () => {
    const draw = (value: number): number =>
      drawMicros(distribution({ kind: 'constant', value }), 0.5);
    expect([0.49, 0.5, 1.5, 2.5, -3, -0.5, 1e30].map(draw)).toEqual([
      0,
      1,
      2,
      3,
      0,
      0,
      LONGEST_DRAW,
    ]);
    expect(Object.is(draw(-0.2), 0)).toBe(true);
  });
});

test('frozen draws: may be wrong, but must not change without a line under "Results"', () => {
  const drawn = FAMILIES.map(([name, spec]) => {
    const d = distribution(spec);
    return [name, d.mean, d.quantile(0.3), d.quantile(0.9973)].join(' ');
  });
  expect(drawn).toMatchInlineSnapshot(`
    [
      "constant 12 12 12",
      "constant 0 0 0 0",
      "uniform 7 5.4 10.9784",
      "exponential 250000 89168.73598468311 1478625.8764929601",
      "normal 100 92.1339923093794 141.73225680676904",
      "normal without spread 100 100 100",
      "lognormal by quantiles 137449.7953432366 46359.77991600979 1446090.2028209534",
      "lognormal by mean 50 27.000074915050988 276.3009182961663",
      "lognormal without spread 5 5 5",
      "gamma, cv 0.1 40 37.80971993188138 52.028586259265495",
      "gamma, cv 0.7 40 22.141758094858023 160.86881538305033",
      "gamma, cv 2 40 0.8786078210635166 563.2371895015838",
      "weibull, shape 0.7 9 1.6302671749104456 90.07614112317643",
      "weibull, shape 3 9 7.1475721625439315 18.226660855070275",
      "pareto 2.8 2.2145612606017187 10.837423953709948",
      "hyperexponential 7 1.4678487781746434 155.83086282358926",
      "hyperexponential, cv 1 7 2.4967245783226826 41.401525500549226",
      "quantiles 8.656419106377912 3.162277660168379 111.49837046791693",
      "quantiles from 0 4.6190148741955515 0 19.691704223372476",
      "samples 185 3 900",
      "mixture of lognormals 195.37628926439163 59.98164110750244 6607.089380876585",
      "mixture with steps 14.833333333333334 10.000000000000014 40",
      "clamped below 10.40469494648749 5.804795898335675 32.25720363027682",
      "clamped above 119.73213443402615 46.3597799160098 400",
      "clamped on both sides 5.260022036081926 2 20",
      "clamped pareto without a mean 10.952623152187012 1.486323309963237 714.5625678039422",
      "clamped to one value 3 3 3",
    ]
  `);
});

describe('problems', () => {
  const cases: readonly [string, DistributionSpec][] = [
    ['finite', { kind: 'constant', value: NaN }],
    ['finite', { kind: 'samples', values: [1, Infinity] }],
    ['finite', { kind: 'uniform', min: 0, max: 1, atMost: Infinity }],
    ['max must not', { kind: 'uniform', min: 2, max: 1 }],
    ['mean must', { kind: 'exponential', mean: 0 }],
    ['sd must', { kind: 'normal', mean: 1, sd: -1 }],
    ['p50 must', { kind: 'lognormal', p50: 0, p99: 1 }],
    ['p99 must', { kind: 'lognormal', p50: 2, p99: 1 }],
    ['cv must', { kind: 'lognormal', mean: 2, cv: -1 }],
    ['cv must', { kind: 'gamma', mean: 2, cv: 0 }],
    ['mean must', { kind: 'gamma', mean: -2, cv: 1 }],
    ['shape must', { kind: 'weibull', mean: 2, shape: 0 }],
    ['min must', { kind: 'pareto', min: 0, shape: 2 }],
    ['no mean', { kind: 'pareto', min: 1, shape: 1 }],
    ['shape must', { kind: 'pareto', min: 1, shape: 0, atMost: 5 }],
    ['cv must', { kind: 'hyperexponential', mean: 1, cv: 0.5 }],
    ['at least one quantile', { kind: 'quantiles', probabilities: [], values: [] }],
    ['one value', { kind: 'quantiles', probabilities: [0.5], values: [1, 2] }],
    ['between p0', { kind: 'quantiles', probabilities: [1.5], values: [1] }],
    ['negative', { kind: 'quantiles', probabilities: [0.5], values: [-1] }],
    ['rising order', { kind: 'quantiles', probabilities: [0.5, 0.5], values: [1, 2] }],
    ['must not fall', { kind: 'quantiles', probabilities: [0.5, 0.9], values: [2, 1] }],
    ['at least one value', { kind: 'samples', values: [] }],
    ['at least one part', { kind: 'mixture', weights: [], components: [] }],
    [
      'one weight',
      { kind: 'mixture', weights: [1, 2], components: [{ kind: 'constant', value: 1 }] },
    ],
    [
      'not be negative',
      { kind: 'mixture', weights: [-1], components: [{ kind: 'constant', value: 1 }] },
    ],
    ['above 0', { kind: 'mixture', weights: [0], components: [{ kind: 'constant', value: 1 }] }],
    [
      'mean must',
      { kind: 'mixture', weights: [1], components: [{ kind: 'exponential', mean: 0 }] },
    ],
    ['upper cut-off', { kind: 'constant', value: 1, atLeast: 2, atMost: 1 }],
  ];

  test.each(cases)('%s: %o', (words, spec) => {
    expect(distributionProblem(spec)).toContain(words);
    expect(() => distribution(spec)).toThrow(BugError);
  });
});
