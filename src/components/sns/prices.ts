/**
 * What SNS costs, all of it on the topic's bill: each publish by started 64 KiB, whatever the batch; each delivery by
 * its protocol; what body filters look at by the GB. A FIFO topic pays by the message and by the GB, in and out.
 */

import type { Endpoint } from '../endpoints.js';
import { KMS_METER, KMS_PRICE } from '../kms.js';
import type { PriceTable } from '../price-tables.js';
import { cellOf, PRICED_REGIONS } from '../price-tables.js';
import type {
  CountedMeter, MeteredLink, MeteredSettings, MeterSpec, PriceItem, PriceItems,
} from '../prices.js';
import { isFifoName } from '../settings.js';
import { LinkCounter, linkCounter, SnsCounter } from './billing.js';
import type { TopicSettings } from './settings.js';

const SOURCE = 'AWS public pricing feed, plc-sns-usd-20250909183444 '
  + '(copy: GitHub lamngockhuong/aws-price)';
const SOURCE_DATE = '2025-09-09';

/** AWS means 2^30 bytes. */
const GB = 1_073_741_824;

/** USD per unit, in the order of PRICED_REGIONS. */
const PRICES: PriceTable = {
  'publishRequest': '0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005'
    + ' 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005',
  'deliveryHttp': '0.0000006 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006'
    + ' 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006 0.0000006',
  'deliveryEmail': '0.00002 0.00002 0.00002 0.00002 0.00002 0.00002 0.00002 0.00002'
    + ' 0.00002 0.00002 0.00002 0.00002 0.00002 0.00002 0.00002',
  'deliveryFirehose': '0.00000019 0.00000019 0.000000294 0.00000019 0.00000019 0.000000234 0.000000236'
    + ' 0.000000237 0.000000258 0.000000229 0.000000254 0.000000225 0.000000239 0.000000239 0.000000348',
  'deliveryMobilePush': '0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.00000067 0.0000005 0.0000005'
    + ' 0.0000005 0.0000005 0.0000005 0.0000005 0.0000005 0.00000056 0.0000005',
  'fifoPublishRequest': '0.0000003 0.0000003 0.00000036 0.0000003 0.00000033 0.00000036 0.00000036 0.00000033'
    + ' 0.00000039 0.00000036 0.00000039 0.00000039 0.00000033 0.00000033 0.00000048',
  'fifoPublishPayloadGb': '0.017 0.017 0.0204 0.017 0.0187 0.0204 0.0204 0.0187'
    + ' 0.0221 0.0204 0.0221 0.0221 0.0187 0.0187 0.0272',
  'fifoSubscriptionMessage': '0.00000001 0.00000001 0.000000012 0.00000001 0.000000011 0.000000012 0.000000012'
    + ' 0.000000011 0.000000013 0.000000012 0.000000013 0.000000013 0.000000011 0.000000011 0.000000016',
  'fifoSubscriptionPayloadGb': '0.001 0.001 0.0012 0.001 0.0011 0.0012 0.0012 0.0011'
    + ' 0.0013 0.0012 0.0013 0.0013 0.0011 0.0011 0.0016',
  'fifoArchiveProcessingGb': '0.1 0.1 0.15 0.1 0.11 0.13 0.12 0.11 0.13 0.13 0.13 0.13 0.12 0.12 0.2',
  'payloadFilterScannedGb': '0.09 0.09 0.13 0.09 0.09 0.12 0.12 0.09 0.13 0.11 0.11 0.11 0.11 0.1 0.14',
};

/** What is counted, by item. */
const UNITS: Readonly<Record<string, string>> = {
  'publishRequest': 'requests',
  'deliveryHttp': 'notifications',
  'deliveryEmail': 'notifications',
  'deliveryFirehose': 'notifications',
  'deliveryMobilePush': 'notifications',
  'fifoPublishRequest': 'messages',
  'fifoPublishPayloadGb': 'GB',
  'fifoSubscriptionMessage': 'messages',
  'fifoSubscriptionPayloadGb': 'GB',
  'fifoArchiveProcessingGb': 'GB',
  'payloadFilterScannedGb': 'GB',
};

