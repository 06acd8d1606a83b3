/**
 * Which metrics pause. SQS pushes those of active queues only, and when an inactive queue becomes active they come
 * again after some time. Looked at when samples are taken: nobody looks, no effort.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { Activity, Metrics } from '../metric-port.js';
import type { World } from '../world.js';
import { CLOUDWATCH_LIMITS } from './limits.js';

interface Watched {
  readonly activity: Activity;
  readonly key: MarkKey;
  lookedAt: Micros;
  uses: number;
  usedAt: Micros;
  isActive: boolean;
  /** From then on samples are published. */
  shownFrom: Micros;
  activations: number;
}

export class Activations {
  private readonly watched = new Map<number, Watched>();

  /** After all components have connected. All resources count as active at time 0. */
  constructor(
    private readonly world: World,
    private readonly metrics: Metrics,
    private readonly delay: Distribution,
  ) {}

  /** Before the run: samples of this resource will be taken. */
  watch(resource: number): void {
    const activity = this.metrics.activities.get(resource);
    if (activity === undefined || this.watched.has(resource)) return;
    const key = this.world.streams.key(this.world.names[resource], 'activationDelay');
    this.watched.set(resource, {
      activity,
      key,
      lookedAt: 0,
      uses: activity.uses(),
      usedAt: 0,
      isActive: true,
      shownFrom: 0,
      activations: 0,
    });
  }

  /** Whether the samples of this minute are not published. */
  isPaused(resource: number): boolean {
    const one = this.watched.get(resource);
    if (one === undefined) return false;
    const { now } = this.world.kernel;
    if (one.lookedAt !== now) this.look(one, now);
    return !one.isActive || now < one.shownFrom;
  }

  private look(one: Watched, now: Micros): void {
    const uses = one.activity.uses();
    if (uses !== one.uses || one.activity.holdsAny()) one.usedAt = now;
    const isActive = now - one.usedAt < CLOUDWATCH_LIMITS.activeFor;
    // When it became active is known to the minute.
    if (isActive && !one.isActive)
      one.shownFrom = now - CLOUDWATCH_LIMITS.samplePeriod + this.draw(one);
    one.lookedAt = now;
    one.uses = uses;
    one.isActive = isActive;
  }

  private draw(one: Watched): Micros {
    const { key } = one;
    key.hash(one.activations++, 0, 0);
    return drawMicros(this.delay, key.u53(key.h0, key.h1, 0));
  }
}
