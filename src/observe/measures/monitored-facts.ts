/**
 * Stands before the listener of facts in runs that have monitors: these look first, before anything
 * is counted. Runs without monitors don't have it, and pay nothing.
 */

import type {
  AlarmState,
  CopyStage,
  Facts,
  InstanceState,
  Outcome,
  RunEnd,
} from '../../components/facts.js';
import type { Monitors } from './monitors.js';

export class MonitoredFacts implements Facts {
  constructor(
    private readonly facts: Facts,
    private readonly monitors: Monitors,
  ) {}

  born(source: number, message: number): void {
    this.monitors.beforeChange();
    this.facts.born(source, message);
  }

  answered(source: number, message: number): void {
    this.monitors.beforeChange();
    this.facts.answered(source, message);
  }

  gaveUp(source: number, message: number): void {
    this.monitors.beforeChange();
    this.facts.gaveUp(source, message);
  }

  retried(source: number, message: number, isThrottled: 0 | 1): void {
    this.monitors.beforeChange();
    this.facts.retried(source, message, isThrottled);
  }

  request(resource: number, operation: number, bytes: number): void {
    this.monitors.beforeChange();
    this.facts.request(resource, operation, bytes);
  }

  throttled(resource: number, operation: number, client: number): void {
    this.monitors.beforeChange();
    this.facts.throttled(resource, operation, client);
  }

  keyCalled(resource: number, operation: 0 | 1, client: number): void {
    this.monitors.beforeChange();
    this.facts.keyCalled(resource, operation, client);
  }

  metered(resource: number, counter: number, quantity: number): void {
    this.monitors.beforeChange();
    this.facts.metered(resource, counter, quantity);
  }

  crossed(from: number, to: number, bytes: number): void {
    this.monitors.beforeChange();
    this.facts.crossed(from, to, bytes);
  }

  connections(resource: number, open: number): void {
    this.monitors.beforeChange();
    this.facts.connections(resource, open);
  }

  connectionRefused(resource: number, client: number): void {
    this.monitors.beforeChange();
    this.facts.connectionRefused(resource, client);
  }

  stored(resource: number, copy: number, stage: CopyStage): void {
    this.monitors.beforeChange();
    this.facts.stored(resource, copy, stage);
  }

  delayed(resource: number, copy: number, delay: number): void {
    this.monitors.beforeChange();
    this.facts.delayed(resource, copy, delay);
  }

  visible(resource: number, copy: number): void {
    this.monitors.beforeChange();
    this.facts.visible(resource, copy);
  }

  deduplicated(resource: number, message: number): void {
    this.monitors.beforeChange();
    this.facts.deduplicated(resource, message);
  }

  taken(resource: number, delivery: number): void {
    this.monitors.beforeChange();
    this.facts.taken(resource, delivery);
  }

  ofGroup(resource: number, delivery: number, group: number, blocked: number): void {
    this.monitors.beforeChange();
    this.facts.ofGroup(resource, delivery, group, blocked);
  }

  returned(resource: number, delivery: number): void {
    this.monitors.beforeChange();
    this.facts.returned(resource, delivery);
  }

  hidden(resource: number, delivery: number): void {
    this.monitors.beforeChange();
    this.facts.hidden(resource, delivery);
  }

  deleted(resource: number, copy: number, stage: CopyStage): void {
    this.monitors.beforeChange();
    this.facts.deleted(resource, copy, stage);
  }

  expired(resource: number, copy: number, stage: CopyStage): void {
    this.monitors.beforeChange();
    this.facts.expired(resource, copy, stage);
  }

  purged(resource: number, copy: number, stage: CopyStage): void {
    this.monitors.beforeChange();
    this.facts.purged(resource, copy, stage);
  }

  deadLettered(resource: number, copy: number, target: number): void {
    this.monitors.beforeChange();
    this.facts.deadLettered(resource, copy, target);
  }

  redriven(resource: number, copy: number, target: number): void {
    this.monitors.beforeChange();
    this.facts.redriven(resource, copy, target);
  }

  pollOpened(resource: number, consumer: number, operation: number): void {
    this.monitors.beforeChange();
    this.facts.pollOpened(resource, consumer, operation);
  }

  pollClosed(resource: number, consumer: number, messages: number, bytes: number): void {
    this.monitors.beforeChange();
    this.facts.pollClosed(resource, consumer, messages, bytes);
  }

