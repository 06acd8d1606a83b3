/**
 * The calls that programs make to each other and to what is outside AWS (the step `call`): what each field of
 * a call row means. Shared by whoever calls and whoever serves.
 *
 * - call: `a` and `b` are the mark of the message that the call is about and `carries` the resource number of
 *   its source: what is asked about is derived from them (makes.ts). Where there are children, `first` is that
 *   message, which the caller holds until the call is over (lineage.ts). `c` is a number below 2^24 that is the
 *   caller's own for this try: what the service draws anew on each try is drawn with it.
 *
 * Every answer has an `error`, 0 for a status below 400: a place in CALL_ERRORS.
 */

import { CallError } from './port.js';

export const CALL_OPERATIONS = ['call'] as const;
export const CallOperation = { Call: 0 } as const;

/** Answers with this status or a higher one say that the call has failed. */
const FIRST_FAILURE = 400;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** 4xx other than 429: trying again would not help. */
export const REJECTED = 1;

/** What the caller learns of an HTTP status. */
export function errorOfStatus(status: number): number {
  if (status < FIRST_FAILURE) return CallError.None;
  if (status === TOO_MANY_REQUESTS) return CallError.Throttled;
  return status < FIRST_SERVER_ERROR ? REJECTED : CallError.Unavailable;
}
