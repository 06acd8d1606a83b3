/** The client that makes the calls: checks what it was handed, acts at once, and turns refusals into answers. */

import { nearestOf } from '../../components/settings/nearest.js';
import { QUEUE_ERRORS } from '../../components/queue-port.js';
import { seconds } from '../result.js';
import type { AwsError } from './aws-errors.js';
import { Refusal } from './aws-errors.js';
import type { Call } from './call.js';
import { LiveCall } from './call.js';
import type { OperatedWorld } from './operated-world.js';

/** Why the model refused a call, in words that AWS would use. */
export type TextOf = (code: string) => string | undefined;

export class Client {
  constructor(readonly operated: OperatedWorld) {}

  /** Now, in seconds. */
  get now(): number {
    return seconds(this.operated.kernel.now);
  }

  /**
   * One operation: `start` acts and answers `live`, at once or when a call comes back. Refusals become the
   * answer. Keys that the operation does not have are the caller's own mistake, and thrown.
   */
  act<T>(
    operation: string,
    request: object,
    keys: readonly string[],
    start: (live: LiveCall<T>) => void,
  ): Call<T> {
    checkKeys(operation, request, keys);
    const live = new LiveCall<T>(this.now);
    try {
      start(live);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      live.fail(this.now, error);
    }
    this.operated.settle();
    return live;
  }

  /** An operation that is over at once. */
  actAtOnce<T>(
    operation: string,
    request: object,
    keys: readonly string[],
    value: () => T,
  ): Call<T> {
    return this.act<T>(operation, request, keys, (live) => live.succeed(this.now, value()));
  }

  /**
   * Sends a call row; when it is answered, `value` reads the row, unless it was refused: then `text` may
   * have AWS's words for it.
   */
  send<T>(row: number, live: LiveCall<T>, value: (row: number) => T, text: TextOf): void {
    const { calls } = this.operated.world;
    this.operated.go(row, (answered) => {
      const code = QUEUE_ERRORS[calls.error[answered]];
      if (code === '') live.succeed(this.now, value(answered));
      else live.fail(this.now, errorOf(code, text));
    });
  }
}

/** The model's code with AWS's text for it, or the code alone. */
export function errorOf(code: string, text: TextOf): AwsError {
  return { code, message: text(code) ?? TEXTS[code] ?? code };
}

const TEXTS: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'The specified queue does not exist.',
  OverLimit: 'Too many messages in flight.',
  ThrottlingException: 'Rate exceeded',
  AccessDenied: 'Access to the resource is denied.',
  KmsThrottled: 'The rate of requests to KMS was exceeded.',
};

/** Throws for what is no object, or has other keys. */
export function checkKeys(operation: string, request: unknown, keys: readonly string[]): void {
  if (typeof request !== 'object' || request === null)
    throw new TypeError(`${operation} takes an object: { ${keys.join(', ')} }`);
  for (const key of Object.keys(request)) {
    if (keys.includes(key)) continue;
    const near = nearestOf(key, keys);
    const advice = near === undefined ? `it takes ${keys.join(', ')}` : `did you mean ${near}?`;
    throw new TypeError(`${operation} has no ${key}; ${advice}`);
  }
}
