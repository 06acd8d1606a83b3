/** SendMessage and SendMessageBatch. */

import { NO_LABEL, QUEUE_ERRORS, QueueOperation } from '../../components/queue-port.js';
import { SQS_LIMITS } from '../../components/sqs/limits.js';
import { Refusal } from './aws-errors.js';
import type { BatchResult } from './batch-requests.js';
import { checkEntries, Outcomes } from './batch-requests.js';
import type { Call, LiveCall } from './call.js';
import type { Client } from './client.js';
import { errorOf } from './client.js';
import { entryRows, freeEntries } from './entry-rows.js';
import type { KeptMessage } from './message-book.js';
import type { LiveQueue, Queues } from './queues.js';
import type { Draft, MessageRequest } from './send-requests.js';
import { checkFifoIds, MESSAGE_KEYS, readMessage, weightOf } from './send-requests.js';

export interface SendMessageRequest extends MessageRequest {
  readonly queue: string;
}
export interface SendResult {
  readonly messageId: string;
  /** FIFO queues only; null on a standard queue. */
  readonly sequenceNumber: string | null;
}

export interface SendEntry extends MessageRequest {
  readonly id: string;
}
export interface SendMessageBatchRequest {
  readonly queue: string;
  readonly entries: readonly SendEntry[];
}
export interface SentEntry {
  readonly id: string;
  readonly messageId: string;
  /** FIFO queues only. */
  readonly sequenceNumber?: string;
}

/** A message on its way. */
interface Outgoing {
  /** Its row, the client's until it has its answer. */
  readonly row: number;
  readonly kept: KeptMessage;
  readonly queue: LiveQueue;
  /** Labels. */
  readonly group: number;
  readonly id: number;
}

export class Sends {
  /** By queue, scope and deduplication id: the message that was stored last. */
  private readonly stored = new Map<string, SendResult>();

  constructor(
    private readonly client: Client,
    private readonly queues: Queues,
  ) {}

  sendMessage(request: SendMessageRequest): Call<SendResult> {
    return this.client.act('sendMessage', request, ['queue', ...MESSAGE_KEYS], (live) => {
      const queue = this.queues.of(request.queue);
      this.send(queue, readMessage(queue, request), live);
    });
  }

  sendMessageBatch(request: SendMessageBatchRequest): Call<BatchResult<SentEntry>> {
    return this.client.act('sendMessageBatch', request, ['queue', 'entries'], (live) => {
      const queue = this.queues.of(request.queue);
      const entries = checkEntries<SendEntry>('SendMessageBatch', request.entries);
      if (queue.isFifo) for (const entry of entries) checkFifoIds(queue, entry);
      checkWeight(entries);
      this.sendBatch(queue, entries, live);
    });
  }

  // --- one message -----------------------------------------------------------------------------

  private send(queue: LiveQueue, draft: Draft, live: LiveCall<SendResult>): void {
    const { operated } = this.client;
    const { calls } = operated.world;
    const message = this.write(queue, draft);
    const row = operated.begin(queue.id, QueueOperation.SendMessage);
    calls.first[row] = message.row;
    calls.carries[row] = 1;
    calls.a[row] = message.group;
    calls.b[row] = message.id;
    calls.c[row] = draft.delay;
    operated.go(row, (answered) => {
      const code = QUEUE_ERRORS[calls.error[answered]];
      if (code === '') live.succeed(this.client.now, this.accepted(message));
      else
        live.fail(
          this.client.now,
          errorOf(code, (one) => tooLong(one, queue)),
        );
      operated.release(message.row, code === '');
    });
  }

  // --- a batch ---------------------------------------------------------------------------------

  private sendBatch(
    queue: LiveQueue,
    entries: readonly SendEntry[],
    live: LiveCall<BatchResult<SentEntry>>,
  ): void {
    const { operated } = this.client;
    const { calls } = operated.world;
    const outcomes = new Outcomes<SentEntry>(entries);
    const drafts = entries.flatMap(({ id, ...request }) => {
      const draft = outcomes.attempt(id, () => readMessage(queue, request));
      return draft === undefined ? [] : [{ id, draft }];
    });
    if (drafts.length === 0) {
      live.succeed(this.client.now, outcomes.result());
      return;
    }
    const outgoing = drafts.map(({ id, draft }) => ({ id, message: this.write(queue, draft) }));
    const row = operated.begin(queue.id, QueueOperation.SendMessageBatch);
    const list = outgoing.map(({ message }, i) => ({ ...message, delay: drafts[i].draft.delay }));
    const rows = entryRows(operated.world, list);
    calls.first[row] = rows[0];
    calls.carries[row] = rows.length;
    operated.go(row, (answered) => {
      const code = QUEUE_ERRORS[calls.error[answered]];
      const errors = freeEntries(operated.world, rows);
      outgoing.forEach(({ id, message }, i) => {
        const own = code === '' ? QUEUE_ERRORS[errors[i]] : code;
        if (own === '') outcomes.succeed(sentEntry(id, this.accepted(message)));
        else
          outcomes.fail(
            id,
            errorOf(own, () => undefined),
          );
        operated.release(message.row, own === '');
      });
      if (code === '') live.succeed(this.client.now, outcomes.result());
      else
        live.fail(
          this.client.now,
          errorOf(code, () => undefined),
        );
    });
  }

  // --- both ------------------------------------------------------------------------------------

  private write(queue: LiveQueue, { said, sizeBytes }: Draft): Outgoing {
    const { operated } = this.client;
    const { labels } = operated.world;
    const row = operated.born(sizeBytes);
    const { group, deduplicationId } = said;
    const unlike = queue.isFifo ? labels.fresh() : NO_LABEL;
    return {
      row,
      kept: operated.book.write(row, said),
      queue,
      group: group === null ? NO_LABEL : labels.of(group),
      id: deduplicationId === null ? unlike : labels.of(deduplicationId),
    };
  }

  /** The message that is stored now: this one, or the one that it repeats. */
  private accepted({ row, kept, queue, group, id }: Outgoing): SendResult {
    if (!queue.isFifo) return sendResult(kept);
    const scope = queue.spec.settings.deduplicationScope === 'queue' ? '' : group;
    const key = `${queue.id}/${scope}/${id}`;
    if (this.client.operated.book.wasRepeated(queue.id, row))
      return this.stored.get(key) ?? sendResult(kept);
    const result = sendResult(kept);
    this.stored.set(key, result);
    return result;
  }
}

function sendResult({ messageId, sequenceNumber }: KeptMessage): SendResult {
  return { messageId, sequenceNumber };
}

function sentEntry(id: string, { messageId, sequenceNumber }: SendResult): SentEntry {
  return sequenceNumber === null ? { id, messageId } : { id, messageId, sequenceNumber };
}

function tooLong(code: string, { settings }: LiveQueue): string | undefined {
  if (code !== 'InvalidParameterValue') return undefined;
  const { maximumMessageSize } = settings;
  return `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageSize} bytes.`;
}

/** All entries count, also those that would be refused for themselves. */
function checkWeight(entries: readonly SendEntry[]): void {
  const bytes = entries.reduce((sum, entry) => sum + weightOf(entry), 0);
  if (bytes > SQS_LIMITS.batchBytesMax)
    throw new Refusal('BatchRequestTooLong', batchTooLong(bytes));
}

function batchTooLong(bytes: number): string {
  const { batchBytesMax } = SQS_LIMITS;
  return `Batch requests cannot be longer than ${batchBytesMax} bytes. You have sent ${bytes} bytes.`;
}
