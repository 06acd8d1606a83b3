// The observers once more, without tricks: every fact becomes an object with all that it says and the time, and a loop
// hands it to a list of observers that keep objects in maps. src/observe must give the same results.

import type { Facts, RunEnd } from '../../src/components/facts.js';
import { CopyStage, Outcome } from '../../src/components/facts.js';
import type { Messages } from '../../src/components/messages.js';
import type {
  Fact,
  PlainCopy,
  PlainHandOut,
  PlainMessage,
  PlainObligation,
  PlainObserver,
  Stretch,
} from './plain-facts.js';

/** Makes objects of facts. Rows become objects when they are first told of. */
export class PlainWatch implements Facts {
  readonly facts: Fact[] = [];
  private readonly messages = new Map<number, PlainMessage>();
  private readonly obligations = new Map<number, PlainObligation>();
  private readonly copies = new Map<number, PlainCopy>();
  private readonly handOuts = new Map<number, PlainHandOut>();
  /** Pasts of messages that are between two stores. */
  private readonly moving = new Map<PlainMessage, Stretch[]>();
  private readonly lastRuns = new Map<PlainMessage, PlainHandOut>();
  private lastTaken: PlainHandOut | null = null;
  private lastTakenRow = -1;
  /** The delay asked for of the next copy that is visible; null: the store's. */
  private asked: number | null = null;

  constructor(
    private readonly clock: { readonly now: number },
    private readonly tables: () => Messages,
    private readonly delays: Float64Array,
    private readonly observers: readonly PlainObserver[],
  ) {}

  // --- producers ---

  born(source: number, row: number): void {
    const { size, mark0, mark1 } = this.tables().messages;
    const parent = this.messages.get(this.tables().lineage?.parent[row] ?? -1) ?? null;
    const message = {
      about: { ...this.tables().about(row) },
      parent,
      way: parent === null ? [] : this.wayOf(parent),
      isUnderWay: true,
      bornAt: this.clock.now,
      source,
      size: size[row],
      mark0: mark0[row],
      mark1: mark1[row],
      buffered: 0,
      obligations: [],
      attempts: [],
      lastAttemptAt: 0,
      isAttemptOpen: false,
      lastFailing: null,
      isUnclaimed: false,
    };
    this.messages.set(row, message);
    this.tell('born', [source], { message });
  }

  /** Until now: that of the run that began last, if it goes on; else all of it is work. */
  private wayOf(message: PlainMessage): Stretch[] {
    const { now } = this.clock;
    const handOut = this.lastRuns.get(message);
    if (handOut === undefined) return [['handler', message.bornAt, now]];
    const { past, takenAt, arrivedAt, runBeganAt } = handOut;
    return [
      ...past,
      ['network', takenAt, arrivedAt!],
      ['batching', arrivedAt!, runBeganAt!],
      ['handler', runBeganAt!, now],
    ];
  }

  answered(source: number, row: number): void {
    const message = this.messageAt(row);
    message.isUnderWay = false;
    this.tell('answered', [source], { message });
    message.attempts = [];
    message.isAttemptOpen = false;
  }

  gaveUp(source: number, row: number): void {
    const message = this.messageAt(row);
    message.isUnderWay = false;
    this.tell('gaveUp', [source], { message });
  }

  retried(source: number, row: number, isThrottled: 0 | 1): void {
    const message = this.messageAt(row);
    const now = this.clock.now;
    const sentAt = message.bornAt + message.buffered;
    const isFirst = message.attempts.length === 0;
    const before = isFirst ? sentAt : message.lastAttemptAt;
    if (isFirst) message.attempts.push(['batching', message.bornAt, sentAt]);
    message.attempts.push([isThrottled === 1 ? 'throttleWait' : 'producerRetry', before, now]);
    message.lastAttemptAt = now;
    message.isAttemptOpen = true;
    this.tell('retried', [source, isThrottled], { message });
  }

  request(resource: number, operation: number, bytes: number): void {
    this.tell('request', [resource, operation, bytes], {});
  }

  throttled(resource: number, operation: number, client: number): void {
    this.tell('throttled', [resource, operation, client], {});
  }

  keyCalled(resource: number, operation: number, client: number): void {
    this.tell('keyCalled', [resource, operation, client], {});
  }

  metered(resource: number, counter: number, quantity: number): void {
    this.tell('metered', [resource, counter, quantity], {});
  }

