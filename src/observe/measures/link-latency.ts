/**
 * Latency over one link that somebody asked about: from arrival at `a` to done at, or acceptance by,
 * `b`. Messages arrive at traffic when they are born, at a queue when they are first stored there, at a topic or a
 * bus when it accepts them; a queue accepts them when it stores them, a topic behind a bus when it passes them on, a
 * consumer has done them when a run first ends well. What a filter keeps from `b` is none of it.
 */

import type { Messages } from '../../components/messages.js';
import { RunEnd } from '../../components/facts.js';
import { Histogram } from '../../kernel/histogram.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';

/** What one link keeps of an obligation. */
class LinkMemory extends Extension {
  /** When it arrived at `a`, µs; -1: not yet. */
  readonly arrivedAt = this.f64('arrivedAt');
  /** 1: it has been done, or accepted, at `b`. */
  readonly done = this.u8('done');
  /** 1: it is pushed to `b`, and counts as unfinished until `b` has it. */
  readonly due = this.u8('due');
}

export interface LinkEnds {
  /** Resource numbers. */
  readonly from: number;
  readonly to: number;
  readonly isFromTraffic: boolean;
  /** It takes messages for others: a queue, a topic behind a bus. */
  readonly isToStore: boolean;
  /** Of what takes messages for others: what should arrive there is what was born at `a`, or what is pushed to it. */
  readonly expects: 'births' | 'pushes' | 'nothing';
}

export class LinkLatency {
  readonly totals = new Histogram();
  /** Obligations that arrived and were never done; messages that were never accepted. */
  unfinished = 0;
  private readonly memory: LinkMemory;

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    readonly ends: LinkEnds,
    /** Messages born before are not counted. */
    private readonly warmUp: Micros,
  ) {
    this.memory = new LinkMemory(messages.obligations);
  }

  born(source: number, message: number): void {
    const { ends } = this;
    if (ends.expects === 'births' && source === ends.from && this.isCounted(message))
      this.unfinished++;
  }

  owed(obligation: number): void {
    const message = this.messages.obligations.message[obligation];
    const isOurs =
      this.ends.isFromTraffic && this.messages.messages.source[message] === this.ends.from;
    this.memory.arrivedAt[obligation] = isOurs ? this.messages.messages.bornAt[message] : -1;
    this.memory.done[obligation] = 0;
    this.memory.due[obligation] = 0;
  }

  /**
   * `pusher` has accepted it for a link to `target`; `before`: the obligation under which it was pushed to that
   * pusher, or -1.
   */
  dispatched(pusher: number, obligation: number, target: number, before: number): void {
    const { ends } = this;
    const { arrivedAt, due } = this.memory;
    if (arrivedAt[obligation] < 0)
      if (pusher === ends.from) arrivedAt[obligation] = this.clock.now;
      else if (before >= 0) arrivedAt[obligation] = arrivedAt[before];
    const isOurs = ends.expects === 'pushes' && target === ends.to && arrivedAt[obligation] >= 0;
    if (!isOurs || due[obligation] !== 0) return;
    due[obligation] = 1;
    if (this.isCounted(this.messages.obligations.message[obligation])) this.unfinished++;
  }

  stored(queue: number, obligation: number): void {
    const { arrivedAt } = this.memory;
    if (queue === this.ends.from && arrivedAt[obligation] < 0)
      arrivedAt[obligation] = this.clock.now;
    this.accepted(queue, obligation);
  }

  /** A resource that passes on what is pushed to it has taken it. */
  passedOn(resource: number, obligation: number): void {
    this.accepted(resource, obligation);
  }

  private accepted(resource: number, obligation: number): void {
    const { isToStore, to, expects } = this.ends;
    if (!isToStore || resource !== to) return;
    if (expects === 'pushes' && this.memory.due[obligation] === 0) return;
    if (this.done(obligation)) this.unfinished--;
  }

  runEnded(consumer: number, obligation: number, end: RunEnd): void {
    const isWell = end === RunEnd.Ok || end === RunEnd.Skipped;
    if (isWell && consumer === this.ends.to) this.done(obligation);
  }

  /** The obligation of `consumer` is over, or stands so when the run ends. */
  settled(consumer: number, obligation: number): void {
    if (this.ends.isToStore || consumer !== this.ends.to) return;
    const message = this.messages.obligations.message[obligation];
    const { arrivedAt, done } = this.memory;
    if (done[obligation] === 0 && arrivedAt[obligation] >= 0 && this.isCounted(message))
      this.unfinished++;
  }

  /** Records the latency of an obligation that arrived and was not done; true when it was counted. */
  private done(obligation: number): boolean {
    const { arrivedAt, done } = this.memory;
    if (arrivedAt[obligation] < 0 || done[obligation] !== 0) return false;
    done[obligation] = 1;
    if (!this.isCounted(this.messages.obligations.message[obligation])) return false;
    this.totals.record(this.clock.now - arrivedAt[obligation]);
    return true;
  }

  private isCounted(message: number): boolean {
    return this.messages.messages.bornAt[message] >= this.warmUp;
  }
}
