/**
 * Faults on a group (docs/scenario.md). Which instances a fault hits is drawn from their marks, so that two
 * variants of a scenario lose the same ones; a share is rounded to the nearest whole number, and more
 * than 0 % hits at least one.
 */

import { check } from '../../kernel/check.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Fleet } from '../port.js';
import type { Group } from './group.js';

interface Down {
  readonly instances: number;
  readonly isShare: boolean;
  readonly workers: readonly number[];
}

export class GroupFaults implements Fleet {
  private readonly downs: Down[] = [];
  private faults = 0;

  constructor(
    private readonly group: Group,
    private readonly key: MarkKey,
  ) {}

  instancesInService(): number {
    return this.inService().length;
  }

  crash(instances: number, isShare: boolean): void {
    for (const worker of this.choose(instances, isShare)) this.group.fail(worker);
  }

  down(instances: number, isShare: boolean, on: boolean): void {
    if (on) {
      const workers = this.choose(instances, isShare);
      for (const worker of workers) this.group.program.hold(worker, true);
      this.downs.push({ instances, isShare, workers });
      return;
    }
    const at = this.downs.findIndex(
      (down) => down.instances === instances && down.isShare === isShare,
    );
    check(at >= 0, 'a fault ends after it began');
    const [{ workers }] = this.downs.splice(at, 1);
    for (const worker of workers) this.group.program.hold(worker, false);
  }

  interrupt(instances: number, isShare: boolean): void {
    const { isSpot } = this.group.instances;
    const workers = this.choose(instances, isShare, (worker) => isSpot[worker] === 1);
    for (const worker of workers) this.group.interrupt(worker);
  }

  zone(zone: string, on: boolean): void {
    this.group.setZoneDown(zone, on);
  }

  slow(factor: number, addedMicros: number): void {
    this.group.program.slow(factor, addedMicros);
  }

  private inService(): number[] {
    const { group } = this;
    return group.members.rows().filter((worker) => group.isInService(worker));
  }

  private choose(
    instances: number,
    isShare: boolean,
    isAsked: (worker: number) => boolean = () => true,
  ): number[] {
    const { key } = this;
    const table = this.group.instances;
    const fault = this.faults++;
    const drawn = this.inService()
      .filter(isAsked)
      .map((worker) => ({ worker, u: key.u53(table.mark0[worker], table.mark1[worker], fault) }));
    const count = isShare ? shareOf(instances, drawn.length) : instances;
    drawn.sort((a, b) => a.u - b.u || a.worker - b.worker);
    return drawn.slice(0, count).map(({ worker }) => worker);
  }
}

function shareOf(share: number, count: number): number {
  return share > 0 ? Math.max(1, Math.round(share * count)) : 0;
}
