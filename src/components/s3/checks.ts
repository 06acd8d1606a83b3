/** What S3 refuses of a bucket's notifications, beyond each setting's own mistakes. */

import type { CheckContext, ResourceView } from '../settings.js';
import { isFifoName } from '../settings.js';
import type { NotificationSettings } from './notification-settings.js';
import { overlap, rulesOf } from './rules.js';

const KEY = 'notificationConfiguration';

export function checkBucket(context: CheckContext): void {
  const notifications = context.self.settings[KEY] as NotificationSettings | undefined;
  if (notifications === undefined) return;
  for (const [name, { events, filter }] of Object.entries(notifications)) {
    const target = context.resources.get(name);
    if (target === undefined) continue;
    checkDestination(context, target);
    if (isBus(target)) checkBus(context, name, { events, filter });
    else if (events === undefined)
      context.refuse({
        code: 'missing',
        message: `the notification of ${name} does not say which events: events is missing`,
        path: [KEY, name],
      });
  }
  if (context.self.assume['overlappingRules'] === 'refused') checkOverlaps(context, notifications);
}

/** What is sent there is an event. */
function isBus({ roles }: ResourceView): boolean {
  return roles.includes('bus');
}

function checkDestination(context: CheckContext, { name, region }: ResourceView): void {
  const at = { path: [KEY, name], onKey: true, awsError: 'InvalidArgument' };
  if (isFifoName(name))
    context.refuse({
      code: 'aws-refuses',
      found: name,
      message: `${name} is FIFO: S3 delivers to no FIFO queue and no FIFO topic`,
      allowed: 'a standard queue or topic',
      ...at,
    });
  else if (region !== context.self.region)
    context.refuse({
      code: 'aws-refuses',
      found: `${name} in ${region}`,
      message: 'a bucket delivers within its region',
      allowed: `a destination in ${context.self.region}`,
      ...at,
    });
}

/** EventBridgeConfiguration has neither events nor a filter: rules of the bus decide. */
function checkBus(
  context: CheckContext,
  name: string,
  said: Readonly<Record<'events' | 'filter', unknown>>,
): void {
  for (const key of ['events', 'filter'] as const) {
    if (said[key] === undefined) continue;
    context.refuse({
      code: 'aws-refuses',
      found: key,
      message: `${key} for an event bus: it gets all events, and its rules choose`,
      allowed: `${name}: {}`,
      path: [KEY, name, key],
      onKey: true,
      awsError: 'MalformedXML',
    });
  }
}

/** Each event of an object has one destination at most, event buses apart. */
function checkOverlaps(context: CheckContext, notifications: NotificationSettings): void {
  const rules = rulesOf(notifications).filter(({ target }) => {
    const destination = context.resources.get(target);
    return destination !== undefined && !isBus(destination);
  });
  rules.forEach((rule, i) => {
    const other = rules.slice(0, i).find((before) => overlap(rule, before));
    if (other === undefined) return;
    context.refuse({
      code: 'aws-refuses',
      found: rule.target,
      message:
        `configurations overlap: ${rule.target} and ${other.target} would both get the event of one object ` +
        '(prefixes, suffixes and event types have something in common)',
      allowed: 'one destination for each event, such as a topic that passes it on',
      path: [KEY, rule.target],
      onKey: true,
      awsError: 'InvalidArgument',
    });
  });
}
