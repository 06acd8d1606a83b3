/**
 * Distributions, wherever a time, size or number is drawn (docs/scenario.md): a constant, `{ p50, p99 }`,
 * `{ quantiles }`, `{ samples }`, `{ mix }` or `{ dist, … }`.
 */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distributionProblem } from '../../kernel/distributions/problem.js';
import { isKnownKey } from './known-key.js';
import { nearestOf } from './nearest.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import { readNumber } from './numbers.js';
import { readFactor, readShare } from './rates.js';
import { readSize, readTime } from './scaled.js';
import { readSamples } from './samples.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';

/** What is drawn: µs, bytes, a plain number, or a factor. */
export type Drawn = 'duration' | 'size' | 'number' | 'factor';

export interface DistributionOptions extends Docs {
  /** Bounds of a constant, in the scenario's notation. */
  readonly min?: string;
  readonly max?: string;
}

type Written = Readonly<Record<string, unknown>>;

/** Reads one parameter; constants must be whole base units, parameters of shapes need not. */
function readerOf(of: Drawn, options: DistributionOptions, fractions: boolean): Read<number> {
  if (of === 'duration') return readTime({ ...options, fractions });
  if (of === 'size') return readSize({ ...options, fractions });
  if (of === 'factor') return readFactor(options);
  return readNumber({ min: 0 });
}

const EXAMPLE: Readonly<Record<Drawn, string>> = {
  duration: '80ms or { p50: 80ms, p99: 900ms }',
  size: '4KiB or { p50: 2KiB, p99: 40KiB }',
  number: '40 or { p50: 40, p99: 900 }',
  factor: '2x or { dist: uniform, min: 0.5x, max: 1.5x }',
};

/** Parameters of `dist:`: those of the thing drawn, and plain numbers. */
const SHAPES: Readonly<
  Record<string, { readonly drawn: readonly string[]; readonly plain: readonly string[] }>
> = {
  exponential: { drawn: ['mean'], plain: [] },
  uniform: { drawn: ['min', 'max'], plain: [] },
  normal: { drawn: ['mean', 'sd'], plain: [] },
  gamma: { drawn: ['mean'], plain: ['cv'] },
  lognormal: { drawn: ['mean'], plain: ['cv'] },
  hyperexponential: { drawn: ['mean'], plain: ['cv'] },
  weibull: { drawn: ['mean'], plain: ['shape'] },
  pareto: { drawn: ['min'], plain: ['shape'] },
};
const SHAPE_NAMES: readonly string[] = Object.keys(SHAPES);

const FORMS = ['p50', 'quantiles', 'samples', 'mix', 'dist'];

/** Reads any written distribution into its plain description. */
export function readDistribution(
  of: Drawn,
  options: DistributionOptions = {},
): Read<DistributionSpec> {
  return (written, refuse) => {
    if (isMap(written)) return readForm(of, options, written, refuse);
    const value = readerOf(of, options, false)(written, refuse);
    return value === undefined ? undefined : { kind: 'constant', value };
  };
}

function readForm(
  of: Drawn,
  options: DistributionOptions,
  written: Written,
  refuse: Refuse,
): DistributionSpec | undefined {
  const forms = FORMS.filter((form) => Object.hasOwn(written, form));
  if (forms.length !== 1) return refuseForm(of, written, forms, refuse);
  const form = forms[0];
  const spec = readOneForm(form, of, options, written, refuse);
  const known = keysOf(form, written);
  let ok = spec !== undefined;
  for (const key of Object.keys(written)) ok = isKnownKey(key, known, refuse) && ok;
  const bounds = readCutOffs(form, of, written, refuse);
  if (!ok || spec === undefined || bounds === undefined) return undefined;
  return checked({ ...spec, ...bounds }, written, refuse);
}

/** What the mathematics of each shape demands; a complaint that begins with a key is put at that key. */
function checked(
  spec: DistributionSpec,
  written: Written,
  refuse: Refuse,
): DistributionSpec | undefined {
  const problem = distributionProblem(spec);
  if (problem === '') return spec;
  const key = problem.slice(0, problem.indexOf(' '));
  if (!Object.hasOwn(written, key)) return refuse({ code: 'out-of-range', message: problem });
  return refuse({ code: 'out-of-range', found: show(written[key]), allowed: problem, path: [key] });
}

