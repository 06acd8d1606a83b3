/**
 * Drives one queue (and a dead-letter queue beside it) call by call at given virtual times, as a
 * consumer outside any fleet would. Tables start at capacity 1 and are poisoned on growth.
 */

import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueOperation } from '../../../src/components/queue-port.js';
import type { QueueAssumptions, QueueOptions } from '../../../src/components/sqs/options.js';
import { Queue } from '../../../src/components/sqs/queue.js';
import { World } from '../../../src/components/world.js';
import { RecordedFacts } from '../../support/recorded-facts.js';

export const SECOND = 1_000_000;
const CLIENT = 2;

export const IDEAL: QueueAssumptions = {
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
  fairWindow: 60 * SECOND,
  partitionRamp: 0,
  redriveRate: 500,
  metricLag: null,
};

/** One message as a receive returned it. */
export interface Received {
  readonly delivery: number;
  /** The number that `send` gave it. */
  readonly message: number;
  readonly receiveCount: number;
}

/** A receive, answered or not yet. */
export interface Poll {
  answeredAt: number | null;
  error: number;
  received: Received[];
}

export class QueueDriver {
  readonly recorded = new RecordedFacts();
  readonly kernel = new Kernel({ tables: { capacity: 1, poison: true } });
  readonly world: World;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly polls: Poll[] = [];
  private readonly answer;
  private readonly acknowledged;
  private sent = 0;
  lastError = 0;

  constructor(options: Partial<QueueOptions> = {}, maxReceiveCount = 0) {
    this.recorded.kernel = this.kernel;
    const consumers = new Map([[0, [CLIENT]]]);
    this.world = new World(
      this.kernel,
      new Streams('test', 0),
      this.recorded.facts,
      ['q', 'dlq', 'client'],
      { consumers },
    );
    this.answer = this.kernel.handler('client/answer', (call) => this.takeAnswer(call));
    this.acknowledged = this.kernel.handler('client/ok', (call) => {
      this.lastError = this.world.calls.error[call];
      this.world.calls.free(call);
    });
    this.queue = new Queue(this.world, 0, {
      ...defaults('q', [CLIENT]),
      ...options,
      deadLetter: maxReceiveCount > 0 ? { target: 1, maxReceiveCount } : null,
    });
    this.deadLetters = new Queue(this.world, 1, {
      ...defaults('dlq', []),
      retention: 14 * 86_400 * SECOND,
    });
  }

  at(seconds: number): this {
    this.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }

  /** Sends a message and returns its number, from 0. `group` and `id`: for FIFO queues. */
  send(sizeBytes = 100, group: number = NO_LABEL, id: number = NO_LABEL): number {
    const { messages, calls } = this.world;
    const number = this.sent++;
    const message = messages.born(CLIENT, this.kernel.now, number * 7919, ~number, sizeBytes);
    const call = calls.begin(CLIENT, 0, QueueOperation.SendMessage, this.acknowledged, 0);
    calls.first[call] = message;
    calls.carries[call] = 1;
    calls.a[call] = group;
    calls.b[call] = id;
    calls.c[call] = QUEUE_DEFAULT;
    calls.go(call, 1, 1, number);
    this.now();
    messages.release(message);
    return number;
  }

  receive(max = 1, waitSeconds = 0, visibilitySeconds = -1, target = 0, attempt = NO_LABEL): Poll {
    const { calls } = this.world;
    const poll: Poll = { answeredAt: null, error: 0, received: [] };
    const context = this.polls.push(poll) - 1;
    const call = calls.begin(CLIENT, target, QueueOperation.ReceiveMessage, this.answer, context);
    calls.carries[call] = max;
    calls.a[call] = waitSeconds * SECOND;
    calls.c[call] = attempt;
    calls.b[call] = visibilitySeconds < 0 ? QUEUE_DEFAULT : visibilitySeconds * SECOND;
    calls.go(call, 1, 1, context);
    this.now();
    return poll;
  }

  delete(delivery: number): void {
    const { calls } = this.world;
    const call = calls.begin(CLIENT, 0, QueueOperation.DeleteMessage, this.acknowledged, 0);
    calls.first[call] = delivery;
    calls.carries[call] = 1;
    calls.go(call, 1, 1, 0);
    this.now();
  }

  changeVisibility(delivery: number, seconds: number): void {
    const { calls } = this.world;
    const operation = QueueOperation.ChangeMessageVisibility;
    const call = calls.begin(CLIENT, 0, operation, this.acknowledged, 0);
    calls.first[call] = delivery;
    calls.a[call] = seconds * SECOND;
    calls.go(call, 1, 1, 0);
    this.now();
  }

  /** The consumer forgets a delivery, as a fleet does after its delete. */
  forget(delivery: number): void {
    this.world.messages.consumerReleases(delivery);
  }

  private now(): void {
    this.kernel.advance(this.kernel.now);
  }

  private takeAnswer(call: number): void {
    const { calls, messages } = this.world;
    const { deliveries, copies, obligations } = messages;
    const poll = this.polls[calls.context[call]];
    poll.answeredAt = this.kernel.now / SECOND;
    poll.error = calls.error[call];
    for (let row = calls.first[call]; row >= 0; row = deliveries.next[row]) {
      const message = ~messages.messages.mark1[obligations.message[deliveries.obligation[row]]];
      poll.received.push({
        delivery: row,
        message,
        receiveCount: copies.receiveCount[deliveries.copy[row]],
      });
    }
    calls.free(call);
  }
}

export function defaults(name: string, consumers: readonly number[]): QueueOptions {
  return {
    name,
    visibilityTimeout: 30 * SECOND,
    delay: 0,
    retention: 4 * 86_400 * SECOND,
    receiveWait: 0,
    maximumMessageSizeBytes: 1_048_576,
    deadLetter: null,
    fifo: null,
    inFlightMax: 120_000,
    encryption: null,
    allowed: null,
    consumers,
    assume: IDEAL,
  };
}
