/** AWS's actions on the twin, checked as AWS checks them; answers are calls, refusals are in them. */

import type {
  BatchValue,
  ChangeInput,
  CountAttributes,
  Entries,
  InQueue,
  MoveInput,
  NaiveCall,
  Nothing,
  ReceiptInput,
  ReceiveInput,
  ReceivedMessage,
  ReceiveValue,
  SendInput,
  SendValue,
  SetAttributesInput,
  SuccessfulEntry,
  TaskInput,
} from './calls.js';
import {
  BATCH_BYTES_MAX,
  bytesOf,
  checkBatch,
  checkFifoIds,
  checkReceive,
  checkSeconds,
  sendingOf,
} from './checks.js';
import type { Delivered, NaiveQueue } from './queue.js';
import { Refusal, demand } from './refusal.js';
import { SECOND, micros } from './settings.js';
import { NaiveWorld } from './world.js';
import type { NaiveLimits } from './world.js';

export class NaiveSqs {
  readonly world: NaiveWorld;

  constructor(limits: NaiveLimits = {}) {
    this.world = new NaiveWorld(limits);
  }

  get now(): number {
    return this.world.now;
  }

  advanceTo(seconds: number): void {
    this.world.advanceTo(seconds);
  }

  createQueue({ queue, attributes = {} }: InQueue & Partial<SetAttributesInput>): void {
    this.world.createQueue(queue, attributes);
  }

  setQueueAttributes({ queue, attributes }: SetAttributesInput): NaiveCall<Nothing> {
    return this.call(() => {
      this.world.setAttributes(queue, attributes);
      return {};
    });
  }

  /** The counts alone. */
  getQueueAttributes({ queue }: InQueue): NaiveCall<{ readonly attributes: CountAttributes }> {
    return this.call(() => {
      const of = this.world.queue(queue);
      const attributes = {
        approximateNumberOfMessages: of.count('visible'),
        approximateNumberOfMessagesNotVisible: of.count('inFlight'),
        approximateNumberOfMessagesDelayed: of.count('delayed'),
      };
      return { attributes };
    });
  }

  sendMessage(input: InQueue & SendInput): NaiveCall<SendValue> {
    return this.call(() => this.send(input.queue, input));
  }

  sendMessageBatch({ queue, entries }: Entries<SendInput>): NaiveCall<BatchValue> {
    return this.call(() => {
      const { settings, name } = this.world.queue(queue);
      checkBatch(entries);
      if (name.endsWith('.fifo')) for (const entry of entries) checkFifoIds(entry, settings);
      const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
      demand(bytes <= BATCH_BYTES_MAX, 'BatchRequestTooLong', `${bytes} bytes`);
      return this.each(entries, (entry) => {
        const { messageId, sequenceNumber } = this.send(queue, entry);
        return sequenceNumber === null ? { messageId } : { messageId, sequenceNumber };
      });
    });
  }

  receiveMessage(input: ReceiveInput): NaiveCall<ReceiveValue> {
    const call = this.open<ReceiveValue>();
    try {
      const queue = this.world.queue(input.queue);
      checkReceive(input);
      const { waitTimeSeconds, visibilityTimeout } = input;
      const wait = waitTimeSeconds === undefined ? queue.settings.wait : micros(waitTimeSeconds);
      const receiving = {
        max: input.maxNumberOfMessages ?? 1,
        visibilityTimeout: visibilityTimeout === undefined ? null : micros(visibilityTimeout),
        attempt: input.receiveRequestAttemptId ?? null,
      };
      this.world.receive(queue, receiving, wait, (delivered) => {
        if (delivered instanceof Refusal) this.refuse(call, delivered);
        else this.close(call, { messages: delivered.map(shown) });
      });
    } catch (error) {
      this.refuse(call, error);
    }
    this.world.settle();
    return call;
  }

  deleteMessage({ queue, receiptHandle }: InQueue & ReceiptInput): NaiveCall<Nothing> {
    return this.call(() => this.delete(queue, receiptHandle));
  }

  deleteMessageBatch({ queue, entries }: Entries<ReceiptInput>): NaiveCall<BatchValue> {
    return this.call(() => {
      this.world.queue(queue);
      checkBatch(entries);
      return this.each(entries, ({ receiptHandle }) => this.delete(queue, receiptHandle));
    });
  }

  changeMessageVisibility(input: InQueue & ChangeInput): NaiveCall<Nothing> {
    return this.call(() => this.change(input.queue, input));
  }

