/** What a link of a pusher is made of: where to, how often it is tried, and what becomes of what nobody takes. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { Turns } from './pacer.js';
import type { RetrySchedule } from './schedules.js';

/** How the target takes a message: as an inbox does (inbox-port.ts), or as a call (call-port.ts). */
export interface Takes {
  readonly style: 'inbox' | 'call';
  /** The place of the operation in the target type's list. */
  readonly operation: number;
}

export interface LinkOptions {
  /** Unique within the pusher: a subscription's name, `rule/target`. */
  readonly name: string;
  /** The resource number of the target. */
  readonly target: number;
  readonly takes: Takes;
  readonly schedule: RetrySchedule;
  /** After a refusal because of a rate, if that is another one. */
  readonly throttledSchedule?: RetrySchedule;
  /** The factor of each retry's delay; null: 1. */
  readonly jitter: Distribution | null;
  /** Nothing is tried any more so long after it was accepted, µs; Infinity: the schedule alone decides. */
  readonly ageMax: Micros;
  /** The resource number of its dead-letter queue; null: what cannot be delivered is lost. */
  readonly deadLetter: number | null;
  /** From accepted to the first attempt; null: none. */
  readonly latency: Distribution | null;
  /** The target's own API latency comes on top. */
  readonly takesApiLatency: boolean;
  /** How long an attempt waits for its answer, µs; Infinity: for as long as the target takes. */
  readonly timeout: Micros;
  /** Bytes around the message. */
  readonly envelope: number;
  /** How often a delivery is made twice, 0..1. */
  readonly duplicates: number;
  /** Attempts wait for their turn here; null: there is no limit. */
  readonly pacer: Turns | null;
  /** What has waited for its turn for longer is given up, µs. */
  readonly heldMax: Micros;
  /** One at a time in each message group. */
  readonly isOrdered: boolean;
  /** A refusal because of a rate is for good, too. */
  readonly refusesThrottled: boolean;
  /** The target is told the message group, and the deduplication id. */
  readonly passesGroup: boolean;
  readonly passesId: boolean;
  /** Each attempt is billed. Absent: none is. */
  readonly billed?: Billed;
}

/** Parts of a link that promises nothing of its own: no latency, no rate, no order, no dead letters. */
export const PLAIN_LINK = {
  jitter: null,
  ageMax: Infinity,
  deadLetter: null,
  latency: null,
  takesApiLatency: true,
  timeout: Infinity,
  envelope: 0,
  duplicates: 0,
  pacer: null,
  heldMax: Infinity,
  isOrdered: false,
  refusesThrottled: false,
  passesGroup: false,
  passesId: false,
} as const;

/** What is counted for the bill (fact `metered`). */
export interface Billed {
  /** The number under which it is counted, by chunks of so many bytes: of the message and what is around it. */
  readonly counter: number;
  readonly chunkBytes: number;
  /** Each counts as so many; default 1. */
  readonly times?: number;
  /** Only what the target has taken counts, not each attempt. */
  readonly isOnceTaken?: boolean;
  /** A second counter, of the same pushes. */
  readonly also?: Billed;
}
