/** Plain numbers: counts, which are whole, and any number (a threshold, a bound of a step). */

import type { Read } from './problem.js';
import { show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import { splitQuantity } from './units.js';

const LARGEST = Number.MAX_SAFE_INTEGER;

export interface CountOptions extends Docs {
  readonly min?: number;
  readonly max?: number;
  readonly awsError?: string;
}

export function readCount(options: CountOptions): Read<number> {
  return (written, refuse) => {
    const found = show(written);
    const allowed = `a whole number ${countRange(options)}`;
    if (typeof written !== 'number') {
      const parts = typeof written === 'string' ? splitQuantity(written) : undefined;
      if (parts === undefined) return refuse({ code: 'wrong-kind', found, allowed });
      return refuse({ code: 'wrong-unit', found, allowed, nearest: parts.digits });
    }
    if (!Number.isFinite(written)) return refuse({ code: 'out-of-range', found, allowed });
    if (!Number.isInteger(written)) {
      return refuse({ code: 'not-whole', found, allowed, nearest: String(Math.round(written)) });
    }
    const min = options.min ?? 0;
    const max = options.max ?? LARGEST;
    if (written >= min && written <= max) return written === 0 ? 0 : written;
    const error = options.awsError === undefined ? {} : { awsError: options.awsError };
    return refuse({
      code: 'out-of-range',
      found,
      allowed,
      ...error,
      nearest: String(written < min ? min : max),
    });
  };
}

function countRange(options: CountOptions): string {
  const min = options.min ?? 0;
  return options.max === undefined ? `of ${min} or more` : `${min}..${options.max}`;
}

/** A whole number. */
export function count(options: CountOptions = {}) {
  const shape: Record<string, unknown> = {
    type: 'integer',
    minimum: options.min ?? 0,
    'x-range': countRange(options),
  };
  if (options.max !== undefined) shape['maximum'] = options.max;
  return setting(readCount(options), shape, options);
}

export function readNumber(options: CountOptions): Read<number> {
  return (written, refuse) => {
    const found = show(written);
    const range =
      options.min === undefined && options.max === undefined ? '' : ` ${numberRange(options)}`;
    const allowed = `a number${range}`;
    if (typeof written !== 'number') {
      const parts = typeof written === 'string' ? splitQuantity(written) : undefined;
      if (parts === undefined) return refuse({ code: 'wrong-kind', found, allowed });
      return refuse({ code: 'wrong-unit', found, allowed, nearest: parts.digits });
    }
    const inside = written >= (options.min ?? -LARGEST) && written <= (options.max ?? LARGEST);
    if (inside) return written === 0 ? 0 : written;
    const error = options.awsError === undefined ? {} : { awsError: options.awsError };
    return refuse({ code: 'out-of-range', found, allowed, ...error });
  };
}

function numberRange(options: CountOptions): string {
  if (options.max === undefined) return `of ${options.min} or more`;
  return `${options.min ?? 'at most '}..${options.max}`;
}

/** Any number, whole or not (a threshold, a bound of a step). */
export function number(options: CountOptions = {}) {
  return setting(readNumber(options), { type: 'number' }, options);
}
