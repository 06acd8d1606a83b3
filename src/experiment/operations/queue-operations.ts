/** CreateQueue, DeleteQueue, SetQueueAttributes, GetQueueAttributes, PurgeQueue. */

import { QUEUE_ERRORS } from '../../components/queue-port.js';
import { SQS_LIMITS } from '../../components/sqs/limits.js';
import { sqsQueue } from '../../components/sqs/sqs-queue.js';
import { SECOND } from '../../kernel/time.js';
import { seconds } from '../result.js';
import { invalidParameter, missingParameter, Refusal } from './aws-errors.js';
import type { Call } from './call.js';
import type { Client } from './client.js';
import { errorOf } from './client.js';
import type { Nothing } from './handle-operations.js';
import type { Said } from './queue-attributes.js';
import { shownAttributes, unknownAttribute } from './queue-attributes.js';
import type { LiveQueue, Queues } from './queues.js';

/** AWS's queue attributes in camelCase; times in seconds, sizes in bytes, names in place of ARNs. */
export type QueueAttributes = Readonly<Record<string, unknown>>;

export interface QueueRequest {
  readonly queue: string;
}
export interface CreateQueueRequest extends QueueRequest {
  readonly attributes?: QueueAttributes;
}
export interface SetQueueAttributesRequest extends QueueRequest {
  readonly attributes: QueueAttributes;
}
export interface GetQueueAttributesRequest extends QueueRequest {
  /** Default: all. */
  readonly attributeNames?: readonly string[];
}

const PURGE_SECONDS = SQS_LIMITS.purgeInterval / SECOND;
const NEVER_SHOWN_BUT_KNOWN: readonly string[] = Object.keys(sqsQueue.shape.settings);

export class QueueOperations {
  constructor(
    private readonly client: Client,
    private readonly queues: Queues,
  ) {}

  createQueue(request: CreateQueueRequest): Call<QueueRequest> {
    return this.client.actAtOnce('createQueue', request, ['queue', 'attributes'], () => {
      const { name } = this.queues.create(request.queue, said(request.attributes ?? {}));
      return { queue: name };
    });
  }

  /** The queue and all it holds are gone at once; its name is not free for a minute. */
  deleteQueue(request: QueueRequest): Call<Nothing> {
    return this.client.actAtOnce<Nothing>('deleteQueue', request, ['queue'], () => {
      const queue = this.queues.of(request.queue);
      this.queues.delete(queue);
      this.client.operated.control(queue.id).deleteQueue();
      return {};
    });
  }

  setQueueAttributes(request: SetQueueAttributesRequest): Call<Nothing> {
    const keys = ['queue', 'attributes'];
    return this.client.actAtOnce<Nothing>('setQueueAttributes', request, keys, () => {
      const queue = this.queues.of(request.queue);
      if (request.attributes === undefined) throw missingParameter('Attributes');
      const read = this.queues.change(queue, said(request.attributes));
      const changes = Object.entries(read).filter(([key]) => CHANGEABLE.includes(key));
      sqsQueue.change!(this.client.operated.world, queue.id, Object.fromEntries(changes));
      return {};
    });
  }

  getQueueAttributes(
    request: GetQueueAttributesRequest,
  ): Call<{ readonly attributes: QueueAttributes }> {
    const keys = ['queue', 'attributeNames'];
    return this.client.actAtOnce('getQueueAttributes', request, keys, () => {
      const all = this.allAttributes(this.queues.of(request.queue));
      const names = request.attributeNames ?? ['all'];
      const isAll = names.includes('all') || names.includes('All');
      for (const name of names) if (!isKnown(name, all)) throw unknownAttribute(name);
      const asked = Object.entries(all).filter(([name]) => isAll || names.includes(name));
      return { attributes: Object.fromEntries(asked) };
    });
  }

  private allAttributes(queue: LiveQueue): Record<string, unknown> {
    const { visible, inFlight, delayed } = this.client.operated.control(queue.id).shownCounts;
    return {
      ...shownAttributes(queue.settings, queue.isFifo),
      approximateNumberOfMessages: visible,
      approximateNumberOfMessagesNotVisible: inFlight,
      approximateNumberOfMessagesDelayed: delayed,
      createdTimestamp: seconds(queue.createdAt),
      lastModifiedTimestamp: seconds(queue.changedAt),
      queue: queue.name,
    };
  }

  purgeQueue(request: QueueRequest): Call<Nothing> {
    return this.client.actAtOnce<Nothing>('purgeQueue', request, ['queue'], () => {
      const { id, name } = this.queues.of(request.queue);
      const code = QUEUE_ERRORS[this.client.operated.control(id).purge()];
      if (code === '') return {};
      const { message } = errorOf(code, (one) =>
        one === 'PurgeQueueInProgress'
          ? `Only one PurgeQueue operation on ${name} is allowed every ${PURGE_SECONDS} seconds.`
          : undefined,
      );
      throw new Refusal(code, message);
    });
  }
}

/** What the model feels when it changes; the others are only told. */
const CHANGEABLE: readonly string[] = sqsQueue.shape.changeable;

function isKnown(name: string, all: Readonly<Record<string, unknown>>): boolean {
  return name === 'all' || name === 'All' || name in all || NEVER_SHOWN_BUT_KNOWN.includes(name);
}

function said(attributes: unknown): Said {
  if (typeof attributes === 'object' && attributes !== null) return attributes as Said;
  throw invalidParameter('Attributes', attributes, 'Must be a map.');
}
