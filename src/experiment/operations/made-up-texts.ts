/**
 * Texts that AWS makes up: message ids, receipt handles, sequence numbers, task handles. They are derived from
 * marks and counts, so that the same script sees the same texts again, and mean nothing to whoever reads them.
 */

import type { MarkKey } from '../../kernel/random/marks.js';
import type { Streams } from '../../kernel/random/streams.js';

/** Sequence numbers have 20 digits; only their order says anything. */
const SEQUENCE_DIGITS = 17;
const SEQUENCE_PREFIX = '188';
const TOPIC_SEQUENCE_PREFIX = '100';
/** Tells the second half of an id from the first. */
const SECOND_HALF = 1_000_003;

export class TextMaker {
  private readonly messageKey: MarkKey;
  private readonly receiptKey: MarkKey;
  private readonly taskKey: MarkKey;
  private readonly deliveryKey: MarkKey;
  private readonly subscriptionKey: MarkKey;

  constructor(streams: Streams, who: string) {
    this.messageKey = streams.key(who, 'messageId');
    this.receiptKey = streams.key(who, 'receiptHandle');
    this.taskKey = streams.key(who, 'taskHandle');
    this.deliveryKey = streams.key(who, 'deliveredId');
    this.subscriptionKey = streams.key(who, 'subscription');
  }

  /** The id of the message with this mark after so many redrives, each of which makes it a new message. */
  messageId(mark0: number, mark1: number, redrives: number): string {
    return uuid(this.messageKey, mark0, mark1, redrives);
  }

  /** The id that a queue gives to the message with this number that a topic delivers to it. */
  deliveredId(number: number): string {
    return uuid(this.deliveryKey, number, 0, 0);
  }

  /** The last part of the ARN of a topic's subscription with this number. */
  subscriptionId(number: number): string {
    return uuid(this.subscriptionKey, number, 0, 0);
  }

  /** The handle of the delivery with this number. */
  receiptHandle(number: number): string {
    this.receiptKey.hash(number, 0, 0);
    return `AQEB${hex(this.receiptKey.h0)}${hex(this.receiptKey.h1)}${number.toString(36)}`;
  }

  taskHandle(number: number): string {
    return uuid(this.taskKey, number, 0, 0);
  }
}

export function sequenceNumber(count: number): string {
  return SEQUENCE_PREFIX + String(count).padStart(SEQUENCE_DIGITS, '0');
}

/** Of a FIFO topic: the numbers of the queues behind it are others. */
export function topicSequenceNumber(count: number): string {
  return TOPIC_SEQUENCE_PREFIX + String(count).padStart(SEQUENCE_DIGITS, '0');
}

/** Shaped as a random UUID; no two marks give the same one. */
function uuid(key: MarkKey, mark0: number, mark1: number, n: number): string {
  key.hash(mark0, mark1, n);
  const { h0, h1 } = key;
  key.hash(h0, h1, SECOND_HALF);
  const c = hex(key.h0);
  const d = hex(key.h1);
  const variant = '89ab'[(key.h1 >>> 12) & 3];
  return `${hex(h0)}-${c.slice(0, 4)}-4${c.slice(5)}-${variant}${d.slice(5)}-${d.slice(0, 4)}${hex(h1)}`;
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, '0');
}
