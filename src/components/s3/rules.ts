/** Notification rules of a bucket: which objects each destination is told of, and which two are one too many. */

import type { ResourceView } from '../settings.js';
import type { PushLink } from '../settings/push-link.js';
import type { EventType, NotificationSettings } from './notification-settings.js';

export interface Rule {
  /** The name of the destination. */
  readonly target: string;
  readonly prefix: string;
  readonly suffix: string;
  /** Objects that come by PutObject, and by a multipart upload. */
  readonly ofPuts: boolean;
  readonly ofParts: boolean;
}

/** In file order. Without events: all (an event bus). */
export function rulesOf(notifications: NotificationSettings | undefined): Rule[] {
  return Object.entries(notifications ?? {}).map(([target, { events, filter }]) => ({
    target,
    prefix: filter?.prefix ?? '',
    suffix: filter?.suffix ?? '',
    ofPuts: has(events, 's3:ObjectCreated:Put'),
    ofParts: has(events, 's3:ObjectCreated:CompleteMultipartUpload'),
  }));
}

function has(events: readonly EventType[] | undefined, event: EventType): boolean {
  return events === undefined || events.includes('s3:ObjectCreated:*') || events.includes(event);
}

/** Whether some object would be both rules': they share an event type, a key can begin as both say and end so. */
export function overlap(a: Rule, b: Rule): boolean {
  const sharesEvents = (a.ofPuts && b.ofPuts) || (a.ofParts && b.ofParts);
  const sharesPrefix = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const sharesSuffix = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return sharesEvents && sharesPrefix && sharesSuffix;
}

/** How results and readers are told of the rules; undefined: it has none. */
export function linksOfBucket({ settings }: ResourceView): PushLink[] | undefined {
  const notifications = settings['notificationConfiguration'] as NotificationSettings | undefined;
  if (notifications === undefined) return undefined;
  return rulesOf(notifications).map(({ target, prefix, suffix }) => ({
    name: target,
    target,
    filter: prefix === '' && suffix === '' ? undefined : `${prefix}*${suffix}`,
    retries: 'as SNS to endpoints of AWS (assumed)',
  }));
}
