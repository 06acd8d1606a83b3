/**
 * What S3 costs: each PutObject and each GetObject is a request, whatever its size; deletes are free.
 * Storage by the month is not billed yet.
 */

import type { MeterSpec, PriceItem, PriceItems } from '../prices.js';
import { S3Operation } from '../s3-port.js';

const SOURCE =
  'AWS public pricing feed, plc-s3-usd-20251022211455 (copy: GitHub lamngockhuong/aws-price)';
const SOURCE_DATE = '2025-10-22';

/** USD per request, S3 Standard: PUT, and GET. */
const REQUESTS: Readonly<Record<string, readonly [put: string, get: string]>> = {
  'us-east-1': ['0.000005', '0.0000004'],
  'us-east-2': ['0.000005', '0.0000004'],
  'us-west-1': ['0.0000055', '0.00000044'],
  'us-west-2': ['0.000005', '0.0000004'],
  'eu-west-1': ['0.000005', '0.0000004'],
  'eu-west-2': ['0.0000053', '0.00000042'],
  'eu-central-1': ['0.0000054', '0.00000043'],
  'eu-north-1': ['0.000005', '0.0000004'],
  'ap-northeast-1': ['0.0000047', '0.00000037'],
  'ap-northeast-2': ['0.0000045', '0.00000035'],
  'ap-southeast-1': ['0.000005', '0.0000004'],
  'ap-southeast-2': ['0.0000055', '0.00000044'],
  'ap-south-1': ['0.000005', '0.0000004'],
  'ca-central-1': ['0.0000055', '0.00000044'],
  'sa-east-1': ['0.000007', '0.00000056'],
};

/** Objects are not counted by chunks. */
const WHOLE = Number.MAX_SAFE_INTEGER;

const METERS: readonly MeterSpec[] = [
  {
    kind: 'requests',
    item: 'Requests (PUT)',
    price: 'putRequests',
    chunkBytes: WHOLE,
    operations: [S3Operation.PutObject],
  },
  {
    kind: 'requests',
    item: 'Requests (GET)',
    price: 'getRequests',
    chunkBytes: WHOLE,
    operations: [S3Operation.GetObject],
  },
];

export const S3_PRICES: PriceItems = {
  service: 'S3',
  regions: Object.keys(REQUESTS),
  find: (region, item) => {
    const prices = Object.hasOwn(REQUESTS, region) ? REQUESTS[region] : undefined;
    if (prices === undefined) return undefined;
    if (item === 'putRequests') return requests(prices[0]);
    return item === 'getRequests' ? requests(prices[1]) : undefined;
  },
  metersOf: () => METERS,
  notBilled: [
    'storage by the month (0.023 USD a GB in us-east-1): a run does not say when objects are deleted',
    'data transfer out to the internet',
  ],
};

function requests(price: string): PriceItem {
  return {
    price,
    unit: 'requests',
    tiers: [],
    source: SOURCE,
    sourceDate: SOURCE_DATE,
    confidence: 'sourced',
  };
}
