/**
 * A queue with a constant backlog, call by call: each round sends ten messages in a batch, receives ten
 * and deletes them in a batch, with all default observers on. What is waiting does not get less or more.
 */
import type { QueueOptions } from '../../../src/components/sqs/options.js';
import { Queue } from '../../../src/components/sqs/queue.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueOperation } from '../../../src/components/queue-port.js';
import { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { Watch } from '../../../src/observe/watch.js';
import type { Workload } from './workload.js';

export interface BacklogOptions {
  /** null: a standard queue. */
  readonly groups: number | null;
  readonly waiting: number;
  readonly messages: number;
}

const QUEUE = 0;
const SENDER = 1;
const WORKER = 2;
const BATCH = 10;
/** Between two rounds, µs: a thousand messages a second, far below any throughput limit of a FIFO queue. */
const PAUSE = 10_000;
const DAY = 86_400_000_000;

export class Backlog implements Workload {
  private readonly kernel = new Kernel();
  private readonly watch = new Watch(this.kernel, {
    names: 3,
    stores: [QUEUE],
    consumers: [WORKER],
    warmUp: 0,
    delays: new Float64Array(3),
    maxReceiveCounts: new Float64Array(3).fill(Infinity),
    metered: [undefined, undefined, undefined],
  });
  private readonly world = new World(
    this.kernel,
    new Streams('backlog', 0),
    this.watch,
    ['queue', 'sender', 'worker'],
    { consumers: new Map([[QUEUE, [WORKER]]]) },
  );
  private readonly onSent: Handler;
  private readonly onReceived: Handler;
  private readonly onDeleted: Handler;
  private readonly onRound: Handler;
  private made = 0;
  private deleted = 0;

  constructor(private readonly options: BacklogOptions) {
    const { kernel, world } = this;
    this.watch.attach(world.messages);
    void new Queue(world, QUEUE, queueOptions(options.groups !== null));
    this.onSent = kernel.handler('sent', (call) => this.sent(call));
    this.onReceived = kernel.handler('received', (call) => this.received(call));
    this.onDeleted = kernel.handler('deleted', (call) => this.finished(call));
    this.onRound = kernel.handler('round', () => this.round());
    for (let i = 0; i < options.waiting; i += BATCH) {
      this.send();
      kernel.advance(kernel.now + PAUSE);
    }
  }

  get units(): number {
    return this.options.messages;
  }

  run(): void {
    this.deleted = 0;
    this.kernel.soon(this.onRound, 1);
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  /** Messages deleted: all that were asked for. */
  result(): number {
    return this.deleted;
  }

  private round(): void {
    this.send();
    const { calls } = this.world;
    const call = calls.begin(WORKER, QUEUE, QueueOperation.ReceiveMessage, this.onReceived, 0);
    calls.carries[call] = BATCH;
    calls.a[call] = 0;
    calls.b[call] = QUEUE_DEFAULT;
    calls.c[call] = NO_LABEL;
    calls.go(call, 1, 1, 0);
  }

  private send(): void {
    const { calls, messages } = this.world;
    const { groups } = this.options;
    let first = -1;
    for (let i = 0; i < BATCH; i++) {
      const n = this.made++;
      const message = messages.born(SENDER, this.kernel.now, n, ~n, 1024);
      this.watch.born(SENDER, message);
      first = messages.entries.addFor(message, first);
      // a stride that is prime: the groups come in no order
      messages.entries.group[first] = groups === null ? NO_LABEL : (n * 7919) % groups;
      messages.entries.id[first] = n;
    }
    const call = calls.begin(SENDER, QUEUE, QueueOperation.SendMessageBatch, this.onSent, first);
    calls.first[call] = first;
    calls.carries[call] = BATCH;
    calls.go(call, 1, 1, 0);
  }

  private sent(call: number): void {
    const { calls, messages } = this.world;
    const { entries } = messages;
    for (let row = calls.context[call]; row >= 0;) {
      const next = entries.next[row];
      this.watch.answered(SENDER, entries.message[row]);
      messages.release(entries.message[row]);
      entries.free(row);
      row = next;
    }
    calls.free(call);
  }

  private received(call: number): void {
    const { calls } = this.world;
    const first = calls.first[call];
    const count = calls.carries[call];
    calls.free(call);
    if (count < BATCH) throw new Error('the backlog has run dry');
    const next = calls.begin(WORKER, QUEUE, QueueOperation.DeleteMessageBatch, this.onDeleted, 0);
    calls.first[next] = first;
    calls.carries[next] = count;
    calls.go(next, 1, 1, 0);
  }

  private finished(call: number): void {
    const { calls, messages } = this.world;
    const { deliveries } = messages;
    for (let row = calls.first[call]; row >= 0;) {
      const next = deliveries.next[row];
      if (deliveries.error[row] === 0) this.deleted++;
      messages.consumerReleases(row);
      row = next;
    }
    calls.free(call);
    if (this.deleted < this.options.messages) this.kernel.after(PAUSE, this.onRound, 0);
    else this.kernel.stop();
  }
}

export function queueOptions(isFifo: boolean): QueueOptions {
  return {
    name: isFifo ? 'queue.fifo' : 'queue',
    visibilityTimeout: 30_000_000,
    delay: 0,
    retention: 14 * DAY,
    receiveWait: 0,
    maximumMessageSizeBytes: 1_048_576,
    deadLetter: null,
    fifo: isFifo
      ? {
          contentBasedDeduplication: false,
          deduplicationScope: 'messageGroup',
          fifoThroughputLimit: 'perMessageGroupId',
          scanWindow: 120_000,
          highThroughputPerSecond: 70_000,
        }
      : null,
    inFlightMax: 120_000,
    encryption: null,
    allowed: null,
    consumers: [WORKER],
    assume: {
      apiLatency: null,
      propagation: null,
      duplicateOnReceive: 0,
      duplicateAfterDelete: 0,
      lostReceive: 0,
      falseEmpty: 0,
      storageShards: 1,
      shortPollShards: 1,
      staleDelete: 'ignored',
      pollChoice: 'longestWaiting',
      fairWindow: 60_000_000,
      partitionRamp: 0,
      redriveRate: 500,
      metricLag: null,
    },
  };
}
