/** Calls of a function: the places of its operations and errors. */

import type { Inbox } from '../inbox-port.js';
import { CallError } from '../port.js';

/**
 * Invoke is the step `call` (call-port.ts). InvokeAsync takes events (inbox-port.ts): AWS's name of it once, and the
 * same as Invoke with InvocationType Event.
 */
export const LAMBDA_OPERATIONS = ['Invoke', 'InvokeAsync'] as const;
export const LambdaOperation = { Invoke: 0, InvokeAsync: 1 } as const;

export const LAMBDA_INBOX: Inbox = {
  one: LambdaOperation.InvokeAsync,
  batch: null,
  batchMax: 1,
  ignores: ['messageGroupId', 'messageDeduplicationId', 'delaySeconds'],
};

export const LambdaError = {
  ...CallError,
  /** 413: more than an event may have. */
  RequestTooLarge: 1,
  AccessDenied: 2,
  /** Nothing is ever run: reserved concurrency 0. */
  NeverRuns: 3,
} as const;
