/**
 * Histories: what copies have been through before their current wait, wherever a few numbers beside the
 * copy cannot tell it: it came back, was moved or hidden again, its message was sent more than once or is
 * older than 32 bits of µs. Such a copy has a past (pasts.ts). Latency handles all others by itself.
 */
import type { Micros } from '../../kernel/time.js';
import type { Messages, MessageTable } from '../../components/messages.js';
import type { Clock } from '../clock.js';
import type { GapClocks } from '../gap-clock.js';
import {
  AT_ARRIVED,
  AT_DELAY,
  AT_HIDDEN,
  AT_POLL_GAP,
  AT_RUN_BEGAN,
  AT_RUN_ENDED,
  AT_TAKEN,
  AT_WAIT,
} from '../hand-outs.js';
import type { HandOuts } from '../hand-outs.js';
import { CopyMemory, PAST } from '../rows.js';
import {
  BATCHING,
  COLD_START,
  DEAD_LETTER_STAY,
  DELAY,
  DELIVERY,
  HANDLER,
  NETWORK,
  POLL_GAP,
  QUEUE_WAIT,
  VISIBILITY_WAIT,
} from './parts.js';
import { Attempts } from './attempts.js';
import { Deliveries } from './deliveries.js';
import { Pasts } from './pasts.js';

/** What a column of 32 bits does not hold any more. */
const TWO_TO_32 = 0x1_0000_0000;

interface HistoryOptions {
  /** The configured delay of each store, µs, by resource number. */
  readonly delays: Float64Array;
  /** Those that are pushed to and pass on what they take. */
  readonly relays?: readonly number[];
}

