/**
 * The life of one instance of a group, from its launch to its end.
 *
 * An instance is Pending, then Running (`launch`; billed from here), then InService (`startup`, the boot of the
 * program; it polls), then Terminating (the program stops, or is killed after `stopTimeout`), then Terminated
 * (`terminate`). One that dies is Failed at once.
 *
 * What Auto Scaling itself calls InService begins when the instance is up, or when its launch hooks let it go
 * on; it knows nothing else of the program's boot.
 */

import type { Distribution } from '../../../kernel/distributions/distribution.js';
import { drawMicros } from '../../../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../../../kernel/kernel.js';
import type { MarkKey } from '../../../kernel/random/marks.js';
import type { Micros } from '../../../kernel/time.js';
import type { Facts } from '../../facts.js';
import { Cause, InstanceState, RunEnd } from '../../facts.js';
import { Program } from '../../program/program.js';
import type { World } from '../../world.js';
import type { Activities } from '../activities.js';
import { Failures } from './failures.js';
import { InstanceTable, Role } from './instances.js';
import type { LaunchSpec, LifeOwner } from './life-owner.js';
import { AUTOSCALING_LIMITS } from '../limits.js';
import type { GroupOptions } from '../options.js';

export class Lifecycle {
  readonly instances: InstanceTable;
  readonly program: Program;
  private readonly failures: Failures;
  private readonly kernel: Kernel;
  private readonly facts: Facts;
  private readonly markKey: MarkKey;
  private readonly launchKey: MarkKey;
  private readonly startupKey: MarkKey;
  private readonly terminateKey: MarkKey;
  private readonly warmStartKey: MarkKey;
  private readonly launched: Handler;
  private readonly booted: Handler;
  private readonly warmed: Handler;
  private readonly hookTimedOut: Handler;
  private readonly stopTimedOut: Handler;
  private readonly reclaimed: Handler;
  private readonly gone: Handler;

  constructor(
    world: World,
    private readonly id: number,
    private readonly options: GroupOptions,
    private readonly activities: Activities,
    private readonly owner: LifeOwner,
  ) {
    const { name } = options;
    this.kernel = world.kernel;
    this.facts = world.facts;
    this.instances = new InstanceTable(world.kernel.tables);
    this.markKey = world.streams.key(name, 'instance');
    this.launchKey = world.streams.key(name, 'launch');
    this.startupKey = world.streams.key(name, 'startup');
    this.terminateKey = world.streams.key(name, 'terminate');
    this.warmStartKey = world.streams.key(name, 'warmStart');
    const on = (event: string, run: (worker: number) => void) =>
      world.kernel.handler(`${name}/${event}`, run);
    this.launched = on('launched', (worker) => this.onLaunched(worker));
    this.booted = on('booted', (worker) => this.onBooted(worker));
    this.warmed = on('warm start', (worker) => this.onWarmed(worker));
    this.hookTimedOut = on('hook timeout', (worker) => this.onHookTimedOut(worker));
    this.stopTimedOut = on('stop timeout', (worker) => this.onStopTimedOut(worker));
    this.reclaimed = on('reclaimed', (worker) => this.onReclaimed(worker));
    this.gone = on('terminated', (worker) => this.onGone(worker));
    this.program = new Program(world, options.program, this.instances, {
      exited: on('exited', (worker) => this.onExited(worker)),
      crashed: on('crashed', (worker) => this.onCrashed(worker)),
    });
    this.failures = new Failures(world, name, options.life.assume, this.instances, {
      dies: on('instance failure', (worker) => this.onFailure(worker)),
      noticed: on('interruption notice', (worker) => this.interrupt(worker)),
    });
  }

  // --- the way in ------------------------------------------------------------------------------------

  /** Whether EC2 has no capacity for the launch that is being asked for. */
  launchFails(): boolean {
    return this.failures.launchFails();
  }

  /** A new instance, of which nothing is told yet. */
  create({ zone, isSpot, version, role }: LaunchSpec): number {
    const { instances, markKey } = this;
    const worker = instances.addZeroed();
    markKey.hash(worker, 0, 0);
    instances.mark0[worker] = markKey.h0;
    instances.mark1[worker] = markKey.h1;
    instances.zone[worker] = zone;
    instances.isSpot[worker] = Number(isSpot);
    instances.version[worker] = version;
    instances.role[worker] = role;
    instances.inServiceAt[worker] = NaN;
    if (isSpot) this.facts.spot(this.id, worker);
    return worker;
  }

  /** At time 0: a member is in service, and has always been; a pooled instance is ready. */
  begin(worker: number): void {
    const { instances } = this;
    this.failures.arm(worker);
    if (instances.role[worker] === Role.Pooled) {
      this.settle(worker);
      return;
    }
    instances.inServiceAt[worker] = -Infinity;
    this.setState(worker, InstanceState.Running);
    this.setState(worker, InstanceState.InService);
    this.startProgram(worker);
  }