  crossed(from: number, to: number, bytes: number): void {
    this.tell('crossed', [from, to, bytes], {});
  }

  connections(resource: number, open: number): void {
    this.tell('connections', [resource, open], {});
  }

  connectionRefused(resource: number, client: number): void {
    this.tell('connectionRefused', [resource, client], {});
  }

  // --- copies ---

  owed(consumer: number, row: number): void {
    const message = this.messageAt(this.tables().obligations.message[row]);
    const obligation: PlainObligation = {
      message,
      consumer,
      copies: [],
      okRuns: 0,
      begunRuns: 0,
      failedLast: false,
      lastCause: 0,
      end: Outcome.Unfinished,
      accepted: null,
      isPassedOn: false,
      isPushed: false,
      isOver: false,
    };
    message.obligations.push(obligation);
    this.obligations.set(row, obligation);
    this.tell('owed', [consumer], { obligation, message });
  }

  stored(resource: number, row: number, stage: CopyStage): void {
    const tables = this.tables();
    const obligationRow = tables.copies.obligation[row];
    const obligation = this.obligationAt(obligationRow);
    const message = this.messageAt(tables.obligations.message[obligationRow]);
    const now = this.clock.now;
    obligation.consumer = tables.obligations.consumer[obligationRow];
    const copy: PlainCopy = {
      obligation,
      store: resource,
      past: [],
      storedAt: now,
      availableAt: now,
      hiddenAt: null,
    };
    const moved = this.moving.get(message);
    if (moved !== undefined) {
      copy.past = moved;
      this.moving.delete(message);
    } else if (message.isAttemptOpen) {
      message.isAttemptOpen = false;
      copy.past = [...message.attempts, ['network', message.lastAttemptAt, now]];
    } else if (obligation.accepted?.isStored === false) {
      copy.past = this.pushedUntilNow(obligation);
      obligation.accepted.isStored = true;
    } else if (this.deadLetterOf(obligation) !== undefined) {
      copy.past = this.pushedUntilNow(this.deadLetterOf(obligation)!);
    } else if (obligation.copies.length > 0 || obligation.isPushed) {
      copy.past =
        this.lastTaken?.obligation === obligation && tables.deliveries.isLive(this.lastTakenRow)
          ? this.pastOf(this.lastTaken)
          : this.appearing(message);
    } else copy.past = this.sending(message);
    obligation.copies.push(copy);
    this.copies.set(row, copy);
    const awaited = tables.copies.awaited[row];
    this.tell('stored', [resource, stage, awaited], { copy, obligation, message });
  }

  delayed(resource: number, row: number, delay: number): void {
    this.asked = delay;
    const copy = this.copyAt(row);
    this.tell('delayed', [resource, delay], { copy });
  }

  visible(resource: number, row: number): void {
    const copy = this.copyAt(row);
    const now = this.clock.now;
    const delay = this.asked ?? this.delays[resource];
    this.asked = null;
    const delayEnds = copy.storedAt + Math.min(now - copy.storedAt, delay);
    copy.past = [...copy.past, ['delay', copy.storedAt, delayEnds], ['delivery', delayEnds, now]];
    copy.availableAt = now;
    this.tell('visible', [resource], {
      copy,
      obligation: copy.obligation,
      message: copy.obligation.message,
    });
  }

  taken(resource: number, row: number): void {
    const { copy: copyRow, consumer } = this.tables().deliveries;
    const copy = this.copyAt(copyRow[row]);
    copy.obligation.consumer = consumer[row];
    const past: Stretch[] = [...copy.past, [`wait@${resource}`, copy.availableAt, this.clock.now]];
    const handOut: PlainHandOut = {
      copy,
      obligation: copy.obligation,
      consumer: consumer[row],
      past,
      takenAt: this.clock.now,
      arrivedAt: null,
      runBeganAt: null,
      runEndedAt: null,
    };
    this.handOuts.set(row, handOut);
    this.lastTaken = handOut;
    this.lastTakenRow = row;
    this.tell('taken', [resource, consumer[row]], this.partsOf(handOut));
  }

  ofGroup(resource: number, row: number, group: number, blocked: number): void {
    const handOut = this.handOutAt(row);
    const { past, copy, takenAt } = handOut;
    const wait: Stretch = [`wait@${resource}@${blocked}`, copy.availableAt, takenAt];
    handOut.past = [...past.slice(0, -1), wait];
    this.tell('ofGroup', [resource, group, blocked], this.partsOf(handOut));
  }

