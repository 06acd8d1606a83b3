/**
 * Topics, as others see them: what their calls mean, AWS's names of their errors, and what can be done to them.
 *
 * - Publish, PublishBatch: as inbox-port.ts says. In the answer of a FIFO topic to Publish, `a` and `b` are the mark of
 *   the message that the call stands for (an earlier one, where the deduplication id was known), `c` its number.
 */

import type { Inbox } from './inbox-port.js';
import type { PatternSpec } from './patterns/pattern.js';
import type { World } from './world.js';

export const TOPIC_OPERATIONS = ['Publish', 'PublishBatch'] as const;
export const TopicOperation = { Publish: 0, PublishBatch: 1 } as const;

/** Source of the ten: botocore sns PublishBatch, Aug 2026. */
export const TOPIC_INBOX: Inbox = {
  one: TopicOperation.Publish,
  batch: TopicOperation.PublishBatch,
  batchMax: 10,
};

/**
 * Why SNS refuses a call, by AWS's names; a call row and an entry carry the place, 0 is success. Places shared by all
 * services are those of CallError (port.ts). Source: botocore sns service-2.json, Aug 2026.
 */
export const TOPIC_ERRORS = [
  '',
  'InvalidParameter',
  'BatchRequestTooLong',
  'AuthorizationError',
  'MissingParameter',
  'Throttled',
  '',
  'NotFound',
  'KMSThrottling',
  'KMSAccessDenied',
  'InternalError',
  'RequestTimeout',
  '',
  '',
  'NetworkingError',
] as const;

export const TopicError = {
  None: 0,
  InvalidParameter: 1,
  BatchRequestTooLong: 2,
  AuthorizationError: 3,
  MissingParameter: 4,
  Throttled: 5,
  NotFound: 7,
  KmsThrottling: 8,
  KmsAccessDenied: 9,
  /** By a fault only. */
  InternalError: 10,
  RequestTimeout: 11,
  NetworkingError: 14,
} as const;
export type TopicError = (typeof TopicError)[keyof typeof TopicError];

/** How SNS tries an HTTP endpoint again (DeliveryPolicy); times in µs. */
export interface HttpRetryPolicy {
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential';
}

export interface DeliveryPolicy {
  readonly healthyRetryPolicy: HttpRetryPolicy;
  /** Deliveries a second; undefined: any number. */
  readonly maxReceivesPerSecond: number | undefined;
}

/** Of an archive: what came at `from` or later, and before `until`; µs of the run. */
export interface ReplayWindow {
  readonly from: number;
  readonly until: number;
}

/** A subscription, in base units. */
export interface SubscriptionOptions {
  /** Unique within the topic. */
  readonly name: string;
  /** The resource number of the subscriber. */
  readonly target: number;
  readonly isRaw: boolean;
  /** null: it gets everything. */
  readonly filter: PatternSpec | null;
  /** The resource number of its dead-letter queue. */
  readonly deadLetter: number | null;
  /** Its own; null: the topic's. */
  readonly deliveryPolicy: DeliveryPolicy | null;
  /** From when on it is confirmed, µs from now; Infinity: never. */
  readonly confirmedAfter: number;
  /** What the topic's archive sends it once more as soon as this is set; null or absent: nothing. */
  readonly replay?: ReplayWindow | null;
}

/** What is set anew; undefined: as it is. */
export type SubscriptionChanges = {
  readonly [K in keyof Omit<SubscriptionOptions, 'name'>]?: SubscriptionOptions[K] | undefined;
};

/** A subscription that is there. */
export interface Subscribed {
  readonly name: string;
  readonly number: number;
}

/** What is done to a topic rather than with it. */
export interface TopicControl {
  readonly subscribed: readonly Subscribed[];
  /** Returns the number of the subscription. */
  subscribe(options: SubscriptionOptions): number;
  /** What it accepted before is still delivered. */
  unsubscribe(subscription: number): void;
  /** A new filter counts after `assume.policyPropagation`, all else at once. */
  change(subscription: number, changes: SubscriptionChanges): void;
  /** What the archive holds goes to the subscription of this name. Returns AWS's name of the error, or null. */
  replay(subscription: string, window: ReplayWindow): string | null;
  setContentBasedDeduplication(on: boolean): void;
  /** Of a FIFO topic; there is no way back. Ids that were looked for in the whole topic are not found any more. */
  countByGroup(): void;
  /** Calls get NotFound from now on; what it accepted before is still delivered. */
  deleteTopic(): void;
}

/** All topics of a world; one `world.shared(Topics)`. */
export class Topics {
  private readonly all = new Map<number, TopicControl>();

  constructor(readonly world: World) {}

  set(id: number, topic: TopicControl): void {
    this.all.set(id, topic);
  }

  /** undefined: the resource is none. */
  of(id: number): TopicControl | undefined {
    return this.all.get(id);
  }
}
