/**
 * One side of a comparison: plays steps and says what it saw, with its own ids and handles replaced by the
 * order in which they were first seen, so that two sides can be compared as text.
 */

import type {
  NaiveCall,
  ReceiveValue,
  SendInput,
  TaskInput,
} from '../../reference/naive-sqs/calls.js';
import type { Sent, Step } from './step.js';
import type { Subject } from './subject.js';
import { countsOf } from './subject.js';

type AnyCall = Readonly<NaiveCall<unknown>>;

/** What each side makes up by itself. */
const OWN = [
  'messageId',
  'receiptHandle',
  'sequenceNumber',
  'taskHandle',
  'messageDeduplicationId',
];

interface OpenReceive {
  readonly name: string;
  readonly call: Readonly<NaiveCall<ReceiveValue>>;
}

export class Side {
  private readonly receives = new Map<string, Readonly<NaiveCall<ReceiveValue>>>();
  private readonly tasks = new Map<string, Readonly<NaiveCall<TaskInput>>>();
  /** Receives that wait. */
  open: OpenReceive[] = [];
  /** What the last step but an advance was answered. */
  last: AnyCall | null = null;
  private readonly labels = new Map<string, string>();

  constructor(
    readonly subject: Subject,
    private readonly queues: readonly string[],
  ) {}

  /** Everything that can be seen after the step, a line each. */
  play(step: Step): string[] {
    const lines: string[] = [];
    if (step.op === 'advance') this.subject.advanceTo(step.to);
    else {
      const call = this.call(step);
      this.last = call;
      if (step.op === 'receive') this.open.push({ name: step.as, call: this.receiveOf(step.as) });
      else lines.push(`${step.op}: ${this.seen(call)}`);
    }
    for (const { name, call } of this.open) lines.push(`${name}: ${this.seen(call)}`);
    this.open = this.open.filter(({ call }) => !call.done);
    for (const queue of this.queues) {
      const counts = countsOf(this.subject, queue);
      if (counts === null) lines.push(`${queue}: gone`);
      else
        lines.push(
          `${queue}: ${counts.approximateNumberOfMessages} visible, ` +
            `${counts.approximateNumberOfMessagesNotVisible} in flight, ` +
            `${counts.approximateNumberOfMessagesDelayed} delayed`,
        );
    }
    return lines;
  }

  private call(step: Exclude<Step, { op: 'advance' }>): AnyCall {
    const { sqs } = this.subject;
    switch (step.op) {
      case 'send':
        return sqs.sendMessage({ queue: step.queue, ...inputOf(step) });
      case 'sendBatch':
        return sqs.sendMessageBatch({
          queue: step.queue,
          entries: step.entries.map((entry, i) => ({ id: `e${i}`, ...inputOf(entry) })),
        });
      case 'receive':
        return this.receive(step);
      case 'delete':
        return sqs.deleteMessage({
          queue: step.queue,
          receiptHandle: this.handle(step.receipt),
        });
      case 'deleteBatch':
        return sqs.deleteMessageBatch({
          queue: step.queue,
          entries: step.receipts.map((receipt, i) => ({
            id: `e${i}`,
            receiptHandle: this.handle(receipt),
          })),
        });
      case 'change':
        return sqs.changeMessageVisibility({
          queue: step.queue,
          receiptHandle: this.handle(step.receipt),
          visibilityTimeout: step.timeout,
        });
      case 'changeBatch':
        return sqs.changeMessageVisibilityBatch({
          queue: step.queue,
          entries: step.entries.map(({ receipt, timeout }, i) => ({
            id: `e${i}`,
            receiptHandle: this.handle(receipt),
            visibilityTimeout: timeout,
          })),
        });
      case 'purge':
      case 'deleteQueue':
      case 'set':
      case 'startMove':
      case 'cancelMove':
        return this.control(step);
    }
  }

  private control(
    step: Extract<Step, { op: 'purge' | 'deleteQueue' | 'startMove' | 'cancelMove' | 'set' }>,
  ): AnyCall {
    const { sqs } = this.subject;
    switch (step.op) {
      case 'purge':
        return sqs.purgeQueue({ queue: step.queue });
      case 'deleteQueue':
        return sqs.deleteQueue({ queue: step.queue });
      case 'set':
        return sqs.setQueueAttributes({ queue: step.queue, attributes: step.attributes });
      case 'startMove': {
        const call = sqs.startMessageMoveTask({
          source: step.source,
          ...(step.destination !== undefined && { destination: step.destination }),
          ...(step.rate !== undefined && { maxNumberOfMessagesPerSecond: step.rate }),
        });
        this.tasks.set(step.as, call);
        return call;
      }
      case 'cancelMove': {
        const handle = this.tasks.get(step.task)?.value?.taskHandle ?? step.task;
        return sqs.cancelMessageMoveTask({ taskHandle: handle });
      }
    }
  }

  private receive(step: Extract<Step, { op: 'receive' }>): AnyCall {
    const call = this.subject.sqs.receiveMessage({
      queue: step.queue,
      ...(step.max !== undefined && { maxNumberOfMessages: step.max }),
      ...(step.wait !== undefined && { waitTimeSeconds: step.wait }),
      ...(step.visibility !== undefined && { visibilityTimeout: step.visibility }),
      ...(step.attempt !== undefined && { receiveRequestAttemptId: step.attempt }),
    });
    this.receives.set(step.as, call);
    return call;
  }

  /** The answer of the receive of this name. */
  receiveOf(name: string): Readonly<NaiveCall<ReceiveValue>> {
    const call = this.receives.get(name);
    if (call === undefined) throw new Error(`no receive is named ${name}`);
    return call;
  }

  private handle(receipt: string): string {
    const match = /^(\w+)\[(\d+)\]$/.exec(receipt);
    if (match === null) return receipt;
    return this.receives.get(match[1])?.value?.messages[Number(match[2])]?.receiptHandle ?? receipt;
  }

  private seen({ done, answeredAt, value, error }: AnyCall): string {
    if (!done) return 'waits';
    if (error !== null) return `${error.code} at ${answeredAt}`;
    return `${JSON.stringify(value, (key, one: unknown) => this.shown(key, one))} at ${answeredAt}`;
  }

  private shown(key: string, value: unknown): unknown {
    if (OWN.includes(key) && typeof value === 'string') return this.label(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private label(text: string): string {
    const label = this.labels.get(text) ?? `#${this.labels.size}`;
    this.labels.set(text, label);
    return label;
  }
}

function inputOf({ body, size, group, dedup, delay }: Sent): SendInput {
  return {
    ...(body !== undefined && { messageBody: body }),
    ...(size !== undefined && { sizeBytes: size }),
    ...(group !== undefined && { messageGroupId: group }),
    ...(dedup !== undefined && { messageDeduplicationId: dedup }),
    ...(delay !== undefined && { delaySeconds: delay }),
  };
}
