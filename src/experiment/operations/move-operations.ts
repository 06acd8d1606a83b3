/** StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks: redrive of a dead-letter queue. */

import type { MoveTask } from '../../components/queue-port.js';
import { QUEUE_ERRORS } from '../../components/queue-port.js';
import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import { seconds } from '../result.js';
import { invalidParameter, missingParameter, Refusal } from './aws-errors.js';
import type { Call } from './call.js';
import type { Client } from './client.js';
import { errorOf } from './client.js';
import type { LiveQueue, Queues } from './queues.js';
import { readCount } from './ranges.js';

export interface StartMessageMoveTaskRequest {
  /** A dead-letter queue. */
  readonly source: string;
  /** Default: each message goes back to where it came from. */
  readonly destination?: string;
  readonly maxNumberOfMessagesPerSecond?: number;
}
export interface CancelMessageMoveTaskRequest {
  readonly taskHandle: string;
}
export interface ListMessageMoveTasksRequest {
  readonly source: string;
  /** 1 to 10, default 1. */
  readonly maxResults?: number;
}

/** The newest first. Times are seconds of virtual time. */
export interface ListedTask {
  /** Only while it runs. */
  readonly taskHandle?: string;
  readonly status: MoveTask['status'];
  readonly source: string;
  readonly destination?: string;
  readonly maxNumberOfMessagesPerSecond?: number;
  readonly approximateNumberOfMessagesMoved: number;
  readonly approximateNumberOfMessagesToMove: number;
  readonly failureReason?: string;
  readonly startedTimestamp: number;
}

/** A task that was started here. */
interface Started {
  readonly handle: string;
  readonly source: LiveQueue;
  readonly asked: StartMessageMoveTaskRequest;
}

const START_KEYS = [
  'source',
  'destination',
  'maxNumberOfMessagesPerSecond',
] as const satisfies readonly (keyof StartMessageMoveTaskRequest)[];

export class MoveOperations {
  private readonly started: Started[] = [];

  constructor(
    private readonly client: Client,
    private readonly queues: Queues,
  ) {}

  startMessageMoveTask(
    request: StartMessageMoveTaskRequest,
  ): Call<{ readonly taskHandle: string }> {
    return this.client.actAtOnce('startMessageMoveTask', request, START_KEYS, () => {
      const source = this.find('SourceArn', request.source);
      if (!this.queues.isDeadLetterQueue(source.name))
        throw new Refusal(
          'InvalidParameterValue',
          'Source queue must be configured as a Dead Letter Queue.',
        );
      const target = this.targetOf(source, request.destination);
      const { maxNumberOfMessagesPerSecond: said } = request;
      const rate =
        said === undefined
          ? null
          : readCount('MaxNumberOfMessagesPerSecond', said, REQUEST_LIMITS.moveRate);
      const { operated } = this.client;
      const code = QUEUE_ERRORS[operated.control(source.id).startMove(target, rate)];
      if (code !== '') throw refusalOf(code);
      const handle = operated.book.texts.taskHandle(this.started.length);
      this.started.push({ handle, source, asked: request });
      return { taskHandle: handle };
    });
  }

  cancelMessageMoveTask(
    request: CancelMessageMoveTaskRequest,
  ): Call<{ readonly approximateNumberOfMessagesMoved: number }> {
    return this.client.actAtOnce('cancelMessageMoveTask', request, ['taskHandle'], () => {
      const { taskHandle } = request;
      if (taskHandle === undefined) throw missingParameter('TaskHandle');
      const task = this.started.find(({ handle }) => handle === taskHandle);
      if (task === undefined)
        throw new Refusal('InvalidParameterValue', 'Value for parameter TaskHandle is invalid.');
      const control = this.client.operated.control(task.source.id);
      const isLatest = this.tasksOf(task.source)[0] === task;
      const code = isLatest ? QUEUE_ERRORS[control.cancelMove()] : 'ResourceNotFoundException';
      if (code !== '') throw refusalOf(code);
      return { approximateNumberOfMessagesMoved: control.moveTasks()[0].moved };
    });
  }

  listMessageMoveTasks(
    request: ListMessageMoveTasksRequest,
  ): Call<{ readonly results: readonly ListedTask[] }> {
    const keys = ['source', 'maxResults'];
    return this.client.actAtOnce('listMessageMoveTasks', request, keys, () => {
      const source = this.find('SourceArn', request.source);
      const limits = REQUEST_LIMITS.moveTasksListed;
      const { maxResults: said } = request;
      const most = said === undefined ? limits.byDefault : readCount('MaxResults', said, limits);
      const started = this.tasksOf(source);
      const tasks = this.client.operated.control(source.id).moveTasks().slice(0, most);
      return { results: tasks.map((task, i) => listed(task, started[i])) };
    });
  }

  /** Tasks of this source that were started here, the newest first. */
  private tasksOf(source: LiveQueue): Started[] {
    return this.started.filter((one) => one.source === source).reverse();
  }

  private find(parameter: string, name: unknown): LiveQueue {
    if (name === undefined) throw missingParameter(parameter);
    const queue = typeof name === 'string' ? this.queues.find(name) : undefined;
    if (queue !== undefined) return queue;
    const text = `The resource that you specified for the ${parameter} parameter doesn't exist.`;
    throw new Refusal('ResourceNotFoundException', text);
  }

  private targetOf(source: LiveQueue, destination: unknown): number | null {
    if (destination === undefined) return null;
    const target = this.find('DestinationArn', destination);
    const reason =
      target === source
        ? 'Source queue arn and destination queue arn cannot be the same.'
        : 'A standard queue is redriven to a standard queue, a FIFO queue to a FIFO queue.';
    if (target === source || target.isFifo !== source.isFifo)
      throw invalidParameter('DestinationArn', destination, reason);
    return target.id;
  }
}

function refusalOf(code: string): Refusal {
  const { message } = errorOf(code, (one) => TEXTS[one]);
  return new Refusal(code, message);
}

const TEXTS: Readonly<Record<string, string>> = {
  InvalidParameterValue:
    'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  ResourceNotFoundException: 'Task does not exist.',
};

/** As ListMessageMoveTasks shows it; a scenario may have started a task that is not known here. */
function listed(task: MoveTask, started: Started | undefined): ListedTask {
  const { status, failureReason, toMove, moved, startedAt } = task;
  const asked = started?.asked;
  const rate = asked?.maxNumberOfMessagesPerSecond;
  return {
    ...(status === 'RUNNING' && started !== undefined ? { taskHandle: started.handle } : {}),
    status,
    source: asked?.source ?? '',
    ...(asked?.destination === undefined ? {} : { destination: asked.destination }),
    ...(rate === undefined ? {} : { maxNumberOfMessagesPerSecond: rate }),
    approximateNumberOfMessagesMoved: moved,
    approximateNumberOfMessagesToMove: toMove,
    ...(failureReason === null ? {} : { failureReason }),
    startedTimestamp: seconds(startedAt),
  };
}
