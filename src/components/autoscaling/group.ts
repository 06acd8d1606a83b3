/**
 * An EC2 Auto Scaling group whose instances run a polling program: how many it wants, and what it does about it.
 * The life of an instance is in lifecycle.ts. At time 0 the desired instances are in service.
 *
 * Sources and what is left out: docs/components/autoscaling.group.md.
 */

import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import type { Component, Rollout } from '../component.js';
import type { Facts } from '../facts.js';
import { InstanceState } from '../facts.js';
import type { Program } from '../program/program.js';
import type { World } from '../world.js';
import { Activities } from './activities.js';
import type { DeploymentOwner } from './life/deployment.js';
import { Deployment } from './life/deployment.js';
import { GroupFaults } from './faults.js';
import { addGroupGauges } from './group-metrics.js';
import type { GroupSizes } from './groups.js';
import { Groups } from './groups.js';
import type { InstanceTable } from './life/instances.js';
import { Role } from './life/instances.js';
import type { LifeOwner } from './life/life-owner.js';
import { Lifecycle } from './life/lifecycle.js';
import { AUTOSCALING_LIMITS } from './limits.js';
import type { GroupOptions } from './options.js';
import { launchesSpot } from './life/purchase.js';
import { Rebalancing } from './life/rebalancing.js';
import { NOBODY, Roster } from './life/roster.js';
import { Scaling } from './policies/scaling.js';
import type { Capacity } from './policies/step-scaling.js';
import { TerminationOrder } from './life/termination-policies.js';
import { WarmPool } from './life/warm-pool.js';
import { Zones } from './life/zones.js';

export class Group implements Component, LifeOwner, DeploymentOwner {
  readonly instances: InstanceTable;
  readonly program: Program;
  readonly activities = new Activities();
  /** Instances that the group wants. */
  desired = 0;
  /** Instances that count towards it: from Pending until they are told to go. */
  readonly members: Roster;
  private minSize: number;
  private maxSize: number;
  /** Those that were, and are on their way out. */
  readonly leaving: Roster;
  /** Instances of the warm pool on their way out. */
  private readonly drained: Roster;
  private readonly pool: WarmPool | null;
  private readonly zones: Zones;
  private readonly order: TerminationOrder;
  private readonly rebalancing: Rebalancing;
  private readonly deployment: Deployment;
  private readonly life: Lifecycle;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly scaling: Scaling;
  /** Launches of members that found no capacity, and will be tried again; and whether others will. */
  private toBeTried = 0;
  private othersToBeTried = false;
  private readonly tryMember: Handler;
  private readonly tryOthers: Handler;

  constructor(
    world: World,
    readonly id: number,
    readonly options: GroupOptions,
  ) {
    const { name, life } = options;
    this.minSize = options.minSize;
    this.maxSize = options.maxSize;
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.life = new Lifecycle(world, id, options, this.activities, this);
    this.instances = this.life.instances;
    this.program = this.life.program;
    this.zones = new Zones(life.availabilityZones);
    const zones = life.availabilityZones.length;
    this.members = new Roster(this.instances, zones);
    this.leaving = new Roster(this.instances, zones);
    this.drained = new Roster(this.instances, zones);
    this.pool = life.warmPool && new WarmPool(life.warmPool, this.instances, zones);
    this.order = new TerminationOrder(this.instances, life.termination);
    this.rebalancing = new Rebalancing(this.instances);
    this.deployment = new Deployment(world, name, this);
    this.tryMember = world.kernel.handler(`${name}/try again`, () => {
      this.toBeTried--;
      this.reconcile();
    });
    this.tryOthers = world.kernel.handler(`${name}/try others again`, () => {
      this.othersToBeTried = false;
      this.reconcile();
    });
    this.scaling = new Scaling(world, this);
    world.shared(Groups).byId.set(id, this);
    addGroupGauges(world, this);
    world.addFleet(id, new GroupFaults(this, world.streams.key(name, 'fault')));
  }

  connect(): void {
    this.scaling.connect();
  }

  /** At time 0 the desired instances are in service, and the warm pool is ready. */
  start(): void {
    this.desired = this.options.desiredCapacity;
    this.facts.desired(this.id, this.desired);
    const { members, pool } = this;
    while (members.size < this.desired) {
      const spot = this.nextIsSpot();
      this.life.begin(this.add(this.zones.fewest(members.counts), spot, Role.Member));
    }
    while (pool !== null && pool.missing(this.desired, this.maxSize) > 0) {
      this.life.begin(this.add(this.zones.fewest(pool.waiting.counts), false, Role.Pooled));
    }
    this.scaling.start();
  }

