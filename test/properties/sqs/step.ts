/**
 * Steps of a story about queues: plain objects, so that a failing story prints as what can be pasted into
 * sqs-found.test.ts. A receive names its answer (`r3`); `r3[0]` is the receipt of its first message.
 * Times are seconds.
 */

import type { NaiveAttributes } from '../../reference/naive-sqs/settings.js';

export interface Sent {
  readonly body?: string;
  readonly size?: number;
  readonly group?: string;
  readonly dedup?: string;
  readonly delay?: number;
}

/** `r3[0]`, or a text that no receipt handle is like. */
export type ReceiptName = string;

export type Step =
  | { readonly op: 'advance'; readonly to: number }
  | ({ readonly op: 'send'; readonly queue: string } & Sent)
  | { readonly op: 'sendBatch'; readonly queue: string; readonly entries: readonly Sent[] }
  | {
      readonly op: 'receive';
      readonly queue: string;
      readonly as: string;
      readonly max?: number;
      readonly wait?: number;
      readonly visibility?: number;
      readonly attempt?: string;
    }
  | { readonly op: 'delete'; readonly queue: string; readonly receipt: ReceiptName }
  | {
      readonly op: 'deleteBatch';
      readonly queue: string;
      readonly receipts: readonly ReceiptName[];
    }
  | {
      readonly op: 'change';
      readonly queue: string;
      readonly receipt: ReceiptName;
      readonly timeout: number;
    }
  | {
      readonly op: 'changeBatch';
      readonly queue: string;
      readonly entries: readonly { readonly receipt: ReceiptName; readonly timeout: number }[];
    }
  | { readonly op: 'purge'; readonly queue: string }
  | {
      readonly op: 'startMove';
      readonly source: string;
      readonly as: string;
      readonly destination?: string;
      readonly rate?: number;
    }
  | { readonly op: 'cancelMove'; readonly task: string }
  | { readonly op: 'deleteQueue'; readonly queue: string }
  | { readonly op: 'set'; readonly queue: string; readonly attributes: NaiveAttributes };

/** What a story begins with. */
export interface Setting {
  readonly queues: Readonly<Record<string, NaiveAttributes>>;
  /** Messages in flight at a time in each queue; default 120,000. */
  readonly inFlight?: number;
  /** How many messages from the front a FIFO queue examines; default 120,000. */
  readonly scanWindow?: number;
  /** What a receipt does that is not the latest; default ignored. */
  readonly staleDelete?: 'ignored' | 'deletes';
  /** Spontaneous copies, lost answers and false empties are common. */
  readonly noise?: true;
}

/** As TypeScript. */
export function printed(value: Step | Setting): string {
  return JSON.stringify(value)
    .replaceAll(/"(\w+)":/g, '$1: ')
    .replaceAll('"', "'")
    .replaceAll(',', ', ');
}
