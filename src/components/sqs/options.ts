/** What a queue is built from: checked settings and assumptions in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';

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
}
