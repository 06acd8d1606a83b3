/**
 * What goes wrong by itself: instances that die, Spot Instances that EC2 takes back, launches that find no
 * capacity. Each instance's fate is drawn from its own mark when it comes up, exponential with the share of a
 * month (730 h) as its rate.
 */

import { distribution, drawMicros } from '../../../kernel/distributions/distribution.js';
import type { Distribution } from '../../../kernel/distributions/distribution.js';
import type { Handler, Kernel } from '../../../kernel/kernel.js';
import type { MarkKey } from '../../../kernel/random/marks.js';
import { HOUR } from '../../../kernel/time.js';
import type { World } from '../../world.js';
import type { InstanceTable } from './instances.js';

const MONTH = 730 * HOUR;

/** Of each instance: 0.05 is 5 % a month. */
export interface FailureRates {
  readonly instanceFailures: number;
  readonly spotInterruptions: number;
  /** 0..1. */
  readonly launchFailure: number;
}

/** What strikes an instance; the argument of both is the instance. */
export interface Struck {
  readonly dies: Handler;
  readonly noticed: Handler;
}

export class Failures {
  private readonly kernel: Kernel;
  private readonly lives: Distribution | null;
  private readonly stays: Distribution | null;
  private readonly deathKey: MarkKey;
  private readonly interruptionKey: MarkKey;
  private readonly launchKey: MarkKey;
  private attempts = 0;

  constructor(
    world: World,
    name: string,
    private readonly rates: FailureRates,
    private readonly instances: InstanceTable,
    private readonly struck: Struck,
  ) {
    this.kernel = world.kernel;
    this.lives = untilStruck(rates.instanceFailures);
    this.stays = untilStruck(rates.spotInterruptions);
    this.deathKey = world.streams.key(name, 'instanceFailures');
    this.interruptionKey = world.streams.key(name, 'spotInterruptions');
    this.launchKey = world.streams.key(name, 'launchFailure');
  }

  /** The instance has come up for the first time. */
  arm(worker: number): void {
    const { lives, stays, struck } = this;
    if (lives !== null) this.after(lives, this.deathKey, struck.dies, worker, 0);
    if (stays !== null && this.instances.isSpot[worker] === 1)
      this.after(stays, this.interruptionKey, struck.noticed, worker, 0);
  }

  /** It comes up for the `n`th time, and was stopped when it should have died. No Spot Instance is ever stopped. */
  armAgain(worker: number, n: number): void {
    if (this.lives !== null) this.after(this.lives, this.deathKey, this.struck.dies, worker, n);
  }

  /** Whether EC2 has no capacity for the launch that is being asked for. */
  launchFails(): boolean {
    const { launchKey, rates } = this;
    if (rates.launchFailure === 0) return false;
    launchKey.hash(this.attempts++, 0, 0);
    return launchKey.u53(launchKey.h0, launchKey.h1, 0) < rates.launchFailure;
  }

  private after(
    time: Distribution,
    key: MarkKey,
    handler: Handler,
    worker: number,
    n: number,
  ): void {
    const u = key.u53(this.instances.mark0[worker], this.instances.mark1[worker], n);
    this.kernel.after(drawMicros(time, u), handler, worker);
  }
}

function untilStruck(perMonth: number): Distribution | null {
  return perMonth === 0 ? null : distribution({ kind: 'exponential', mean: MONTH / perMonth });
}
