/** Faults of a scenario, as events: each begins, and may end, at its time. */

import type { World } from '../components/world.js';
import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { FaultSpec } from './faults.js';

export class FaultSchedule {
  private readonly begins: Handler;
  private readonly ends: Handler;
  private readonly crashesOne: Handler;
  /** Slow faults in force, by their place in the list. */
  private readonly slowing = new Set<number>();

  /** `faults` in file order; all are on resources that can break. */
  constructor(
    private readonly world: World,
    private readonly faults: readonly FaultSpec[],
  ) {
    this.begins = world.kernel.handler('faults/begin', (place) => this.begin(place));
    this.ends = world.kernel.handler('faults/end', (place) => this.end(place));
    this.crashesOne = world.kernel.handler('faults/crash one', (place) =>
      this.targetOf(place).crash(1, false),
    );
  }

  /** At time 0. */
  start(): void {
    this.faults.forEach((fault, place) => this.world.kernel.at(fault.at, this.begins, place));
  }

  private targetOf(place: number) {
    const target = this.world.breakable(this.world.idOf(this.faults[place].on));
    check(target !== undefined, 'the target of a fault was checked when the scenario was loaded');
    return target;
  }

  private begin(place: number): void {
    const { world, faults } = this;
    const fault = faults[place];
    world.facts.fault(world.idOf(fault.on), place, 1);
    if (fault.verb === 'crash') {
      this.crash(place);
      return;
    }
    if (fault.for !== undefined) world.kernel.after(fault.for, this.ends, place);
    this.apply(place, true);
  }

  private end(place: number): void {
    this.apply(place, false);
    this.world.facts.fault(this.world.idOf(this.faults[place].on), place, 0);
  }

  private apply(place: number, on: boolean): void {
    const fault = this.faults[place];
    const target = this.targetOf(place);
    if (fault.verb === 'slow') this.slow(place, on);
    else if (fault.verb === 'down') target.down(amountOf(fault), fault.amount.kind === 'share', on);
  }

  /** Of several slow faults on one target, the factors multiply and the added times add up. */
  private slow(place: number, on: boolean): void {
    if (on) this.slowing.add(place);
    else this.slowing.delete(place);
    let factor = 1;
    let added = 0;
    for (const other of this.slowing) {
      const fault = this.faults[other];
      if (fault.verb !== 'slow' || fault.on !== this.faults[place].on) continue;
      factor *= fault.slow.factor;
      added += fault.slow.added;
    }
    this.targetOf(place).slow(factor, added);
  }

  /** At once, or one after the other over `for`. */
  private crash(place: number): void {
    const fault = this.faults[place];
    check(fault.verb === 'crash', 'only a crash is spread over time');
    const target = this.targetOf(place);
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
