/**
 * Message move tasks of the twin: at even steps, from the start on, each message as a new one. Fast tasks move ten
 * at a step. AWS says none of this but the rate.
 */

import type { NaiveClock } from './clock.js';
import type { Moment } from './message.js';
import type { NaiveQueue } from './queue.js';
import { Refusal, demand } from './refusal.js';
import { SECOND } from './settings.js';

/** Messages a second when the caller names no rate: the most that may be asked for. */
const RATE_MAX = 500;
const BATCH = 10;

export interface NaiveTask {
  readonly handle: string;
  readonly source: NaiveQueue;
  /** null: each message goes to the queue that it was dead-lettered from. */
  readonly destination: string | null;
  /** Messages a second. */
  readonly rate: number;
  /** The next step. */
  due: Moment;
  /** Fixed at the start. */
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
}

export interface MoveRequest {
  readonly source: NaiveQueue;
  readonly destination: string | null;
  readonly rate: number | null;
}

export class NaiveMoves {
  readonly tasks: NaiveTask[] = [];

  constructor(
    private readonly clock: NaiveClock,
    private readonly queueOf: (name: string) => NaiveQueue | undefined,
    private readonly soon: (happen: () => void) => void,
  ) {}

  start({ source, destination, rate }: MoveRequest): NaiveTask {
    demand(this.running(source) === undefined, 'InvalidParameterValue', 'one task per source');
    const isInRange = rate === null || (Number.isInteger(rate) && rate >= 1 && rate <= RATE_MAX);
    demand(isInRange, 'InvalidParameterValue', 'MaxNumberOfMessagesPerSecond');
    const task: NaiveTask = {
      handle: `task-${this.tasks.length}`,
      source,
      destination,
      rate: rate ?? RATE_MAX,
      due: this.clock.moment(),
      toMove: source.count('visible'),
      moved: 0,
      status: 'RUNNING',
    };
    this.tasks.push(task);
    return task;
  }

  cancel(handle: string): NaiveTask {
    const task = this.tasks.find((one) => one.handle === handle);
    if (task === undefined) throw new Refusal('InvalidParameterValue', handle);
    demand(task.status === 'RUNNING', 'ResourceNotFoundException', 'Task does not exist.');
    task.status = 'CANCELLED';
    return task;
  }

  running(source: NaiveQueue): NaiveTask | undefined {
    return this.tasks.find((task) => task.source === source && task.status === 'RUNNING');
  }

  private perStep({ rate }: NaiveTask): number {
    return rate > 10 * BATCH ? BATCH : 1;
  }

  step(task: NaiveTask): void {
    for (let i = 0; i < this.perStep(task) && task.status === 'RUNNING'; i++) this.move(task);
    task.due = this.clock.in(Math.round((this.perStep(task) * SECOND) / task.rate));
  }

  /** The message that a receive would return first. */
  private move(task: NaiveTask): void {
    const [message] = task.source.line();
    if (message === undefined) {
      task.status = 'COMPLETED';
      return;
    }
    const home = task.destination ?? message.origin;
    const target = home === null ? undefined : this.queueOf(home);
    if (target === undefined) {
      task.status = 'FAILED';
      return;
    }
    task.source.remove(message);
    this.soon(() => target.takeMoved(message));
    if (++task.moved === task.toMove) task.status = 'COMPLETED';
  }
}
