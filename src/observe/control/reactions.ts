/**
 * Reactions: from the moment the load asks for more instances to the first of them that works.
 *
 * The load asks while messages wait: from the moment since when one of the fleet's queues has had visible messages
 * without a break, or since the group last wanted fewer, if that is later. The answer is the first instance in
 * service that set out at the rise of the desired capacity or later. One wait is answered once: further rises
 * during it are part of the same answer. A rise with nothing waiting (a schedule, a forecast) is no reaction.
 */
import { InstanceState } from '../../components/facts.js';
import type { Micros } from '../../kernel/time.js';

export interface Reaction {
  /** When the load began to ask, µs. */
  readonly began: Micros;
  /** When the desired capacity rose. */
  readonly rose: Micros;
  /** When the first new instance worked; Infinity: none did before the run ended. */
  answered: Micros;
}

/** States in which an instance is on its way into service, or there. */
const COMING: readonly InstanceState[] = [
  InstanceState.Pending,
  InstanceState.Running,
  InstanceState.InService,
];

export class Reactions {
  private readonly all: Reaction[] = [];
  /** Where those begin in `all` that nobody has answered. */
  private firstOpen = 0;
  private lastRise: Micros = -Infinity;
  private lastFall: Micros = -Infinity;
  /** By worker: its state, and when it set out. */
  private readonly states: (InstanceState | undefined)[] = [];
  private readonly setOut: Micros[] = [];

  /**
   * The group wants more; `waitingSince`: messages have been waiting since then, Infinity if none are. Returns since
   * when the load asked for it; null: it did not, or has had its answer.
   */
  rise(now: Micros, waitingSince: Micros): Micros | null {
    const began = Math.max(waitingSince, this.lastFall);
    const isNew = began < Infinity && began >= this.lastRise;
    this.lastRise = now;
    if (!isNew) return null;
    this.all.push({ began, rose: now, answered: Infinity });
    return began;
  }

  /** The group wants fewer. */
  fall(now: Micros): void {
    this.lastFall = now;
  }

  /** Returns by how much the number in service changes. */
  instance(now: Micros, worker: number, state: InstanceState): number {
    const before = this.states[worker];
    this.states[worker] = state;
    if (COMING.includes(state) && (before === undefined || !COMING.includes(before)))
      this.setOut[worker] = now;
    const was = before === InstanceState.InService;
    const is = state === InstanceState.InService;
    if (is && !was) this.works(now, this.setOut[worker]);
    return Number(is) - Number(was);
  }

  /** Once the run is over: those that were answered, and those that still wait; not those that were taken back. */
  results(): readonly Reaction[] {
    return this.all.filter(({ answered, rose }) => answered < Infinity || rose >= this.lastFall);
  }

  private works(now: Micros, setOut: Micros): void {
    for (let i = this.firstOpen; i < this.all.length && this.all[i].rose <= setOut; i++) {
      this.all[i].answered = now;
      this.firstOpen = i + 1;
    }
  }
}
