/** What a traffic source is built from: checked settings in base units. */

import type { Micros } from '../../kernel/time.js';
import type { DatabaseOperation } from '../database-port.js';
import type { ClientOptions } from '../client/options.js';
import type { MakeOptions } from './make.js';

/** The name, what is made, and how it is sent. */
export interface TrafficOptions extends MakeOptions {
  /** The resource number of what it sends to. */
  readonly target: number;
  /** What it asks of a database or a bucket; null: it sends messages. */
  readonly statement: DatabaseOperation | null;
  /** How its objects are named; absent: the target is no bucket. */
  readonly naming?: number;
  /** No arrival of a rate or a replay is made at or after this time; a burst may stand exactly at it. */
  readonly end: Micros;
  readonly arrivals: 'poisson' | 'constant';
  readonly plan: TrafficPlan;
  /** Each message's own delay, µs, or QUEUE_DEFAULT. */
  readonly delay: Micros;
  readonly client: ClientOptions;
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
