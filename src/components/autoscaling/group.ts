/**
 * An EC2 Auto Scaling group whose instances run a polling program.
 *
 * An instance is Pending, then Running (`launch`; billed from here), then InService (`startup`, the boot of
 * the program; it polls), then Terminating (the program stops, or is killed after `stopTimeout`), then
 * Terminated (`terminate`). One that dies is Failed at once, and the group replaces it at once. At time 0
 * the desired instances are in service.
 *
 * What Auto Scaling itself calls InService begins when the instance is up, so its warm-up counts from
 * Running; it knows nothing of the program's boot.
 *
 * Sources and what is left out: docs/components/autoscaling.group.md.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { Component } from '../component.js';
import type { Facts } from '../facts.js';
import { Cause, InstanceState, RunEnd } from '../facts.js';
import { Program } from '../program/program.js';
import type { World } from '../world.js';
import { Activities } from './activities.js';
import { GroupFaults } from './faults.js';
import { InstanceTable } from './instances.js';
import type { GroupOptions } from './options.js';
import { Scaling } from './scaling.js';
import type { Capacity } from './step-scaling.js';

/** What may change while it runs; undefined: as it is. */
export interface GroupSizes {
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly desiredCapacity?: number | undefined;
}

/** All groups of a world, by resource number: `world.shared(Groups)`. */
export class Groups {
  readonly byId = new Map<number, Group>();
}

export class Group implements Component {
  readonly instances: InstanceTable;
  readonly program: Program;
  readonly activities = new Activities();
  /** Instances that the group wants. */
  desired = 0;
  private minSize: number;
  private maxSize: number;
  /** Instances that count towards it: from Pending to InService. */
  private capacity = 0;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly scaling: Scaling;
  private readonly markKey: MarkKey;
  private readonly launchKey: MarkKey;
  private readonly startupKey: MarkKey;
  private readonly terminateKey: MarkKey;
  private readonly launched: Handler;
  private readonly booted: Handler;
  private readonly stopTimedOut: Handler;
  private readonly gone: Handler;

  constructor(
    world: World,
    readonly id: number,
    readonly options: GroupOptions,
  ) {
    const { name } = options;
    this.minSize = options.minSize;
    this.maxSize = options.maxSize;
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.instances = new InstanceTable(world.kernel.tables);
    this.markKey = world.streams.key(name, 'instance');
    this.launchKey = world.streams.key(name, 'launch');
    this.startupKey = world.streams.key(name, 'startup');
    this.terminateKey = world.streams.key(name, 'terminate');
    const on = (event: string, run: (worker: number) => void) =>
      world.kernel.handler(`${name}/${event}`, run);
    this.launched = on('launched', (worker) => this.onLaunched(worker));
    this.booted = on('booted', (worker) => this.onBooted(worker));
    this.stopTimedOut = on('stop timeout', (worker) => this.onStopTimedOut(worker));
    this.gone = on('terminated', (worker) => this.onGone(worker));
    this.program = new Program(world, options.program, this.instances, {
      exited: on('exited', (worker) => this.onExited(worker)),
      crashed: on('crashed', (worker) => this.onCrashed(worker)),
    });
    this.scaling = new Scaling(world, this);
    world.shared(Groups).byId.set(id, this);
    world.addBreakable(id, new GroupFaults(this, world.streams.key(name, 'fault')));
  }

  connect(): void {
    this.scaling.connect();
  }

  /** At time 0 the desired instances are in service. */
  start(): void {
    this.desired = this.options.desiredCapacity;
    this.facts.desired(this.id, this.desired);
    while (this.capacity < this.desired) {
      const worker = this.add();
      this.instances.runningAt[worker] = -Infinity;
      this.setState(worker, InstanceState.Running);
      this.setState(worker, InstanceState.InService);
      this.startProgram(worker);
    }
    this.scaling.start();
  }

  // --- what policies and faults ask ------------------------------------------------------------------

  /** The group wants `wanted` instances, as far as its bounds allow. */
  setDesired(wanted: number): void {
    const { minSize, maxSize } = this;
    const desired = Math.min(maxSize, Math.max(minSize, wanted));
    if (desired === this.desired) return;
    this.desired = desired;
    this.facts.desired(this.id, desired);
    this.reconcile();
  }

  /** New bounds, and perhaps a new desired capacity: what is outside moves to the nearest bound. */
  resize({ minSize, maxSize, desiredCapacity }: GroupSizes): void {
    this.minSize = minSize ?? this.minSize;
    this.maxSize = maxSize ?? this.maxSize;
    this.setDesired(desiredCapacity ?? this.desired);
  }

  /** How the group stands for a policy whose instances warm up for `warmup`. */
  capacityNow(warmup: Micros): Capacity {
    const { minSize, maxSize } = this;
    let warm = 0;
    let leaving = 0;
    for (let worker = 0; worker < this.instances.bound; worker++) {
      if (this.instances.state[worker] === InstanceState.Terminating) leaving++;
      if (this.isUp(worker) && this.kernel.now - this.instances.runningAt[worker] >= warmup) warm++;
    }
    return {
      min: minSize,
      max: maxSize,
      desired: this.desired,
      warm,
      isWarming: warm < this.capacity,
      leaving,
    };
  }