  deduplicated(resource: number, row: number): void {
    this.tell('deduplicated', [resource], { message: this.messageAt(row) });
  }

  returned(resource: number, row: number): void {
    const handOut = this.handOutAt(row);
    const { copy, obligation } = handOut;
    const now = this.clock.now;
    if (copy.hiddenAt !== null) {
      copy.past = [...copy.past, ['visibilityWait', copy.hiddenAt, now]];
      copy.hiddenAt = null;
      copy.availableAt = now;
    } else if (obligation.okRuns === 0) {
      // Once it is done nothing further counts: what the copy does from now on is waiting.
      copy.past = this.pastOf(handOut);
      copy.availableAt = now;
    }
    this.tell('returned', [resource], this.partsOf(handOut));
  }

  hidden(resource: number, row: number): void {
    const handOut = this.handOutAt(row);
    const { copy, obligation } = handOut;
    if (obligation.okRuns === 0) {
      copy.past = [...copy.past, [`wait@${resource}`, copy.availableAt, this.clock.now]];
      copy.hiddenAt = this.clock.now;
    }
    this.tell('hidden', [resource], this.partsOf(handOut));
  }

  deleted(resource: number, row: number, stage: CopyStage): void {
    this.gone('deleted', resource, row, stage);
  }

  expired(resource: number, row: number, stage: CopyStage): void {
    this.gone('expired', resource, row, stage);
  }

  purged(resource: number, row: number, stage: CopyStage): void {
    this.gone('purged', resource, row, stage);
  }

  deadLettered(resource: number, row: number, target: number): void {
    const copy = this.copyAt(row);
    const wait: Stretch = [`wait@${resource}`, copy.availableAt, this.clock.now];
    this.moving.set(copy.obligation.message, [...copy.past, wait]);
    this.gone('deadLettered', resource, row, CopyStage.Visible, target);
  }

  redriven(resource: number, row: number, target: number): void {
    const copy = this.copyAt(row);
    const stay: Stretch = ['deadLetterStay', copy.availableAt, this.clock.now];
    this.moving.set(copy.obligation.message, [...copy.past, stay]);
    this.gone('redriven', resource, row, CopyStage.Visible, target);
  }

  // --- pushes ---

  filtered(pusher: number, row: number, link: number): void {
    this.tell('filtered', [pusher, link], { message: this.messageAt(row) });
  }

  dispatched(pusher: number, row: number, link: number): void {
    const obligation = this.obligationAt(row);
    const message = this.messageAt(this.tables().obligations.message[row]);
    const { now } = this.clock;
    message.isAttemptOpen = false;
    if (obligation.accepted?.isStored !== false)
      obligation.accepted = { at: now, past: this.untilAccepted(pusher, message), isStored: false };
    obligation.isPushed = true;
    this.tellPush('dispatched', row, [pusher, link]);
  }

  /** What came before `pusher` accepts the message now. */
  private untilAccepted(pusher: number, message: PlainMessage): Stretch[] {
    const own = message.obligations.filter((one) => {
      return one.consumer === pusher && one.accepted !== null && !one.isOver;
    });
    const passed = own.at(-1);
    if (passed !== undefined) return this.pushedUntilNow(passed);
    if (message.attempts.length === 0) return this.sending(message);
    return [...message.attempts, ['network', message.lastAttemptAt, this.clock.now]];
  }

  private pushedUntilNow({ accepted }: PlainObligation): Stretch[] {
    return [...accepted!.past, ['delivery', accepted!.at, this.clock.now]];
  }

  /** The push of the same message that has failed and comes to a store under a new obligation. */
  private deadLetterOf(obligation: PlainObligation): PlainObligation | undefined {
    const { message, copies, isPushed } = obligation;
    if (copies.length > 0 || isPushed) return undefined;
    const { lastFailing } = message;
    return lastFailing?.accepted?.isStored === false ? lastFailing : undefined;
  }

  pushed(pusher: number, row: number, link: number, attempt: number): void {
    this.tellPush('pushed', row, [pusher, link, attempt]);
  }

  pushFailed(pusher: number, row: number, link: number, error: number): void {
    const obligation = this.obligationAt(row);
    obligation.message.lastFailing = obligation;
    this.tellPush('pushFailed', row, [pusher, link, error]);
  }

