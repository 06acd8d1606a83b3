/** What a topic is built from: checked settings and assumptions in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { EncryptionOptions } from '../encryption.js';
import type { BilledRetries } from './billing.js';
import type { DeliveryPolicy, SubscriptionOptions } from '../topic-port.js';

export interface TopicOptions {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** null: a standard topic. */
  readonly fifo: FifoTopicOptions | null;
  readonly deliveryPolicy: DeliveryPolicy;
  readonly subscriptions: readonly SubscriptionOptions[];
  /** null: none. */
  readonly encryption: EncryptionOptions | null;
  /** By a key of AWS's own. */
  readonly isEncryptedByAws: boolean;
  /** Resource numbers of those who may publish; null: everybody in its account. */
  readonly allowed: ReadonlySet<number> | null;
  /** The account's quota: messages a second in this region, all topics together. */
  readonly messagesPerSecond: number;
  readonly assume: TopicAssumptions;
}

export interface FifoTopicOptions {
  readonly contentBasedDeduplication: boolean;
  readonly throughputScope: 'Topic' | 'MessageGroup';
  /** How long the archive keeps a message, µs; null or absent: there is none. */
  readonly archiveRetention?: Micros | null;
}

/** What AWS does not publish (docs/scenario.md). */
export interface TopicAssumptions {
  readonly apiLatency: Distribution | null;
  /** From accepted to the first attempt: towards queues, and towards all else. */
  readonly toQueues: Distribution | null;
  readonly toOthers: Distribution | null;
  readonly duplicateDelivery: number;
  readonly retryJitter: Distribution | null;
  readonly policyPropagation: Distribution | null;
  /** Messages a second that a replay sends on; absent: 3,000. */
  readonly replayRate?: number;
  readonly billedRetries: BilledRetries;
  /** Whether HTTP 429 is for good. */
  readonly tooManyRequests: 'permanent' | 'retried';
}