function refuseForm(
  of: Drawn,
  written: Written,
  forms: readonly string[],
  refuse: Refuse,
): undefined {
  const allowed = `a constant, { p50, p99 }, { quantiles }, { samples }, { mix } or { dist, … }: ${EXAMPLE[of]}`;
  if (forms.length > 1)
    return refuse({
      code: 'choice',
      found: forms.join(' and '),
      allowed: `exactly one of ${FORMS.join(' | ')}`,
    });
  const keys = Object.keys(written);
  if (keys.length === 0)
    return refuse({
      code: 'missing',
      message: 'an empty map says nothing about the distribution',
      allowed,
    });
  for (const key of keys) {
    const nearest = nearestOf(key, [...FORMS, 'p99']);
    if (nearest !== undefined && nearest !== key) {
      return refuse({
        code: 'unknown-key',
        found: key,
        allowed,
        nearest,
        path: [key],
        onKey: true,
      });
    }
  }
  return refuse({ code: 'choice', found: `{ ${keys.join(', ')} }`, allowed });
}

function keysOf(form: string, written: Written): readonly string[] {
  if (form === 'p50') return ['p50', 'p99', 'min', 'max'];
  if (form === 'samples') return ['samples', 'column', 'unit', 'min', 'max'];
  if (form !== 'dist') return [form, 'min', 'max'];
  const name = written['dist'];
  const shape = typeof name === 'string' && Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined;
  // After a misspelt shape its parameters are nobody's fault.
  if (shape === undefined) return Object.keys(written);
  return ['dist', ...shape.drawn, ...shape.plain, 'min', 'max'];
}

