/**
 * Watch: the one listener of facts (docs/architecture.md). It tells each fact to the default observers, its named
 * fields, directly, so that every call site sees one class; switches are flags in here; optional observers
 * (a trace, a golden file, a user's) hang on `extra`. Observers only read.
 */
import type { AlarmState, CopyStage, Facts, InstanceState, Outcome } from '../components/facts.js';
import { CopyStage as Stage, Outcome as Ends, RunEnd } from '../components/facts.js';
import * as Kind from './kinds.js';
import { GROUP_WAIT } from './latency/parts.js';
import { BUSY, DELAYED, DEPTH, DESIRED, INSTANCES, IN_FLIGHT, PENDING } from './levels.js';
import { FunctionWatch } from './function-watch.js';

/** The level that a copy at each stage counts for. */
const LEVEL_OF_STAGE = [DELAYED, DEPTH, IN_FLIGHT] as const;

export class Watch extends FunctionWatch implements Facts {
  // --- producers -----------------------------------------------------------------------------

  born(source: number, message: number): void {
    const size = this.table.size[message];
    this.noteMessage(Kind.BORN + source, message, size);
    this.traffic.born(source, size);
    this.latency.born(source, message);
    if (this.extra !== null) this.extra.born(source, message);
  }

  answered(source: number, message: number): void {
    this.noteMessage(Kind.ANSWERED + source, message, 0);
    this.traffic.answered(source);
    if (this.latencyOn) this.latency.answered(source, message);
    if (this.extra !== null) this.extra.answered(source, message);
  }

  gaveUp(source: number, message: number): void {
    this.noteMessage(Kind.GAVE_UP + source, message, 0);
    this.traffic.gaveUp(source);
    if (this.latencyOn) this.latency.gaveUp(message);
    if (this.extra !== null) this.extra.gaveUp(source, message);
  }

  retried(source: number, message: number, isThrottled: 0 | 1): void {
    this.noteMessage(Kind.RETRIED + source, message, isThrottled);
    this.traffic.retried(source);
    if (this.latencyOn) this.latency.histories.attempts.begins(message, isThrottled);
    if (this.extra !== null) this.extra.retried(source, message, isThrottled);
  }

  // --- API calls -----------------------------------------------------------------------------

  request(resource: number, operation: number, bytes: number): void {
    this.fingerprint.note(Kind.REQUEST + resource, 0, 0, operation, bytes);
    this.requests.request(resource, operation);
    this.meters.request(resource, bytes, operation);
    if (this.extra !== null) this.extra.request(resource, operation, bytes);
  }

  throttled(resource: number, operation: number, client: number): void {
    this.fingerprint.note(Kind.THROTTLED + resource, 0, 0, operation, client);
    this.requests.throttled(resource, operation);
    this.traffic.throttled(client);
    if (this.extra !== null) this.extra.throttled(resource, operation, client);
  }

  keyCalled(resource: number, operation: 0 | 1, client: number): void {
    this.fingerprint.note(Kind.KEY_CALLED + resource, 0, 0, operation, client);
    this.meters.keyCalled(resource);
    if (this.extra !== null) this.extra.keyCalled(resource, operation, client);
  }

  metered(resource: number, counter: number, quantity: number): void {
    this.fingerprint.note(Kind.METERED + resource, 0, 0, counter, quantity);
    this.meters.metered(resource, counter, quantity);
    if (this.extra !== null) this.extra.metered(resource, counter, quantity);
  }

  crossed(from: number, to: number, bytes: number): void {
    this.fingerprint.note(Kind.CROSSED + from, 0, 0, to, bytes);
    this.meters.crossed(from, to, bytes);
    if (this.extra !== null) this.extra.crossed(from, to, bytes);
  }

  connections(resource: number, open: number): void {
    this.fingerprint.note(Kind.CONNECTIONS + resource, 0, 0, open, 0);
    this.databases.connections(resource, open);
    if (this.extra !== null) this.extra.connections(resource, open);
  }

  connectionRefused(resource: number, client: number): void {
    this.fingerprint.note(Kind.CONNECTION_REFUSED + resource, 0, 0, client, 0);
    this.databases.refused[resource]++;
    if (this.extra !== null) this.extra.connectionRefused(resource, client);
  }

  // --- copies in a store ---------------------------------------------------------------------

  stored(resource: number, copy: number, stage: CopyStage): void {
    const obligation = this.copies.obligation[copy];
    const message = this.obligations.message[obligation];
    this.noteMessage(Kind.STORED + resource, message, stage);
    this.stores.stored[resource]++;
    if (stage === Stage.Visible) this.gaps.shown(resource);
    if (this.latencyOn) this.latency.stored(resource, copy, obligation, message);
    if (this.levelsOn) this.levels.change(resource, LEVEL_OF_STAGE[stage], 1);
    if (this.orderOn) this.order.stored(resource, copy, obligation, message);
    if (this.invariantsOn) this.invariants.stored(resource, copy, stage);
    if (this.extra !== null) this.extra.stored(resource, copy, stage);
  }

