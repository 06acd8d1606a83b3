/** DeleteMessage and ChangeMessageVisibility with their batches: what is done by receipt handle. */

import { NONE } from '../../components/messages.js';
import { QUEUE_ERRORS, QueueOperation } from '../../components/queue-port.js';
import { SQS_LIMITS } from '../../components/sqs/limits.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { missingParameter } from './aws-errors.js';
import type { BatchResult, Entry } from './batch-requests.js';
import { checkEntries, Outcomes } from './batch-requests.js';
import type { Call, LiveCall } from './call.js';
import type { Client } from './client.js';
import { errorOf } from './client.js';
import { freeEntries } from './entry-rows.js';
import type { LiveQueue, Queues } from './queues.js';
import { readSeconds } from './ranges.js';
import type { Receipt, Receipts } from './receipts.js';

export interface DeleteMessageRequest {
  readonly queue: string;
  readonly receiptHandle: string;
}
export interface DeleteEntry {
  readonly id: string;
  readonly receiptHandle: string;
}
export interface DeleteMessageBatchRequest {
  readonly queue: string;
  readonly entries: readonly DeleteEntry[];
}

export interface ChangeMessageVisibilityRequest extends DeleteMessageRequest {
  readonly visibilityTimeout: number;
}
export interface ChangeEntry extends DeleteEntry {
  readonly visibilityTimeout: number;
}
export interface ChangeMessageVisibilityBatchRequest {
  readonly queue: string;
  readonly entries: readonly ChangeEntry[];
}

/** What AWS answers when there is nothing to say. */
export type Nothing = Readonly<Record<string, never>>;

const HANDLE_KEYS = ['queue', 'receiptHandle'];
const BATCH_KEYS = ['queue', 'entries'];

/** An entry of a batch that may be sent. */
interface ByHandle {
  readonly id: string;
  readonly receipt: Receipt;
  /** Of a change; 0 in a delete. */
  readonly timeout: Micros;
}

export class HandleOperations {
  constructor(
    private readonly client: Client,
    private readonly queues: Queues,
    private readonly receipts: Receipts,
  ) {}

  deleteMessage(request: DeleteMessageRequest): Call<Nothing> {
    return this.client.act('deleteMessage', request, HANDLE_KEYS, (live) => {
      const queue = this.queues.of(request.queue);
      const receipt = this.receipts.find(queue, request.receiptHandle);
      const { operated } = this.client;
      const row = operated.begin(queue.id, QueueOperation.DeleteMessage);
      operated.world.messages.deliveries.next[receipt.delivery] = NONE;
      operated.world.calls.first[row] = receipt.delivery;
      operated.world.calls.carries[row] = 1;
      this.client.send(row, live, nothing, (code) => expired(code, receipt));
    });
  }

  changeMessageVisibility(request: ChangeMessageVisibilityRequest): Call<Nothing> {
    const keys = [...HANDLE_KEYS, 'visibilityTimeout'];
    return this.client.act('changeMessageVisibility', request, keys, (live) => {
      const queue = this.queues.of(request.queue);
      const receipt = this.receipts.find(queue, request.receiptHandle);
      const timeout = readTimeout(request.visibilityTimeout);
      const { operated } = this.client;
      const row = operated.begin(queue.id, QueueOperation.ChangeMessageVisibility);
      operated.world.calls.first[row] = receipt.delivery;
      operated.world.calls.carries[row] = 1;
      operated.world.calls.a[row] = timeout;
      const { now } = operated.kernel;
      this.client.send(row, live, nothing, (code) => notChanged(code, receipt, timeout, now));
    });
  }

  // --- batches ---------------------------------------------------------------------------------

  deleteMessageBatch(request: DeleteMessageBatchRequest): Call<BatchResult> {
    return this.client.act('deleteMessageBatch', request, BATCH_KEYS, (live) => {
      const queue = this.queues.of(request.queue);
      const entries = checkEntries<DeleteEntry>('DeleteMessageBatch', request.entries);
      const { outcomes, able } = this.read(queue, entries, () => 0);
      const { deliveries } = this.client.operated.world.messages;
      const { first, count } = this.deliveryList(able);
      const errors = () => able.map(({ receipt }) => deliveries.error[receipt.delivery]);
      const call = { queue, operation: QueueOperation.DeleteMessageBatch, first, count };
      this.sendBatch(call, { outcomes, able, errors }, live);
    });
  }

