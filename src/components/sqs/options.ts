/** What a queue is built from: checked settings and assumptions in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { EncryptionOptions } from '../encryption.js';

export interface QueueOptions {
  readonly name: string;
  /** How long a received copy stays hidden. */
  readonly visibilityTimeout: Micros;
  readonly delay: Micros;
  readonly retention: Micros;
  /** How long a receive waits that does not say. */
  readonly receiveWait: Micros;
  readonly maximumMessageSizeBytes: number;
  readonly deadLetter: DeadLetterOptions | null;
  /** null: a standard queue. */
  readonly fifo: FifoOptions | null;
  /** Copies in flight at a time, at most (a quota). */
  readonly inFlightMax: number;
  /** Encryption with a key of KMS; null: none, or SSE-SQS, which nobody feels. */
  readonly encryption: EncryptionOptions | null;
  /** By the key of AWS's own, whose policy nobody can edit: no other service may use it. */
  readonly isEncryptedByAws?: boolean;
  /** Resource numbers of those who may use it; null: everybody who names it. */
  readonly allowed: ReadonlySet<number> | null;
  /** Resource numbers of those who poll it, in file order. */
  readonly consumers: readonly number[];
  readonly assume: QueueAssumptions;
}

export interface DeadLetterOptions {
  /** Resource number of the dead-letter queue. */
  readonly target: number;
  /** A copy is handed out so often; the next receive that would return it moves it. */
  readonly maxReceiveCount: number;
}

export interface FifoOptions {
  /** Without an id of its own a message is known by its body. */
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly fifoThroughputLimit: 'perQueue' | 'perMessageGroupId';
  /** So many messages from the front are looked through for groups that are available. */
  readonly scanWindow: number;
  /** High-throughput mode: calls a second and action in this region. */
  readonly highThroughputPerSecond: number;
}

/** What AWS does not publish (docs/scenario.md); shares are probabilities. */
export interface QueueAssumptions {
  readonly apiLatency: Distribution | null;
  /** From stored to visible; null: at once. */
  readonly propagation: Distribution | null;
  readonly duplicateOnReceive: number;
  readonly duplicateAfterDelete: number;
  readonly lostReceive: number;
  /** Of long polls that ask for less than ten seconds. */
  readonly falseEmpty: number;
  /** 1..32. */
  readonly storageShards: number;
  /** How many of them a short poll looks at. */
  readonly shortPollShards: number;
  readonly staleDelete: 'ignored' | 'deletes';
  readonly pollChoice: 'random' | 'longestWaiting';
  /** Over how long a tenant's share of processing time is taken (fair queues). */
  readonly fairWindow: Micros;
  /** High-throughput FIFO: how long a queue takes to grow by a partition; 0: at once. */
  readonly partitionRamp: Micros;
  /** Messages a second that a move task without a rate of its own moves. */
  readonly redriveRate: number;
  /** How long GetQueueAttributes may go on telling the counts that it told last; null: it does not. */
  readonly metricLag: Distribution | null;
}