  isInService(worker: number): boolean {
    return this.instances.state[worker] === InstanceState.InService;
  }

  /** The instance dies, with all it holds; the group replaces it at once. */
  fail(worker: number): void {
    check(this.isInService(worker), 'an instance in service dies');
    this.endProgram(worker, Cause.Crash, RunEnd.Crashed);
    this.setState(worker, InstanceState.Failed);
    this.capacity--;
    this.reconcile();
  }

  // --- from Pending to InService ---------------------------------------------------------------------

  private reconcile(): void {
    while (this.capacity < this.desired) this.launch();
    while (this.capacity > this.desired) this.terminate(this.oldest());
  }

  private add(): number {
    const { instances } = this;
    const worker = instances.addZeroed();
    this.markKey.hash(worker, 0, 0);
    instances.mark0[worker] = this.markKey.h0;
    instances.mark1[worker] = this.markKey.h1;
    this.capacity++;
    return worker;
  }

  private launch(): void {
    const worker = this.add();
    this.setState(worker, InstanceState.Pending);
    this.activities.begin();
    this.kernel.after(
      this.draw(this.options.assume.launch, this.launchKey, worker, 0),
      this.launched,
      worker,
    );
  }

  private onLaunched(worker: number): void {
    if (this.instances.state[worker] !== InstanceState.Pending) return;
    this.instances.runningAt[worker] = this.kernel.now;
    this.setState(worker, InstanceState.Running);
    this.activities.end(this.kernel.now);
    this.boot(worker);
  }

  private boot(worker: number): void {
    const boot = this.instances.boots[worker]++;
    this.kernel.after(
      this.draw(this.options.startup, this.startupKey, worker, boot),
      this.booted,
      worker,
    );
  }

  private onBooted(worker: number): void {
    if (!this.isUp(worker)) return; // it was told to go while booting
    if (this.instances.state[worker] === InstanceState.Running)
      this.setState(worker, InstanceState.InService);
    this.startProgram(worker);
  }

  private startProgram(worker: number): void {
    this.instances.hasProgram[worker] = 1;
    this.program.start(worker);
  }

  /** The program died by itself; whoever supervises it on the instance starts it anew. */
  private onCrashed(worker: number): void {
    // The instance may have gone, or been told to go, at the same instant; then its exit is told, too.
    if (this.instances.hasProgram[worker] === 0 || !this.isUp(worker)) return;
    this.instances.hasProgram[worker] = 0;
    this.boot(worker);
  }

  // --- from InService to the end ---------------------------------------------------------------------

  /** The Default termination policy with nothing to tell instances apart: the oldest. */
  private oldest(): number {
    const { instances } = this;
    for (let worker = 0; worker < instances.bound; worker++) if (this.isUp(worker)) return worker;
    for (let worker = 0; worker < instances.bound; worker++) {
      if (instances.state[worker] === InstanceState.Pending) return worker;
    }
    check(false, 'a group above its desired capacity has an instance to terminate');
  }

  private terminate(worker: number): void {
    // What is still on its way in only turns round.
    if (this.instances.state[worker] !== InstanceState.Pending) this.activities.begin();
    this.setState(worker, InstanceState.Terminating);
    this.capacity--;
    if (this.instances.hasProgram[worker] === 0) {
      this.leave(worker);
    } else if (this.options.stopTimeout === 0) {
      this.onStopTimedOut(worker);
    } else {
      this.program.stop(worker);
      this.kernel.after(this.options.stopTimeout, this.stopTimedOut, worker);
    }
  }

  private onStopTimedOut(worker: number): void {
    if (this.instances.hasProgram[worker] === 0) return;
    this.endProgram(worker, Cause.ScaleIn, RunEnd.Killed);
    this.leave(worker);
  }

  private onExited(worker: number): void {
    if (this.instances.hasProgram[worker] === 0) return; // killed at the same instant
    this.instances.hasProgram[worker] = 0;
    this.leave(worker);
  }

  private endProgram(worker: number, cause: Cause, end: RunEnd): void {
    if (this.instances.hasProgram[worker] === 0) return;
    this.instances.hasProgram[worker] = 0;
    this.program.kill(worker, cause, end);
  }

  private leave(worker: number): void {
    this.kernel.after(
      this.draw(this.options.assume.terminate, this.terminateKey, worker, 0),
      this.gone,
      worker,
    );
  }

  private onGone(worker: number): void {
    this.setState(worker, InstanceState.Terminated);
    this.activities.end(this.kernel.now);
  }

  // --- small things ----------------------------------------------------------------------------------

  private isUp(worker: number): boolean {
    const state = this.instances.state[worker];
    return state === InstanceState.Running || state === InstanceState.InService;
  }

  private setState(worker: number, state: InstanceState): void {
    this.instances.state[worker] = state;
    this.facts.instance(this.id, worker, state);
  }

  private draw(from: Distribution, key: MarkKey, worker: number, n: number): Micros {
    return drawMicros(from, key.u53(this.instances.mark0[worker], this.instances.mark1[worker], n));
  }
}
