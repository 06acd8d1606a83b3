/**
 * Message move tasks: a dead-letter queue is redriven to where its messages came from, or to one queue.
 *
 * The oldest visible message goes first; each is received, sent and deleted, in batches of ten, and billed
 * so. One task at a time; what is to be moved is counted when it starts, and what is hidden by a receive
 * meanwhile stays. Source: botocore sqs StartMessageMoveTask, Aug 2026; the reason for a failure: SQS
 * Developer Guide "sqs-dead-letter-queues", from memory.
 */

import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { MoveTask } from '../queue-port.js';
import { QueueError, QueueOperation } from '../queue-port.js';
import { SQS_LIMITS } from './limits.js';
import type { Queue } from './queue.js';
import { redrive } from './transfer.js';

type Task = { -readonly [K in keyof MoveTask]: MoveTask[K] };

/** All hosts of a queue, as bits. */
const ALL_SHARDS = -1;

export class MoveTasks {
  /** The newest first. */
  readonly shown: Task[] = [];
  private target: number | null = null;
  /** Between two steps, µs; how many messages a step moves. */
  private pause: Micros = 0;
  private perStep = 1;
  /** The batches that are being filled, by the queue that they go to. */
  private readonly batches = new Map<number, { messages: number; bytes: number }>();
  /** Steps of earlier tasks may still be scheduled: only those of this number count. */
  private serial = 0;
  private readonly onStep: Handler;

  constructor(private readonly queue: Queue) {
    const { world, options } = queue;
    this.onStep = world.kernel.handler(`${options.name}/move`, (serial) => this.step(serial));
  }

  begin(target: number | null, perSecond: number | null): QueueError {
    const { queue } = this;
    if (queue.isGone) return QueueError.ResourceNotFoundException;
    if (!queue.store.isDeadLetterQueue(queue.id) || this.running !== undefined)
      return QueueError.InvalidParameterValue;
    if (perSecond !== null && !(perSecond >= 1 && perSecond <= SQS_LIMITS.moveRateMax))
      return QueueError.InvalidParameterValue;
    queue.facts.request(queue.id, QueueOperation.StartMessageMoveTask, 0);
    const rate = perSecond ?? queue.options.assume.redriveRate;
    this.perStep = rate > 10 * SQS_LIMITS.moveBatch ? SQS_LIMITS.moveBatch : 1;
    this.pause = Math.round((this.perStep * SECOND) / rate);
    this.target = target;
    this.shown.unshift({
      status: 'RUNNING',
      failureReason: null,
      toMove: queue.shelf.length,
      moved: 0,
      startedAt: queue.world.kernel.now,
    });
    this.shown.length = Math.min(this.shown.length, SQS_LIMITS.moveTasksShown);
    queue.world.kernel.soon(this.onStep, ++this.serial);
    return QueueError.None;
  }

  /** What has been moved stays where it is. */
  cancel(): QueueError {
    const task = this.running;
    if (task === undefined) return QueueError.ResourceNotFoundException;
    this.queue.facts.request(this.queue.id, QueueOperation.CancelMessageMoveTask, 0);
    this.end(task, 'CANCELLED', null);
    return QueueError.None;
  }

  private get running(): Task | undefined {
    const [latest] = this.shown;
    return latest?.status === 'RUNNING' ? latest : undefined;
  }

  private step(serial: number): void {
    const task = this.running;
    if (task === undefined || serial !== this.serial) return;
    for (let i = 0; i < this.perStep && task.status === 'RUNNING'; i++) this.moveOne(task);
    if (task.status === 'RUNNING') this.queue.world.kernel.after(this.pause, this.onStep, serial);
  }

  private moveOne(task: Task): void {
    const { queue } = this;
    const { shelf, store } = queue;
    shelf.begin();
    const copy = shelf.next(ALL_SHARDS);
    if (copy === NONE) {
      this.end(task, 'COMPLETED', null);
      return;
    }
    const target = this.target ?? queue.pasts.letterOf(copy)?.source;
    if (target === undefined) {
      this.end(task, 'FAILED', 'CouldNotDetermineMessageSource');
    } else if (store.queueAt(target).isGone) {
      this.end(task, 'FAILED', 'AWS.SimpleQueueService.NonExistentQueue');
    } else {
      this.bill(copy, target);
      redrive(queue, copy, target);
      if (++task.moved === task.toMove) this.end(task, 'COMPLETED', null);
    }
  }

  /** One call for each step per ten messages that go to the same queue. */
  private bill(copy: number, target: number): void {
    const { obligations, copies } = this.queue.messages;
    const batch = this.batches.get(target) ?? { messages: 0, bytes: 0 };
    batch.messages++;
    const message = obligations.message[copies.obligation[copy]];
    batch.bytes += this.queue.bytesOf(copy, message);
    this.batches.set(target, batch);
    if (batch.messages === SQS_LIMITS.moveBatch) this.closeBatch(target, batch.bytes);
  }

  private closeBatch(target: number, bytes: number): void {
    const { id, facts } = this.queue;
    facts.request(id, QueueOperation.ReceiveMessage, bytes);
    facts.request(target, QueueOperation.SendMessageBatch, bytes);
    facts.request(id, QueueOperation.DeleteMessageBatch, 0);
    this.batches.delete(target);
  }

  private end(task: Task, status: Task['status'], failureReason: string | null): void {
    task.status = status;
    task.failureReason = failureReason;
    for (const [target, { bytes }] of this.batches) this.closeBatch(target, bytes);
  }
}