  // --- what policies and operations ask --------------------------------------------------------------

  /** The group wants `wanted` instances, as far as its bounds allow. */
  setDesired(wanted: number): void {
    const { minSize, maxSize } = this;
    const desired = Math.min(maxSize, Math.max(minSize, wanted));
    if (desired === this.desired) return;
    this.desired = desired;
    this.facts.desired(this.id, desired);
    this.reconcile();
  }

  /**
   * New bounds, and perhaps a new desired capacity: what is outside moves to the nearest bound. Bounds that contradict
   * each other are refused, as AWS refuses them (ValidationError): nothing changes.
   */
  resize({
    minSize = this.minSize,
    maxSize = this.maxSize,
    desiredCapacity = this.desired,
  }: GroupSizes): void {
    if (minSize > maxSize) return;
    this.minSize = minSize;
    this.maxSize = maxSize;
    this.setDesired(desiredCapacity);
    this.reconcile(); // the warm pool follows maxSize
  }

  /**
   * How the group stands for a policy whose instances warm up for `warmup`. Spot Instances that have had their notice
   * are in service until they are gone; those that were still warming up then never finish.
   */
  capacityNow(warmup: Micros): Capacity {
    const { minSize, maxSize, desired, members, instances } = this;
    let warm = 0;
    let going = 0;
    for (let zone = 0; zone < members.counts.length; zone++) {
      for (let row = members.firstOf(zone); row !== NOBODY; row = members.next(row)) {
        if (this.kernel.now - instances.inServiceAt[row] >= warmup) warm++;
        else going += instances.isInterrupted[row];
      }
    }
    const isWarming = warm + going < members.size;
    return { min: minSize, max: maxSize, desired, warm, isWarming, leaving: this.leaving.size };
  }

  /** Its instances are replaced, batch by batch. */
  deploy(rollout: Rollout): void {
    this.deployment.begin(rollout);
  }

  // --- what faults ask -------------------------------------------------------------------------------

  isInService(worker: number): boolean {
    return this.instances.state[worker] === InstanceState.InService;
  }

  /** The instance dies, with all it holds; the group replaces it at once. */
  fail(worker: number): void {
    this.life.die(worker);
  }

  /** The Spot Instance has two minutes left. */
  interrupt(worker: number): void {
    this.life.interrupt(worker);
  }

  /** An Availability Zone fails with all instances in it, or works again. */
  setZoneDown(name: string, on: boolean): void {
    const { zones } = this;
    const zone = zones.indexOf(name);
    if (zone < 0 || !zones.fault(zone, on)) return;
    if (on) {
      const rosters = [this.members, this.leaving, this.drained, this.pool?.waiting];
      const rows = rosters.flatMap((roster) => roster?.rows() ?? []);
      for (const row of rows) if (this.instances.zone[row] === zone) this.life.die(row);
    }
    this.reconcile();
  }

  // --- from what is wanted to what is there ----------------------------------------------------------

  private reconcile(): void {
    this.launchMissing();
    this.terminateSurplus();
    this.rebalance();
    this.fillPool();
    this.deployment.look();
  }

  /** Members that the group should have: those that are there until they have replaced others included. */
  private get target(): number {
    return this.desired + this.rebalancing.underWay;
  }

  private launchMissing(): void {
    const { members, zones, rebalancing } = this;
    while (members.size + this.toBeTried < this.target) {
      const zone = zones.fewest(rebalancing.after(members.counts));
      if (zone < 0) return; // until a zone comes back
      if (this.launch(zone, this.nextIsSpot()) === NOBODY) {
        this.toBeTried++;
        this.kernel.after(AUTOSCALING_LIMITS.launchRetry, this.tryMember, 0);
      }
    }
  }

  private terminateSurplus(): void {
    const { members, order, kernel } = this;
    const surplus = members.size - this.target;
    if (surplus <= 0) return;
    for (const row of order.choose(members, surplus, kernel.now)) this.takeOut(row);
  }

  /** Evens out the zones, when nothing else is to be done. */
  private rebalance(): void {
    const { members, instances, rebalancing, zones } = this;
    const most = Rebalancing.mostMembers(this.maxSize);
    while (!this.othersToBeTried && members.size === this.target && members.size < most) {
      const move = zones.move(rebalancing.after(members.counts));
      if (move === null) return;
      const replaced = this.order.firstOf(
        members,
        move.from,
        this.kernel.now,
        (row) => instances.isServing(row) && instances.isUp(row) && !rebalancing.isReplaced(row),
      );
      if (replaced === undefined) return;
      const replacement = this.launch(move.to, instances.isSpot[replaced] === 1);
      if (replacement === NOBODY) {
        this.tryOthersLater();
        return;
      }
      rebalancing.begin(replacement, replaced);
    }
  }

