/**
 * What a topic counts for its bill (fact `metered`): what is published, what its links deliver, what filters look at.
 * The counters have their prices in prices.ts.
 */

import type { Billed } from '../delivery/options.js';
import type { Endpoint } from '../endpoints.js';
import type { Facts } from '../facts.js';
import { assumption, choice } from '../settings.js';

/** AWS bills "64 KB" chunks and means 65,536 bytes. */
export const SNS_CHUNK_BYTES = 65_536;

/** Numbers of counters. SMS links have one each, from FirstSms on, since each has a price of its own. */
export const SnsCounter = {
  PublishedChunks: 0,
  PublishedMessages: 1,
  PublishedBytes: 2,
  ScannedBytes: 3,
  Http: 4,
  Email: 5,
  MobilePush: 6,
  Firehose: 7,
  SubscribedMessages: 8,
  SubscribedBytes: 9,
  ArchivedBytes: 10,
  FirstSms: 16,
} as const;

/** An assumption of topics. */
export const billedRetries = assumption(choice(['http', 'all', 'none']), {
  ideal: 'http',
  typical: 'http',
  doc:
    'To which endpoints attempts that failed are billed, too: those over HTTP/S, all with a price, or none. ' +
    'Elsewhere what was delivered is billed.',
  source: 'assumption; AWS bills "DeliveryAttempts", and says no more',
});

export type BilledRetries = 'http' | 'all' | 'none';

/** A message is whole, however large. */
const WHOLE = Infinity;
/** Bytes are counted one by one. */
const EACH_BYTE = 1;

/** How the pushes of a link are billed: for LinkOptions. undefined: they cost nothing (queues and functions). */
export function billedOf(
  endpoint: Endpoint,
  link: number,
  isFifo: boolean,
  retries: BilledRetries,
): Billed | undefined {
  if (isFifo) {
    const bytes = { counter: SnsCounter.SubscribedBytes, chunkBytes: EACH_BYTE, isOnceTaken: true };
    const messages = { counter: SnsCounter.SubscribedMessages, chunkBytes: WHOLE };
    return { ...messages, isOnceTaken: true, also: bytes };
  }
  const { protocol, subscribers, price } = endpoint;
  const counter = counterOf(endpoint, link);
  if (counter === undefined) return undefined;
  const countsAttempts = retries === 'all' || (retries === 'http' && protocol === 'http');
  const chunkBytes = price === null ? SNS_CHUNK_BYTES : price.partBytes;
  return { counter, chunkBytes, times: subscribers, isOnceTaken: !countsAttempts };
}

function counterOf({ protocol }: Endpoint, link: number): number | undefined {
  switch (protocol) {
    case 'http':
      return SnsCounter.Http;
    case 'email':
      return SnsCounter.Email;
    case 'application':
      return SnsCounter.MobilePush;
    case 'firehose':
      return SnsCounter.Firehose;
    case 'sms':
      return SnsCounter.FirstSms + link;
    case 'sqs':
    case 'lambda':
      return undefined;
  }
}

/** A message is published: alone or in a batch, it costs the same. */
export function meterPublished(facts: Facts, topic: number, isFifo: boolean, bytes: number): void {
  if (isFifo) {
    facts.metered(topic, SnsCounter.PublishedMessages, 1);
    facts.metered(topic, SnsCounter.PublishedBytes, bytes);
  } else {
    const chunks = Math.max(1, Math.ceil(bytes / SNS_CHUNK_BYTES));
    facts.metered(topic, SnsCounter.PublishedChunks, chunks);
  }
}

/** A filter of a subscription looks at the body of a message; `subscribers`: those who have it. */
export function meterScanned(
  facts: Facts,
  topic: number,
  bytes: number,
  subscribers: number,
): void {
  facts.metered(topic, SnsCounter.ScannedBytes, bytes * subscribers);
}
