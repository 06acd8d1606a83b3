/**
 * Latency per obligation, split exhaustively into parts, as facts tell of its moments.
 *
 * Born → stored: the producer's buffer is `batching`, the rest `network`. Stored → visible: up to the
 * configured delay it is `delay`, the rest `delivery`. Visible → taken: `pollGap` while no poll was
 * open though a poll loop was free, else `queueWait`. Taken → arrived: `network`. Arrived → its run:
 * `batching`. The run: `handler`. What a hand-out that did not finish the work cost beyond its run,
 * until the copy was visible again, is `visibilityWait`; so is a run that was still going then.
 *
 * The split is that of the hand-out that finished first: it keeps the moments and the past that it
 * had when it was taken, whatever happens to the copy meanwhile. Done = the first run that ended
 * well; a message is done when all its obligations are.
 */
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { NOBODY } from '../../components/facts.js';
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
import { CopyMemory, MessageMemory, OPEN_OBLIGATIONS, PAST, SEVERAL, TOLD } from '../rows.js';
import {
  BATCHING,
  DELAY,
  DELIVERY,
  HANDLER,
  NETWORK,
  POLL_GAP,
  QUEUE_WAIT,
  VISIBILITY_WAIT,
  PART_COUNT,
} from './parts.js';
import { Pasts } from './pasts.js';
import { Scopes } from './scopes.js';

export interface LatencyOptions {
  /** The configured delay of each store, µs, by resource number. */
  readonly delays: Float64Array;
  /** Messages born before are not recorded, µs. */
  readonly warmUp: Micros;
}

/** What a column of 32 bits does not hold any more. */
const TWO_TO_32 = 0x1_0000_0000;

