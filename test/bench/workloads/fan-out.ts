/**
 * A topic with a hundred queues behind it, call by call: each round publishes ten messages in a batch, and each queue
 * stores a copy of each, with all default observers on. Counted in copies. With filters each message is for half of
 * the queues, and all are asked.
 */
import { readPattern } from '../../../src/components/patterns/read.js';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { Endpoints } from '../../../src/components/endpoints.js';
import { Topic } from '../../../src/components/sns/topic.js';
import { Queue } from '../../../src/components/sqs/queue.js';
import { sqsQueue } from '../../../src/components/sqs/sqs-queue.js';
import { TopicOperation } from '../../../src/components/topic-port.js';
import type { SubscriptionOptions } from '../../../src/components/topic-port.js';
import { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { Watch } from '../../../src/observe/watch.js';
import { queueOptions } from './backlog.js';
import type { Workload } from './workload.js';

export interface FanOutOptions {
  readonly copies: number;
  readonly filtered: boolean;
}

const QUEUES = 100;
const TOPIC = QUEUES;
const SENDER = QUEUES + 1;
const WORKER = QUEUES + 2;
const NAMES = [
  ...Array.from({ length: QUEUES }, (_, i) => `queue-${i}`),
  'topic',
  'sender',
  'worker',
];
const BATCH = 10;
/** Between two rounds, µs. */
const PAUSE = 10_000;

export class FanOut implements Workload {
  private readonly kernel = new Kernel();
  private readonly watch = new Watch(this.kernel, {
    names: NAMES.length,
    stores: Array.from({ length: QUEUES }, (_, i) => i),
    consumers: [WORKER],
    warmUp: 0,
    delays: new Float64Array(NAMES.length),
    maxReceiveCounts: new Float64Array(NAMES.length).fill(Infinity),
    weights: new Float64Array(NAMES.length).fill(1),
    metered: NAMES.map(() => undefined),
  });
  private readonly world = new World(this.kernel, new Streams('fan-out', 0), this.watch, NAMES, {
    consumers: new Map(NAMES.slice(0, QUEUES).map((_, i) => [i, [WORKER]])),
  });
  private readonly onSent: Handler;
  private readonly onRound: Handler;
  private made = 0;

  constructor(private readonly options: FanOutOptions) {
    const { kernel, world } = this;
    this.watch.attach(world.messages);
    for (let id = 0; id < QUEUES; id++) {
      const name = NAMES[id];
      const endpoint = sqsQueue.endpoint!({ name, settings: {}, assume: {} });
      world.shared(Endpoints).set(id, endpoint);
      void new Queue(world, id, { ...queueOptions(false), name });
    }
    const topic = new Topic(world, TOPIC, topicOptions());
    for (let id = 0; id < QUEUES; id++) topic.subscribe(subscription(id, options.filtered));
    world.makes.set(SENDER, {
      isKeyed: false,
      key: () => NO_LABEL,
      attribute: (_, mark0) => mark0 & 1,
    });
    this.watch.begin(world.makes);
    this.onSent = kernel.handler('sent', (call) => this.sent(call));
    this.onRound = kernel.handler('round', () => this.round());
  }

  get units(): number {
    return this.options.copies;
  }

  run(): void {
    this.kernel.soon(this.onRound, 0);
    this.kernel.advance(Number.MAX_SAFE_INTEGER);
  }

  /** Copies that lie in the queues. */
  result(): number {
    return this.world.messages.copies.count;
  }

  private round(): void {
    const { calls, messages } = this.world;
    let first = -1;
    for (let i = 0; i < BATCH; i++) {
      const n = this.made++;
      const message = messages.born(SENDER, this.kernel.now, n, ~n, 1024);
      this.watch.born(SENDER, message);
      first = messages.entries.addFor(message, first);
      messages.entries.group[first] = NO_LABEL;
      messages.entries.id[first] = NO_LABEL;
    }
    const call = calls.begin(SENDER, TOPIC, TopicOperation.PublishBatch, this.onSent, first);
    calls.first[call] = first;
    calls.carries[call] = BATCH;
    calls.go(call, 1, 1, 0);
    if (this.world.messages.copies.count < this.options.copies)
      this.kernel.after(PAUSE, this.onRound, 0);
    else this.kernel.stop();
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
}

function subscription(target: number, filtered: boolean): SubscriptionOptions {
  const pattern = { parity: [target % 2, 2 + target] };
  const filter = filtered
    ? readPattern(pattern, 'messageAttributes', ({ message }) => {
        throw new Error(message);
      })!
    : null;
  const rest = { isRaw: true, deadLetter: null, deliveryPolicy: null, confirmedAfter: 0 };
  return { name: NAMES[target], target, filter, ...rest };
}

function topicOptions(): ConstructorParameters<typeof Topic>[2] {
  const healthyRetryPolicy = {
    numRetries: 3,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    minDelayTarget: 20_000_000,
    maxDelayTarget: 20_000_000,
    backoffFunction: 'linear',
  } as const;
  return {
    name: 'topic',
    region: 'us-east-1',
    account: 'one',
    fifo: null,
    deliveryPolicy: { healthyRetryPolicy, maxReceivesPerSecond: undefined },
    subscriptions: [],
    encryption: null,
    isEncryptedByAws: false,
    allowed: null,
    messagesPerSecond: 30_000,
    assume: {
      apiLatency: null,
      toQueues: null,
      toOthers: null,
      duplicateDelivery: 0,
      retryJitter: null,
      policyPropagation: null,
      billedRetries: 'http',
      tooManyRequests: 'permanent',
    },
  };
}
