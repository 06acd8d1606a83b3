// A service that pushes whatever it is given to each of its links, with all observers listening.

import type { LinkOptions } from '../../../src/components/delivery/options.js';
import { Pusher } from '../../../src/components/delivery/pusher.js';
import { PhasedSchedule } from '../../../src/components/delivery/schedules.js';
import { Endpoints } from '../../../src/components/endpoints.js';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { SECOND } from '../../../src/kernel/time.js';
import type { MeteredResource } from '../../../src/observe/cost/meters.js';
import { Watch } from '../../../src/observe/watch.js';
import { HARSH_TABLES } from '../fakes.js';

export const SOURCE = 0;
export const PUSHER = 1;
/** The first of up to four targets. */
export const TARGET = 2;
const NAMES = ['source', 'pusher', 'target', 'target-2', 'target-3', 'target-4'];

/** SNS's default for HTTP/S. */
export const THREE_TIMES = new PhasedSchedule([
  { retries: 3, first: 20 * SECOND, last: 20 * SECOND, backoff: 'linear' },
]);

export interface RigOptions {
  /** Subscribers, by target from the first on; default 1. */
  readonly subscribers?: readonly number[];
  readonly metered?: MeteredResource;
}

export class PushRig {
  readonly kernel = new Kernel({ tables: HARSH_TABLES });
  readonly watch: Watch;
  readonly world: World;
  readonly pusher: Pusher;
  private readonly targets: number[] = [];
  private published = 0;

  constructor({ subscribers = [], metered }: RigOptions = {}) {
    const consumers = NAMES.map((_, id) => id).slice(TARGET);
    this.watch = new Watch(this.kernel, {
      names: NAMES.length,
      stores: [],
      consumers,
      delays: new Float64Array(NAMES.length),
      maxReceiveCounts: new Float64Array(NAMES.length).fill(Infinity),
      weights: Float64Array.from(NAMES, (_, id) => subscribers[id - TARGET] ?? 1),
      linkTargets: [undefined, this.targets],
      metered: [undefined, metered],
      warmUp: 0,
    });
    this.world = new World(this.kernel, new Streams('test', 0), this.watch, NAMES, {
      accounts: NAMES.map(() => 'one'),
    });
    this.watch.attach(this.world.messages);
    this.watch.begin(this.world.makes);
    this.pusher = new Pusher(this.world, PUSHER, 'pusher');
  }

  /** When its targets are built. */
  link(target: number, options: Partial<LinkOptions> = {}): this {
    const endpoint = this.world.shared(Endpoints).of(target);
    this.targets.push(target);
    this.pusher.addLink({
      name: `link ${target}`,
      target,
      takes: endpoint!.takes,
      schedule: THREE_TIMES,
      jitter: null,
      ageMax: Infinity,
      deadLetter: null,
      latency: null,
      takesApiLatency: true,
      timeout: 15 * SECOND,
      envelope: 0,
      duplicates: 0,
      pacer: null,
      heldMax: Infinity,
      isOrdered: false,
      refusesThrottled: true,
      passesGroup: false,
      passesId: false,
      ...options,
    });
    return this;
  }

  /** Messages, at once. */
  publish(count = 1, bytes = 1_024): this {
    const { messages } = this.world;
    for (let i = 0; i < count; i++) {
      const number = this.published++;
      const message = messages.born(SOURCE, this.kernel.now, number * 7919, ~number, bytes);
      this.watch.born(SOURCE, message);
      this.pusher.links.forEach((_, link) => {
        this.pusher.dispatch(link, message, NO_LABEL, NO_LABEL);
      });
      messages.release(message);
    }
    return this;
  }

  to(seconds: number): this {
    this.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }

  /** The run is over: nothing may be broken, and nothing left in tables if all was delivered or lost. */
  finish(seconds: number): this {
    this.to(seconds);
    this.watch.finish(this.kernel.now);
    const broken = this.watch.invariantResults().filter(({ violations }) => violations > 0);
    if (broken.length > 0) throw new Error(`broken: ${JSON.stringify(broken)}`);
    return this;
  }

  /** What became of what was owed to a target. */
  ledger(target = TARGET) {
    return this.watch.ledger.of(target);
  }

  runs(target = TARGET) {
    return this.watch.runs.of(target);
  }

  link0(link = 0) {
    return this.watch.pushes.of(PUSHER, link);
  }

  /** Rows that are still there. */
  get rows(): number {
    const { messages, calls } = this.world;
    const { obligations, deliveries, copies } = messages;
    return (
      messages.messages.count + obligations.count + deliveries.count + copies.count + calls.count
    );
  }
}