  delayed(resource: number, copy: number, delay: number): void {
    const message = this.obligations.message[this.copies.obligation[copy]];
    this.noteMessage(Kind.DELAYED + resource, message, delay);
    if (this.latencyOn) this.latency.delayed(delay);
    if (this.extra !== null) this.extra.delayed(resource, copy, delay);
  }

  visible(resource: number, copy: number): void {
    const message = this.obligations.message[this.copies.obligation[copy]];
    this.noteMessage(Kind.VISIBLE + resource, message, 0);
    this.gaps.shown(resource);
    if (this.latencyOn) this.latency.visible(resource, copy, message);
    if (this.levelsOn) this.levels.move(resource, DELAYED, DEPTH);
    if (this.invariantsOn) this.invariants.visible(resource, copy);
    if (this.extra !== null) this.extra.visible(resource, copy);
  }

  deduplicated(resource: number, message: number): void {
    this.noteMessage(Kind.DEDUPLICATED + resource, message, 0);
    this.stores.deduplicated[resource]++;
    if (this.extra !== null) this.extra.deduplicated(resource, message);
  }

  taken(resource: number, delivery: number): void {
    const { deliveries, table } = this;
    const copy = deliveries.copy[delivery];
    const message = this.obligations.message[deliveries.obligation[delivery]];
    const mark0 = table.mark0[message];
    const mark1 = table.mark1[message];
    this.handOuts.take(delivery, mark0, mark1);
    this.fingerprint.note(Kind.TAKEN + resource, mark0, mark1, deliveries.consumer[delivery], 0);
    if (this.latencyOn) this.latency.taken(resource, delivery, copy, message);
    this.gaps.hidden(resource);
    if (this.levelsOn) this.levels.move(resource, DEPTH, IN_FLIGHT);
    if (this.invariantsOn) this.invariants.taken(resource, copy);
    if (this.extra !== null) this.extra.taken(resource, delivery);
  }

  ofGroup(resource: number, delivery: number, group: number, blocked: number): void {
    this.noteDelivery(Kind.OF_GROUP + resource, delivery, group, blocked);
    const message = this.obligations.message[this.deliveries.obligation[delivery]];
    if (this.latencyOn) this.latency.heldBack(delivery, message, blocked, GROUP_WAIT);
    if (this.orderOn) this.order.ofGroup(resource, delivery, group);
    if (this.extra !== null) this.extra.ofGroup(resource, delivery, group, blocked);
  }

  returned(resource: number, delivery: number): void {
    this.noteDelivery(Kind.RETURNED + resource, delivery, 0, 0);
    this.gaps.shown(resource);
    if (this.latencyOn) this.latency.returned(resource, delivery);
    if (this.levelsOn) this.levels.move(resource, IN_FLIGHT, DEPTH);
    if (this.invariantsOn) this.invariants.returned(resource, this.deliveries.copy[delivery]);
    if (this.extra !== null) this.extra.returned(resource, delivery);
  }

  hidden(resource: number, delivery: number): void {
    const { deliveries } = this;
    const message = this.obligations.message[deliveries.obligation[delivery]];
    this.noteDelivery(Kind.HIDDEN + resource, delivery, 0, 0);
    if (this.latencyOn) this.latency.hidden(resource, delivery, message);
    this.gaps.hidden(resource);
    if (this.levelsOn) this.levels.move(resource, DEPTH, IN_FLIGHT);
    if (this.invariantsOn) this.invariants.hidden(resource, deliveries.copy[delivery]);
    if (this.extra !== null) this.extra.hidden(resource, delivery);
  }

  deleted(resource: number, copy: number, stage: CopyStage): void {
    this.stores.deleted[resource]++;
    if (this.orderOn) this.order.deleted(resource, copy);
    this.left(Kind.DELETED + resource, copy, stage);
    if (this.extra !== null) this.extra.deleted(resource, copy, stage);
  }

  expired(resource: number, copy: number, stage: CopyStage): void {
    this.stores.expired[resource]++;
    if (this.orderOn) this.order.forget(resource, copy, this.copies.obligation[copy]);
    this.left(Kind.EXPIRED + resource, copy, stage);
    if (this.extra !== null) this.extra.expired(resource, copy, stage);
  }

