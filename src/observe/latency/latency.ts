/**
 * Latency per obligation, split exhaustively into parts, as facts tell of its moments.
 *
 * Born → stored: the producer's buffer is `batching`, what lies before its last attempt `producerRetry`
 * or `throttleWait`, the rest `network`. Stored → visible: up to the delay that was asked for it is
 * `delay`, the rest `delivery`. Visible → taken: `groupWait` while its group was blocked, `pollGap` while
 * no poll was open though a poll loop was free, else `queueWait`. Taken → arrived: `network`. Arrived →
 * its run: `batching`. The run: `handler`. What a hand-out that did not finish the work cost beyond its
 * run, until the copy was visible again, is `visibilityWait`; so is a run that was still going then, and
 * time hidden by a change of visibility after that. What lay in a dead-letter queue until it was redriven
 * is `deadLetterStay`.
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
import type { CopyMemory } from '../rows.js';
import { FOR_NOBODY, MessageMemory, OPEN_OBLIGATIONS, PAST, SEVERAL, TOLD } from '../rows.js';
import { Histories } from './histories.js';
import { Families } from './families.js';
import { ForNobody } from './for-nobody.js';
import type { Pasts } from './pasts.js';
import { Responses } from './responses.js';
import { Scopes } from './scopes.js';
import { Splits } from './splits.js';

export interface LatencyOptions {
  /** The configured delay of each store, µs, by resource number. */
  readonly delays: Float64Array;
  /** Sources whose messages are done when they are answered. */
  readonly askers?: readonly number[];
  /** Those that are pushed to and pass on what they take. */
  readonly relays?: readonly number[];
  /** Messages born before are not recorded, µs. */
  readonly warmUp: Micros;
}

/** What a column of 32 bits does not hold any more. */
const TWO_TO_32 = 0x1_0000_0000;

export class Latency {
  readonly scopes: Scopes;
  private readonly table: MessageTable;
  private readonly messageMemory: MessageMemory;
  /** What copies and messages have been through: told of moves and pushes directly. */
  readonly histories: Histories;
  // of the histories: one step less on the way to every copy
  private readonly copyMemory: CopyMemory;
  private readonly pasts: Pasts;
  private readonly delays: Float64Array;
  private readonly warmUp: Micros;
  private readonly splits: Splits;
  /** That of the latency at hand. */
  private readonly split: Float64Array;
  private readonly responses: Responses;
  /** The delay that was asked for of the copy that becomes visible next, µs; -1: what its store is set to. */
  private asked = -1;
  /** The obligation that was told of last and has no copy yet; the last hand-out. */
  private lastOwed = -1;
  private lastTaken = -1;
  /** null: no message is made from another one. */
  private families: Families | null = null;
  private readonly forNobody: ForNobody;

  constructor(
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly handOuts: HandOuts,
    private readonly gaps: GapClocks,
    options: LatencyOptions,
  ) {
    this.table = messages.messages;
    this.messageMemory = new MessageMemory(messages.messages);
    this.histories = new Histories(clock, messages, handOuts, gaps, options);
    this.copyMemory = this.histories.copies;
    this.pasts = this.histories.pasts;
    this.splits = new Splits(clock, handOuts, this.pasts, this.table);
    this.split = this.splits.split;
    this.delays = options.delays;
    this.warmUp = options.warmUp;
    this.scopes = new Scopes(options.delays.length, options.askers);
    this.responses = new Responses(clock, this.table, this.histories, this.scopes, this.warmUp);
    this.forNobody = new ForNobody(messages.messages, this.messageMemory, this.scopes, options);
  }

  /** All components exist, none has started. */
  begin(): void {
    if (this.messages.lineage !== null)
      this.families = new Families(this.messages, this.pasts, this.scopes, this.warmUp);
  }

  // --- producers -----------------------------------------------------------------------------

  born(source: number, message: number): void {
    this.messageMemory.undone[message] = 0;
    if (this.families !== null) this.bornOf(this.families, message);
    if (this.histories.attempts.isAny) this.histories.attempts.forget(message);
    if (this.clock.now >= this.warmUp) this.scopes.born[source]++;
  }

  /** A message begins a row, and is, perhaps, a child of the one that is handled right now. */
  private bornOf(families: Families, message: number): void {
    const parent = families.begins(message);
    if (parent < 0) return;
    const delivery = families.running(parent);
    if (delivery >= 0) this.splits.of(delivery, parent, this.table.bornAt[parent]);
    const undone = this.messageMemory.undone[parent];
    const open = undone === FOR_NOBODY ? 0 : undone;
    families.joins(message, parent, open, delivery < 0 ? null : this.split);
  }

  gaveUp(message: number): void {
    if (this.families !== null) this.families.arrived(message);
  }

  answered(source: number, message: number): void {
    if (this.families !== null) this.families.arrived(message);
    this.responses.answered(source, message);
  }