  delivered(pusher: number, row: number, link: number): void {
    this.pushOver(row);
    this.tellPush('delivered', row, [pusher, link]);
  }

  diverted(pusher: number, row: number, link: number, target: number): void {
    this.pushOver(row);
    this.tellPush('diverted', row, [pusher, link, target]);
  }

  dropped(pusher: number, row: number, link: number, outcome: Outcome): void {
    this.pushOver(row);
    this.tellPush('dropped', row, [pusher, link, outcome]);
  }

  private pushOver(row: number): void {
    const obligation = this.obligationAt(row);
    if (obligation.message.lastFailing === obligation) obligation.message.lastFailing = null;
  }

  unclaimed(pusher: number, row: number): void {
    const message = this.messageAt(row);
    message.isUnclaimed = true;
    this.tell('unclaimed', [pusher], { message });
  }

  passedOn(resource: number, row: number): void {
    const obligation = this.obligationAt(row);
    this.tell('passedOn', [resource], {
      obligation,
      message: obligation.message,
      past: this.pushedUntilNow(obligation),
    });
    obligation.isPassedOn = true;
  }

  received(consumer: number, row: number): void {
    const obligation = this.obligationAt(this.tables().deliveries.obligation[row]);
    const { now } = this.clock;
    const past = this.pushedUntilNow(obligation);
    const copy: PlainCopy = {
      obligation,
      store: -1,
      past,
      storedAt: now,
      availableAt: now,
      hiddenAt: null,
    };
    this.handOuts.set(row, {
      copy,
      obligation,
      consumer,
      past,
      takenAt: now,
      arrivedAt: now,
      runBeganAt: null,
      runEndedAt: null,
    });
    this.tell('received', [consumer], { obligation });
  }

  // --- functions ---

  invoked(fn: number, worker: number, isCold: 0 | 1): void {
    this.tell('invoked', [fn, worker, isCold], {});
  }

  invocationEnded(fn: number, worker: number): void {
    this.tell('invocationEnded', [fn, worker], {});
  }

  heldBack(resource: number, row: number, time: number): void {
    const handOut = this.handOutAt(row);
    const { past, copy, takenAt } = handOut;
    const since = takenAt - time;
    const wait: Stretch = [`wait@${resource}`, copy.availableAt, since];
    handOut.past = [...past.slice(0, -1), wait, ['backOff', since, takenAt]];
    this.tell('heldBack', [resource, time], this.partsOf(handOut));
  }

  environmentReady(fn: number, row: number, coldStart: number): void {
    const handOut = this.handOutAt(row);
    const readyAt = handOut.takenAt + coldStart;
    handOut.past = [...handOut.past, ['coldStart', handOut.takenAt, readyAt]];
    handOut.takenAt = readyAt;
    handOut.arrivedAt = this.clock.now;
    this.tell('environmentReady', [fn, coldStart], this.partsOf(handOut));
  }

  private tellPush(kind: string, row: number, numbers: number[]): void {
    const obligation = this.obligationAt(row);
    this.tell(kind, numbers, { obligation, message: obligation.message });
  }

  pollOpened(resource: number, consumer: number, operation: number): void {
    this.tell('pollOpened', [resource, consumer, operation], {});
  }

  pollClosed(resource: number, consumer: number, messages: number, bytes: number): void {
    this.tell('pollClosed', [resource, consumer, messages, bytes], {});
  }

  // --- consumers ---

  loopFree(consumer: number, resource: number, worker: number): void {
    this.tell('loopFree', [consumer, resource, worker], {});
  }

  loopTaken(consumer: number, resource: number, worker: number): void {
    this.tell('loopTaken', [consumer, resource, worker], {});
  }

  arrived(consumer: number, resource: number, worker: number, first: number): void {
    const { next } = this.tables().deliveries;
    for (let row = first; row >= 0; row = next[row]) this.handOutAt(row).arrivedAt = this.clock.now;
    this.tell('arrived', [consumer, resource, worker], this.partsOf(this.handOutAt(first)));
  }

  runBegan(consumer: number, row: number, worker: number): void {
    const handOut = this.handOutAt(row);
    handOut.runBeganAt = this.clock.now;
    this.lastRuns.set(handOut.obligation.message, handOut);
    this.tell(
      'runBegan',
      [consumer, worker, this.tables().deliveries.cause[row]],
      this.partsOf(handOut),
    );
  }

