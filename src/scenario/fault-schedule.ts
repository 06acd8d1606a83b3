/**
 * Faults of a scenario, as events: each begins, and may end, at its time, once or again and again. What happens
 * to instances is done by whoever owns them (Breakable), what happens to calls on their way (Interference).
 */

import type { Disturbance } from '../components/interference.js';
import { Interference } from '../components/interference.js';
import { Metrics } from '../components/metric-port.js';
import { CallError } from '../components/port.js';
import type { World } from '../components/world.js';
import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { FaultSpec } from './faults.js';
import type { Link } from './links.js';
import { linkNamed } from './links.js';

/** What the schedule must know of the scenario. */
export interface FaultPlan {
  /** In file order; all can happen where they are. */
  readonly faults: readonly FaultSpec[];
  readonly links: readonly Link[];
  /** The place in the list of errors of the resource `target` that an HTTP status has. */
  errorOf(target: string, status: number): number;
  /** AWS's operations of a resource. */
  operationsOf(target: string): readonly string[];
}

export class FaultSchedule {
  private readonly begins: Handler;
  private readonly ends: Handler;
  private readonly crashesOne: Handler;
  private readonly interference: Interference;
  private readonly metrics: Metrics;
  /** By place: the resource it is on; for a link, the one that is called. */
  private readonly targets: readonly number[];
  /** By place: its number in `interference`, or -1. */
  private readonly disturbances: readonly number[];
  /** Slow faults of fleets in force, by their place in the list. */
  private readonly slowing = new Set<number>();

  /** After all components exist. */
  constructor(
    private readonly world: World,
    private readonly plan: FaultPlan,
  ) {
    const { kernel } = world;
    this.begins = kernel.handler('faults/begin', (place) => this.begin(place));
    this.ends = kernel.handler('faults/end', (place) => this.end(place));
    this.crashesOne = kernel.handler('faults/crash one', (place) =>
      this.breakable(place).crash(1, false),
    );
    this.interference = world.shared(Interference);
    this.metrics = world.shared(Metrics);
    this.targets = plan.faults.map(({ on }) => world.idOf(linkNamed(plan.links, on)?.target ?? on));
    this.disturbances = plan.faults.map((fault, place) => this.declare(fault, place));
  }

  /** At time 0. */
  start(): void {
    this.plan.faults.forEach(({ at }, place) => this.world.kernel.at(at, this.begins, place));
  }

  // --- what it does ------------------------------------------------------------------------------

  private declare(fault: FaultSpec, place: number): number {
    const { world, plan } = this;
    const target = this.targets[place];
    const what = this.disturbanceOf(fault, target);
    if (what === null) return -1;
    const { on, verb, api } = fault;
    const link = linkNamed(plan.links, on);
    const isSame = (other: FaultSpec): boolean =>
      other.on === on && other.verb === verb && other.api === api;
    const earlier = plan.faults.slice(0, place).filter(isSame).length;
    const filter = {
      target,
      client: link === undefined ? null : world.idOf(link.client),
      operation: api === undefined ? null : this.operationOf(target, api),
    };
    // The place in the file is no part of the name: a fault that is added leaves the draws of the others alone.
    return this.interference.declare(`${verb} ${on} ${api ?? ''} ${earlier}`, filter, what);
  }

  /** What happens to calls; null: it is about instances, or metrics. */
  private disturbanceOf(fault: FaultSpec, target: number): Disturbance | null {
    const hasInstances = this.world.breakable(target) !== undefined;
    const isOnResource = fault.on === this.world.names[target];
    switch (fault.verb) {
      case 'crash':
      case 'hide':
        return null;
      case 'lose':
      case 'cut':
        return { kind: fault.verb, share: fault.share };
      case 'fail': {
        const error = this.plan.errorOf(this.world.names[target], fault.status);
        return { kind: 'fail', share: fault.share, error };
      }
      case 'throttle': {
        const { throttle } = fault;
        if (throttle.kind === 'share') return { kind: 'throttle', share: throttle.share };
        if (throttle.perSecond === 0) return { kind: 'throttle', share: 1 };
        return { kind: 'throttle', perSecond: throttle.perSecond };
      }
      case 'slow':
        return hasInstances && isOnResource ? null : { kind: 'slow', ...fault.slow };
      case 'down':
        return hasInstances
          ? null
          : { kind: 'fail', share: amountOf(fault), error: CallError.Unavailable };
    }
  }

  private operationOf(target: number, api: string): number {
    const operation = this.plan.operationsOf(this.world.names[target]).indexOf(api);
    check(operation >= 0, 'the operation of a fault was checked when the scenario was loaded');
    return operation;
  }

  private breakable(place: number) {
    const target = this.world.breakable(this.targets[place]);
    check(target !== undefined, 'the target of a fault was checked when the scenario was loaded');
    return target;
  }

  // --- when --------------------------------------------------------------------------------------

  private begin(place: number): void {
    const { world } = this;
    const fault = this.plan.faults[place];
    world.facts.fault(this.targets[place], place, 1);
    if (fault.verb === 'crash') this.crash(place);
    else {
      if (fault.for !== undefined) world.kernel.after(fault.for, this.ends, place);
      this.apply(place, true);
    }
    // After the end: what comes again at once has ended before.
    if (fault.every !== undefined) world.kernel.after(fault.every, this.begins, place);
  }

  private end(place: number): void {
    this.apply(place, false);
    this.world.facts.fault(this.targets[place], place, 0);
  }

  private apply(place: number, on: boolean): void {
    const fault = this.plan.faults[place];
    const disturbance = this.disturbances[place];
    if (disturbance >= 0 && on) this.interference.begin(disturbance);
    else if (disturbance >= 0) this.interference.end(disturbance);
    else if (fault.verb === 'slow') this.slow(place, on);
    else if (fault.verb === 'hide') this.metrics.hide(this.targets[place], fault.share, on);
    else if (fault.verb === 'down')
      this.breakable(place).down(amountOf(fault), fault.amount.kind === 'share', on);
  }

  /** Of several slow faults on one target, the factors multiply and the added times add up. */
  private slow(place: number, on: boolean): void {
    if (on) this.slowing.add(place);
    else this.slowing.delete(place);
    let factor = 1;
    let added = 0;
    for (const other of this.slowing) {
      const fault = this.plan.faults[other];
      if (fault.verb !== 'slow' || this.targets[other] !== this.targets[place]) continue;
      factor *= fault.slow.factor;
      added += fault.slow.added;
    }
    this.breakable(place).slow(factor, added);
  }

  /** At once, or one after the other over `for`. */
  private crash(place: number): void {
    const fault = this.plan.faults[place];
    check(fault.verb === 'crash', 'only a crash is spread over time');
    const target = this.breakable(place);
    const isShare = fault.amount.kind === 'share';
    if (fault.for === undefined) {
      target.crash(amountOf(fault), isShare);
      return;
    }
    const count = isShare
      ? Math.max(1, Math.round(amountOf(fault) * target.instancesInService()))
      : amountOf(fault);
    for (let i = 0; i < count; i++) {
      this.world.kernel.after(Math.floor((i * fault.for) / count), this.crashesOne, place);
    }
  }
}

function amountOf(fault: FaultSpec & { readonly verb: 'crash' | 'down' }): number {
  return fault.amount.kind === 'share' ? fault.amount.share : fault.amount.count;
}