interface CutOffs {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** `min` and `max` beside any form; those of a uniform, and a Pareto's `min`, are its own parameters. */
function readCutOffs(
  form: string,
  of: Drawn,
  written: Written,
  refuse: Refuse,
): CutOffs | undefined {
  const read = readerOf(of, {}, true);
  const bounds: { atLeast?: number; atMost?: number } = {};
  const shape = form === 'dist' ? written['dist'] : undefined;
  const own = shape === 'uniform' ? ['min', 'max'] : shape === 'pareto' ? ['min'] : [];
  for (const key of ['min', 'max'] as const) {
    if (!Object.hasOwn(written, key) || own.includes(key)) continue;
    const value = read(written[key], below(refuse, key));
    if (value === undefined) return undefined;
    bounds[key === 'min' ? 'atLeast' : 'atMost'] = value;
  }
  if (
    bounds.atLeast !== undefined &&
    bounds.atMost !== undefined &&
    bounds.atLeast > bounds.atMost
  ) {
    return refuse({
      code: 'out-of-range',
      found: show(written['max']),
      allowed: `at least min (${show(written['min'])})`,
      path: ['max'],
    });
  }
  return bounds;
}

function readOneForm(
  form: string,
  of: Drawn,
  options: DistributionOptions,
  written: Written,
  refuse: Refuse,
): DistributionSpec | undefined {
  switch (form) {
    case 'p50':
      return readMedian(of, written, refuse);
    case 'quantiles':
      return readQuantiles(of, written['quantiles'], below(refuse, 'quantiles'));
    case 'samples':
      return readSamples(readerOf(of, {}, true), written, refuse);
    case 'mix':
      return readMix(of, options, written['mix'], below(refuse, 'mix'));
    default:
      return readShape(of, written, refuse);
  }
}

/** `{ p50, p99 }` is lognormal. */
function readMedian(of: Drawn, written: Written, refuse: Refuse): DistributionSpec | undefined {
  const read = readerOf(of, {}, true);
  const p50 = read(written['p50'], below(refuse, 'p50'));
  if (!Object.hasOwn(written, 'p99')) {
    if (Object.keys(written).some((key) => nearestOf(key, ['p99']) === 'p99' && key !== 'p50'))
      return undefined;
    return refuse({ code: 'missing', message: 'p50 without p99', allowed: EXAMPLE[of] });
  }
  const p99 = read(written['p99'], below(refuse, 'p99'));
  if (p50 === undefined || p99 === undefined) return undefined;
  return { kind: 'lognormal', p50, p99 };
}

const QUANTILE = /^p(\d{1,2}(?:\.\d{1,4})?|100)$/;

function readQuantiles(of: Drawn, written: unknown, refuse: Refuse): DistributionSpec | undefined {
  const allowed = 'a map such as { p10: 5ms, p50: 20ms, p99: 200ms }, growing, at least two';
  if (!isMap(written)) return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const read = readerOf(of, {}, true);
  const points: { q: number; value: number }[] = [];
  let ok = true;
  for (const [key, raw] of Object.entries(written)) {
    const match = QUANTILE.exec(key);
    if (match === null) {
      refuse({ code: 'unknown-key', found: key, allowed: 'p0 … p100', path: [key], onKey: true });
      ok = false;
      continue;
    }
    const value = read(raw, below(refuse, key));
    if (value === undefined) ok = false;
    else points.push({ q: Number(`${match[1]}e-2`), value });
  }
  if (!ok) return undefined;
  points.sort((a, b) => a.q - b.q);
  if (points.length < 2)
    return refuse({ code: 'missing', message: 'fewer than two quantiles', allowed });
  return {
    kind: 'quantiles',
    probabilities: points.map((point) => point.q),
    values: points.map((point) => point.value),
  };
}

const SHARE_SLACK = 1e-9;

function readMix(
  of: Drawn,
  options: DistributionOptions,
  written: unknown,
  refuse: Refuse,
): DistributionSpec | undefined {
  const allowed = 'a list such as [ { weight: 98%, value: 80ms }, { weight: 2%, value: 2s } ]';
  if (!Array.isArray(written) || written.length === 0)
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const parts: { weight: number; of: DistributionSpec }[] = [];
  let ok = true;
  written.forEach((item: unknown, i) => {
    const part = readPart(of, options, item, allowed, below(refuse, i));
    if (part === undefined) ok = false;
    else parts.push(part);
  });
  if (!ok) return undefined;
  const sum = parts.reduce((total, part) => total + part.weight, 0);
  if (Math.abs(sum - 1) > SHARE_SLACK) {
    return refuse({
      code: 'out-of-range',
      found: `weights of ${Number((sum * 100).toFixed(6))}% together`,
      allowed: '100%',
    });
  }
  return {
    kind: 'mixture',
    weights: parts.map((part) => part.weight),
    components: parts.map((part) => part.of),
  };
}

function readPart(
  of: Drawn,
  options: DistributionOptions,
  item: unknown,
  allowed: string,
  refuse: Refuse,
) {
  if (!isMap(item)) return refuse({ code: 'wrong-kind', found: show(item), allowed });
  const unknown = Object.keys(item).filter((key) => !isKnownKey(key, ['weight', 'value'], refuse));
  if (unknown.length > 0) return undefined;
  for (const key of ['weight', 'value']) {
    if (!Object.hasOwn(item, key))
      return refuse({ code: 'missing', message: `a part without ${key}`, allowed });
  }
  const weight = readShare({})(item['weight'], below(refuse, 'weight'));
  const value = readDistribution(of, options)(item['value'], below(refuse, 'value'));
  return weight === undefined || value === undefined ? undefined : { weight, of: value };
}

function readShape(of: Drawn, written: Written, refuse: Refuse): DistributionSpec | undefined {
  const name = written['dist'];
  const allowed = SHAPE_NAMES.join(' | ');
  if (typeof name !== 'string' || !Object.hasOwn(SHAPES, name)) {
    const near = typeof name === 'string' ? nearestOf(name, SHAPE_NAMES) : undefined;
    return refuse({
      code: 'choice',
      found: show(name),
      allowed,
      path: ['dist'],
      ...(near === undefined ? {} : { nearest: near }),
    });
  }
  const numbers: Record<string, number> = {};
  let ok = true;
  const take = (key: string, read: Read<number>): void => {
    if (!Object.hasOwn(written, key)) {
      refuse({
        code: 'missing',
        message: `${name} without ${key}`,
        allowed: `{ dist: ${name}, ${[...SHAPES[name].drawn, ...SHAPES[name].plain].join(', ')} }`,
      });
      ok = false;
      return;
    }
    const value = read(written[key], below(refuse, key));
    if (value === undefined) ok = false;
    else numbers[key] = value;
  };
  for (const key of SHAPES[name].drawn) take(key, readerOf(of, {}, true));
  for (const key of SHAPES[name].plain) take(key, readNumber({}));
  return ok ? specOf(name, numbers) : undefined;
}

function specOf(name: string, n: Readonly<Record<string, number>>): DistributionSpec {
  switch (name) {
    case 'exponential':
      return { kind: 'exponential', mean: n['mean'] };
    case 'uniform':
      return { kind: 'uniform', min: n['min'], max: n['max'] };
    case 'normal':
      return { kind: 'normal', mean: n['mean'], sd: n['sd'] };
    case 'gamma':
      return { kind: 'gamma', mean: n['mean'], cv: n['cv'] };
    case 'lognormal':
      return { kind: 'lognormal', mean: n['mean'], cv: n['cv'] };
    case 'hyperexponential':
      return { kind: 'hyperexponential', mean: n['mean'], cv: n['cv'] };
    case 'weibull':
      return { kind: 'weibull', mean: n['mean'], shape: n['shape'] };
    default:
      return { kind: 'pareto', min: n['min'], shape: n['shape'] };
  }
}

/** A distribution of times (µs), sizes (bytes), numbers or factors. */
export function distribution(of: Drawn, options: DistributionOptions = {}) {
  const shape = {
    anyOf: [{ type: ['string', 'number'] }, { type: 'object' }],
    'x-distribution': of,
  };
  return setting(readDistribution(of, options), shape, options);
}
