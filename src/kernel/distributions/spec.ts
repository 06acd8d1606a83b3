/**
 * Distributions as plain data: what a scenario says, in base units (microseconds, bytes, ...).
 */

/** Where draws are cut off: what would lie beyond takes the value of the cut-off itself. */
interface CutOffs {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

export type ConstantSpec = { readonly kind: 'constant'; readonly value: number };
export type UniformSpec = { readonly kind: 'uniform'; readonly min: number; readonly max: number };
export type ExponentialSpec = { readonly kind: 'exponential'; readonly mean: number };
export type NormalSpec = { readonly kind: 'normal'; readonly mean: number; readonly sd: number };
/** Through two quantiles, or by mean and coefficient of variation (sd divided by mean). */
export type LognormalSpec =
  | { readonly kind: 'lognormal'; readonly p50: number; readonly p99: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number };
export type GammaSpec = { readonly kind: 'gamma'; readonly mean: number; readonly cv: number };
export type WeibullSpec = {
  readonly kind: 'weibull';
  readonly mean: number;
  readonly shape: number;
};
export type ParetoSpec = { readonly kind: 'pareto'; readonly min: number; readonly shape: number };
export type HyperexponentialSpec = {
  readonly kind: 'hyperexponential';
  readonly mean: number;
  readonly cv: number;
};
/** `values[i]` is the quantile at `probabilities[i]` (0 to 1, rising). */
export type QuantilesSpec = {
  readonly kind: 'quantiles';
  readonly probabilities: readonly number[];
  readonly values: readonly number[];
};
/** Measured values, each equally likely, in any order. */
export type SamplesSpec = { readonly kind: 'samples'; readonly values: readonly number[] };
/** One of several distributions; `weights` need not add up to 1. */
export type MixtureSpec = {
  readonly kind: 'mixture';
  readonly weights: readonly number[];
  readonly components: readonly DistributionSpec[];
};

export type DistributionSpec = CutOffs &
  (
    | ConstantSpec
    | UniformSpec
    | ExponentialSpec
    | NormalSpec
    | LognormalSpec
    | GammaSpec
    | WeibullSpec
    | ParetoSpec
    | HyperexponentialSpec
    | QuantilesSpec
    | SamplesSpec
    | MixtureSpec
  );
