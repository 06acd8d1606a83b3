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

/** Numbers of counters of the topic itself. */
export const SnsCounter = {
  PublishedChunks: 0,
  PublishedMessages: 1,
  PublishedBytes: 2,
  ArchivedBytes: 3,
} as const;

/** Each subscription has counters of its own, so that reports can say what it costs. */
export const LinkCounter = { Deliveries: 0, Bytes: 1, ScannedBytes: 2 } as const;
const FIRST_LINK = 4;
const PER_LINK = 3;

export function linkCounter(link: number, counter: 0 | 1 | 2): number {
  return FIRST_LINK + PER_LINK * link + counter;
}

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
  const deliveries = linkCounter(link, LinkCounter.Deliveries);
  if (isFifo) {
    const counter = linkCounter(link, LinkCounter.Bytes);
    const also = { counter, chunkBytes: EACH_BYTE, isOnceTaken: true };
    return { counter: deliveries, chunkBytes: WHOLE, isOnceTaken: true, also };
  }
  const { protocol, subscribers, price } = endpoint;
  if (protocol === 'sqs' || protocol === 'lambda') return undefined;
  const countsAttempts = retries === 'all' || (retries === 'http' && protocol === 'http');
  const chunkBytes = price === null ? SNS_CHUNK_BYTES : price.partBytes;
  return { counter: deliveries, chunkBytes, times: subscribers, isOnceTaken: !countsAttempts };
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

/** A filter of a subscription looks at the body of a message: `bytes`, times those who have the filter. */
export function meterScanned(facts: Facts, topic: number, link: number, bytes: number): void {
  facts.metered(topic, linkCounter(link, LinkCounter.ScannedBytes), bytes);
}