  changeMessageVisibilityBatch(request: ChangeMessageVisibilityBatchRequest): Call<BatchResult> {
    return this.client.act('changeMessageVisibilityBatch', request, BATCH_KEYS, (live) => {
      const queue = this.queues.of(request.queue);
      const entries = checkEntries<ChangeEntry>('ChangeMessageVisibilityBatch', request.entries);
      const { outcomes, able } = this.read(queue, entries, (entry) =>
        readTimeout(entry.visibilityTimeout),
      );
      const rows = this.entryRows(able);
      const errors = () => freeEntries(this.client.operated.world, rows);
      const operation = QueueOperation.ChangeMessageVisibilityBatch;
      const call = { queue, operation, first: rows[0], count: rows.length };
      this.sendBatch(call, { outcomes, able, errors }, live);
    });
  }

  /** The entries that may be sent; of the others it is known why not. */
  private read<E extends DeleteEntry>(
    queue: LiveQueue,
    entries: readonly E[],
    timeoutOf: (entry: E) => Micros,
  ): { outcomes: Outcomes<Entry>; able: readonly ByHandle[] } {
    const outcomes = new Outcomes<Entry>(entries);
    const able = entries.flatMap((entry) => {
      const read = outcomes.attempt(entry.id, () => ({
        id: entry.id,
        receipt: this.receipts.find(queue, entry.receiptHandle),
        timeout: timeoutOf(entry),
      }));
      return read === undefined ? [] : [read];
    });
    return { outcomes, able };
  }

  private sendBatch(call: BatchCall, batch: Batch, live: LiveCall<BatchResult>): void {
    const { outcomes, able, errors } = batch;
    if (able.length === 0) {
      live.succeed(this.client.now, outcomes.result());
      return;
    }
    const { operated } = this.client;
    const row = operated.begin(call.queue.id, call.operation);
    operated.world.calls.first[row] = call.first;
    operated.world.calls.carries[row] = call.count;
    operated.go(row, (answered) => {
      const code = QUEUE_ERRORS[operated.world.calls.error[answered]];
      const own = errors();
      if (code !== '') {
        live.fail(this.client.now, errorOf(code, noText));
        return;
      }
      able.forEach(({ id }, i) => {
        if (own[i] === 0) outcomes.succeed({ id });
        else outcomes.fail(id, errorOf(QUEUE_ERRORS[own[i]], noText));
      });
      live.succeed(this.client.now, outcomes.result());
    });
  }

  /** Deliveries, each pointing at the next; one that is named twice stands there once. */
  private deliveryList(able: readonly ByHandle[]): { first: number; count: number } {
    const { next } = this.client.operated.world.messages.deliveries;
    const rows = [...new Set(able.map(({ receipt }) => receipt.delivery))];
    rows.forEach((row, i) => (next[row] = rows[i + 1] ?? NONE));
    return { first: rows[0] ?? NONE, count: rows.length };
  }

  /** Rows of the table of entries, each pointing at the next. */
  private entryRows(able: readonly ByHandle[]): number[] {
    const { entries } = this.client.operated.world.messages;
    let next = NONE;
    const rows = [...able].reverse().map(({ receipt, timeout }) => {
      next = entries.addFor(receipt.delivery, next);
      entries.delay[next] = timeout;
      return next;
    });
    return rows.reverse();
  }
}

interface BatchCall {
  readonly queue: LiveQueue;
  readonly operation: number;
  /** Head of the rows that the call carries. */
  readonly first: number;
  readonly count: number;
}

interface Batch {
  readonly outcomes: Outcomes<Entry>;
  readonly able: readonly ByHandle[];
  /** Reads, once it is answered, the error of each that was able. */
  readonly errors: () => readonly number[];
}

const nothing = (): Nothing => ({});
const noText = (): undefined => undefined;

function readTimeout(timeout: unknown): Micros {
  if (timeout === undefined) throw missingParameter('VisibilityTimeout');
  return readSeconds('VisibilityTimeout', timeout, 'visibilityTimeout');
}

function expired(code: string, { handle }: Receipt): string | undefined {
  if (code !== 'InvalidParameterValue') return undefined;
  return `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`;
}

function notChanged(
  code: string,
  { handle, receivedAt }: Receipt,
  timeout: Micros,
  now: Micros,
): string | undefined {
  if (code !== 'InvalidParameterValue') return undefined;
  const most = SQS_LIMITS.visibilityTotalMax;
  if (now + timeout > receivedAt + most) {
    const what = `Value ${timeout / SECOND} for parameter VisibilityTimeout is invalid.`;
    return `${what} Reason: Total VisibilityTimeout for the message is beyond the limit [${most / SECOND} seconds]`;
  }
  const why = 'Message does not exist or is not available for visibility timeout change.';
  return `Value ${handle} for parameter ReceiptHandle is invalid. Reason: ${why}`;
}
