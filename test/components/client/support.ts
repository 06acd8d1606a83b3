// A scripted service for tests of clients: it does with each call what a list says, one item per call; when the
// list is used up, it accepts. Tables start at capacity 1 and are poisoned.

import type { TrafficOptions } from '../../../src/components/traffic/options.js';
import { TrafficSource } from '../../../src/components/traffic/source.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import type { Port } from '../../../src/components/port.js';
import {
  QUEUE_DEFAULT,
  QUEUE_INBOX,
  QUEUE_OPERATIONS,
  QueueOperation,
} from '../../../src/components/queue-port.js';
import type { RetryRules } from '../../../src/components/settings/client.js';
import { World } from '../../../src/components/world.js';
import { RecordedFacts } from '../../support/recorded-facts.js';

export const SECOND = 1_000_000;

/** What becomes of one call. Entries of a batch each have a result in `entries`. */
export interface Answer {
  /** µs from its arrival to the answer; Infinity: never. */
  readonly after?: number;
  readonly error?: number;
  readonly entries?: readonly number[];
}

/** What a call said when it arrived. */
export interface Seen {
  readonly at: number;
  readonly operation: number;
  readonly messages: readonly number[];
  readonly groups: readonly number[];
  readonly ids: readonly number[];
  readonly delays: readonly number[];
}

export class ScriptedService implements Port {
  readonly handlers: readonly Handler[];
  readonly latency = null;
  readonly seen: Seen[] = [];
  private readonly answers: Answer[];
  private readonly onDone: Handler;

  constructor(
    private readonly world: World,
    id: number,
    script: readonly Answer[],
  ) {
    this.answers = [...script];
    const taken = world.kernel.handler('service/call', (call) => this.take(call));
    this.onDone = world.kernel.handler('service/done', (call) => world.calls.answer(call));
    this.handlers = QUEUE_OPERATIONS.map(() => taken);
    world.addInbox(id, QUEUE_INBOX);
    world.calls.open(id, this);
  }

  private take(call: number): void {
    const { calls, messages, kernel } = this.world;
    const { entries } = messages;
    const answer = this.answers.shift() ?? {};
    const operation = calls.operation[call];
    calls.error[call] = answer.error ?? 0;
    if (operation === QueueOperation.SendMessageBatch) {
      const rows: number[] = [];
      for (let row = calls.first[call]; row >= 0; row = entries.next[row]) {
        entries.error[row] = answer.entries?.[rows.length] ?? 0;
        rows.push(row);
      }
      this.note(
        operation,
        rows.map((row) => [
          entries.message[row],
          entries.group[row],
          entries.id[row],
          entries.delay[row],
        ]),
      );
    } else {
      this.note(operation, [[calls.first[call], calls.a[call], calls.b[call], calls.c[call]]]);
    }
    const after = answer.after ?? 0;
    if (after < Infinity) kernel.after(after, this.onDone, call);
  }

  private note(operation: number, rows: readonly (readonly number[])[]): void {
    const column = (i: number) => rows.map((row) => row[i]);
    const at = this.world.kernel.now;
    const [messages, groups, ids, delays] = [0, 1, 2, 3].map(column);
    this.seen.push({ at, operation, messages, groups, ids, delays });
  }
}

export const PLAIN: TrafficOptions['client'] = {
  timeout: null,
  retry: null,
  senders: 1,
  batch: null,
};

export const RULES: RetryRules = {
  maxAttempts: 3,
  backoff: 'exponential',
  base: 100_000,
  cap: 20 * SECOND,
  budget: undefined,
  on: ['timeout', 'throttle', 'serverError', 'connection'],
};

/** One message a second from 0 on, to resource 0. */
export function trafficOptions(options: Partial<TrafficOptions> = {}): TrafficOptions {
  return {
    name: 'shoppers',
    target: 0,
    statement: null,
    end: 1000 * SECOND,
    arrivals: 'constant',
    size: distribution({ kind: 'constant', value: 1024 }),
    key: { kind: 'unique' },
    attributes: {},
    body: {},
    source: 'shoppers',
    detailType: 'shoppers',
    messageGroupId: null,
    messageDeduplicationId: null,
    largePayloads: null,
    delay: QUEUE_DEFAULT,
    client: PLAIN,
    plan: {
      kind: 'rates',
      segments: [{ start: 0, end: 1000 * SECOND, fromPerSecond: 1, toPerSecond: 1 }],
      bursts: [],
    },
    ...options,
  };
}

export interface Bench {
  readonly recorded: RecordedFacts;
  readonly world: World;
  readonly service: ScriptedService;
  /** What the service saw. */
  readonly seen: readonly Seen[];
  readonly source: TrafficSource;
}

/** Traffic towards a scripted service, not started yet. `others`: further resources, built by `before`. */
export function bench(
  script: readonly Answer[],
  options: Partial<TrafficOptions> = {},
  before: (world: World) => void = () => {},
): Bench {
  const recorded = new RecordedFacts();
  const kernel = new Kernel({ tables: { capacity: 1, poison: true } });
  recorded.kernel = kernel;
  const world = new World(kernel, new Streams('test', 0), recorded.facts, [
    'service',
    'bucket',
    'shoppers',
  ]);
  before(world);
  const service = new ScriptedService(world, 0, script);
  const source = new TrafficSource(world, 2, trafficOptions(options));
  return { recorded, world, service, seen: service.seen, source };
}

/** The plan of so many messages at once, at time 0. */
export function burst(count: number): TrafficOptions['plan'] {
  return { kind: 'rates', segments: [], bursts: [{ at: 0, count }] };
}

/** Runs it for so many seconds. */
export function run(
  seconds: number,
  script: readonly Answer[],
  options: Partial<TrafficOptions> = {},
  before?: (world: World) => void,
): Bench {
  const made = bench(script, options, before);
  made.source.start();
  made.world.kernel.advance(Math.round(seconds * SECOND));
  return made;
}

/** Nothing is left behind: no call, no entry, no message. */
export function leftOver({ world }: Bench): number[] {
  const { messages, entries } = world.messages;
  return [world.calls.count, entries.count, messages.count, world.messages.left];
}
