/**
 * Retries: whether and when a client tries a request again. One policy serves all processes of a client;
 * each has a quota of its own, so that it stops trying when nothing succeeds.
 *
 * The backoffs are those of M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
 */

import type { Micros } from '../../kernel/time.js';
import type { Backoff, RetryReason, RetrySpec } from '../settings/client.js';
import { CallError } from '../port.js';
import { BUDGET_RESERVE, SDK_RETRY } from './limits.js';

/** Reasons as bits. Never: an answer that would be the same again. */
const Reason = { Never: 0, Timeout: 1, Throttle: 2, ServerError: 4, Connection: 8 } as const;

const BITS: Readonly<Record<RetryReason, number>> = {
  timeout: Reason.Timeout,
  throttle: Reason.Throttle,
  serverError: Reason.ServerError,
  connection: Reason.Connection,
};

function reasonOf(error: number): number {
  switch (error) {
    case CallError.Timeout:
      return Reason.Timeout;
    case CallError.Throttled:
    case CallError.KeyThrottled:
      return Reason.Throttle;
    case CallError.Unavailable:
      return Reason.ServerError;
    case CallError.NoConnection:
      return Reason.Connection;
    default:
      return Reason.Never;
  }
}

/** Whether an attempt was refused because of a rate. */
export function isThrottle(error: number): boolean {
  return reasonOf(error) === Reason.Throttle;
}

export interface RetryOptions {
  /** The first included; 2 or more. */
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  readonly base: Micros;
  /** Instead of `base` after an attempt that was throttled. */
  readonly throttleBase: Micros;
  readonly cap: Micros;
  /** Bits of reasons. */
  readonly on: number;
  /** Tokens a process has at first, and at most; Infinity: retries are not rationed. */
  readonly quota: number;
  readonly cost: number;
  readonly throttleCost: number;
  /** For each first attempt that is made, and for each that succeeds. */
  readonly earnsByAttempt: number;
  readonly earnsBySuccess: number;
  /** A retry that succeeds gives back what it took. */
  readonly refunds: boolean;
}

/** What `client.retry` says; null: nothing is ever tried again. */
export function retryOptions(spec: RetrySpec): RetryOptions | null {
  if (spec === 'none') return null;
  if (spec === 'standard') {
    const { reward, ...standard } = SDK_RETRY.standard;
    return {
      ...EVERY_REASON,
      ...standard,
      earnsByAttempt: 0,
      earnsBySuccess: reward,
      refunds: true,
    };
  }
  if (spec === 'legacy') return { ...EVERY_REASON, ...SDK_RETRY.legacy, ...UNRATIONED };
  const { maxAttempts, backoff, base, cap, budget } = spec;
  if (maxAttempts === 1) return null;
  const on = spec.on.reduce((bits, reason) => bits | BITS[reason], 0);
  const rationed = budget === undefined ? UNRATIONED : budgetOf(budget);
  return { maxAttempts, backoff, base, throttleBase: base, cap, on, ...rationed };
}

const EVERY_REASON = {
  backoff: 'fullJitter',
  on: Reason.Timeout | Reason.Throttle | Reason.ServerError | Reason.Connection,
} as const;

const UNRATIONED = {
  quota: Infinity,
  cost: 0,
  throttleCost: 0,
  earnsByAttempt: 0,
  earnsBySuccess: 0,
  refunds: false,
} as const;

function budgetOf(share: number) {
  return {
    ...UNRATIONED,
    quota: BUDGET_RESERVE,
    cost: 1,
    throttleCost: 1,
    earnsByAttempt: share,
  } as const;
}

/** "There is no further attempt." */
export const GIVE_UP = -1;

export class RetryPolicy {
  /** What each process may still spend. */
  private tokens: Float64Array;
  /** Whether first attempts have to be told (`begun`). */
  readonly countsAttempts: boolean;

  constructor(
    readonly options: RetryOptions,
    processes = 1,
  ) {
    this.tokens = new Float64Array(processes).fill(options.quota);
    this.countsAttempts = options.earnsByAttempt > 0;
  }

  /** A process begins, with a quota of its own: where not all of them are known from the start. */
  open(process: number): void {
    const { tokens, options } = this;
    if (process >= tokens.length) {
      this.tokens = new Float64Array(2 * process + 1).fill(options.quota);
      this.tokens.set(tokens);
    }
    this.tokens[process] = options.quota;
  }

  /** Whether an attempt that may have had its effect is tried again. */
  get repeatsUnknown(): boolean {
    return (this.options.on & Reason.Timeout) !== 0;
  }

  /** Whether a request that failed so may be tried again at all. */
  isRetryable(error: number): boolean {
    return (this.options.on & reasonOf(error)) !== 0;
  }

  /** A process makes the first attempt of a request. */
  begun(process: number): void {
    this.earn(process, this.options.earnsByAttempt);
  }

  /**
   * An attempt failed after `retries` further ones: how long to wait for the next, µs, or GIVE_UP. `u` is
   * uniform in [0, 1); `previous` is the last wait of this request, 0 for none.
   */
  delay(retries: number, error: number, u: number, previous: Micros, process = 0): Micros {
    const { options, tokens } = this;
    const reason = reasonOf(error);
    if ((options.on & reason) === 0 || retries + 1 >= options.maxAttempts) return GIVE_UP;
    const cost = this.costOf(error);
    if (tokens[process] < cost) return GIVE_UP;
    tokens[process] -= cost;
    const base = reason === Reason.Throttle ? options.throttleBase : options.base;
    return backoffOf(options, base, retries, u, previous);
  }

  /** A request succeeded; `lastError` is why its last attempt but one failed, 0 when it was the first. */
  succeeded(process: number, lastError: number): void {
    if (lastError === CallError.None) this.earn(process, this.options.earnsBySuccess);
    else if (this.options.refunds) this.earn(process, this.costOf(lastError));
  }

  private costOf(error: number): number {
    return isThrottle(error) ? this.options.throttleCost : this.options.cost;
  }

  private earn(process: number, amount: number): void {
    const { tokens } = this;
    const most = this.options.quota;
    if (tokens[process] < most) tokens[process] = Math.min(most, tokens[process] + amount);
  }
}

/** The wait before further attempt number `retries` (from 0), µs; `base` is the first one's, before jitter. */
function backoffOf(
  { backoff, cap }: RetryOptions,
  base: Micros,
  retries: number,
  u: number,
  previous: Micros,
): Micros {
  if (backoff === 'none') return 0;
  if (backoff === 'decorrelatedJitter') {
    const most = 3 * Math.max(base, previous);
    return Math.min(cap, Math.round(base + u * (most - base)));
  }
  let whole = base;
  for (let i = 0; i < retries && whole < cap; i++) whole *= 2;
  whole = Math.min(cap, whole);
  if (backoff === 'exponential') return whole;
  return Math.round(backoff === 'fullJitter' ? u * whole : (whole / 2) * (1 + u));
}
