/** One or more of every family of distributions, for the laws that hold for all. */
import type { DistributionSpec } from '../../../src/kernel/distributions/distribution.js';

export const FAMILIES: readonly (readonly [string, DistributionSpec])[] = [
  ['constant', { kind: 'constant', value: 12 }],
  ['constant 0', { kind: 'constant', value: 0 }],
  ['uniform', { kind: 'uniform', min: 3, max: 11 }],
  ['exponential', { kind: 'exponential', mean: 250_000 }],
  ['normal', { kind: 'normal', mean: 100, sd: 15 }],
  ['normal without spread', { kind: 'normal', mean: 100, sd: 0 }],
  ['lognormal by quantiles', { kind: 'lognormal', p50: 80_000, p99: 900_000 }],
  ['lognormal by mean', { kind: 'lognormal', mean: 50, cv: 0.8 }],
  ['lognormal without spread', { kind: 'lognormal', p50: 5, p99: 5 }],
  ['gamma, cv 0.1', { kind: 'gamma', mean: 40, cv: 0.1 }],
  ['gamma, cv 0.7', { kind: 'gamma', mean: 40, cv: 0.7 }],
  ['gamma, cv 2', { kind: 'gamma', mean: 40, cv: 2 }],
  ['weibull, shape 0.7', { kind: 'weibull', mean: 9, shape: 0.7 }],
  ['weibull, shape 3', { kind: 'weibull', mean: 9, shape: 3 }],
  ['pareto', { kind: 'pareto', min: 2, shape: 3.5 }],
  ['hyperexponential', { kind: 'hyperexponential', mean: 7, cv: 2.5 }],
  ['hyperexponential, cv 1', { kind: 'hyperexponential', mean: 7, cv: 1 }],
  [
    'quantiles',
    { kind: 'quantiles', probabilities: [0.1, 0.5, 0.9, 0.99], values: [2, 5, 15, 50] },
  ],
  [
    'quantiles from 0',
    { kind: 'quantiles', probabilities: [0.5, 0.9, 0.95, 1], values: [0, 15, 15, 20] },
  ],
  ['samples', { kind: 'samples', values: [7, 3, 3, 12, 900] }],
  [
    'mixture of lognormals',
    {
      kind: 'mixture',
      weights: [98, 2],
      components: [
        { kind: 'lognormal', p50: 80, p99: 300 },
        { kind: 'lognormal', p50: 5000, p99: 9000 },
      ],
    },
  ],
  [
    'mixture with steps',
    {
      kind: 'mixture',
      weights: [1, 2, 1],
      components: [
        { kind: 'constant', value: 10 },
        { kind: 'uniform', min: 5, max: 30 },
        { kind: 'samples', values: [1, 2, 40] },
      ],
    },
  ],
  ['clamped below', { kind: 'normal', mean: 10, sd: 8, atLeast: 0 }],
  ['clamped above', { kind: 'lognormal', p50: 80, p99: 900, atMost: 400 }],
  ['clamped on both sides', { kind: 'exponential', mean: 5, atLeast: 2, atMost: 20 }],
  ['clamped pareto without a mean', { kind: 'pareto', min: 1, shape: 0.9, atMost: 1000 }],
  ['clamped to one value', { kind: 'exponential', mean: 5, atLeast: 3, atMost: 3 }],
];