export class Latency {
  readonly scopes: Scopes;
  private readonly table: MessageTable;
  private readonly messageMemory: MessageMemory;
  private readonly copyMemory: CopyMemory;
  private readonly pasts = new Pasts();
  private readonly delays: Float64Array;
  private readonly warmUp: Micros;
  /** The split of the latency at hand. Parts that only a past has are 0, unless `splitIsDirty`. */
  private readonly split = new Float64Array(PART_COUNT);
  private splitIsDirty = false;
  /** The split of a response, which has two parts. */
  private readonly answer = new Float64Array(PART_COUNT);
  /** Messages between two stores, and their pasts. */
  private readonly moving = new Map<number, number>();
  /** The obligation that was told of last and has no copy yet; the last hand-out. */
  private lastOwed = -1;
  private lastTaken = -1;

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly handOuts: HandOuts,
    private readonly gaps: GapClocks,
    options: LatencyOptions,
  ) {
    this.table = messages.messages;
    this.messageMemory = new MessageMemory(messages.messages);
    this.copyMemory = new CopyMemory(messages.copies);
    this.delays = options.delays;
    this.warmUp = options.warmUp;
    this.scopes = new Scopes(options.delays.length);
  }

  // --- producers -----------------------------------------------------------------------------

  born(source: number, message: number): void {
    this.messageMemory.undone[message] = 0;
    if (this.clock.now >= this.warmUp) this.scopes.born[source]++;
  }

  answered(source: number, message: number): void {
    const bornAt = this.table.bornAt[message];
    if (bornAt < this.warmUp) return;
    const total = this.clock.now - bornAt;
    if (total === 0) {
      this.scopes.answeredAtOnce[source]++;
      return;
    }
    const buffered = this.table.buffered[message];
    this.answer[BATCHING] = buffered;
    this.answer[NETWORK] = total - buffered;
    this.scopes.response(source).record(total, this.answer);
  }

  owed(consumer: number, obligation: number, message: number): void {
    this.lastOwed = obligation;
    if (consumer === NOBODY) {
      if (this.table.bornAt[message] >= this.warmUp)
        this.scopes.toNobody[this.table.source[message]]++;
      return;
    }
    const undone = this.messageMemory.undone;
    const before = undone[message];
    check(
      (before & OPEN_OBLIGATIONS) !== OPEN_OBLIGATIONS,
      'fewer than 16,383 obligations of a message are open',
    );
    undone[message] = before === 0 ? 1 : (before + 1) | SEVERAL;
  }

  // --- copies --------------------------------------------------------------------------------

  stored(resource: number, copy: number, obligation: number, message: number): void {
    const memory = this.copyMemory;
    const stale = memory.hidden[copy];
    if (stale >= PAST) this.pasts.free(stale - PAST);
    const sinceBorn = this.clock.now - this.table.bornAt[message];
    memory.hidden[copy] = 0;
    memory.sinceBorn[copy] = sinceBorn;
    if (this.moving.size > 0 && this.arriveMoved(copy, message)) {
      // it brings its past with it
    } else if (obligation !== this.lastOwed) this.appearBeside(copy, obligation);
    else if (sinceBorn >= TWO_TO_32)
      this.setPast(copy, this.pastBefore(message, this.clock.now, 0, 0));
    this.lastOwed = -1;
    memory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  /** A copy that was delayed is available. */
  visible(resource: number, copy: number, message: number): void {
    const memory = this.copyMemory;
    const now = this.clock.now;
    const hidden = now - this.availableAt(copy, message);
    if (hidden > 0) this.appear(resource, copy, message, hidden);
    memory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  taken(resource: number, delivery: number, copy: number, message: number): void {
    const { moments } = this.handOuts;
    const memory = this.copyMemory;
    const now = this.clock.now;
    const availableAt = this.availableAt(copy, message);
    const hidden = memory.hidden[copy];
    const base = delivery << 3;
    const stale = moments[base + AT_HIDDEN];
    if (stale < 0) this.pasts.free(-1 - stale);
    const wait = now - availableAt;
    this.lastTaken = delivery;
    moments[base + AT_TAKEN] = now;
    moments[base + AT_WAIT] = wait;
    moments[base + AT_POLL_GAP] =
      wait === 0 ? 0 : this.gaps.elapsed(resource, memory.gapLow[copy], availableAt);
    if (hidden === 0) {
      moments[base + AT_HIDDEN] = 0;
      moments[base + AT_DELAY] = 0;
    } else if (hidden < PAST) {
      moments[base + AT_HIDDEN] = hidden;
      moments[base + AT_DELAY] = Math.min(hidden, this.delays[resource]);
    } else moments[base + AT_HIDDEN] = -1 - this.pasts.copy(hidden - PAST);
  }

  /** A copy in flight became visible again. Nothing further counts once its obligation is done. */
  returned(resource: number, delivery: number): void {
    const d = this.messages.deliveries;
    const obligation = d.obligation[delivery];
    if (this.messages.isDone(obligation)) return;
    const copy = d.copy[delivery];
    const memory = this.copyMemory;
    if (memory.hidden[copy] >= PAST) this.pasts.free(memory.hidden[copy] - PAST);
    this.setPast(copy, this.pastWith(delivery, obligation));
    memory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  /** A visible copy leaves for another store, which will tell `stored` within this instant. */
  movesOn(resource: number, copy: number, message: number): void {
    const memory = this.copyMemory;
    const availableAt = this.availableAt(copy, message);
    const hidden = memory.hidden[copy];
    const wait = this.clock.now - availableAt;
    const pollGap = this.gaps.elapsed(resource, memory.gapLow[copy], availableAt);
    const delay = Math.min(hidden, this.delays[resource]);
    const past =
      hidden >= PAST ? hidden - PAST : this.pastBefore(message, availableAt, hidden, delay);
    this.pasts.put(past, POLL_GAP, pollGap);
    this.pasts.put(past, QUEUE_WAIT, wait - pollGap);
    memory.hidden[copy] = 0;
    const other = this.moving.get(message);
    if (other !== undefined) this.pasts.free(other);
    this.moving.set(message, past);
  }

  // --- consumers -----------------------------------------------------------------------------

  /** The deliveries from `first` on reached their consumer. */
  arrived(first: number): void {
    const { next } = this.messages.deliveries;
    const now = this.clock.now;
    for (let row = first; row >= 0; row = next[row]) this.handOuts.set(row, AT_ARRIVED, now);
  }

  runBegan(delivery: number): void {
    this.handOuts.set(delivery, AT_RUN_BEGAN, this.clock.now);
  }

  /** A run ended, and did not do what was to be done. */
  runEnded(delivery: number): void {
    this.handOuts.set(delivery, AT_RUN_ENDED, this.clock.now);
  }

  /** The first run of an obligation that ended well: `message` is done at `consumer`. */
  done(consumer: number, delivery: number, message: number): void {
    const undone = this.messageMemory.undone;
    const before = undone[message];
    const isSingle = before === 1;
    if (isSingle) undone[message] = TOLD;
    const bornAt = this.table.bornAt[message];
    const counts = bornAt >= this.warmUp;
    if (counts) this.splitOf(delivery, message, bornAt);
    const total = this.clock.now - bornAt;
    const source = this.table.source[message];
    if (!isSingle) this.doneOneOfSeveral(consumer, message, counts ? total : -1);
    else if (counts) this.scopes.single(source, consumer).record(total, this.split);
  }

  /** An obligation is over and was never done. */
  neverDone(consumer: number, message: number): void {
    if (consumer !== NOBODY && this.table.bornAt[message] >= this.warmUp)
      this.scopes.undone[consumer]++;
  }

  // --- inside --------------------------------------------------------------------------------

  /** `total`: the latency, or -1 when it does not count. */
  private doneOneOfSeveral(consumer: number, message: number, total: Micros): void {
    const undone = this.messageMemory.undone;
    const after = undone[message] - 1;
    const isLast = (after & (OPEN_OBLIGATIONS | TOLD)) === 0;
    undone[message] = isLast ? after | TOLD : after;
    if (total < 0) return;
    this.scopes.consumer(consumer).record(total, this.split);
    if (isLast) this.scopes.source(this.table.source[message]).record(total, this.split);
  }

  /** Since when the copy is available; while it is delayed: when it was stored. */
  private availableAt(copy: number, message: number): Micros {
    const hidden = this.copyMemory.hidden[copy];
    return hidden >= PAST
      ? this.pasts.until(hidden - PAST)
      : this.table.bornAt[message] + this.copyMemory.sinceBorn[copy];
  }

  /** A copy that was delayed, by `hidden` µs, is available for the first time. */
  private appear(resource: number, copy: number, message: number, hidden: Micros): void {
    const memory = this.copyMemory;
    const storedAt = this.availableAt(copy, message);
    const sinceBorn = this.clock.now - this.table.bornAt[message];
    if (memory.hidden[copy] === 0 && hidden < PAST && sinceBorn < TWO_TO_32) {
      memory.sinceBorn[copy] = sinceBorn;
      memory.hidden[copy] = hidden;
      return;
    }
    const delay = Math.min(hidden, this.delays[resource]);
    const known = memory.hidden[copy] >= PAST;
    const past = known ? memory.hidden[copy] - PAST : this.pastBefore(message, storedAt, 0, 0);
    this.pasts.put(past, DELAY, delay);
    this.pasts.put(past, DELIVERY, hidden - delay);
    this.setPast(copy, past);
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
    if (moments[base + AT_RUN_ENDED] >= takenAt && moments[base + AT_RUN_BEGAN] >= until) {
      this.pasts.put(past, BATCHING, moments[base + AT_RUN_BEGAN] - until);
      until = moments[base + AT_RUN_ENDED];
      this.pasts.put(past, HANDLER, until - moments[base + AT_RUN_BEGAN]);
    }
    this.pasts.put(past, VISIBILITY_WAIT, this.clock.now - until);
    return past;
  }

  /** From now on the copy's history is `past`, and it is available since now. */
  private setPast(copy: number, past: number): void {
    this.pasts.goesUntil(past, this.clock.now);
    this.copyMemory.hidden[copy] = PAST + past;
  }

  /** The copy of a message that was moved here keeps what it has been through. False: it was not moved. */
  private arriveMoved(copy: number, message: number): boolean {
    const past = this.moving.get(message);
    if (past === undefined) return false;
    this.moving.delete(message);
    this.setPast(copy, past);
    return true;
  }

  /** A further copy of an obligation, of the store's own accord: it shares the past of the last hand-out. */
  private appearBeside(copy: number, obligation: number): void {
    const { deliveries, obligations } = this.messages;
    const last = this.lastTaken;
    if (deliveries.isLive(last) && deliveries.obligation[last] === obligation) {
      this.setPast(copy, this.pastWith(last, obligation));
      return;
    }
    const message = obligations.message[obligation];
    const { bornAt, buffered } = this.table;
    const since = this.clock.now - bornAt[message] - buffered[message];
    this.setPast(copy, this.pastBefore(message, this.clock.now, since, 0));
  }

  /** Sets `split` for a hand-out whose run has just ended well. */
  private splitOf(delivery: number, message: number, bornAt: Micros): void {
    const { moments } = this.handOuts;
    const split = this.split;
    const base = delivery << 3;
    const arrivedAt = moments[base + AT_ARRIVED];
    const runBeganAt = moments[base + AT_RUN_BEGAN];
    const wait = moments[base + AT_WAIT];
    const pollGap = moments[base + AT_POLL_GAP];
    const hidden = moments[base + AT_HIDDEN];
    if (hidden < 0) {
      this.addToPast(-1 - hidden, delivery);
      return;
    }
    if (this.splitIsDirty) this.wipeSplit();
    const delay = moments[base + AT_DELAY];
    const buffered = this.table.buffered[message];
    split[HANDLER] = this.clock.now - runBeganAt;
    split[QUEUE_WAIT] = wait - pollGap;
    split[NETWORK] = arrivedAt - wait - hidden - bornAt - buffered;
    split[BATCHING] = buffered + runBeganAt - arrivedAt;
    split[POLL_GAP] = pollGap;
    split[DELIVERY] = hidden - delay;
    split[DELAY] = delay;
  }

  private addToPast(past: number, delivery: number): void {
    const { moments } = this.handOuts;
    const split = this.split;
    const base = delivery << 3;
    this.pasts.read(past, split);
    this.splitIsDirty = true;
    split[NETWORK] += moments[base + AT_ARRIVED] - moments[base + AT_TAKEN];
    split[BATCHING] += moments[base + AT_RUN_BEGAN] - moments[base + AT_ARRIVED];
    split[POLL_GAP] += moments[base + AT_POLL_GAP];
    split[QUEUE_WAIT] += moments[base + AT_WAIT] - moments[base + AT_POLL_GAP];
    split[HANDLER] += this.clock.now - moments[base + AT_RUN_BEGAN];
  }

  /** Clears what a past has left behind. */
  private wipeSplit(): void {
    this.splitIsDirty = false;
    for (let part = VISIBILITY_WAIT as number; part < PART_COUNT; part++) this.split[part] = 0;
  }
}