  runEnded(consumer: number, row: number, worker: number, end: RunEnd): void {
    const handOut = this.handOutAt(row);
    handOut.runEndedAt = this.clock.now;
    const { message } = handOut.obligation;
    if (this.lastRuns.get(message) === handOut) this.lastRuns.delete(message);
    this.tell('runEnded', [consumer, worker, end, this.tables().deliveries.cause[row]], {
      ...this.partsOf(handOut),
      copyNow: this.copyNow(row, handOut.obligation),
    });
  }

  settled(consumer: number, row: number, outcome: Outcome): void {
    const obligation = this.obligationAt(row);
    obligation.end = outcome;
    obligation.isOver = true;
    this.tell('settled', [consumer, outcome], { obligation, message: obligation.message });
  }

  // --- fleets ---

  spot(group: number, worker: number): void {
    this.tell('spot', [group, worker], {});
  }

  instance(group: number, worker: number, state: number): void {
    this.tell('instance', [group, worker, state], {});
  }

  desired(group: number, capacity: number): void {
    this.tell('desired', [group, capacity], {});
  }

  scaled(group: number, decider: number, wanted: number, desired: number): void {
    this.tell('scaled', [group, decider, wanted, desired], {});
  }

  alarm(owner: number, alarm: number, state: number): void {
    this.tell('alarm', [owner, alarm, state], {});
  }

  fault(resource: number, fault: number, on: number): void {
    this.tell('fault', [resource, fault, on], {});
  }

  // --- inside ---

  private tell(
    kind: string,
    args: readonly number[],
    of: Omit<Fact, 'kind' | 'time' | 'args'>,
  ): void {
    const fact: Fact = { kind, time: this.clock.now, args, ...of };
    this.facts.push(fact);
    for (const observer of this.observers) observer.on(fact);
  }

  private gone(kind: string, resource: number, row: number, stage: number, target = -1): void {
    const copy = this.copyAt(row);
    this.tell(kind, [resource, stage, target], {
      copy,
      obligation: copy.obligation,
      message: copy.obligation.message,
    });
  }

  /** From birth to the store. The buffer's time is known by then. */
  private sending(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [
      ['batching', message.bornAt, sentAt],
      ['network', sentAt, this.clock.now],
    ];
  }

  private appearing(message: PlainMessage): Stretch[] {
    const sentAt = message.bornAt + message.buffered;
    return [
      ['batching', message.bornAt, sentAt],
      ['delivery', sentAt, this.clock.now],
    ];
  }

  /** A hand-out that did not do what was to be done, and all before it. */
  private pastOf(handOut: PlainHandOut): Stretch[] {
    const past = [...handOut.past];
    let until = handOut.takenAt;
    if (handOut.arrivedAt !== null) {
      past.push(['network', until, handOut.arrivedAt]);
      until = handOut.arrivedAt;
    }
    if (handOut.runEndedAt !== null && handOut.runBeganAt !== null) {
      past.push(
        ['batching', until, handOut.runBeganAt],
        ['handler', handOut.runBeganAt, handOut.runEndedAt],
      );
      until = handOut.runEndedAt;
    }
    past.push(['visibilityWait', until, this.clock.now]);
    return past;
  }

  private partsOf(handOut: PlainHandOut): Omit<Fact, 'kind' | 'time' | 'args'> {
    const { copy, obligation } = handOut;
    return { handOut, copy, obligation, message: obligation.message };
  }

  private copyNow(delivery: number, obligation: PlainObligation): PlainCopy | undefined {
    const { deliveries, copies } = this.tables();
    const row = deliveries.copy[delivery];
    if (!copies.isLive(row)) return undefined;
    const copy = this.copyAt(row);
    return copy.obligation === obligation ? copy : undefined;
  }

  private messageAt(row: number): PlainMessage {
    const message = this.messages.get(row)!;
    message.buffered = this.tables().messages.buffered[row];
    return message;
  }

  private obligationAt(row: number): PlainObligation {
    return this.obligations.get(row)!;
  }

  private copyAt(row: number): PlainCopy {
    return this.copies.get(row)!;
  }

  private handOutAt(row: number): PlainHandOut {
    return this.handOuts.get(row)!;
  }
}