  private fillPool(): void {
    const { pool, zones, life, desired, maxSize } = this;
    if (pool === null) return;
    const missing = this.othersToBeTried ? 0 : pool.missing(desired, maxSize);
    for (let i = 0; i < missing; i++) {
      const zone = zones.fewest(pool.waiting.counts);
      if (zone < 0) return;
      if (life.launchFails()) {
        this.tryOthersLater();
        return;
      }
      life.launch(this.add(zone, false, Role.Pooled));
    }
    while (pool.missing(desired, maxSize) < 0 && pool.waiting.size > 0) this.drain(pool.surplus());
  }

  /** A move between zones, or a launch for the pool, found no capacity. */
  private tryOthersLater(): void {
    if (this.othersToBeTried) return;
    this.othersToBeTried = true;
    this.kernel.after(AUTOSCALING_LIMITS.launchRetry, this.tryOthers, 0);
  }

  private nextIsSpot(): boolean {
    const { distribution } = this.options.life.termination;
    const { size, spot } = this.members;
    return distribution !== null && launchesSpot(distribution, size - spot, spot);
  }

  /** A member out of the warm pool, else a new one; NOBODY: EC2 has no capacity. */
  private launch(zone: number, isSpot: boolean): number {
    const { pool, life, members, instances } = this;
    const ready = pool?.take(zone, this.deployment.version) ?? NOBODY;
    if (ready !== NOBODY) {
      instances.role[ready] = Role.Member;
      members.add(ready);
      life.warmStart(ready);
      return ready;
    }
    if (life.launchFails()) return NOBODY;
    const worker = this.add(zone, isSpot, Role.Member);
    life.launch(worker);
    return worker;
  }

  private add(zone: number, isSpot: boolean, role: Role): number {
    const worker = this.life.create({ zone, isSpot, role, version: this.deployment.version });
    (role === Role.Member ? this.members : this.pool!.waiting).add(worker);
    return worker;
  }

  // --- members and the pool on their way out ---------------------------------------------------------

  /** A member goes as planned. */
  private takeOut(worker: number): void {
    this.dismiss(worker);
    const { pool, instances } = this;
    const isNew = instances.version[worker] === this.deployment.version;
    this.life.terminate(worker, pool !== null && pool.options.reuseOnScaleIn && isNew);
    if (pool !== null) pool.returning += instances.isReady[worker];
  }

  private dismiss(worker: number): void {
    this.members.remove(worker);
    this.rebalancing.removed(worker);
    this.leaving.add(worker);
  }

  /** A pooled instance goes. */
  private drain(worker: number): void {
    this.pool!.waiting.remove(worker);
    this.drained.add(worker);
    this.life.terminate(worker, false);
  }

  // --- LifeOwner -------------------------------------------------------------------------------------

  entered(worker: number): void {
    const replaced = this.rebalancing.entered(worker);
    if (replaced !== NOBODY) this.takeOut(replaced);
    this.reconcile();
  }

  serves(): void {
    this.deployment.look();
  }

  abandoned(worker: number): void {
    this.dismiss(worker);
    this.life.terminate(worker, false);
    this.reconcile();
  }

  noticed(worker: number): void {
    if (!this.options.life.capacityRebalance) return;
    this.dismiss(worker);
    this.instances.role[worker] = Role.Leaving;
    this.reconcile();
  }

  left(worker: number, role: Role): void {
    if (role === Role.Leaving) {
      this.leaving.remove(worker);
      if (this.pool !== null) this.pool.returning -= this.instances.isReady[worker];
    } else if (role === Role.Drained) {
      this.drained.remove(worker);
    } else if (role === Role.Pooled) {
      this.pool!.waiting.remove(worker);
    } else {
      this.members.remove(worker);
      this.rebalancing.removed(worker);
    }
    this.reconcile();
  }

  returned(worker: number): void {
    const pool = this.pool!;
    this.leaving.remove(worker);
    pool.returning--;
    pool.waiting.add(worker);
    // It left before a deployment that is over by now, and would never be taken again.
    if (this.deployment.isOver && this.instances.version[worker] < this.deployment.version)
      this.drain(worker);
    this.reconcile();
  }

  // --- DeploymentOwner -------------------------------------------------------------------------------

  replace(workers: readonly number[]): void {
    for (const worker of workers) this.takeOut(worker);
    this.reconcile();
  }

  deployed(): void {
    const { pool, deployment } = this;
    for (const worker of pool?.outdated(deployment.version) ?? []) this.drain(worker);
    this.reconcile();
  }
}
