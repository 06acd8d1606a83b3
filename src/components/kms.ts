/** KMS, as far as services that encrypt feel it: its quota, and what its calls cost. */

import { inRegion, perRegion } from './by-region.js';
import type { MeterSpec, PriceItem } from './prices.js';
import type { Quota } from './settings.js';
import { count } from './settings.js';

/** Symmetric operations a second, account and region: KMS Developer Guide "requests-per-second", 2026. */
const REQUESTS = perRegion(
  10_000,
  [100_000, 'us-east-1 us-west-2 eu-west-1'],
  [20_000, 'us-east-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 eu-central-1 eu-west-2'],
);

export function kmsRequestsPerSecond(region: string): number {
  return inRegion(REQUESTS, region);
}

export const KMS_REQUESTS: Quota = {
  service: 'kms',
  name: 'requestsPerSecond',
  schema: count({ min: 1, max: 1_000_000_000, doc: 'Calls of symmetric operations a second.' }),
  byDefault: kmsRequestsPerSecond,
  doc: 'Calls of symmetric operations a second, shared by all that the account has in a region.',
  source: 'KMS Developer Guide "requests-per-second", 2026: by region',
};

/** Calls for data keys of a resource, on the bill of KMS. */
export const KMS_METER: MeterSpec = {
  kind: 'keyCalls',
  item: 'Requests (data keys)',
  price: 'kmsRequests',
  service: 'KMS',
};

/** USD per call, the same in all regions whose prices are known. */
export const KMS_PRICE: PriceItem = {
  price: '0.000003',
  unit: 'requests',
  tiers: [],
  source:
    'AWS public pricing feed, plc-kms-usd-20250909205248 (copy: GitHub lamngockhuong/aws-price)',
  sourceDate: '2025-09-09',
  confidence: 'sourced',
};

/** The AWS-managed keys: nobody can edit their policies, so no other service may use them. */
export function isAwsManagedKey(keyId: string | undefined): boolean {
  return keyId !== undefined && keyId.startsWith('alias/aws/');
}