  owed(consumer: number, obligation: number, message: number): void {
    this.lastOwed = obligation;
    this.histories.deliveries.owed(obligation);
    if (consumer === NOBODY) {
      this.forNobody.unclaimed(message);
      return;
    }
    if (this.families !== null) this.families.owed(message);
    const undone = this.messageMemory.undone;
    if (undone[message] === FOR_NOBODY) this.forNobody.claim(message);
    const before = undone[message];
    check(
      (before & OPEN_OBLIGATIONS) < FOR_NOBODY - 1,
      'fewer than 16,382 obligations of a message are open',
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
    const { histories } = this;
    const isNew = obligation === this.lastOwed;
    if (histories.isAnyExpected && histories.arrives(copy, message)) {
      // it brings its past with it
    } else if (histories.isPushed(resource, copy, obligation, message, isNew)) {
      // so does this
    } else if (!isNew) histories.comesBeside(copy, obligation, this.lastTaken);
    else if (sinceBorn >= TWO_TO_32) histories.comesLate(copy, message);
    this.lastOwed = -1;
    memory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  /** A pusher has accepted what was told as `owed`. */
  dispatched(pusher: number, obligation: number, message: number): void {
    this.histories.deliveries.dispatched(pusher, obligation, message);
    this.lastOwed = -1;
  }

  /** Accepted, and for nobody: nothing comes of the message there. */
  unclaimed(message: number): void {
    this.forNobody.unclaimed(message);
  }

  /** A resource to which it was pushed passes it on. Nothing is recorded for the resource itself. */
  passedOn(obligation: number, message: number): void {
    const { families } = this;
    const { undone } = this.messageMemory;
    if (families?.has(message) === true) {
      undone[message]--;
      this.readPassing(obligation, message);
      families.done(message, this.clock.now, this.split);
      families.closes(message);
      return;
    }
    const after = (undone[message] - 1) | SEVERAL;
    const isLast = (after & (OPEN_OBLIGATIONS | TOLD)) === 0;
    undone[message] = isLast ? after | TOLD : after;
    if (!isLast || this.table.bornAt[message] < this.warmUp) return;
    this.readPassing(obligation, message);
    const total = this.clock.now - this.table.bornAt[message];
    this.scopes.source(this.table.source[message]).record(total, this.split);
  }

  private readPassing(obligation: number, message: number): void {
    this.splits.wipe();
    this.histories.deliveries.readTo(this.split, obligation, message);
    this.splits.isDirty = true;
  }

  /** The copy that becomes visible next was to be delayed by so much. */
  delayed(asked: Micros): void {
    this.asked = asked;
  }

  /** A copy that was delayed is available. */
  visible(resource: number, copy: number, message: number): void {
    const { histories } = this;
    const hidden = this.clock.now - histories.availableAt(copy, message);
    if (hidden > 0) histories.appears(resource, copy, message, hidden, this.asked);
    this.asked = -1;
    this.copyMemory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  taken(resource: number, delivery: number, copy: number, message: number): void {
    const { moments } = this.handOuts;
    const memory = this.copyMemory;
    const now = this.clock.now;
    const hidden = memory.hidden[copy];
    const availableAt =
      hidden >= PAST
        ? this.pasts.until(hidden - PAST)
        : this.table.bornAt[message] + memory.sinceBorn[copy];
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

  /** For `time` of its wait the copy could not be had: its group was in hand (GROUP_WAIT), or a try had failed. */
  heldBack(delivery: number, message: number, time: Micros, part: number): void {
    if (time > 0) this.histories.wasBlocked(delivery, message, time, part);
  }

  /** An environment can run what it was given; so much of the time since then was its start. */
  environmentReady(delivery: number, message: number, coldStart: Micros): void {
    if (coldStart > 0) this.histories.startsCold(delivery, message, coldStart);
    this.handOuts.set(delivery, AT_ARRIVED, this.clock.now);
  }

  /** A copy in flight became visible again. Nothing further counts once its obligation is done. */
  returned(resource: number, delivery: number): void {
    const d = this.messages.deliveries;
    const copy = d.copy[delivery];
    if (!this.histories.showsAgain(copy)) {
      if (this.messages.isDone(d.obligation[delivery])) return;
      this.histories.returns(delivery, copy);
    }
    this.copyMemory.gapLow[copy] = this.gaps.read(resource) >>> 0;
  }

  /** A visible copy was hidden again for an earlier hand-out. */
  hidden(resource: number, delivery: number, message: number): void {
    const d = this.messages.deliveries;
    if (!this.messages.isDone(d.obligation[delivery]))
      this.histories.hides(resource, d.copy[delivery], message);
  }

  // --- consumers -----------------------------------------------------------------------------

  /** The deliveries from `first` on reached their consumer. */
  arrived(first: number): void {
    const { next } = this.messages.deliveries;
    const now = this.clock.now;
    for (let row = first; row >= 0; row = next[row]) this.handOuts.set(row, AT_ARRIVED, now);
  }

  runBegan(delivery: number): void {
    if (this.families !== null) this.families.runBegan(delivery);
    this.handOuts.set(delivery, AT_RUN_BEGAN, this.clock.now);
  }

  /** A run ended, and did not do what was to be done. */
  runEnded(delivery: number): void {
    this.handOuts.set(delivery, AT_RUN_ENDED, this.clock.now);
  }

  /** The first run of an obligation that ended well: `message` is done at `consumer`. */
  done(consumer: number, delivery: number, message: number): void {
    if (this.families?.has(message) === true) {
      this.doneInFamily(this.families, consumer, delivery, message);
      return;
    }
    const undone = this.messageMemory.undone;
    const before = undone[message];
    const isSingle = before === 1;
    if (isSingle) undone[message] = TOLD;
    const bornAt = this.table.bornAt[message];
    const counts = bornAt >= this.warmUp;
    if (counts) this.splits.of(delivery, message, bornAt);
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

  private doneInFamily(
    families: Families,
    consumer: number,
    delivery: number,
    message: number,
  ): void {
    const { now } = this.clock;
    const bornAt = this.table.bornAt[message];
    const { undone } = this.messageMemory;
    // Not if it was owed to nobody at first.
    const wasOpen = undone[message] !== FOR_NOBODY && (undone[message] & OPEN_OBLIGATIONS) > 0;
    if (wasOpen) undone[message]--;
    this.splits.of(delivery, message, bornAt);
    if (bornAt >= this.warmUp) this.scopes.consumer(consumer).record(now - bornAt, this.split);
    families.done(message, now, this.split);
    if (wasOpen) families.closes(message);
  }

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
}
