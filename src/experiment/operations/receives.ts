/** ReceiveMessage. A long poll is answered while time goes on. */

import { NO_LABEL, QUEUE_DEFAULT, QueueOperation } from '../../components/queue-port.js';
import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import { seconds } from '../result.js';
import { notForThisType } from './aws-errors.js';
import type { Call } from './call.js';
import { checkId } from './characters.js';
import type { Client } from './client.js';
import type { MessageAttributes } from './message-attributes.js';
import type { KeptMessage } from './message-book.js';
import type { LiveQueue, Queues } from './queues.js';
import { readCount, readSeconds } from './ranges.js';
import type { Receipts } from './receipts.js';

export interface ReceiveMessageRequest {
  readonly queue: string;
  readonly maxNumberOfMessages?: number;
  readonly waitTimeSeconds?: number;
  readonly visibilityTimeout?: number;
  /** FIFO queues only. */
  readonly receiveRequestAttemptId?: string;
}

export interface ReceivedMessage {
  readonly messageId: string;
  /** null when only its size was said. */
  readonly body: string | null;
  readonly receiptHandle: string;
  readonly attributes: SystemAttributes;
  /** There when the message has some. */
  readonly messageAttributes?: MessageAttributes;
}

/** AWS's, in camelCase; times are seconds of virtual time. Optional ones are there when the message has them. */
export interface SystemAttributes {
  readonly approximateReceiveCount: number;
  readonly sentTimestamp: number;
  readonly approximateFirstReceiveTimestamp: number;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly sequenceNumber?: string;
  /** AWS's DeadLetterQueueSourceArn. */
  readonly deadLetterQueueSource?: string;
}

export interface ReceiveResult {
  readonly messages: readonly ReceivedMessage[];
}

const KEYS = [
  'queue',
  'maxNumberOfMessages',
  'waitTimeSeconds',
  'visibilityTimeout',
  'receiveRequestAttemptId',
] as const satisfies readonly (keyof ReceiveMessageRequest)[];

export class Receives {
  constructor(
    private readonly client: Client,
    private readonly queues: Queues,
    private readonly receipts: Receipts,
  ) {}

  receiveMessage(request: ReceiveMessageRequest): Call<ReceiveResult> {
    return this.client.act<ReceiveResult>('receiveMessage', request, KEYS, (live) => {
      const { operated } = this.client;
      const { calls } = operated.world;
      const queue = this.queues.of(request.queue);
      const asked = this.read(queue, request);
      const row = operated.begin(queue.id, QueueOperation.ReceiveMessage);
      calls.carries[row] = asked.max;
      calls.a[row] = asked.wait;
      calls.b[row] = asked.visibility;
      calls.c[row] = asked.attempt;
      const messages = (answered: number) => ({ messages: this.messagesOf(queue, answered) });
      this.client.send(row, live, messages, () => undefined);
    });
  }

  private read(queue: LiveQueue, request: ReceiveMessageRequest) {
    const { maxNumberOfMessages: max, waitTimeSeconds: wait } = request;
    const { visibilityTimeout: visibility, receiveRequestAttemptId: attempt } = request;
    const limits = REQUEST_LIMITS.maxNumberOfMessages;
    return {
      max: max === undefined ? limits.byDefault : readCount('MaxNumberOfMessages', max, limits),
      wait:
        wait === undefined
          ? QUEUE_DEFAULT
          : readSeconds('WaitTimeSeconds', wait, 'receiveMessageWaitTimeSeconds', waitRange),
      visibility:
        visibility === undefined
          ? QUEUE_DEFAULT
          : readSeconds('VisibilityTimeout', visibility, 'visibilityTimeout'),
      attempt: attempt === undefined ? NO_LABEL : this.attemptLabel(queue, attempt),
    };
  }

  private attemptLabel(queue: LiveQueue, attempt: unknown): number {
    if (!queue.isFifo) throw notForThisType('ReceiveRequestAttemptId', attempt);
    return this.client.operated.world.labels.of(checkId('ReceiveRequestAttemptId', attempt));
  }

  private messagesOf(queue: LiveQueue, row: number): ReceivedMessage[] {
    const { world, kernel, book } = this.client.operated;
    const { next } = world.messages.deliveries;
    const messages: ReceivedMessage[] = [];
    for (let delivery = world.calls.first[row]; delivery >= 0; delivery = next[delivery]) {
      const { handle } = this.receipts.of(queue, delivery, kernel.now);
      const kept = book.ofDelivery(delivery);
      messages.push(received(kept, handle, book.receiveCount(delivery)));
    }
    return messages;
  }
}

function received(kept: KeptMessage, receiptHandle: string, count: number): ReceivedMessage {
  const { said, messageId } = kept;
  const message = {
    messageId,
    body: said.body,
    receiptHandle,
    attributes: attributesOf(kept, count),
  };
  const hasAttributes = Object.keys(said.messageAttributes).length > 0;
  return hasAttributes ? { ...message, messageAttributes: said.messageAttributes } : message;
}

function attributesOf(kept: KeptMessage, count: number): SystemAttributes {
  const { said, deduplicationId, sequenceNumber, deadLetterSource } = kept;
  return {
    approximateReceiveCount: count,
    sentTimestamp: seconds(kept.sentAt!),
    approximateFirstReceiveTimestamp: seconds(kept.firstReceivedAt!),
    ...(said.group === null ? {} : { messageGroupId: said.group }),
    ...(deduplicationId === null ? {} : { messageDeduplicationId: deduplicationId }),
    ...(sequenceNumber === null ? {} : { sequenceNumber }),
    ...(deadLetterSource === null ? {} : { deadLetterQueueSource: deadLetterSource }),
  };
}

function waitRange(least: number, most: number): string {
  return `Must be >= ${least} and <= ${most}, if provided.`;
}