  purged(resource: number, copy: number, stage: CopyStage): void {
    this.stores.purged[resource]++;
    if (this.orderOn) this.order.forget(resource, copy, this.copies.obligation[copy]);
    this.left(Kind.PURGED + resource, copy, stage);
    if (this.extra !== null) this.extra.purged(resource, copy, stage);
  }

  deadLettered(resource: number, copy: number, target: number): void {
    const obligation = this.copies.obligation[copy];
    this.stores.deadLettered[resource]++;
    this.fingerprint.note(Kind.DEAD_LETTERED + resource, 0, 0, target, 0);
    if (this.latencyOn)
      this.latency.histories.movesOn(resource, copy, this.obligations.message[obligation]);
    if (this.orderOn) this.order.forget(resource, copy, obligation);
    this.left(Kind.DEAD_LETTERED + resource, copy, Stage.Visible);
    if (this.extra !== null) this.extra.deadLettered(resource, copy, target);
  }

  redriven(resource: number, copy: number, target: number): void {
    const obligation = this.copies.obligation[copy];
    this.stores.redriven[resource]++;
    this.fingerprint.note(Kind.REDRIVEN + resource, 0, 0, target, 0);
    if (this.latencyOn)
      this.latency.histories.movesBack(resource, copy, this.obligations.message[obligation]);
    if (this.orderOn) this.order.forget(resource, copy, obligation);
    this.left(Kind.REDRIVEN + resource, copy, Stage.Visible);
    if (this.extra !== null) this.extra.redriven(resource, copy, target);
  }

  pollOpened(resource: number, consumer: number, operation: number): void {
    this.fingerprint.note(Kind.POLL_OPENED + resource, 0, 0, consumer, operation);
    this.requests.request(resource, operation);
    this.meters.request(resource, 0, operation);
    this.gaps.pollOpened(resource);
    if (this.extra !== null) this.extra.pollOpened(resource, consumer, operation);
  }

  pollClosed(resource: number, consumer: number, messages: number, bytes: number): void {
    this.fingerprint.note(Kind.POLL_CLOSED + resource, consumer, bytes, messages, 0);
    this.gaps.pollClosed(resource);
    if (this.orderOn) this.order.pollClosed();
    this.stores.pollClosed(resource, messages);
    this.meters.response(resource, bytes);
    if (this.extra !== null) this.extra.pollClosed(resource, consumer, messages, bytes);
  }

  // --- consumers -----------------------------------------------------------------------------

  loopFree(consumer: number, resource: number, worker: number): void {
    this.fingerprint.note(Kind.LOOP_FREE + consumer, 0, 0, resource, worker);
    this.gaps.loopFree(resource);
    const change = this.workers.loopFree(consumer, worker);
    if (this.levelsOn && change !== 0) this.levels.change(consumer, BUSY, change);
    if (this.extra !== null) this.extra.loopFree(consumer, resource, worker);
  }

  loopTaken(consumer: number, resource: number, worker: number): void {
    this.fingerprint.note(Kind.LOOP_TAKEN + consumer, 0, 0, resource, worker);
    this.gaps.loopTaken(resource);
    this.workers.loopGone(consumer, worker);
    if (this.extra !== null) this.extra.loopTaken(consumer, resource, worker);
  }

  arrived(consumer: number, resource: number, worker: number, first: number): void {
    this.noteDelivery(Kind.ARRIVED + consumer, first, resource, worker);
    if (this.latencyOn) this.latency.arrived(first);
    this.gaps.loopTaken(resource);
    const change = this.workers.loopBusy(consumer, worker);
    if (this.levelsOn && change !== 0) this.levels.change(consumer, BUSY, change);
    if (this.extra !== null) this.extra.arrived(consumer, resource, worker, first);
  }

  runBegan(consumer: number, delivery: number, worker: number): void {
    const { deliveries } = this;
    this.noteDelivery(Kind.RUN_BEGAN + consumer, delivery, worker, deliveries.cause[delivery]);
    this.runs.began(consumer, delivery, deliveries.obligation[delivery]);
    if (this.latencyOn) this.latency.runBegan(delivery);
    if (this.extra !== null) this.extra.runBegan(consumer, delivery, worker);
  }

  runEnded(consumer: number, delivery: number, worker: number, end: RunEnd): void {
    const { deliveries, obligations } = this;
    const obligation = deliveries.obligation[delivery];
    this.noteDelivery(Kind.RUN_ENDED + consumer, delivery, worker, end);
    const isFirst = this.runs.end(consumer, delivery, obligation, end);
    if (isFirst) {
      this.workers.processed(consumer, worker);
      if (this.orderOn) this.order.done(consumer, delivery, obligation);
    }
    if (this.latencyOn) {
      if (isFirst) this.latency.done(consumer, delivery, obligations.message[obligation]);
      else if (end !== RunEnd.Ok) this.runLost(consumer, delivery, end);
    }
    if (this.invariantsOn) this.invariants.runEnded();
    if (this.extra !== null) this.extra.runEnded(consumer, delivery, worker, end);
  }