  launch(worker: number): void {
    this.setState(worker, InstanceState.Pending);
    if (this.instances.role[worker] === Role.Member) this.beginActivity(worker);
    const time = this.draw(this.options.assume.launch, this.launchKey, worker, 0);
    this.kernel.after(time, this.launched, worker);
  }

  private onLaunched(worker: number): void {
    const { instances } = this;
    if (!instances.isPending(worker)) return; // it was told to go, or died
    instances.upAt[worker] = this.kernel.now;
    this.setState(worker, InstanceState.Running);
    this.failures.arm(worker);
    this.boot(worker);
    this.comeIn(worker);
  }

  /** The instance is up, its program is not: launch hooks hold a member. */
  private comeIn(worker: number): void {
    const { instances, kernel } = this;
    const hold = this.options.life.launchHold;
    if (instances.role[worker] !== Role.Member) return;
    if (hold === null) {
      this.enter(worker);
    } else {
      instances.heldUntil[worker] = kernel.now + hold.time;
      kernel.after(hold.time, this.hookTimedOut, worker);
    }
  }

  private onHookTimedOut(worker: number): void {
    const { instances } = this;
    if (instances.heldUntil[worker] !== this.kernel.now) return; // completed, or another time
    instances.heldUntil[worker] = 0;
    if (this.options.life.launchHold!.isAbandoned) this.owner.abandoned(worker);
    else this.enter(worker);
  }

  private enter(worker: number): void {
    this.instances.inServiceAt[worker] = this.kernel.now;
    this.endActivity(worker);
    this.owner.entered(worker);
  }

  private boot(worker: number): void {
    const boot = this.instances.boots[worker]++;
    const time = this.draw(this.options.startup, this.startupKey, worker, boot);
    this.kernel.after(time, this.booted, worker);
  }

  private onBooted(worker: number): void {
    const { instances } = this;
    if (!instances.isUp(worker)) return; // it was told to go while booting
    if (instances.role[worker] === Role.Pooled) {
      this.settle(worker);
      return;
    }
    if (instances.heldUntil[worker] > 0) {
      instances.heldUntil[worker] = 0;
      this.enter(worker);
      if (!instances.isUp(worker)) return;
    }
    this.serve(worker);
  }

  private serve(worker: number): void {
    if (this.instances.state[worker] === InstanceState.Running)
      this.setState(worker, InstanceState.InService);
    this.startProgram(worker);
    this.owner.serves(worker);
  }

  private startProgram(worker: number): void {
    this.instances.hasProgram[worker] = 1;
    this.program.start(worker);
  }

  /** The program died by itself; whoever supervises it on the instance starts it anew. */
  private onCrashed(worker: number): void {
    // The instance may have gone, or been told to go, at the same instant; then its exit is told, too.
    if (this.instances.hasProgram[worker] === 0 || !this.instances.isUp(worker)) return;
    this.instances.hasProgram[worker] = 0;
    this.boot(worker);
  }

  // --- the warm pool ---------------------------------------------------------------------------------

  /** A pooled instance is prepared, or has come back: it waits in the state of the pool. */
  private settle(worker: number): void {
    const isRunning = this.options.life.warmPool!.poolState === 'Running';
    const state = isRunning ? InstanceState.Running : InstanceState.Stopped;
    const { instances } = this;
    instances.isReady[worker] = 1;
    if (instances.boots[worker] === 0 || instances.state[worker] !== state)
      this.setState(worker, state);
  }

  /** A ready instance of the pool has become a member. */
  warmStart(worker: number): void {
    const { instances, kernel } = this;
    instances.isReady[worker] = 0;
    this.beginActivity(worker);
    if (instances.state[worker] === InstanceState.Running) {
      kernel.after(AUTOSCALING_LIMITS.runningPoolStart, this.warmed, worker);
      return;
    }
    this.setState(worker, InstanceState.Pending);
    const { warmStart } = this.options.life.assume;
    const start = instances.starts[worker]++;
    kernel.after(this.draw(warmStart, this.warmStartKey, worker, start), this.warmed, worker);
  }

  private onWarmed(worker: number): void {
    const { instances } = this;
    if (instances.role[worker] !== Role.Member) return; // it was told to go, or died
    if (instances.isPending(worker)) {
      instances.upAt[worker] = this.kernel.now;
      this.setState(worker, InstanceState.Running);
      if (instances.wasSpared[worker] === 1) {
        instances.wasSpared[worker] = 0;
        this.failures.armAgain(worker, instances.starts[worker]);
      }
    }
    if (this.options.life.warmPool!.poolState === 'Stopped') {
      this.boot(worker);
      this.comeIn(worker);
      return;
    }
    this.enter(worker); // its program has booted: it completes launch hooks at once
    if (instances.isUp(worker)) this.serve(worker);
  }

  // --- the way out -----------------------------------------------------------------------------------

