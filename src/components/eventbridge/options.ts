/** What buses and schedules are built from: checked settings in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { LinkOptions } from '../delivery/options.js';
import type { PatternSpec } from '../patterns/pattern.js';
import type { ScheduleTimes } from './schedule-times.js';

export interface BusOptions {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** It gets what AWS's own services publish. */
  readonly isDefault: boolean;
  readonly rules: readonly RuleOptions[];
  /** null: nothing is kept. */
  readonly archive: ArchiveOptions | null;
  /** Account limits, a second. */
  readonly putEventsPerSecond: number;
  readonly invocationsPerSecond: number;
  /** How long PutEvents takes there and back; null: no time. */
  readonly apiLatency: Distribution | null;
  /** The largest call of PutEvents, all entries together. */
  readonly entriesBytesMax: number;
  /** From the due time of a scheduled rule to its event; null: none. */
  readonly scheduleDelay: Distribution | null;
}

export interface RuleOptions {
  readonly name: string;
  readonly isEnabled: boolean;
  /** One of the two. */
  readonly pattern: PatternSpec | null;
  readonly schedule: ScheduleTimes | null;
  readonly targets: readonly TargetOptions[];
}

export interface TargetOptions {
  readonly link: Omit<LinkOptions, 'pacer'>;
  /** Attempts a second of an API destination; null: it is none. */
  readonly perSecond: number | null;
  /** Label of the message group at a FIFO queue, or NO_LABEL. */
  readonly group: number;
}

export interface ArchiveOptions {
  /** null: it takes all. */
  readonly pattern: PatternSpec | null;
  /** How long it keeps events; Infinity: for good. */
  readonly retention: Micros;
  /** From the event to the archive; null: at once. */
  readonly delay: Distribution | null;
  /** Events a second that a replay sends on. */
  readonly replaysPerSecond: number;
}

export interface ScheduleOptions {
  readonly name: string;
  readonly times: ScheduleTimes;
  /** From the due time to the invocation; null: none. */
  readonly delay: Distribution | null;
  /** Invoked at some time within so long of the due time, µs; 0: OFF. */
  readonly window: Micros;
  /** Bytes of its message. */
  readonly bytes: number;
  readonly link: LinkOptions;
  /** Label of the message group at a FIFO queue, or NO_LABEL. */
  readonly group: number;
  /** What an event bus gets it as. */
  readonly source: string;
  readonly detailType: string;
}