  changeMessageVisibilityBatch({ queue, entries }: Entries<ChangeInput>): NaiveCall<BatchValue> {
    return this.call(() => {
      this.world.queue(queue);
      checkBatch(entries);
      return this.each(entries, (entry) => this.change(queue, entry));
    });
  }

  deleteQueue({ queue }: InQueue): NaiveCall<Nothing> {
    return this.call(() => {
      this.world.deleteQueue(queue);
      return {};
    });
  }

  purgeQueue({ queue }: InQueue): NaiveCall<Nothing> {
    return this.call(() => {
      this.world.queue(queue).purge();
      return {};
    });
  }

  startMessageMoveTask(input: MoveInput): NaiveCall<{ readonly taskHandle: string }> {
    return this.call(() => {
      const source = this.existing(input.source);
      const isDeadLetterQueue = this.world.queues.some(
        ({ settings }) => settings.redrive?.target === input.source,
      );
      demand(isDeadLetterQueue, 'InvalidParameterValue', 'not a dead-letter queue');
      const { destination = null, maxNumberOfMessagesPerSecond: rate = null } = input;
      if (destination !== null) this.existing(destination);
      const task = this.world.moves.start({ source, destination, rate });
      return { taskHandle: task.handle };
    });
  }

  cancelMessageMoveTask({
    taskHandle,
  }: TaskInput): NaiveCall<{ readonly approximateNumberOfMessagesMoved: number }> {
    return this.call(() => ({
      approximateNumberOfMessagesMoved: this.world.moves.cancel(taskHandle).moved,
    }));
  }

  private existing(name: string): NaiveQueue {
    const queue = this.world.find(name);
    if (queue === undefined) throw new Refusal('ResourceNotFoundException', name);
    return queue;
  }

  private send(name: string, input: SendInput): SendValue {
    const queue = this.world.queue(name);
    const { id, sequence } = queue.send(sendingOf(input, queue));
    return { messageId: id, sequenceNumber: name.endsWith('.fifo') ? String(sequence) : null };
  }

  private delete(queue: string, handle: string): Nothing {
    this.world.queue(queue).delete(handle);
    this.world.serve();
    return {};
  }

  private change(queue: string, { receiptHandle, visibilityTimeout }: ChangeInput): Nothing {
    const of = this.world.queue(queue);
    checkSeconds('visibilityTimeout', visibilityTimeout, 43_200);
    of.changeVisibility(receiptHandle, micros(visibilityTimeout));
    this.world.serve();
    return {};
  }

  /** One entry after the other; those that are refused do not hold up the rest. */
  private each<Entry extends { readonly id: string }>(
    entries: readonly Entry[],
    act: (entry: Entry) => Omit<SuccessfulEntry, 'id'>,
  ): BatchValue {
    const successful: SuccessfulEntry[] = [];
    const failed: { id: string; code: string }[] = [];
    for (const entry of entries) {
      try {
        successful.push({ id: entry.id, ...act(entry) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        failed.push({ id: entry.id, code: error.code });
      }
    }
    return { successful, failed };
  }

  private call<Value>(act: () => Value): NaiveCall<Value> {
    const call = this.open<Value>();
    try {
      this.close(call, act());
    } catch (error) {
      this.refuse(call, error);
    }
    this.world.settle();
    return call;
  }

  private open<Value>(): NaiveCall<Value> {
    return { sentAt: this.now, done: false, answeredAt: null, value: null, error: null };
  }

  private close<Value>(call: NaiveCall<Value>, value: Value | null): void {
    call.done = true;
    call.answeredAt = this.world.clock.now / SECOND;
    call.value = value;
  }

  private refuse<Value>(call: NaiveCall<Value>, error: unknown): void {
    if (!(error instanceof Refusal)) throw error;
    this.close(call, null);
    call.error = { code: error.code, message: error.message };
  }
}

function shown({ receipt, count }: Delivered): ReceivedMessage {
  const { message, handle } = receipt;
  const { id, body, group, dedup, sequence, origin } = message;
  return {
    messageId: id,
    body,
    receiptHandle: handle,
    attributes: {
      approximateReceiveCount: count,
      sentTimestamp: message.enqueued.at / SECOND,
      approximateFirstReceiveTimestamp: (message.firstReceivedAt ?? 0) / SECOND,
      ...(group !== null && {
        messageGroupId: group,
        ...(dedup !== null && { messageDeduplicationId: dedup }),
        sequenceNumber: String(sequence),
      }),
      ...(origin !== null && { deadLetterQueueSource: origin }),
    },
  };
}
