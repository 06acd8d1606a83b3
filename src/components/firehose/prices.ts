/**
 * What Firehose costs: each record by started 5 KB, by the gigabyte (2^30 bytes) and month. Delivery to S3 is free; the
 * requests of the bucket stand on its own bill.
 */

import type { PriceTable } from '../price-tables.js';
import { cellOf, PRICED_REGIONS } from '../price-tables.js';
import type { MeterSpec, PriceItem, PriceItems } from '../prices.js';

const SOURCE =
  'AWS public pricing feed, plc-kinesisfirehose-usd-20250605175644 (copy: GitHub QuinnyPig/aws-price-watcher)';
const SOURCE_DATE = '2025-06-05';

/** Bytes of a gigabyte, and ends of the first two tiers, GB a month and region: 500 TB, 2,000 TB. */
const GIGABYTE = 1024 * 1024 * 1024;
const TIER_ENDS = [512_000, 2_048_000, null] as const;

/** USD a GB by Direct PUT in the three tiers. */
const INGEST: PriceTable = {
  tier1:
    '0.029 0.029 0.035 0.029 0.031 0.035 0.033 0.02945 0.036 0.036 0.037 0.037 0.034 0.032 0.058',
  tier2: '0.025 0.025 0.03 0.025 0.027 0.03 0.029 0.02565 0.031 0.031 0.032 0.032 0.03 0.028 0.05',
  tier3: '0.02 0.02 0.024 0.02 0.022 0.024 0.023 0.0209 0.025 0.025 0.025 0.025 0.024 0.022 0.04',
};

const METERS: readonly MeterSpec[] = [
  {
    kind: 'counted',
    item: 'Data in (records rounded up to 5 KB)',
    price: 'ingest',
    counter: 0,
    perUnit: GIGABYTE,
  },
];

export const FIREHOSE_PRICES: PriceItems = {
  service: 'Firehose',
  regions: PRICED_REGIONS,
  find: (region, item) => (item === 'ingest' ? ingest(region) : undefined),
  metersOf: () => METERS,
  notBilled: ['data transfer out of the region', 'beyond 5 PB a month: prices by contract'],
};

function ingest(region: string): PriceItem | undefined {
  const prices = ['tier1', 'tier2', 'tier3'].map((tier) => cellOf(INGEST, region, tier));
  if (prices[0] === undefined) return undefined;
  return {
    price: prices[0],
    unit: 'GB',
    tiers: prices.map((price, i) => ({ upTo: TIER_ENDS[i]!, price: price! })),
    source: SOURCE,
    sourceDate: SOURCE_DATE,
    confidence: 'sourced',
  };
}