export const SNS_PRICES: PriceItems = {
  service: 'SNS',
  regions: PRICED_REGIONS,
  find: (region, item) => {
    if (item === 'kmsRequests') return KMS_PRICE;
    const price = cellOf(PRICES, region, item);
    if (price === undefined) return undefined;
    return {
      price, unit: UNITS[item], tiers: [],
      source: SOURCE, sourceDate: SOURCE_DATE, confidence: 'sourced',
    };
  },
  metersOf: (topic) => [
    ...(isFifoName(topic.name) ? FIFO_METERS : STANDARD_METERS),
    ...(topic.links ?? []).flatMap((link, number) => linkMeters(topic, link, number)),
    ...((topic.settings as Partial<TopicSettings>).kmsMasterKeyId === undefined ? [] : [KMS_METER]),
  ],
  notBilled: [
    'the free tier (a million publishes and pushes, 100,000 deliveries over HTTP, 1,000 e-mails a month, per account) '
      + 'is not taken off',
    'storage of a FIFO archive by the month (0.023 USD a GB in us-east-1)',
    'the least payload of 1 KB of a message of a FIFO topic (from memory; no source says it)',
    'data transfer to HTTP endpoints', 'data protection policies and audit reports',
  ],
};

const STANDARD_METERS: readonly MeterSpec[] = [
  counted('Requests (publish)', 'publishRequest', SnsCounter.PublishedChunks),
];

const FIFO_METERS: readonly MeterSpec[] = [
  counted('Messages (publish, FIFO)', 'fifoPublishRequest', SnsCounter.PublishedMessages),
  counted('Payload (publish, FIFO)', 'fifoPublishPayloadGb', SnsCounter.PublishedBytes, GB),
  counted('Archive (processed)', 'fifoArchiveProcessingGb', SnsCounter.ArchivedBytes, GB),
];

function counted(item: string, price: string, counter: number, perUnit = 1): CountedMeter {
  return { kind: 'counted', item, price, counter, perUnit };
}

/** What a subscription costs, each with a line of its own. */
function linkMeters(topic: MeteredSettings, link: MeteredLink, number: number): MeterSpec[] {
  const { Deliveries, Bytes, ScannedBytes } = LinkCounter;
  const of = (item: string, price: string, counter: 0 | 1 | 2, perUnit = 1) => ({
    ...counted(`${item} to ${link.name}`, price, linkCounter(number, counter), perUnit),
    link: number,
  });
  const scanned = of('Payload filtering', 'payloadFilterScannedGb', ScannedBytes, GB);
  if (isFifoName(topic.name))
    return [
      of('Messages (FIFO)', 'fifoSubscriptionMessage', Deliveries),
      of('Payload (FIFO)', 'fifoSubscriptionPayloadGb', Bytes, GB), scanned,
    ];
  const { endpoint } = link;
  // AWS's list has no price of an SMS message: each endpoint says its own.
  if (endpoint !== undefined && endpoint.price !== null)
    return [{ ...of('Deliveries (SMS)', `sms/${number}`, Deliveries), assumed: assumedPrice(endpoint.price) }, scanned];
  const priced = DELIVERIES[endpoint?.protocol ?? ''];
  return priced === undefined ? [scanned] : [of(priced[0], priced[1], Deliveries), scanned];
}

/** What deliveries are called on the bill, and their price, by protocol; to queues and functions they are free. */
const DELIVERIES: Readonly<Record<string, readonly [item: string, price: string] | undefined>> = {
  http: ['Deliveries (HTTP/S)', 'deliveryHttp'],
  email: ['Deliveries (e-mail)', 'deliveryEmail'],
  application: ['Deliveries (mobile push)', 'deliveryMobilePush'],
  firehose: ['Deliveries (Firehose)', 'deliveryFirehose'],
};

function assumedPrice({ usd, unit, source }: NonNullable<Endpoint['price']>): PriceItem {
  return { price: usd, unit, tiers: [], source, sourceDate: '2026-11', confidence: 'memory' };
}