  // --- obligations ---------------------------------------------------------------------------

  owed(consumer: number, obligation: number): void {
    const message = this.obligations.message[obligation];
    this.noteMessage(Kind.OWED + consumer, message, 0);
    this.ledger.owed++;
    this.runs.owed(obligation);
    if (this.pushes.isAny) this.pushOwed(obligation);
    if (this.orderOn) this.order.owed(obligation);
    if (this.latencyOn) this.latency.owed(consumer, obligation, message);
    if (this.extra !== null) this.extra.owed(consumer, obligation);
  }

  settled(consumer: number, obligation: number, outcome: Outcome): void {
    this.noteMessage(Kind.SETTLED + consumer, this.obligations.message[obligation], outcome);
    this.ledger.settle(consumer, outcome);
    if (this.orderOn) this.order.settled(obligation);
    if (outcome !== Ends.Processed) this.neverDone(obligation);
    if (this.invariantsOn) this.invariants.settled(consumer, obligation, outcome);
    if (this.extra !== null) this.extra.settled(consumer, obligation, outcome);
  }

  // --- fleets and control loops ----------------------------------------------------------------

  spot(group: number, worker: number): void {
    this.fingerprint.note(Kind.SPOT + group, 0, 0, worker, 0);
    this.meters.spot(group, worker);
    if (this.extra !== null) this.extra.spot(group, worker);
  }

  instance(group: number, worker: number, state: InstanceState): void {
    this.fingerprint.note(Kind.INSTANCE + group, 0, 0, worker, state);
    const busyBefore = this.workers.busyLoops(group, worker);
    const pendingBefore = this.workers.pending(group, worker);
    const change = this.workers.instance(group, worker, state);
    if (this.levelsOn && change !== 0) this.levels.change(group, INSTANCES, change);
    const busy = this.workers.busyLoops(group, worker) - busyBefore;
    if (this.levelsOn && busy !== 0) this.levels.change(group, BUSY, busy);
    const pending = this.workers.pending(group, worker) - pendingBefore;
    if (this.levelsOn && pending !== 0) this.levels.change(group, PENDING, pending);
    this.meters.instance(group, worker, state);
    this.loops.instance(group, worker, state);
    this.instances.instance(group, worker, state);
    this.log.instance(group, worker, state);
    if (this.extra !== null) this.extra.instance(group, worker, state);
  }

  desired(group: number, capacity: number): void {
    this.fingerprint.note(Kind.DESIRED + group, 0, 0, capacity, 0);
    if (this.levelsOn) this.levels.set(group, DESIRED, capacity);
    this.loops.desired(group, capacity);
    this.instances.desired(group, capacity);
    this.log.desired(group, capacity);
    if (this.extra !== null) this.extra.desired(group, capacity);
  }

  scaled(group: number, decider: number, wanted: number, desired: number): void {
    this.fingerprint.note(Kind.SCALED + group, decider, 0, wanted, desired);
    this.log.decision(group, decider, wanted, desired);
    if (this.extra !== null) this.extra.scaled(group, decider, wanted, desired);
  }

  alarm(owner: number, alarm: number, state: AlarmState): void {
    this.fingerprint.note(Kind.ALARM + owner, 0, 0, alarm, state);
    this.log.alarm(owner, alarm, state);
    if (this.extra !== null) this.extra.alarm(owner, alarm, state);
  }

  fault(resource: number, fault: number, on: 0 | 1): void {
    this.fingerprint.note(Kind.FAULT + resource, 0, 0, fault, on);
    if (this.extra !== null) this.extra.fault(resource, fault, on);
  }

  // --- inside --------------------------------------------------------------------------------

  /** A run ended without having done its work. */
  private runLost(consumer: number, delivery: number, end: RunEnd): void {
    if (end === RunEnd.Crashed || end === RunEnd.Killed)
      this.runs.cutOff(consumer, end, this.clock.now - this.handOuts.runBeganAt(delivery));
    this.latency.runEnded(delivery);
  }

  /** A copy is no longer in its store; `head` is the kind of the fact plus the resource. */
  private left(head: number, copy: number, stage: CopyStage): void {
    const resource = head & 0xffff;
    this.noteMessage(head, this.obligations.message[this.copies.obligation[copy]], stage);
    if (stage === Stage.Visible) this.gaps.hidden(resource);
    if (this.levelsOn) this.levels.change(resource, LEVEL_OF_STAGE[stage], -1);
    if (this.invariantsOn) this.invariants.left(resource, copy, stage);
  }
}
