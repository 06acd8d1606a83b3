/** What a traffic source is built from: checked settings in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';

export interface TrafficOptions {
  readonly name: string;
  /** The resource number of what it sends to. */
  readonly target: number;
  /** No arrival of a rate or a replay is made at or after this time; a burst may stand exactly at it. */
  readonly end: Micros;
  readonly arrivals: 'poisson' | 'constant';
  readonly plan: TrafficPlan;
  /** Bytes of one message, as AWS counts them. */
  readonly size: Distribution;
  readonly batch: BatchOptions | null;
}

export type TrafficPlan = RatePlan | ReplayPlan;

/** Open-loop traffic by rates, and bursts at moments. */
export interface RatePlan {
  readonly kind: 'rates';
  readonly segments: readonly RateSegment[];
  readonly bursts: readonly Burst[];
}

/** The rate runs in a line from `fromPerSecond` to `toPerSecond`. Segments follow each other without gaps. */
export interface RateSegment {
  readonly start: Micros;
  readonly end: Micros;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

export interface Burst {
  readonly at: Micros;
  readonly count: number;
}

/** So many arrivals in each interval, none lost and none added. */
export interface ReplayPlan {
  readonly kind: 'counts';
  readonly every: Micros;
  readonly counts: readonly number[];
}

/** The producer collects messages and sends them by SendMessageBatch. */
export interface BatchOptions {
  /** 1..10 messages. */
  readonly size: number;
  /** A batch goes out so long after its first message, full or not. */
  readonly wait: Micros;
}
