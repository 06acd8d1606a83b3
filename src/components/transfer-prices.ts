/**
 * What payload costs that goes from one region to another: by the gigabyte, on the bill of the region it leaves. Within
 * a region, and into AWS, transfer between AWS's services is free. A gigabyte is 2^30 bytes (AWS's S3 FAQ).
 */

import type { PriceItem, PriceItems, TransferMeter } from './prices.js';
import type { PriceTable } from './price-tables.js';
import { cellOf, PRICED_REGIONS } from './price-tables.js';

const SOURCE =
  'AWS public pricing feed (copy: GitHub QuinnyPig/aws-price-watcher processed/datatransfer.json)';
const SOURCE_DATE = '2025-06-18';

/** USD per GB to another region, by the region that it leaves. */
const PER_GB: PriceTable = {
  interRegion: '0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.09 0.08 0.09 0.098 0.086 0.02 0.138',
};

/** Between these two it is cheaper. */
const NEIGHBOURS: readonly string[] = ['us-east-1', 'us-east-2'];
const BETWEEN_NEIGHBOURS = '0.01';

const TO = 'to ';

/** The meter of what leaves a region for `region`, where the resources `there` lie. */
export function transferMeter(region: string, there: readonly number[]): TransferMeter {
  return {
    kind: 'transfer',
    item: `Data transfer (to ${region})`,
    price: `${TO}${region}`,
    to: there,
    service: TRANSFER_PRICES.service,
  };
}

/** An item is `to`, and the region where it goes. */
export const TRANSFER_PRICES: PriceItems = {
  service: 'Data transfer',
  regions: PRICED_REGIONS,
  find: (region, item) => {
    if (!item.startsWith(TO)) return undefined;
    const to = item.slice(TO.length);
    const isNear = NEIGHBOURS.includes(region) && NEIGHBOURS.includes(to) && region !== to;
    const price = isNear ? BETWEEN_NEIGHBOURS : cellOf(PER_GB, region, 'interRegion');
    return price === undefined ? undefined : perGigabyte(price);
  },
  metersOf: () => [],
  notBilled: ['headers and answers without payload', 'data transfer out to the internet'],
};

function perGigabyte(price: string): PriceItem {
  return {
    price,
    unit: 'GB',
    tiers: [],
    source: SOURCE,
    sourceDate: SOURCE_DATE,
    confidence: 'sourced',
  };
}
