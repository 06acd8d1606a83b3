/**
 * The control loops of fleets: how they answered their load, out of the facts `desired` and `instance` and of the
 * depth of their queues. All of it happens seldom; nothing here is told per message.
 */
import { InstanceState } from '../../components/facts.js';
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import type { GapClocks } from '../gap-clock.js';
import type { Episode } from './episodes.js';
import { Episodes } from './episodes.js';
import type { CapacityBounds } from './instance-counts.js';
import type { Reaction } from './reactions.js';
import { Reactions } from './reactions.js';

/** A fleet, as its loop is watched. */
export interface WatchedFleet {
  readonly id: number;
  /** The queues that it polls. */
  readonly queues: readonly number[];
  /** Between which capacities it can scale; null: it has nothing that would change what it wants. */
  readonly scales: CapacityBounds | null;
}

export interface ControlSummary {
  readonly reactions: readonly Reaction[];
  readonly episodes: readonly Episode[];
}

class FleetLoop {
  private desired = NaN;
  private inService = 0;
  /** By worker. */
  private readonly isInService: boolean[] = [];
  private readonly episodes: Episodes;
  private readonly reactions = new Reactions();

  /** What began before `warmUp` µs is left out. */
  constructor(private readonly warmUp: Micros) {
    this.episodes = new Episodes(warmUp);
  }

  desiredIs(now: Micros, capacity: number, waitingSince: () => Micros): void {
    const before = this.desired;
    this.desired = capacity;
    if (Number.isNaN(before) || capacity === before) return;
    let began: Micros | null = null;
    if (capacity > before) began = this.reactions.rise(now, before, waitingSince());
    else this.reactions.fall(now);
    this.episodes.change(now, began ?? now, before, capacity);
  }

  instance(now: Micros, worker: number, state: InstanceState): void {
    const was = this.isInService[worker] ?? false;
    const is = state === InstanceState.InService;
    if (is === was) return;
    this.isInService[worker] = is;
    this.inService += is ? 1 : -1;
    this.episodes.inServiceIs(now, this.inService);
    if (is) this.reactions.works(now, this.inService);
  }

  finish(end: Micros): void {
    this.episodes.finish(end);
  }

  summary(): ControlSummary {
    const { warmUp } = this;
    return {
      reactions: this.reactions.results().filter(({ began }) => began >= warmUp),
      episodes: this.episodes.over.filter(({ began }) => began >= warmUp),
    };
  }
}

const NOTHING: ControlSummary = { reactions: [], episodes: [] };

export class ControlLoops {
  private readonly loops: (FleetLoop | undefined)[] = [];
  private readonly queues: (readonly number[])[] = [];
  private isOver = false;

  /** What began before `warmUp` µs is left out. */
  constructor(
    private readonly clock: Clock,
    private readonly gaps: GapClocks,
    fleets: readonly WatchedFleet[],
    warmUp: Micros,
  ) {
    for (const { id, queues } of fleets) {
      this.loops[id] = new FleetLoop(warmUp);
      this.queues[id] = queues;
    }
  }

  /** The fact of the same name. */
  desired(group: number, capacity: number): void {
    this.loops[group]?.desiredIs(this.clock.now, capacity, () => this.waitingSince(group));
  }

  /** The fact of the same name. */
  instance(group: number, worker: number, state: InstanceState): void {
    this.loops[group]?.instance(this.clock.now, worker, state);
  }

  /** The run covered [0, end). */
  finish(end: Micros): void {
    this.isOver = true;
    for (const loop of this.loops) loop?.finish(end);
  }

  /** Once the run is over. */
  of(fleet: number): ControlSummary {
    check(this.isOver, 'loops are judged when the run is over');
    return this.loops[fleet]?.summary() ?? NOTHING;
  }

  /** Since when one of the fleet's queues has had visible messages without a break; Infinity: none has. */
  private waitingSince(fleet: number): Micros {
    return this.queues[fleet].reduce<number>(
      (earliest, queue) => Math.min(earliest, this.gaps.waitingSince(queue)),
      Infinity,
    );
  }
}
