/**
 * Why a distribution cannot be built, in words for the person who wrote the scenario.
 */
import type { DistributionSpec, MixtureSpec, QuantilesSpec } from './spec.js';

/** The range of parameters within which the numerics are tested. */
const CV_MIN = 0.01;
const CV_MAX = 30;
const SHAPE_MIN = 0.1;
const SHAPE_MAX = 1000;

/** An empty string when `spec` can be built, else the reason why not. */
export function distributionProblem(spec: DistributionSpec): string {
  if (!everyNumberIsFinite(spec)) return 'every number of a distribution must be finite';
  return familyProblem(spec) || cutOffProblem(spec);
}

function everyNumberIsFinite(spec: DistributionSpec): boolean {
  for (const value of Object.values(spec) as unknown[]) {
    if (typeof value === 'number' && !Number.isFinite(value)) return false;
    if (Array.isArray(value) && value.some((v) => typeof v === 'number' && !Number.isFinite(v))) {
      return false;
    }
  }
  return true;
}

function familyProblem(spec: DistributionSpec): string {
  switch (spec.kind) {
    case 'constant':
      return '';
    case 'uniform':
      return spec.max >= spec.min ? '' : 'max must not be below min';
    case 'exponential':
      return positive('mean', spec.mean);
    case 'normal':
      return spec.sd >= 0 ? '' : 'sd must not be negative';
    case 'lognormal':
      return 'p50' in spec
        ? medianProblem(spec.p50, spec.p99)
        : meanCvProblem(spec.mean, spec.cv, 0);
    case 'gamma':
      return meanCvProblem(spec.mean, spec.cv, CV_MIN);
    case 'weibull':
      return positive('mean', spec.mean) || within('shape', spec.shape, SHAPE_MIN, SHAPE_MAX);
    case 'pareto':
      return positive('min', spec.min) || paretoShapeProblem(spec.shape, spec.atMost);
    case 'hyperexponential':
      return meanCvProblem(spec.mean, spec.cv, 1);
    case 'quantiles':
      return quantilesProblem(spec);
    case 'samples':
      return spec.values.length > 0 ? '' : 'samples must hold at least one value';
    case 'mixture':
      return mixtureProblem(spec);
  }
}

function cutOffProblem(spec: DistributionSpec): string {
  const { atLeast, atMost } = spec;
  if (atLeast === undefined || atMost === undefined || atLeast <= atMost) return '';
  return 'the upper cut-off must not be below the lower one';
}

function positive(name: string, value: number): string {
  return value > 0 ? '' : `${name} must be above 0`;
}

function within(name: string, value: number, min: number, max: number): string {
  return value >= min && value <= max ? '' : `${name} must lie between ${min} and ${max}`;
}

function medianProblem(p50: number, p99: number): string {
  if (!(p50 > 0)) return 'p50 must be above 0';
  return p99 >= p50 ? '' : 'p99 must not be below p50';
}

function meanCvProblem(mean: number, cv: number, cvMin: number): string {
  return positive('mean', mean) || within('cv', cv, cvMin, CV_MAX);
}

function paretoShapeProblem(shape: number, atMost: number | undefined): string {
  if (shape <= 1 && atMost === undefined) {
    return 'a pareto distribution with a shape of 1 or less has no mean: raise shape or set max';
  }
  return within('shape', shape, SHAPE_MIN, SHAPE_MAX);
}

function quantilesProblem(spec: QuantilesSpec): string {
  const { probabilities, values } = spec;
  if (probabilities.length === 0) return 'quantiles must name at least one quantile';
  if (probabilities.length !== values.length) return 'every quantile needs one value';
  for (let i = 0; i < values.length; i++) {
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      return 'quantiles lie between p0 and p100';
    }
    if (values[i] < 0) return 'the value of a quantile must not be negative';
    if (i === 0) continue;
    if (probabilities[i] <= probabilities[i - 1]) return 'quantiles must be listed in rising order';
    if (values[i] < values[i - 1]) return 'the values of quantiles must not fall';
  }
  return '';
}

function mixtureProblem(spec: MixtureSpec): string {
  const { weights, components } = spec;
  if (components.length === 0) return 'a mix must have at least one part';
  if (weights.length !== components.length) return 'every part of a mix needs one weight';
  if (weights.some((weight) => weight < 0)) return 'the weight of a part must not be negative';
  if (!weights.some((weight) => weight > 0)) return 'at least one part must have a weight above 0';
  for (const component of components) {
    const problem = distributionProblem(component);
    if (problem !== '') return problem;
  }
  return '';
}
