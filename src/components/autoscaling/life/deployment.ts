/**
 * Rolling deployments: a new program, batch by batch. Each batch is stopped as on a scale-in, and its replacements
 * are launched at once; when all of them poll, the next batch waits for `wait` more. The warm pool comes last, as in
 * an instance refresh. Capacity falls by a batch meanwhile, also below minSize (CloudFormation's rolling update with
 * MinInstancesInService = desired - batch).
 */

import type { Handler, Kernel } from '../../../kernel/kernel.js';
import type { Rollout } from '../../component.js';
import { InstanceState } from '../../facts.js';
import type { World } from '../../world.js';
import type { InstanceTable } from './instances.js';
import type { Roster } from './roster.js';

export interface DeploymentOwner {
  readonly desired: number;
  readonly members: Roster;
  readonly instances: InstanceTable;
  /** The members go, and others take their places. */
  replace(workers: readonly number[]): void;
  /** All members are new. */
  deployed(): void;
}

export class Deployment {
  /** How often it was deployed: what is launched from now on is of this version. */
  version = 0;
  private rollout: Rollout | null = null;
  private isBatchOut = false;
  private readonly kernel: Kernel;
  private readonly rested: Handler;

  constructor(
    world: World,
    name: string,
    private readonly owner: DeploymentOwner,
  ) {
    this.kernel = world.kernel;
    this.rested = world.kernel.handler(`${name}/next batch`, (version) => this.onRested(version));
  }

  get isOver(): boolean {
    return this.rollout === null;
  }

  /** One that is under way goes on with the newer program. */
  begin(rollout: Rollout): void {
    this.version++;
    this.rollout = rollout;
    if (!this.isBatchOut) this.nextBatch(); // else when that batch is in
  }

  /** Members have changed. */
  look(): void {
    if (this.rollout === null || !this.isBatchOut || !this.isBatchIn()) return;
    this.isBatchOut = false;
    this.kernel.after(this.rollout.wait, this.rested, this.version);
  }

  private onRested(version: number): void {
    if (this.rollout !== null && version === this.version && !this.isBatchOut) this.nextBatch();
  }

  private nextBatch(): void {
    const { members, instances, desired } = this.owner;
    const old = members.rows().filter((row) => instances.version[row] < this.version);
    if (old.length === 0) {
      this.rollout = null;
      this.owner.deployed();
      return;
    }
    old.sort((a, b) => instances.joined[a] - instances.joined[b]);
    const { batch, isShare } = this.rollout!;
    const size = Math.max(1, isShare ? Math.round(batch * desired) : batch);
    this.isBatchOut = true;
    this.owner.replace(old.slice(0, size));
    this.look();
  }

  /** Whether as many as wanted are there, and all poll. */
  private isBatchIn(): boolean {
    const { members, instances, desired } = this.owner;
    if (members.size < desired) return false;
    return members
      .rows()
      .every(
        (row) =>
          instances.isInterrupted[row] === 1 || instances.state[row] === InstanceState.InService,
      );
  }
}