  loopFree(consumer: number, resource: number, worker: number): void {
    this.monitors.beforeChange();
    this.facts.loopFree(consumer, resource, worker);
  }

  loopTaken(consumer: number, resource: number, worker: number): void {
    this.monitors.beforeChange();
    this.facts.loopTaken(consumer, resource, worker);
  }

  arrived(consumer: number, resource: number, worker: number, first: number): void {
    this.monitors.beforeChange();
    this.facts.arrived(consumer, resource, worker, first);
  }

  runBegan(consumer: number, delivery: number, worker: number): void {
    this.monitors.beforeChange();
    this.facts.runBegan(consumer, delivery, worker);
  }

  runEnded(consumer: number, delivery: number, worker: number, end: RunEnd): void {
    this.monitors.beforeChange();
    this.facts.runEnded(consumer, delivery, worker, end);
  }

  filtered(pusher: number, message: number, link: number): void {
    this.monitors.beforeChange();
    this.facts.filtered(pusher, message, link);
  }

  dispatched(pusher: number, obligation: number, link: number): void {
    this.monitors.beforeChange();
    this.facts.dispatched(pusher, obligation, link);
  }

  pushed(pusher: number, obligation: number, link: number, attempt: number): void {
    this.monitors.beforeChange();
    this.facts.pushed(pusher, obligation, link, attempt);
  }

  pushFailed(pusher: number, obligation: number, link: number, error: number): void {
    this.monitors.beforeChange();
    this.facts.pushFailed(pusher, obligation, link, error);
  }

  delivered(pusher: number, obligation: number, link: number): void {
    this.monitors.beforeChange();
    this.facts.delivered(pusher, obligation, link);
  }

  diverted(pusher: number, obligation: number, link: number, target: number): void {
    this.monitors.beforeChange();
    this.facts.diverted(pusher, obligation, link, target);
  }

  dropped(pusher: number, obligation: number, link: number, outcome: Outcome): void {
    this.monitors.beforeChange();
    this.facts.dropped(pusher, obligation, link, outcome);
  }

  unclaimed(pusher: number, message: number): void {
    this.monitors.beforeChange();
    this.facts.unclaimed(pusher, message);
  }

  passedOn(resource: number, obligation: number): void {
    this.monitors.beforeChange();
    this.facts.passedOn(resource, obligation);
  }

  received(consumer: number, delivery: number): void {
    this.monitors.beforeChange();
    this.facts.received(consumer, delivery);
  }

  invoked(fn: number, worker: number, isCold: 0 | 1): void {
    this.monitors.beforeChange();
    this.facts.invoked(fn, worker, isCold);
  }

  invocationEnded(fn: number, worker: number): void {
    this.monitors.beforeChange();
    this.facts.invocationEnded(fn, worker);
  }

  heldBack(resource: number, delivery: number, time: number): void {
    this.facts.heldBack(resource, delivery, time);
  }

  environmentReady(fn: number, delivery: number, coldStart: number): void {
    this.facts.environmentReady(fn, delivery, coldStart);
  }

  owed(consumer: number, obligation: number): void {
    this.monitors.beforeChange();
    this.facts.owed(consumer, obligation);
  }

  settled(consumer: number, obligation: number, outcome: Outcome): void {
    this.monitors.beforeChange();
    this.facts.settled(consumer, obligation, outcome);
  }

  spot(group: number, worker: number): void {
    this.monitors.beforeChange();
    this.facts.spot(group, worker);
  }

  instance(group: number, worker: number, state: InstanceState): void {
    this.monitors.beforeChange();
    this.facts.instance(group, worker, state);
  }

  desired(group: number, capacity: number): void {
    this.monitors.beforeChange();
    this.facts.desired(group, capacity);
  }

  scaled(group: number, decider: number, wanted: number, desired: number): void {
    this.monitors.beforeChange();
    this.facts.scaled(group, decider, wanted, desired);
  }

  alarm(owner: number, alarm: number, state: AlarmState): void {
    this.monitors.beforeChange();
    this.facts.alarm(owner, alarm, state);
  }

  fault(resource: number, fault: number, on: 0 | 1): void {
    this.monitors.beforeChange();
    this.facts.fault(resource, fault, on);
  }
}
