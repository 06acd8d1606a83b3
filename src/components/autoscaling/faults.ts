/**
 * Faults on a group (docs/scenario.md). Which instances a fault hits is drawn from their marks, so that two
 * variants of a scenario lose the same ones; a share is rounded to the nearest whole number, and more
 * than 0 % hits at least one.
 */

import { check } from '../../kernel/check.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Breakable } from '../port.js';
import type { Group } from './group.js';

interface Down {
  readonly instances: number;
  readonly isShare: boolean;
  readonly workers: readonly number[];
}

export class GroupFaults implements Breakable {
  private readonly downs: Down[] = [];
  private faults = 0;

  constructor(
    private readonly group: Group,
    private readonly key: MarkKey,
  ) {}

  instancesInService(): number {
    const { group } = this;
    let count = 0;
    for (let worker = 0; worker < group.instances.bound; worker++)
      if (group.isInService(worker)) count++;
    return count;
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

  slow(factor: number, addedMicros: number): void {
    this.group.program.slow(factor, addedMicros);
  }

  private choose(instances: number, isShare: boolean): number[] {
    const { group, key } = this;
    const table = group.instances;
    const fault = this.faults++;
    const drawn: { worker: number; u: number }[] = [];
    for (let worker = 0; worker < table.bound; worker++) {
      if (!group.isInService(worker)) continue;
      drawn.push({ worker, u: key.u53(table.mark0[worker], table.mark1[worker], fault) });
    }
    const count = isShare ? shareOf(instances, drawn.length) : instances;
    drawn.sort((a, b) => a.u - b.u || a.worker - b.worker);
    return drawn.slice(0, count).map(({ worker }) => worker);
  }
}

function shareOf(share: number, count: number): number {
  return share > 0 ? Math.max(1, Math.round(share * count)) : 0;
}
