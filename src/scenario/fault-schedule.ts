/**
 * Faults of a scenario, as events: each begins, and may end, at its time, once or again and again. What happens
 * to instances is done by whoever owns them (Breakable), what happens to calls on their way (Interference).
 */

import type { Disturbance } from '../components/interference.js';
import { Interference } from '../components/interference.js';
import { Metrics } from '../components/metric-port.js';
import { linkOf } from '../components/settings/words.js';
import type { Fleet } from '../components/port.js';
import { CallError } from '../components/port.js';
import type { World } from '../components/world.js';
import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { FaultSpec } from './faults.js';
import type { Link } from './links.js';
import { linkNamed } from './links.js';
import { REGION_SHAPE, ZONE_SHAPE } from './regions.js';

/** What the schedule must know of the scenario. */
export interface FaultPlan {
  /** In file order; all can happen where they are. */
  readonly faults: readonly FaultSpec[];
  readonly links: readonly Link[];
  /** The place in the list of errors of the resource `target` that an HTTP status has. */
  errorOf(target: string, status: number): number;
  /** AWS's operations of a resource. */
  operationsOf(target: string): readonly string[];
  /** The resources that have instances in an Availability Zone. */
  inZone(zone: string): readonly number[];
  /** The resources that lie in a region. */
  inRegion(region: string): readonly number[];
}

/** A fault of a zone, of a region or between regions is on no single resource. */
const NO_TARGET = -1;

