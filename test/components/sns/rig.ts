// A FIFO topic and its subscribers, call by call: who got what, when, why.

import { Endpoints } from '../../../src/components/endpoints.js';
import type { Facts } from '../../../src/components/facts.js';
import { Outcome } from '../../../src/components/facts.js';
import { NONE } from '../../../src/components/messages.js';
import { CallError } from '../../../src/components/port.js';
import type { Port } from '../../../src/components/port.js';
import { QueueOperation } from '../../../src/components/queue-port.js';
import type { TopicOptions } from '../../../src/components/sns/options.js';
import { Topic } from '../../../src/components/sns/topic.js';
import type { SubscriptionOptions } from '../../../src/components/topic-port.js';
import { TopicError, TopicOperation } from '../../../src/components/topic-port.js';
import { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { SECOND } from '../../../src/kernel/time.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';
import { HARSH_TABLES } from '../fakes.js';

export { TopicError, SECOND };

const SOURCE = 0;
export const TOPIC = 1;
const NAMES = ['source', 'news.fifo', 'a.fifo', 'plain', 'b.fifo', 'dead.fifo', 'late.fifo'];

/** What a subscriber got, and ran at once. */
export interface Got {
  /** Seconds. */
  readonly at: number;
  /** The number of the message, from 0. */
  readonly message: number;
  /** Labels, or -1. */
  readonly group: number;
  readonly id: number;
  /** Runs of it before, and why again (a Cause). */
  readonly run: number;
  readonly cause: number;
}

/** A queue that handles what it gets at once, and refuses what `refuse` says. */
export class Subscriber implements Port {
  readonly handlers: readonly Handler[];
  readonly latency = null;
  readonly got: Got[] = [];
  /** The error for a message at a time (s); 0: none. */
  refuse: (message: number, at: number) => number = () => CallError.None;
  attempts: { readonly at: number; readonly message: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly id: number,
  ) {
    const { kernel } = world;
    this.handlers = [kernel.handler(`${world.names[id]}/take`, (call) => this.take(call))];
    world.calls.open(id, this);
    world.shared(Endpoints).set(id, {
      protocol: 'sqs',
      retries: 'awsManaged',
      takes: { style: 'inbox', operation: QueueOperation.SendMessage },
      subscribers: 1,
      rate: null,
      price: null,
    });
  }

  private take(call: number): void {
    const { calls, messages, kernel } = this.world;
    const at = kernel.now / SECOND;
    const message = messages.messages.mark1[calls.first[call]];
    this.attempts.push({ at, message });
    const error = this.refuse(message, at);
    if (error === CallError.None) this.run(call, at, message);
    calls.error[call] = error;
    calls.answer(call);
  }

  private run(call: number, at: number, message: number): void {
    const { calls, messages } = this.world;
    const delivery = messages.addReceived(calls.pushed[call], 0, this.id);
    const run = messages.beginRun(delivery);
    const cause = messages.deliveries.cause[delivery];
    this.got.push({ at, message, group: calls.a[call], id: calls.b[call], run, cause });
    messages.endRunWell(delivery);
    messages.consumerReleases(delivery);
  }

  /** The numbers of what it got. */
  get numbers(): number[] {
    return this.got.map(({ message }) => message);
  }
}

/** What was told beside. */
class Told extends SilentFacts implements Facts {
  readonly counted = new Map<number, number>();
  repeats = 0;
  filteredOut = 0;
  readonly ended = { processed: 0, lost: 0, dead: 0, unfinished: 0 };

  override metered(resource: number, counter: number, quantity: number): void {
    if (resource === TOPIC) this.counted.set(counter, (this.counted.get(counter) ?? 0) + quantity);
  }
  override deduplicated(): void {
    this.repeats++;
  }
  override filtered(): void {
    this.filteredOut++;
  }
  override settled(_consumer: number, _obligation: number, outcome: Outcome): void {
    if (outcome === Outcome.Processed) this.ended.processed++;
    else if (outcome === Outcome.DeadLettered) this.ended.dead++;
    else if (outcome === Outcome.Unfinished) this.ended.unfinished++;
    else this.ended.lost++;
  }
}

export interface RigOptions {
  /** The numbers of those that subscribe from the start, with what is special about them. */
  readonly subscribers?: Readonly<Record<string, Partial<SubscriptionOptions>>>;
  readonly scope?: 'Topic' | 'MessageGroup';
  /** Days; the archive. */
  readonly archive?: number;
  /** To whom the archive will be replayed. */
  readonly replayed?: readonly string[];
  readonly replayRate?: number;
  readonly messagesPerSecond?: number;
  /** From accepted to the first attempt, s. */
  readonly latency?: number;
  readonly isStandard?: boolean;
}

const DAY = 86_400 * SECOND;

export class TopicRig {
  readonly kernel = new Kernel({ tables: HARSH_TABLES });
  readonly told = new Told();
  readonly world: World;
  readonly topic: Topic;
  /** By publish: 0, or why it was refused. */
  readonly errors: number[] = [];
  private readonly queues = new Map<string, Subscriber>();
  private readonly onAnswer: Handler;
  private readonly onBatch: Handler;
  private published = 0;
  private ids = 1_000_000;

  constructor(options: RigOptions = {}) {
    const { subscribers = { 'a.fifo': {} }, replayed = [] } = options;
    this.world = new World(this.kernel, new Streams('test', 0), this.told, NAMES, {
      accounts: NAMES.map(() => 'one'),
      replayed: new Map(replayed.length === 0 ? [] : [[TOPIC, new Set(replayed)]]),
    });
    for (const name of NAMES.slice(2))
      this.queues.set(name, new Subscriber(this.world, NAMES.indexOf(name)));
    const made = Object.entries(subscribers).map(([name, more]) => this.subscription(name, more));
    this.topic = new Topic(this.world, TOPIC, this.optionsOf(options, made));
    this.topic.connect();
    this.onAnswer = this.kernel.handler('source/answered', (call) => this.answered(call));
    this.onBatch = this.kernel.handler('source/batch answered', (call) => this.batchAnswered(call));
  }

  subscription(name: string, more: Partial<SubscriptionOptions> = {}): SubscriptionOptions {
    return {
      name,
      target: NAMES.indexOf(name),
      isRaw: true,
      filter: null,
      deadLetter: null,
      deliveryPolicy: null,
      confirmedAfter: 0,
      ...more,
    };
  }

  private optionsOf(options: RigOptions, subscriptions: SubscriptionOptions[]): TopicOptions {
    const { scope = 'Topic', archive, latency = 0, replayRate, isStandard = false } = options;
    return {
      name: 'news.fifo',
      region: 'us-east-1',
      account: 'one',
      fifo: isStandard
        ? null
        : {
            contentBasedDeduplication: false,
            throughputScope: scope,
            archiveRetention: archive === undefined ? null : archive * DAY,
          },
      deliveryPolicy: { healthyRetryPolicy: {} as never, maxReceivesPerSecond: undefined },
      subscriptions,
      encryption: null,
      isEncryptedByAws: false,
      allowed: null,
      messagesPerSecond: options.messagesPerSecond ?? 30_000,
      assume: {
        apiLatency: null,
        toQueues:
          latency === 0 ? null : distribution({ kind: 'constant', value: latency * SECOND }),
        toOthers: null,
        duplicateDelivery: 0,
        retryJitter: null,
        policyPropagation: null,
        ...(replayRate === undefined ? {} : { replayRate }),
        billedRetries: 'http',
        tooManyRequests: 'permanent',
      },
    };
  }

  of(name: string): Subscriber {
    return this.queues.get(name)!;
  }

  to(seconds: number): this {
    this.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }

  /** One message of a group now, under an id of its own or this one. Returns its number. */
  publish(group = 0, id = this.ids++, bytes = 100): number {
    const { calls } = this.world;
    const number = this.published++;
    const call = calls.begin(SOURCE, TOPIC, TopicOperation.Publish, this.onAnswer, number);
    calls.first[call] = this.born(number, bytes);
    calls.a[call] = group;
    calls.b[call] = id;
    calls.goAtOnce(call, 0, number, 0);
    return number;
  }

  /** Ten at most, in one call: groups and ids. */
  publishBatch(...entries: readonly (readonly [number, number])[]): this {
    const { calls, messages } = this.world;
    const call = calls.begin(SOURCE, TOPIC, TopicOperation.PublishBatch, this.onBatch, 0);
    let next: number = NONE;
    for (const [group, id] of [...entries].reverse()) {
      const number = this.published + entries.length - 1 - calls.carries[call];
      next = messages.entries.addFor(this.born(number, 100), next);
      messages.entries.group[next] = group;
      messages.entries.id[next] = id;
      calls.carries[call]++;
    }
    this.published += entries.length;
    calls.first[call] = next;
    calls.goAtOnce(call, 0, this.published, 0);
    return this;
  }

  private born(number: number, bytes: number): number {
    return this.world.messages.born(SOURCE, this.kernel.now, number * 7919, number, bytes);
  }

  private answered(call: number): void {
    const { calls, messages } = this.world;
    this.errors[calls.context[call]] = calls.error[call];
    messages.release(calls.first[call]);
    calls.free(call);
  }

  private batchAnswered(call: number): void {
    const { calls, messages } = this.world;
    const { entries } = messages;
    for (let row = calls.first[call]; row !== NONE;) {
      const next = entries.next[row];
      this.errors[messages.messages.mark1[entries.message[row]]] = entries.error[row];
      messages.release(entries.message[row]);
      entries.free(row);
      row = next;
    }
    calls.free(call);
  }

  /** Rows that are still there. */
  get rows(): number {
    const { messages, calls } = this.world;
    const { obligations, deliveries, copies, entries } = messages;
    const tables = [messages.messages, obligations, deliveries, copies, entries, calls];
    return tables.reduce((sum, { count }) => sum + count, 0);
  }
}
