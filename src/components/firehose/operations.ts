/** What a delivery stream is called by, as inbox-port.ts says; `carries` records in a batch. */

import type { Inbox } from '../inbox-port.js';
import { BATCH_RECORDS_MAX } from './limits.js';

export const STREAM_OPERATIONS = ['PutRecord', 'PutRecordBatch'] as const;
export const StreamOperation = { PutRecord: 0, PutRecordBatch: 1 } as const;

export const STREAM_INBOX: Inbox = {
  one: StreamOperation.PutRecord,
  batch: StreamOperation.PutRecordBatch,
  batchMax: BATCH_RECORDS_MAX,
};

/** AWS's names; those that a client tells apart stand where `CallError` has them. */
export const STREAM_ERRORS = [
  '',
  'InvalidArgumentException',
  '',
  '',
  '',
  'ServiceUnavailableException',
  '',
  '',
  '',
  'AccessDeniedException',
  'InternalFailure',
  'RequestTimeout',
] as const;

export const StreamError = { None: 0, InvalidArgument: 1, Throttled: 5, AccessDenied: 9 } as const;
