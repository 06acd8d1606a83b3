/** What changes the desired capacity of a group by itself: its policies, of every kind, and its scheduled actions. */

import type { World } from '../../world.js';
import type { Decider } from './decider.js';
import type { Group } from '../group.js';
import { AlarmPolicies } from './policies.js';
import { PredictivePolicy } from './predictive.js';
import { ScheduledActions } from './scheduled-actions.js';
import { Cooldown, SimplePolicy } from './simple-scaling.js';
import { StepPolicy } from './step-policy.js';
import { TrackingPolicy } from './tracking-policy.js';

export class Scaling {
  private readonly policies: AlarmPolicies;
  private readonly predictive: readonly PredictivePolicy[];
  private readonly scheduled: ScheduledActions;

  constructor(world: World, group: Group) {
    const { policies } = group.options;
    this.predictive = policies.flatMap((one, i) =>
      one.kind === 'predictive' ? [new PredictivePolicy(world, group, one, i)] : [],
    );
    const floor = (): number => this.predictive.reduce((most, one) => Math.max(most, one.floor), 0);
    this.policies = new AlarmPolicies(world, group, decidersOf(world, group), floor);
    this.scheduled = new ScheduledActions(world, group, policies.length);
  }

  connect(): void {
    this.policies.connect();
    for (const one of this.predictive) one.connect();
  }

  /** At time 0. */
  start(): void {
    for (const one of this.predictive) one.start();
    this.scheduled.start();
  }
}

function decidersOf(world: World, group: Group): (Decider | null)[] {
  const cooldown = new Cooldown(world.kernel, group.activities);
  const trackers: TrackingPolicy[] = [];
  return group.options.policies.map((options) => {
    switch (options.kind) {
      case 'step':
        return new StepPolicy(group, options);
      case 'simple':
        return new SimplePolicy(group, options, cooldown);
      case 'tracking': {
        const tracker = new TrackingPolicy(world, group, options, trackers);
        trackers.push(tracker);
        return tracker;
      }
      case 'predictive':
        return null;
    }
  });
}