  /** A planned end. `returns`: to the warm pool, if its program runs. */
  terminate(worker: number, returns: boolean): void {
    const { instances } = this;
    const isPooled = instances.role[worker] === Role.Pooled;
    instances.role[worker] = isPooled ? Role.Drained : Role.Leaving;
    instances.heldUntil[worker] = 0;
    instances.isReady[worker] = 0;
    if (instances.isInterrupted[worker] === 1) return; // EC2 takes it
    this.beginActivity(worker);
    this.setState(worker, InstanceState.Terminating);
    if (instances.hasProgram[worker] === 0) {
      this.leave(worker);
      return;
    }
    instances.isReady[worker] = Number(returns);
    const { stopTimeout, life } = this.options;
    const time = (life.terminationHold?.time ?? 0) + stopTimeout;
    instances.killAt[worker] = this.kernel.now + time;
    if (time === 0) {
      this.onStopTimedOut(worker);
    } else {
      this.program.stop(worker);
      this.kernel.after(time, this.stopTimedOut, worker);
    }
  }

  private onStopTimedOut(worker: number): void {
    const { instances } = this;
    if (instances.hasProgram[worker] === 0 || instances.killAt[worker] !== this.kernel.now) return;
    this.endProgram(worker, Cause.ScaleIn, RunEnd.Killed);
    this.leave(worker);
  }

  private onExited(worker: number): void {
    const { instances } = this;
    if (instances.hasProgram[worker] === 0) return; // killed at the same instant
    instances.hasProgram[worker] = 0;
    instances.killAt[worker] = 0;
    if (instances.isInterrupted[worker] === 0) this.leave(worker); // else EC2 takes it
  }

  private endProgram(worker: number, cause: Cause, end: RunEnd): void {
    if (this.instances.hasProgram[worker] === 0) return;
    this.instances.hasProgram[worker] = 0;
    this.program.kill(worker, cause, end);
  }

  private leave(worker: number): void {
    const time = this.draw(this.options.assume.terminate, this.terminateKey, worker, 0);
    this.kernel.after(time, this.gone, worker);
  }

  private onGone(worker: number): void {
    const { instances } = this;
    if (instances.role[worker] === Role.Gone) return; // it died meanwhile
    if (instances.isReady[worker] === 0) {
      this.end(worker, InstanceState.Terminated);
      return;
    }
    instances.role[worker] = Role.Pooled;
    instances.inServiceAt[worker] = NaN;
    this.endActivity(worker);
    this.settle(worker);
    this.owner.returned(worker);
  }

  private end(worker: number, state: InstanceState): void {
    const { instances } = this;
    const role = instances.role[worker] as Role;
    instances.role[worker] = Role.Gone;
    instances.heldUntil[worker] = 0;
    this.setState(worker, state);
    this.endActivity(worker);
    this.owner.left(worker, role);
  }

  // --- unplanned ends --------------------------------------------------------------------------------

  /** The instance dies, with all it holds. */
  die(worker: number): void {
    if (this.instances.role[worker] === Role.Gone) return;
    this.endProgram(worker, Cause.Crash, RunEnd.Crashed);
    this.end(worker, InstanceState.Failed);
  }

  private onFailure(worker: number): void {
    if (this.instances.state[worker] === InstanceState.Stopped)
      this.instances.wasSpared[worker] = 1;
    else this.die(worker);
  }

  /** EC2 will take the Spot Instance in two minutes: its program takes no more messages. */
  interrupt(worker: number): void {
    const { instances } = this;
    const { role, isInterrupted } = instances;
    if (role[worker] === Role.Gone || isInterrupted[worker] === 1) return;
    this.kernel.after(AUTOSCALING_LIMITS.interruptionNotice, this.reclaimed, worker);
    if (!instances.isUp(worker)) return; // it is on its way out
    isInterrupted[worker] = 1;
    instances.heldUntil[worker] = 0;
    this.setState(worker, InstanceState.Terminating);
    if (instances.hasProgram[worker] === 1) this.program.stop(worker);
    this.owner.noticed(worker);
  }

  private onReclaimed(worker: number): void {
    if (this.instances.role[worker] === Role.Gone) return;
    this.endProgram(worker, Cause.ScaleIn, RunEnd.Killed);
    this.end(worker, InstanceState.Terminated);
  }

  // --- small things ----------------------------------------------------------------------------------

  private beginActivity(worker: number): void {
    if (this.instances.isActivity[worker] === 1) return;
    this.instances.isActivity[worker] = 1;
    this.activities.begin();
  }

  private endActivity(worker: number): void {
    if (this.instances.isActivity[worker] === 0) return;
    this.instances.isActivity[worker] = 0;
    this.activities.end(this.kernel.now);
  }

  private setState(worker: number, state: InstanceState): void {
    this.instances.state[worker] = state;
    this.facts.instance(this.id, worker, state);
  }

  private draw(from: Distribution, key: MarkKey, worker: number, n: number): Micros {
    return drawMicros(from, key.u53(this.instances.mark0[worker], this.instances.mark1[worker], n));
  }
}
