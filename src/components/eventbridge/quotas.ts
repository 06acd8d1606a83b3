/** Account limits of EventBridge, which AWS raises on request: `quotas.eventbridge` of a scenario. */

import type { Quota } from '../settings.js';
import { count } from '../settings.js';
import { invocationsPerSecond, putEventsPerSecond } from './limits.js';

const SOURCE = 'EventBridge User Guide "eb-quota", 2026: by region';

export const PUT_EVENTS: Quota = {
  service: 'eventbridge',
  name: 'putEventsPerSecond',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Calls of PutEvents a second.' }),
  byDefault: putEventsPerSecond,
  doc: 'Calls of PutEvents a second, for all buses of an account in a region; more are refused.',
  source: SOURCE,
};

export const INVOCATIONS: Quota = {
  service: 'eventbridge',
  name: 'invocationsPerSecond',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Invocations of targets a second.' }),
  byDefault: invocationsPerSecond,
  doc: 'Invocations of targets a second, for all rules of an account in a region; more are delayed, none is lost.',
  source: SOURCE,
};

export const BUS_QUOTAS: readonly Quota[] = [PUT_EVENTS, INVOCATIONS];
