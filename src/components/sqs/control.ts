/** What is done to a queue, not with it: purge, redrive, changed settings, deletion. See QueueControl. */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Stream } from '../../kernel/random/streams.js';
import type { Micros } from '../../kernel/time.js';
import { Outcome } from '../facts.js';
import type { MoveTask, QueueChanges, QueueControl, QueueCounts } from '../queue-port.js';
import { QueueError, QueueOperation } from '../queue-port.js';
import { Gate } from './gate.js';
import { SQS_LIMITS } from './limits.js';
import { MoveTasks } from './move-tasks.js';
import type { Queue } from './queue.js';

export class Control implements QueueControl {
  private readonly moves: MoveTasks;
  private purgedAt: Micros = -Infinity;
  /** What GetQueueAttributes shows, and until when, µs. */
  private shown: QueueCounts = { visible: 0, inFlight: 0, delayed: 0 };
  private shownUntil: Micros = -Infinity;
  private readonly lags: Stream;

  constructor(private readonly queue: Queue) {
    this.moves = new MoveTasks(queue);
    this.lags = queue.world.streams.stream(queue.options.name, 'metricLag');
  }

  get shownCounts(): QueueCounts {
    const { world, options } = this.queue;
    const { metricLag } = options.assume;
    if (metricLag === null) return this.counts;
    if (world.kernel.now >= this.shownUntil) {
      this.shown = this.counts;
      this.shownUntil = world.kernel.now + drawMicros(metricLag, this.lags.uniform());
    }
    return this.shown;
  }

  get counts(): QueueCounts {
    const { shelf, inFlight, delays } = this.queue;
    return { visible: shelf.length, inFlight, delayed: delays.count };
  }

  purge(): QueueError {
    const { queue } = this;
    const { now } = queue.world.kernel;
    if (queue.isGone) return QueueError.QueueDoesNotExist;
    if (now - this.purgedAt < SQS_LIMITS.purgeInterval) return QueueError.PurgeQueueInProgress;
    this.purgedAt = now;
    queue.facts.request(queue.id, QueueOperation.PurgeQueue, 0);
    this.empty(Outcome.Purged);
    return QueueError.None;
  }

  deleteQueue(): void {
    this.queue.isGone = true;
    this.queue.gate ??= new Gate(this.queue);
    this.empty(Outcome.ResourceDeleted);
    this.queue.receiving.dismiss();
  }

  /** Deletes all copies, whatever their state, the oldest first; a FIFO queue forgets its ids. */
  private empty(outcome: Outcome): void {
    const { queue } = this;
    const rows = this.copiesInOrder();
    for (const copy of rows) queue.sweep(copy, outcome);
    queue.deduplication?.clear();
    queue.receiving.attempts?.clear();
  }

  private copiesInOrder(): number[] {
    const { copies, messages, id, retention } = this.queue;
    const rows: number[] = [];
    for (let row = 0; row < messages.copies.bound; row++) {
      if (messages.copies.isLive(row) && copies.queue[row] === id && retention.has(row))
        rows.push(row);
    }
    return rows.sort((a, b) => retention.orderOf(a) - retention.orderOf(b));
  }

  change(changes: QueueChanges): void {
    const { options, retention, delays, fifo } = this.queue;
    const { deadLetter, contentBasedDeduplication } = changes;
    if (changes.visibilityTimeout !== undefined)
      options.visibilityTimeout = changes.visibilityTimeout;
    if (changes.receiveWait !== undefined) options.receiveWait = changes.receiveWait;
    if (changes.maximumMessageSizeBytes !== undefined)
      options.maximumMessageSizeBytes = changes.maximumMessageSizeBytes;
    if (deadLetter !== undefined) options.deadLetter = deadLetter;
    if (contentBasedDeduplication !== undefined && options.fifo !== null)
      options.fifo = { ...options.fifo, contentBasedDeduplication };
    if (changes.delay !== undefined) {
      const before = options.delay;
      options.delay = changes.delay;
      if (fifo !== null) {
        delays.changeDelay(before, changes.delay);
        fifo.lookAgain();
      }
    }
    if (changes.retention !== undefined) {
      const before = options.retention;
      options.retention = changes.retention;
      retention.changeDelay(before, changes.retention);
    }
  }

  startMove(target: number | null, perSecond: number | null): QueueError {
    return this.moves.begin(target, perSecond);
  }

  cancelMove(): QueueError {
    return this.moves.cancel();
  }

  moveTasks(): readonly MoveTask[] {
    return this.moves.shown;
  }
}
