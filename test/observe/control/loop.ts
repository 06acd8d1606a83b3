// A fleet's loop told by hand: what its queue holds, what the group wants, what becomes of its instances.

import { InstanceState } from '../../../src/components/facts.js';
import type { ControlSummary } from '../../../src/observe/control/control-loops.js';
import { ControlLoops } from '../../../src/observe/control/control-loops.js';
import { GapClocks } from '../../../src/observe/gap-clock.js';
import { MINUTE } from '../../../src/kernel/time.js';

const QUEUE = 0;
const FLEET = 1;

export class Told {
  private readonly clock = { now: 0 };
  private readonly gaps = new GapClocks(this.clock, 2);
  private readonly loops: ControlLoops;
  private workers = 0;
  private readonly alive: number[] = [];

  /** A fleet that begins with so many in service. */
  constructor(desired: number, warmUpMinutes = 0) {
    const fleets = [{ id: FLEET, queues: [QUEUE], scales: null }];
    this.loops = new ControlLoops(this.clock, this.gaps, fleets, warmUpMinutes * MINUTE);
    this.wants(desired);
    for (let i = 0; i < desired; i++) this.works(this.launch());
  }

  at(minutes: number): this {
    this.clock.now = Math.round(minutes * MINUTE);
    return this;
  }

  comes(messages = 1): this {
    for (let i = 0; i < messages; i++) this.gaps.shown(QUEUE);
    return this;
  }

  goes(messages = 1): this {
    for (let i = 0; i < messages; i++) this.gaps.hidden(QUEUE);
    return this;
  }

  wants(capacity: number): this {
    this.loops.desired(FLEET, capacity);
    return this;
  }

  /** Returns the number of the instance. */
  launch(): number {
    const worker = this.workers++;
    this.loops.instance(FLEET, worker, InstanceState.Pending);
    return worker;
  }

  works(worker: number): this {
    this.loops.instance(FLEET, worker, InstanceState.InService);
    this.alive.push(worker);
    return this;
  }

  /** So many are launched, and in service at once. */
  gets(count: number): this {
    for (let i = 0; i < count; i++) this.works(this.launch());
    return this;
  }

  /** The oldest go. */
  loses(count: number): this {
    for (const worker of this.alive.splice(0, count)) {
      this.loops.instance(FLEET, worker, InstanceState.Terminating);
      this.loops.instance(FLEET, worker, InstanceState.Terminated);
    }
    return this;
  }

  ends(minutes: number): ControlSummary {
    this.at(minutes);
    this.loops.finish(this.clock.now);
    return this.loops.of(FLEET);
  }
}

/** Times in minutes. */
export function minutes({ reactions, episodes }: ControlSummary) {
  return {
    reactions: reactions.map(({ began, rose, answered }) => [began, rose, answered].map(of)),
    episodes: episodes.map(({ began, lastChange, settling, ...rest }) => ({
      began: of(began),
      lastChange: of(lastChange),
      settling: of(settling),
      ...rest,
    })),
  };
}

function of(micros: number): number {
  return micros / MINUTE;
}
