/**
 * Scheduled actions of one group: at a time of the calendar, some seconds late, the group gets other sizes. They are
 * done in the order in which they are due, however late one is (EC2 Auto Scaling User Guide, "Scheduled scaling",
 * awsdocs doc_source/schedule_time.md, commit 0987d768). One that would make minSize greater than maxSize fails.
 */

import { drawMicros } from '../../../kernel/distributions/distribution.js';
import type { Handler } from '../../../kernel/kernel.js';
import type { MarkKey } from '../../../kernel/random/marks.js';
import type { Micros } from '../../../kernel/time.js';
import { SECOND } from '../../../kernel/time.js';
import { Refused } from '../../refused.js';
import type { World } from '../../world.js';
import { nextFit } from '../../cron.js';
import type { Group } from '../group.js';
import { INVALID } from '../page.js';
import type { ScheduledActionOptions } from './policy-options.js';

export class ScheduledActions {
  private readonly due: Handler;
  private readonly done: Handler;
  private readonly delayKeys: readonly MarkKey[];
  /** How often each was due. */
  private readonly times: number[];
  /** When the last is done that was due so far. */
  private lastAt: Micros = 0;

  constructor(
    private readonly world: World,
    private readonly group: Group,
    /** The number of the first one in facts. */
    private readonly firstNumber: number,
  ) {
    const { name, scheduledActions } = group.options;
    this.due = world.kernel.handler(`${name}/scheduled action due`, (action) => this.onDue(action));
    this.done = world.kernel.handler(`${name}/scheduled action`, (action) => this.act(action));
    this.delayKeys = scheduledActions.map((one) =>
      world.streams.key(name, `scheduledDelay ${one.name}`),
    );
    this.times = scheduledActions.map(() => 0);
  }

  /** At time 0. */
  start(): void {
    const { startSeconds } = this.world;
    this.group.options.scheduledActions.forEach((action, i) => {
      this.wait(i, nextTime(action, startSeconds));
    });
  }

  private wait(action: number, seconds: number): void {
    if (seconds === Infinity) return;
    const { kernel, startSeconds } = this.world;
    kernel.at((seconds - startSeconds) * SECOND, this.due, action);
  }

  private onDue(action: number): void {
    const { kernel, startSeconds } = this.world;
    const key = this.delayKeys[action];
    const delay = this.group.options.assume.scheduledDelay;
    const at = kernel.now + drawMicros(delay, key.u53(0, 0, this.times[action]++));
    this.lastAt = Math.max(this.lastAt, at);
    kernel.at(this.lastAt, this.done, action);
    const next = startSeconds + kernel.now / SECOND + 1;
    this.wait(action, nextTime(this.group.options.scheduledActions[action], next));
  }

  private act(action: number): void {
    const { group, world } = this;
    const { name, minSize, maxSize, desiredCapacity } = group.options.scheduledActions[action];
    const { min, max } = group.capacityNow(0);
    if ((minSize ?? min) <= (maxSize ?? max)) group.resize({ minSize, maxSize, desiredCapacity });
    else {
      world.shared(Refused).remember({
        owner: group.id,
        path: ['scheduledActions', name],
        what: `the scheduled action ${name}`,
        awsError: INVALID,
      });
    }
    const wanted = desiredCapacity ?? group.desired;
    world.facts.scaled(group.id, this.firstNumber + action, wanted, group.desired);
  }
}

/** When an action is due at or after `from`; Infinity: never. Seconds from 1970. */
export function nextTime({ cron, first, last }: ScheduledActionOptions, from: number): number {
  if (first >= from) return first;
  if (cron === null) return Infinity;
  const time = nextFit(cron, from);
  return time <= last ? time : Infinity;
}
