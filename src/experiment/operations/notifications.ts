/**
 * What a queue gets of a published message: the message itself with its attributes (raw delivery), or the JSON envelope
 * of SNS around both. Form: SNS Developer Guide "sns-message-and-json-formats", 2026; of FIFO topics: recorded against
 * AWS (LocalStack's test suite).
 */

import { dayAt, SECONDS_PER_DAY } from '../../kernel/calendar.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { base64Of } from './content-id.js';
import type { MessageAttribute, MessageAttributes } from './message-attributes.js';
import type { SaidMessage } from './message-book.js';
import type { Publication } from './publications.js';

/** What there is to know of a subscription and its topic. */
export interface Subscriber {
  readonly isRaw: boolean;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly region: string;
  /** '1' or '2'. */
  readonly signatureVersion: string;
}

/** Body and attributes of the message that a queue gets; group and id as the queue is told them. */
export function notificationOf(
  publication: Publication,
  subscriber: Subscriber,
  startSeconds: number,
  ids: Pick<SaidMessage, 'group' | 'deduplicationId'>,
): SaidMessage {
  const { message, messageAttributes } = publication.said;
  if (message === null) return { body: null, messageAttributes: {}, ...ids };
  if (subscriber.isRaw) return { body: message, messageAttributes, ...ids };
  const envelope = envelopeOf(publication, message, subscriber, startSeconds);
  return { body: JSON.stringify(envelope, null, 2), messageAttributes: {}, ...ids };
}

function envelopeOf(
  { said, messageId, sequenceNumber, acceptedAt }: Publication,
  message: string,
  { topicArn, subscriptionArn, region, signatureVersion }: Subscriber,
  startSeconds: number,
): Record<string, unknown> {
  const host = `https://sns.${region}.amazonaws.com`;
  const { subject, messageAttributes, isOrdered } = said;
  return {
    Type: 'Notification',
    MessageId: messageId,
    ...(isOrdered ? { SequenceNumber: sequenceNumber } : {}),
    TopicArn: topicArn,
    ...(subject === null ? {} : { Subject: subject }),
    Message: message,
    Timestamp: timestampOf(startSeconds, acceptedAt!),
    ...(isOrdered
      ? {}
      : {
          SignatureVersion: signatureVersion,
          Signature: 'EXAMPLE',
          SigningCertURL: `${host}/SimpleNotificationService-example.pem`,
        }),
    UnsubscribeURL: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(Object.keys(messageAttributes).length === 0
      ? {}
      : { MessageAttributes: shown(messageAttributes) }),
  };
}

function shown(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, one]) => [name, valueOf(one)]));
}

function valueOf({ dataType, stringValue, binaryValue }: MessageAttribute): unknown {
  return { Type: dataType, Value: stringValue ?? base64Of(binaryValue!) };
}

/** `2026-01-01T00:00:00.000Z`; `startSeconds` are from 1970. */
export function timestampOf(startSeconds: number, now: Micros): string {
  const milliseconds = Math.floor(now / 1000);
  const seconds = startSeconds + Math.floor(now / SECOND);
  const { year, month, day } = dayAt(Math.floor(seconds / SECONDS_PER_DAY));
  const inDay = seconds % SECONDS_PER_DAY;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = [inDay / 3600, (inDay % 3600) / 60, inDay % 60].map(two).join(':');
  const fraction = String(milliseconds % 1000).padStart(3, '0');
  return `${year}-${two(month)}-${two(day)}T${clock}.${fraction}Z`;
}
