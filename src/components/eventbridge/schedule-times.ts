/**
 * Schedule expressions: `rate(5 minutes)`, `cron(0 18 ? * MON-FRI *)` with six fields, and, for Scheduler,
 * `at(2026-01-01T08:00:00)`; all in UTC. A rate counts from the beginning of the run, which stands for the creation
 * of the schedule; its first time is one interval later.
 * Source: EventBridge User Guide "eb-scheduled-rule-pattern", Scheduler User Guide "schedule-types", 2026.
 */

import type { Micros } from '../../kernel/time.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.js';
import type { CronTimes } from '../cron.js';
import { nextFit } from '../cron.js';
import { readMoment } from '../settings/moment.js';
import { readSixFields } from './six-fields.js';

export type ScheduleTimes =
  | { readonly kind: 'rate'; readonly every: Micros }
  | { readonly kind: 'cron'; readonly cron: CronTimes }
  /** Seconds from 1970. */
  | { readonly kind: 'at'; readonly seconds: number };

const FORM = /^(rate|cron|at)\((.*)\)$/;
const RATE = /^(\d+) (minute|minutes|hour|hours|day|days)$/;
const UNITS = { minute: MINUTE, hour: HOUR, day: DAY } as const;

/** The expression read, or in words what is wrong with it. */
export function readSchedule(text: string, takesAt: boolean): ScheduleTimes | string {
  const [, form, inside] = FORM.exec(text) ?? [];
  if (form === 'rate') return readRate(inside);
  if (form === 'cron') {
    const cron = readSixFields(inside);
    return typeof cron === 'string' ? cron : { kind: 'cron', cron };
  }
  if (form === 'at' && takesAt) {
    const seconds = readMoment(`${inside}Z`, () => undefined);
    return seconds === undefined ? `the time ${inside}` : { kind: 'at', seconds };
  }
  return text;
}

function readRate(inside: string): ScheduleTimes | string {
  const [, digits, unit] = RATE.exec(inside) ?? [];
  if (digits === undefined) return `the rate ${inside}`;
  const value = Number(digits);
  if (value === 0) return 'a rate of 0';
  if ((value === 1) === unit.endsWith('s'))
    return `${value} ${unit} (AWS wants 1 minute, 5 minutes)`;
  const every = value * UNITS[unit.replace(/s$/, '') as keyof typeof UNITS];
  return { kind: 'rate', every };
}

/** The first due time after `now`, µs from the start of the run; Infinity: there is none. */
export function nextDue(times: ScheduleTimes, now: Micros, startSeconds: number): Micros {
  switch (times.kind) {
    case 'rate':
      return (Math.floor(now / times.every) + 1) * times.every;
    case 'cron':
      return (
        (nextFit(times.cron, startSeconds + Math.floor(now / SECOND) + 1) - startSeconds) * SECOND
      );
    case 'at': {
      const at = (times.seconds - startSeconds) * SECOND;
      return at > now ? at : Infinity;
    }
  }
}

/** The first due time of all: one that lies at the start counts, but for a rate. */
export function firstDue(times: ScheduleTimes, startSeconds: number): Micros {
  switch (times.kind) {
    case 'rate':
      return times.every;
    case 'cron':
      return (nextFit(times.cron, startSeconds) - startSeconds) * SECOND;
    case 'at': {
      const at = (times.seconds - startSeconds) * SECOND;
      return at >= 0 ? at : Infinity;
    }
  }
}
