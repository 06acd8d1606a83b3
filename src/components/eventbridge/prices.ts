/**
 * What EventBridge costs: events by PutEvents in chunks of 64 KB, calls of API destinations, what an archive takes in,
 * events that are replayed, invocations by Scheduler, requests of pipes after filtering. Events of AWS's own services, rules, and invocations of AWS's
 * services in the same account are free.
 */

import type { MeterSpec, PriceItem, PriceItems } from '../prices.js';
import { cellOf, PRICED_REGIONS } from '../price-tables.js';
import type { PriceTable } from '../price-tables.js';
import { Counter } from './counters.js';
import type { BusSettings } from './settings.js';

const SOURCE =
  'AWS public pricing feed, plc-events-usd-20250605175548 (copy: GitHub QuinnyPig/aws-price-watcher)';
const SOURCE_DATE = '2025-06-05';
const REPLAY_SOURCE = 'the pricing example of EventBridge (US West): replayed events at the rate of custom ones';
const REPLAY_SOURCE_DATE = '2024';

/** Archives are billed by GB of 2^30 bytes (EventBridge pricing example, which divides KB by 1024 twice). */
const GB = 1_073_741_824;

/** USD each. */
const PRICES: PriceTable = {
  customEvent:
    '0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 0.000001 ' +
    '0.000001 0.000001 0.000001',
  apiDestination:
    '0.0000002 0.0000002 0.00000023 0.0000002 0.0000002 0.00000024 0.00000024 0.00000024 0.00000024 0.00000024 ' +
    '0.00000024 0.00000024 0.00000024 0.00000023 0.00000026',
  archiveProcessingGb: '0.1 0.1 0.15 0.1 0.11 0.13 0.12 0.11 0.13 0.13 0.13 0.13 0.12 0.12 0.2',
  pipesRequest:
    '0.0000004 0.0000004 0.00000046 0.0000004 0.0000004 0.00000046 0.00000046 0.00000044 0.0000005 0.00000046 ' +
    '0.0000005 0.0000004 0.00000042 0.00000044 0.00000069',
  schedulerInvocation:
    '0.000001 0.000001 0.00000115 0.000001 0.000001 0.00000115 0.00000115 0.00000109 0.00000125 0.00000115 ' +
    '0.00000125 0.0000012 0.00000105 0.0000011 0.0000017',
};

const UNITS: Readonly<Record<string, string>> = {
  customEvent: 'events',
  replayedEvent: 'events',
  apiDestination: 'invocations',
  archiveProcessingGb: 'GB',
  pipesRequest: 'requests',
  schedulerInvocation: 'invocations',
};

const EVENTS: MeterSpec = {
  kind: 'counted',
  item: 'Events (custom)',
  price: 'customEvent',
  counter: Counter.Events,
};
const API_DESTINATIONS: MeterSpec = {
  kind: 'counted',
  item: 'Invocations (API destinations)',
  price: 'apiDestination',
  counter: Counter.ApiDestinations,
};
const ARCHIVE: readonly MeterSpec[] = [
  {
    kind: 'counted',
    item: 'Archive (processing)',
    price: 'archiveProcessingGb',
    counter: Counter.Archived,
    perUnit: GB,
  },
  {
    kind: 'counted',
    item: 'Events (replayed)',
    price: 'replayedEvent',
    counter: Counter.Replayed,
  },
];

export const BUS_PRICES: PriceItems = {
  service: 'EventBridge',
  regions: PRICED_REGIONS,
  find: priceOf,
  metersOf: ({ settings }) => [
    EVENTS,
    API_DESTINATIONS,
    ...((settings as BusSettings).archive === undefined ? [] : ARCHIVE),
  ],
  notBilled: [
    'storage of archives by the month (0.023 USD a GB in us-east-1)',
    'delivery to another account (0.05 USD a million in us-east-1), schema discovery',
    'data transfer out of the region',
  ],
};

export const PIPE_PRICES: PriceItems = {
  service: 'EventBridge Pipes',
  regions: PRICED_REGIONS,
  find: priceOf,
  metersOf: () => [
    {
      kind: 'counted',
      item: 'Requests',
      price: 'pipesRequest',
      counter: Counter.Pipes,
    },
  ],
  notBilled: ['calls of API destinations, of enrichments and targets outside AWS'],
};

export const SCHEDULE_PRICES: PriceItems = {
  service: 'EventBridge Scheduler',
  regions: PRICED_REGIONS,
  find: priceOf,
  metersOf: () => [
    {
      kind: 'counted',
      item: 'Invocations',
      price: 'schedulerInvocation',
      counter: Counter.Schedules,
    },
  ],
  notBilled: ['the free tier (14 million invocations a month, per account) is not taken off'],
};

function priceOf(region: string, item: string): PriceItem | undefined {
  const isReplay = item === 'replayedEvent';
  const price = cellOf(PRICES, region, isReplay ? 'customEvent' : item);
  if (price === undefined) return undefined;
  return {
    price,
    unit: UNITS[item],
    tiers: [],
    source: isReplay ? REPLAY_SOURCE : SOURCE,
    sourceDate: isReplay ? REPLAY_SOURCE_DATE : SOURCE_DATE,
    confidence: 'sourced',
  };
}