export class Histories {
  readonly copies: CopyMemory;
  readonly pasts = new Pasts();
  readonly attempts: Attempts;
  readonly deliveries: Deliveries;
  private readonly table: MessageTable;
  private readonly delays: Float64Array;
  /** Messages between two stores, and their pasts. */
  private readonly moving = new Map<number, number>();

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly handOuts: HandOuts,
    private readonly gaps: GapClocks,
    { delays, relays = [] }: HistoryOptions,
  ) {
    this.delays = delays;
    this.table = messages.messages;
    this.copies = new CopyMemory(messages.copies);
    this.attempts = new Attempts(clock, messages.messages, this.pasts);
    this.deliveries = new Deliveries(clock, messages, this.attempts, this.pasts, relays);
  }

  /** Since when the copy is available; while it is delayed: when it was stored. */
  availableAt(copy: number, message: number): Micros {
    const hidden = this.copies.hidden[copy];
    return hidden >= PAST
      ? this.pasts.until(hidden - PAST)
      : this.table.bornAt[message] + this.copies.sinceBorn[copy];
  }

  // --- a copy comes ------------------------------------------------------------------------------

  /** Whether some messages are between two stores, or were sent more than once: then `arrives` is asked. */
  get isAnyExpected(): boolean {
    return this.moving.size > 0 || this.attempts.isAnyOpen;
  }

  /** A copy is stored. True: it was moved here, or came by a further attempt, and its past says so. */
  arrives(copy: number, message: number): boolean {
    const moved = this.moving.get(message);
    if (moved !== undefined) {
      this.moving.delete(message);
      this.setPast(copy, moved);
      return true;
    }
    const sent = this.attempts.arrives(message);
    if (sent < 0) return false;
    this.setPast(copy, sent);
    return true;
  }

  /** The message is so old already that its copy needs a past. */
  comesLate(copy: number, message: number): void {
    this.setPast(copy, this.pastBefore(message, this.clock.now, 0, 0));
  }

  /** A copy is stored. True: it was pushed here, and its past says so. `isNew`: the first copy of its obligation. */
  isPushed(
    resource: number,
    copy: number,
    obligation: number,
    message: number,
    isNew: boolean,
  ): boolean {
    if (!this.deliveries.isAny) return false;
    const pushed = this.deliveries.bringing(obligation, message, isNew);
    if (pushed < 0) return false;
    this.comesByPush(resource, copy, pushed, message);
    if (pushed === obligation) this.deliveries.arrived(pushed);
    return true;
  }

  private comesByPush(resource: number, copy: number, pushed: number, message: number): void {
    const { deliveries } = this;
    const delivery = deliveries.timeOf(pushed);
    const isPlain = this.delays[resource] === 0 && deliveries.isPlain(pushed);
    if (isPlain && delivery < PAST && this.copies.sinceBorn[copy] === this.sinceBirth(message))
      this.copies.hidden[copy] = delivery;
    else this.setPast(copy, deliveries.pastOf(pushed, message));
  }

  private sinceBirth(message: number): Micros {
    return this.clock.now - this.table.bornAt[message];
  }

  /** An attempt to push has reached a consumer that stores nothing: all that was before is its past. */
  receives(delivery: number, message: number): void {
    const { moments } = this.handOuts;
    const base = delivery << 3;
    const obligation = this.messages.deliveries.obligation[delivery];
    const stale = moments[base + AT_HIDDEN];
    if (stale < 0) this.pasts.free(-1 - stale);
    moments[base + AT_TAKEN] = this.clock.now;
    moments[base + AT_ARRIVED] = this.clock.now;
    moments[base + AT_WAIT] = 0;
    moments[base + AT_POLL_GAP] = 0;
    moments[base + AT_DELAY] = 0;
    moments[base + AT_HIDDEN] = -1 - this.deliveries.pastOf(obligation, message);
  }

  /** A further copy of an obligation, of the store's own accord: it shares the past of the last hand-out. */
  comesBeside(copy: number, obligation: number, lastTaken: number): void {
    const { deliveries, obligations } = this.messages;
    if (deliveries.isLive(lastTaken) && deliveries.obligation[lastTaken] === obligation) {
      this.setPast(copy, this.pastWith(lastTaken, obligation));
      return;
    }
    const message = obligations.message[obligation];
    const { bornAt, buffered } = this.table;
    const since = this.clock.now - bornAt[message] - buffered[message];
    this.setPast(copy, this.pastBefore(message, this.clock.now, since, 0));
  }

  /**
   * A copy that was delayed, by `hidden` µs, is available for the first time; `asked` of it were asked for
   * (-1: what the store is set to).
   */
  appears(resource: number, copy: number, message: number, hidden: Micros, asked: Micros): void {
    const memory = this.copies;
    const storedAt = this.availableAt(copy, message);
    const sinceBorn = this.sinceBirth(message);
    // It was pushed here, which took so long; or it has a past; or 0.
    const before = memory.hidden[copy];
    const addsUp = before === 0 || this.delays[resource] === 0;
    if (addsUp && before + hidden < PAST && sinceBorn < TWO_TO_32 && asked < 0) {
      memory.sinceBorn[copy] = sinceBorn;
      memory.hidden[copy] = before + hidden;
      return;
    }
    const delay = Math.min(hidden, asked < 0 ? this.delays[resource] : asked);
    const past = before >= PAST ? before - PAST : this.pastBefore(message, storedAt, before, 0);
    this.pasts.put(past, DELAY, delay);
    this.pasts.put(past, DELIVERY, hidden - delay);
    this.setPast(copy, past);
  }

  // --- a copy is handed out, and comes back --------------------------------------------------------

  /** For `blocked` µs of its wait the copy of the hand-out could not be had, for a reason that is a part of its own. */
  wasBlocked(delivery: number, message: number, blocked: Micros, part: number): void {
    const { moments } = this.handOuts;
    const base = delivery << 3;
    const wait = moments[base + AT_WAIT];
    const share = Math.min(blocked, wait);
    const past = this.pastAt(base, message);
    this.pasts.put(past, part, share);
    moments[base + AT_HIDDEN] = -1 - past;
    moments[base + AT_WAIT] = wait - share;
    moments[base + AT_POLL_GAP] = Math.min(moments[base + AT_POLL_GAP], wait - share);
  }

  /** An environment was started for the hand-out, which took so long; the hand-out counts from then on. */
  startsCold(delivery: number, message: number, time: Micros): void {
    const { moments } = this.handOuts;
    const base = delivery << 3;
    const past = this.pastAt(base, message);
    const pollGap = moments[base + AT_POLL_GAP];
    this.pasts.put(past, POLL_GAP, pollGap);
    this.pasts.put(past, QUEUE_WAIT, moments[base + AT_WAIT] - pollGap);
    this.pasts.put(past, COLD_START, time);
    moments[base + AT_HIDDEN] = -1 - past;
    moments[base + AT_TAKEN] += time;
    moments[base + AT_WAIT] = 0;
    moments[base + AT_POLL_GAP] = 0;
  }

  /** The past of a hand-out, whose row begins at `base`, until its copy was available. */
  private pastAt(base: number, message: number): number {
    const { moments } = this.handOuts;
    const hidden = moments[base + AT_HIDDEN];
    if (hidden < 0) return -1 - hidden;
    const availableAt = moments[base + AT_TAKEN] - moments[base + AT_WAIT];
    return this.pastBefore(message, availableAt, hidden, moments[base + AT_DELAY]);
  }

  /** A copy in flight became visible again; its obligation is not done. */
  returns(delivery: number, copy: number): void {
    const { hidden } = this.copies;
    if (hidden[copy] >= PAST) this.pasts.free(hidden[copy] - PAST);
    this.setPast(copy, this.pastWith(delivery, this.messages.deliveries.obligation[delivery]));
  }

  /** A visible copy is hidden without being handed out: its wait so far is over. */
  hides(resource: number, copy: number, message: number): void {
    const past = this.withWait(resource, copy, message);
    this.copies.hidden[copy] = PAST + past;
    // A time before 0: it is not available.
    this.pasts.goesUntil(past, -1 - this.clock.now);
  }

  /** A copy is visible again. True: it had been hidden without being handed out, and that was visibilityWait. */
  showsAgain(copy: number): boolean {
    const hidden = this.copies.hidden[copy];
    if (hidden < PAST) return false;
    const past = hidden - PAST;
    const since = -1 - this.pasts.until(past);
    if (since < 0) return false;
    this.pasts.put(past, VISIBILITY_WAIT, this.clock.now - since);
    this.pasts.goesUntil(past, this.clock.now);
    return true;
  }

  // --- a copy is moved -----------------------------------------------------------------------------

  /** A visible copy leaves for another store, which will tell `stored` within this instant. */
  movesOn(resource: number, copy: number, message: number): void {
    this.leavesWith(message, copy, this.withWait(resource, copy, message));
  }

  /** A copy leaves its dead-letter queue for where it came from, or elsewhere. */
  movesBack(resource: number, copy: number, message: number): void {
    const past = this.ownPast(resource, copy, message);
    this.pasts.put(past, DEAD_LETTER_STAY, this.clock.now - this.availableAt(copy, message));
    this.leavesWith(message, copy, past);
  }

  private leavesWith(message: number, copy: number, past: number): void {
    this.copies.hidden[copy] = 0;
    const other = this.moving.get(message);
    if (other !== undefined) this.pasts.free(other);
    this.moving.set(message, past);
  }

  // --- pasts ---------------------------------------------------------------------------------------

  /** The past of a visible copy with its wait until now. */
  private withWait(resource: number, copy: number, message: number): number {
    const availableAt = this.availableAt(copy, message);
    const past = this.ownPast(resource, copy, message);
    const pollGap = this.gaps.elapsed(resource, this.copies.gapLow[copy], availableAt);
    this.pasts.put(past, POLL_GAP, pollGap);
    this.pasts.put(past, QUEUE_WAIT, this.clock.now - availableAt - pollGap);
    return past;
  }

  /** The past of a copy until it was available. */
  private ownPast(resource: number, copy: number, message: number): number {
    const hidden = this.copies.hidden[copy];
    if (hidden >= PAST) return hidden - PAST;
    const delay = Math.min(hidden, this.delays[resource]);
    return this.pastBefore(message, this.availableAt(copy, message), hidden, delay);
  }

  /** A past until `availableAt`, when nothing has happened but sending, delaying and delivering. */
  private pastBefore(message: number, availableAt: Micros, hidden: Micros, delay: Micros): number {
    const { bornAt, buffered } = this.table;
    const past = this.pasts.add();
    this.pasts.put(past, BATCHING, buffered[message]);
    this.pasts.put(past, NETWORK, availableAt - hidden - bornAt[message] - buffered[message]);
    this.pasts.put(past, DELAY, delay);
    this.pasts.put(past, DELIVERY, hidden - delay);
    return past;
  }

  /** A past that covers a hand-out and all before it, until now: what it did not finish was waiting. */
  private pastWith(delivery: number, obligation: number): number {
    const { moments } = this.handOuts;
    const base = delivery << 3;
    const takenAt = moments[base + AT_TAKEN];
    const wait = moments[base + AT_WAIT];
    const hidden = moments[base + AT_HIDDEN];
    const message = this.messages.obligations.message[obligation];
    const past =
      hidden < 0
        ? this.pasts.copy(-1 - hidden)
        : this.pastBefore(message, takenAt - wait, hidden, moments[base + AT_DELAY]);
    this.pasts.put(past, POLL_GAP, moments[base + AT_POLL_GAP]);
    this.pasts.put(past, QUEUE_WAIT, wait - moments[base + AT_POLL_GAP]);
    let until = takenAt;
    if (moments[base + AT_ARRIVED] >= takenAt) {
      until = moments[base + AT_ARRIVED];
      this.pasts.put(past, NETWORK, until - takenAt);
    }
    const beganAt = moments[base + AT_RUN_BEGAN];
    const endedAt = moments[base + AT_RUN_ENDED];
    if (beganAt >= until && endedAt >= beganAt) {
      this.pasts.put(past, BATCHING, beganAt - until);
      this.pasts.put(past, HANDLER, endedAt - beganAt);
      until = endedAt;
    }
    this.pasts.put(past, VISIBILITY_WAIT, this.clock.now - until);
    return past;
  }

  /** From now on the copy's history is `past`, and it is available since now. */
  private setPast(copy: number, past: number): void {
    this.pasts.goesUntil(past, this.clock.now);
    this.copies.hidden[copy] = PAST + past;
  }
}
