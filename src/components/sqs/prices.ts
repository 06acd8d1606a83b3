/**
 * What SQS costs: one request per started 64 KiB of payload of an API call, whatever the call; a
 * batch is one call, an empty receive one request. Storage, retention and dead-letter queues are free.
 */

import { KMS_METER, KMS_PRICE } from '../kms.js';
import type { MeterSpec, PriceItem, PriceItems } from '../prices.js';
import { isFifoName } from '../settings.js';
import type { QueueSettings } from './settings.js';

/** AWS bills "64 KB" chunks and means 65,536 bytes. */
export const REQUEST_CHUNK_BYTES = 65_536;

const SOURCE = 'AWS public pricing feed, plc-queueservice-usd-20250605175557 '
  + '(copy: GitHub QuinnyPig/aws-price-watcher raw/queueservice.json, 2025-06-18)';
const SOURCE_DATE = '2025-06-05';

/** Ends of the first two tiers, requests a month and region; the third has no end. */
const TIER_ENDS = [100_000_000_000, 200_000_000_000, null] as const;

/** USD per request in the three tiers: standard queues, FIFO queues. */
const REQUESTS: Readonly<Record<string, readonly [standard: string, fifo: string]>> = {
  'us-east-1': ['0.0000004 0.0000003 0.00000024', '0.0000005 0.0000004 0.00000035'],
  'us-east-2': ['0.0000004 0.0000003 0.00000024', '0.0000005 0.0000004 0.00000035'],
  'us-west-1': ['0.0000004 0.00000034 0.00000031', '0.0000005 0.00000045 0.00000042'],
  'us-west-2': ['0.0000004 0.0000003 0.00000024', '0.0000005 0.0000004 0.00000035'],
  'eu-west-1': ['0.0000004 0.0000003 0.00000024', '0.0000005 0.0000004 0.00000035'],
  'eu-west-2': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000046 0.00000042'],
  'eu-central-1': ['0.0000004 0.00000036 0.00000032', '0.0000005 0.00000048 0.00000044'],
  'eu-north-1': ['0.0000004 0.00000036 0.00000032', '0.0000005 0.00000048 0.00000044'],
  'ap-northeast-1': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000046 0.00000042'],
  'ap-northeast-2': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000047 0.00000043'],
  'ap-southeast-1': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000046 0.00000042'],
  'ap-southeast-2': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000046 0.00000042'],
  'ap-south-1': ['0.0000004 0.00000035 0.00000032', '0.0000005 0.00000046 0.00000042'],
  'ca-central-1': ['0.0000004 0.00000034 0.00000031', '0.0000005 0.00000045 0.00000042'],
  'sa-east-1': ['0.0000004 0.00000039 0.00000038', '0.0000005 0.00000049 0.00000048'],
};

/** USD per request on top, where messages of a standard queue carry a message group. */
const FAIR_QUEUE_SURCHARGE = '0.0000001';
const FAIR_SOURCE = 'public GitHub study that quotes the AWS Price List, AWSQueueService';
const FAIR_SOURCE_DATE = '2025-08-28';
/** Elsewhere the surcharge is from memory. */
const FAIR_SOURCED = ['us-east-1', 'eu-west-1', 'eu-central-1'];

export const SQS_PRICES: PriceItems = {
  service: 'SQS',
  regions: Object.keys(REQUESTS),
  find: (region, item) => {
    const prices = Object.hasOwn(REQUESTS, region) ? REQUESTS[region] : undefined;
    if (prices === undefined) return undefined;
    if (item === 'requestsStandard') return tiered(prices[0]);
    if (item === 'requestsFifo') return tiered(prices[1]);
    if (item === 'kmsRequests') return KMS_PRICE;
    return item === 'fairQueueSurcharge' ? surcharge(region) : undefined;
  },
  metersOf: ({ name, settings, hasGroups }) => {
    const { kmsMasterKeyId } = settings as QueueSettings;
    const isFifo = isFifoName(name);
    return [
      ...queueMeters(isFifo),
      ...(hasGroups && !isFifo ? [FAIR_METER] : []),
      ...(kmsMasterKeyId === undefined ? [] : [KMS_METER]),
    ];
  },
  notBilled: [
    'the free tier (a million requests a month, per account) is not taken off',
    'the KMS key itself (1 USD a month) and its free calls', 'data transfer out to the internet',
    'the move of a message to its dead-letter queue (no source says that it costs anything)',
  ],
};

/**
 * No source says which calls carry the surcharge: all those of a standard queue whose messages carry a
 * message group.
 */
const FAIR_METER: MeterSpec = {
  kind: 'requests', item: 'Requests (fair queue surcharge)', price: 'fairQueueSurcharge',
  chunkBytes: REQUEST_CHUNK_BYTES,
};

/** What the calls of a queue are metered by. */
function queueMeters(isFifo: boolean): readonly MeterSpec[] {
  const kind = isFifo ? 'FIFO' : 'standard';
  const price = isFifo ? 'requestsFifo' : 'requestsStandard';
  return [{ kind: 'requests', item: `Requests (${kind})`, price, chunkBytes: REQUEST_CHUNK_BYTES }];
}

function tiered(prices: string): PriceItem {
  const tiers = prices.split(' ').map((price, i) => ({ upTo: TIER_ENDS[i]!, price }));
  return {
    price: tiers[0].price, unit: 'requests', tiers,
    source: SOURCE, sourceDate: SOURCE_DATE, confidence: 'sourced',
  };
}

function surcharge(region: string): PriceItem {
  const isSourced = FAIR_SOURCED.includes(region);
  return {
    price: FAIR_QUEUE_SURCHARGE, unit: 'requests', tiers: [],
    source: isSourced ? FAIR_SOURCE : 'memory, unverified',
    sourceDate: isSourced ? FAIR_SOURCE_DATE : '2026-11',
    confidence: isSourced ? 'sourced' : 'memory',
  };
}
