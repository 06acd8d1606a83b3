/**
 * What Lambda costs: each request that an environment takes up, retries included, and how long it is in use (its start
 * and the run, by the started millisecond) times its memory. What is refused costs nothing.
 */

import type { MeterSpec, PriceItem, PriceItems } from '../prices.js';
import type { PriceTable } from '../price-tables.js';
import { cellOf, PRICED_REGIONS } from '../price-tables.js';
import type { Billed } from './billing.js';
import { Counter, PER_GB_SECOND } from './billing.js';
import { LAMBDA_LIMITS } from './limits.js';
import type { FunctionSettings } from './settings.js';

const SOURCE =
  'AWS public pricing feed, plc-lambda-usd-20251030182801 (copy: GitHub lamngockhuong/aws-price)';
const SOURCE_DATE = '2025-10-30';
const MIB = 1_048_576;

/** USD per request, in all these regions. */
const REQUEST = '0.0000002';

/** USD per GB-second in the three tiers of a month, in all these regions, and where the first two end. */
const X86: Tiers = {
  ends: [6_000_000_000, 15_000_000_000, null],
  prices: ['0.0000166667', '0.000015', '0.0000133334'],
};
const ARM: Tiers = {
  ends: [7_500_000_000, 18_750_000_000, null],
  prices: ['0.0000133334', '0.0000120001', '0.0000106667'],
};

interface Tiers {
  readonly ends: readonly (number | null)[];
  readonly prices: readonly string[];
}

/** USD per GB-second of /tmp beyond what is included. */
const STORAGE: PriceTable = {
  storage:
    '0.0000000309 0.0000000309 0.000000037 0.0000000309 0.000000034 0.0000000358 0.0000000367 0.0000000323 ' +
    '0.000000037 0.0000000352 0.000000037 0.000000037 0.0000000352 0.000000034 0.0000000586',
};

export const LAMBDA_PRICES: PriceItems = {
  service: 'Lambda',
  regions: PRICED_REGIONS,
  find: (region, item) => {
    if (!PRICED_REGIONS.some((known) => known === region)) return undefined;
    if (item === 'requests') return priced('requests', REQUEST);
    if (item === 'durationX86') return tiered(X86);
    if (item === 'durationArm') return tiered(ARM);
    const storage = cellOf(STORAGE, region, item);
    return storage === undefined ? undefined : priced('GB-seconds', storage);
  },
  metersOf: ({ settings }) => metersOf(settings as FunctionSettings),
  notBilled: [
    'the free million requests and 400,000 GB-seconds a month',
    'caching and restoring of snapshots (SnapStart)',
    'logs in CloudWatch, and data transfer out of the region',
  ],
};

function metersOf(settings: FunctionSettings): MeterSpec[] {
  const isArm = settings.architectures[0] === 'arm64';
  const meters: MeterSpec[] = [
    { kind: 'counted', item: 'Requests', price: 'requests', counter: Counter.Requests },
    {
      kind: 'counted',
      item: isArm ? 'Duration (arm64)' : 'Duration (x86_64)',
      price: isArm ? 'durationArm' : 'durationX86',
      counter: Counter.Duration,
      perUnit: PER_GB_SECOND,
    },
  ];
  if (billedOf(settings).storage > 0)
    meters.push({
      kind: 'counted',
      item: 'Ephemeral storage',
      price: 'storage',
      counter: Counter.Storage,
      perUnit: PER_GB_SECOND,
    });
  return meters;
}

/** What is counted of a function with these settings. */
export function billedOf({ memorySize, ephemeralStorage }: FunctionSettings): Billed {
  const { storageIncluded } = LAMBDA_LIMITS;
  const storage = (ephemeralStorage?.size ?? 0) / MIB - storageIncluded;
  return { memory: memorySize / MIB, storage: Math.max(0, storage) };
}

function priced(unit: string, price: string): PriceItem {
  return {
    price,
    unit,
    tiers: [],
    source: SOURCE,
    sourceDate: SOURCE_DATE,
    confidence: 'sourced',
  };
}

function tiered({ ends, prices }: Tiers): PriceItem {
  const tiers = prices.map((price, i) => ({ upTo: ends[i], price }));
  return { ...priced('GB-seconds', prices[0]), tiers };
}
