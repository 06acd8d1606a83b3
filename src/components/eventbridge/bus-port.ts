/**
 * The calls that a bus takes: PutEvents, of one event or of a list of entries (inbox-port.ts). Groups, ids and delays
 * mean nothing to it, but for the mark of what another bus forwards (account-use.ts).
 */

import type { Inbox } from '../inbox-port.js';
import { CallError } from '../port.js';
import { EVENTS_LIMITS } from './limits.js';

export const BUS_OPERATIONS = ['PutEvents'] as const;
export const BusOperation = { PutEvents: 0 } as const;

export const BUS_INBOX: Inbox = {
  one: BusOperation.PutEvents,
  batch: BusOperation.PutEvents,
  batchMax: EVENTS_LIMITS.entriesMax,
};

/**
 * Why EventBridge refuses a call, by AWS's names where it has one; a call row carries the place, 0 is success.
 * Source: EventBridge API Reference, PutEvents, 2026; InternalFailure stands for any answer 5xx.
 */
export const BusError = {
  None: CallError.None,
  /** Too large together. */
  ValidationException: 1,
  /** An event that came from another bus is not forwarded to a third one. */
  EventLoop: 2,
  ThrottlingException: CallError.Throttled,
  AccessDenied: 9,
  InternalFailure: CallError.Unavailable,
} as const;

/** The answers that a fault `fail` can ask for, by their HTTP status. */
export function busErrorOfStatus(status: number): number | undefined {
  if (status >= 500) return BusError.InternalFailure;
  if (status === 429) return BusError.ThrottlingException;
  if (status === 403) return BusError.AccessDenied;
  return status === 400 ? BusError.ValidationException : undefined;
}