export class FaultSchedule {
  private readonly begins: Handler;
  private readonly ends: Handler;
  private readonly hitsOne: Handler;
  private readonly interference: Interference;
  private readonly metrics: Metrics;
  /** By place: the resource it is on; for a link, the one that is called; for zones and regions, NO_TARGET. */
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
    this.hitsOne = kernel.handler('faults/crash one', (place) => this.hit(place, 1, false));
    this.interference = world.shared(Interference);
    this.metrics = world.shared(Metrics);
    this.targets = plan.faults.map(({ on }) =>
      ZONE_SHAPE.test(on) || regionsOn(on) !== undefined
        ? NO_TARGET
        : world.idOf(linkNamed(plan.links, on)?.target ?? on),
    );
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
    const regions = regionsOn(fault.on);
    if (regions !== undefined) return this.declareRegions(fault, regions, place);
    if (target === NO_TARGET) return -1;
    const what = this.disturbanceOf(fault, target);
    if (what === null) return -1;
    const { on, api } = fault;
    const link = linkNamed(plan.links, on);
    const filter = {
      target,
      client: link === undefined ? null : world.idOf(link.client),
      operation: api === undefined ? null : this.operationOf(target, api),
    };
    return this.interference.declare(this.nameOf(place), filter, what);
  }

  /** The place in the file is no part of the name: a fault that is added leaves the draws of the others alone. */
  private nameOf(place: number): string {
    const { faults } = this.plan;
    const { on, verb, api } = faults[place];
    const isSame = (other: FaultSpec): boolean =>
      other.on === on && other.verb === verb && other.api === api;
    const earlier = faults.slice(0, place).filter(isSame).length;
    return `${verb} ${on} ${api ?? ''} ${earlier}`;
  }

  /** Calls that begin or end in a region that is down, or those from one region to another. */
  private declareRegions(fault: FaultSpec, { from, to }: RegionsOn, place: number): number {
    const { ways } = this.world;
    const filter = {
      from: ways.placeNamed(from),
      to: to === undefined ? null : ways.placeNamed(to),
    };
    const what = callsOf(fault);
    check(what !== null, 'the verb of a fault on regions was checked when the scenario was loaded');
    return this.interference.declare(this.nameOf(place), filter, what);
  }

  /** What happens to calls; null: it is about instances, or metrics. */
  private disturbanceOf(fault: FaultSpec, target: number): Disturbance | null {
    const isBreakable = this.world.breakable(target) !== undefined;
    const isOnResource = fault.on === this.world.names[target];
    switch (fault.verb) {
      case 'crash':
      case 'interrupt':
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
        return isBreakable && isOnResource ? null : { kind: 'slow', ...fault.slow };
      case 'down':
        return isBreakable
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
    this.tell(place, 1);
    if (fault.verb === 'crash' || fault.verb === 'interrupt') this.hitAll(place);
    else {
      if (fault.for !== undefined) world.kernel.after(fault.for, this.ends, place);
      this.apply(place, true);
    }
    // After the end: what comes again at once has ended before.
    if (fault.every !== undefined) world.kernel.after(fault.every, this.begins, place);
  }

  private end(place: number): void {
    this.apply(place, false);
    this.tell(place, 0);
  }

  /** A zone's fault is one of each fleet in it, a region's of each resource there, or of those that are called. */
  private tell(place: number, on: 0 | 1): void {
    for (const target of this.hitBy(place)) this.world.facts.fault(target, place, on);
  }

  private hitBy(place: number): readonly number[] {
    const target = this.targets[place];
    if (target !== NO_TARGET) return [target];
    const { on } = this.plan.faults[place];
    const regions = regionsOn(on);
    if (regions === undefined) return this.plan.inZone(on);
    return this.plan.inRegion(regions.to ?? regions.from);
  }

  private apply(place: number, on: boolean): void {
    const fault = this.plan.faults[place];
    const disturbance = this.disturbances[place];
    if (disturbance >= 0 && on) this.interference.begin(disturbance);
    else if (disturbance >= 0) this.interference.end(disturbance);
    if (fault.verb === 'down' && regionsOn(fault.on) !== undefined) this.fleets(place, on);
    if (disturbance >= 0) return;
    if (fault.verb === 'slow') this.slow(place, on);
    else if (fault.verb === 'hide') this.metrics.hide(this.targets[place], fault.share, on);
    else if (this.targets[place] === NO_TARGET) this.zone(place, on);
    else if (fault.verb === 'down')
      this.breakable(place).down(amountOf(fault), fault.amount.kind === 'share', on);
  }

  /** Instances in a region that is down do nothing; what else lies there is not reached. */
  private fleets(place: number, on: boolean): void {
    for (const resource of this.hitBy(place)) this.world.fleet(resource)?.down(1, true, on);
  }

  private zone(place: number, on: boolean): void {
    const { on: zone } = this.plan.faults[place];
    for (const fleet of this.plan.inZone(zone)) this.fleet(fleet).zone(zone, on);
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

  /** Crashes and interruptions: at once, or one after the other over `for`. */
  private hitAll(place: number): void {
    const fault = this.plan.faults[place];
    check(isHit(fault), 'only a crash or an interruption is spread over time');
    const isShare = fault.amount.kind === 'share';
    if (fault.for === undefined) {
      this.hit(place, amountOf(fault), isShare);
      return;
    }
    const count = isShare
      ? Math.max(1, Math.round(amountOf(fault) * this.instancesOf(this.targets[place])))
      : amountOf(fault);
    for (let i = 0; i < count; i++) {
      this.world.kernel.after(Math.floor((i * fault.for) / count), this.hitsOne, place);
    }
  }

  private hit(place: number, instances: number, isShare: boolean): void {
    const target = this.targets[place];
    const isCrash = this.plan.faults[place].verb === 'crash';
    const fleet = this.world.fleet(target);
    if (fleet === undefined) this.failOver(place);
    else if (isCrash) fleet.crash(instances, isShare);
    else fleet.interrupt(instances, isShare);
  }

  private failOver(place: number): void {
    const target = this.breakable(place);
    check(target.failOver !== undefined, 'what crashes is a fleet, or has a standby');
    target.failOver();
  }

  /** What is no fleet is one instance. */
  private instancesOf(target: number): number {
    return this.world.fleet(target)?.instancesInService() ?? 1;
  }

  private fleet(resource: number): Fleet {
    const fleet = this.world.fleet(resource);
    check(fleet !== undefined, 'what lies in a zone is a fleet');
    return fleet;
  }
}

type Hit = FaultSpec & { readonly verb: 'crash' | 'interrupt' };

function isHit(fault: FaultSpec): fault is Hit {
  return fault.verb === 'crash' || fault.verb === 'interrupt';
}

function amountOf(fault: FaultSpec & { readonly verb: 'crash' | 'interrupt' | 'down' }): number {
  return fault.amount.kind === 'share' ? fault.amount.share : fault.amount.count;
}

/** A region, or the way from one to another. */
interface RegionsOn {
  readonly from: string;
  readonly to: string | undefined;
}

function regionsOn(on: string): RegionsOn | undefined {
  if (ZONE_SHAPE.test(on)) return undefined;
  if (REGION_SHAPE.test(on)) return { from: on, to: undefined };
  const link = linkOf(on);
  return link !== undefined && REGION_SHAPE.test(link.from) ? link : undefined;
}

/** What a fault on regions does to calls. */
function callsOf(fault: FaultSpec): Disturbance | null {
  if (fault.verb === 'down') return { kind: 'unreachable' };
  if (fault.verb === 'slow') return { kind: 'slow', ...fault.slow };
  return fault.verb === 'lose' || fault.verb === 'cut'
    ? { kind: fault.verb, share: fault.share }
    : null;
}
