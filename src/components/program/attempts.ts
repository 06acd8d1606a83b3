/**
 * Further attempts of a program's calls: how long it waits for an answer, and whether and when it tries again.
 * Each process has a quota of its own (client/retry.ts), which nobody looks at before its first failure.
 */

import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { RetryOptions } from '../client/retry.js';
import { GIVE_UP, RetryPolicy } from '../client/retry.js';
import { CallError } from '../port.js';

/** How a caller behaves, out of its `client`. */
export interface CallerOptions {
  /** How long each attempt waits for its answer, µs; Infinity: for good. */
  readonly timeout: Micros;
  /** null: nothing is tried again. */
  readonly retry: RetryOptions | null;
}

/** How one request has gone so far; kept in the row of whoever makes it. */
export interface Tried {
  /** The process. */
  readonly worker: Int32Array;
  /** Attempts that have failed. */
  readonly tries: Uint8Array;
  /** With `tries` above 0: why the last one failed, and how long the client then paused, µs. */
  readonly lastError: Uint8Array;
  readonly pause: Float64Array;
}

export class Attempts {
  readonly timeout: Micros;
  /** By process, from its first failure on. */
  private readonly policies: (RetryPolicy | undefined)[] = [];

  /** `key`: of the draws of pauses. */
  constructor(
    private readonly options: CallerOptions,
    private readonly key: MarkKey,
  ) {
    this.timeout = options.timeout;
  }

  /** A request is made: its first attempt. */
  begun(table: Tried, row: number): void {
    table.tries[row] = 0;
    if (this.policies.length > 0) this.policies[table.worker[row]]?.begun(0);
  }

  succeeded(table: Tried, row: number): void {
    if (this.policies.length === 0) return;
    const lastError = table.tries[row] === 0 ? CallError.None : table.lastError[row];
    this.policies[table.worker[row]]?.succeeded(0, lastError);
  }

  /** An attempt failed: the pause before the next one, µs, or GIVE_UP. `u`: see `draw`. */
  failed(table: Tried, row: number, error: number, u: number): Micros {
    const { retry } = this.options;
    if (retry === null) return GIVE_UP;
    const policy = (this.policies[table.worker[row]] ??= new RetryPolicy(retry));
    const tries = table.tries[row];
    const pause = policy.delay(tries, error, u, tries === 0 ? 0 : table.pause[row]);
    if (pause === GIVE_UP) return GIVE_UP;
    table.tries[row] = tries + 1;
    table.lastError[row] = error;
    table.pause[row] = pause;
    return pause;
  }

  /** The draw of a pause. `n`: the number of the call. */
  draw(mark0: number, mark1: number, n: number): number {
    return this.key.u53(mark0, mark1, n);
  }

  /** The process is gone, and its quota with it. */
  forget(worker: number): void {
    if (worker < this.policies.length) this.policies[worker] = undefined;
  }
}

/** Whether a later attempt may go well: nothing about the request itself was wrong. */
export function isPassing(error: number): boolean {
  return (
    error === CallError.Throttled ||
    error === CallError.KeyThrottled ||
    error === CallError.Unavailable ||
    error === CallError.Timeout ||
    error === CallError.NoConnection
  );
}
