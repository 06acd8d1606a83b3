/** What AWS would refuse of archives and replays: of settings, and of operations. */

import type { CheckContext, PlannedOperation } from '../settings.js';
import { linkOf } from '../settings/words.js';
import { nearestOf } from '../settings/nearest.js';
import type { TopicSettings } from './settings.js';

const REFUSED = { code: 'aws-refuses', awsError: 'InvalidParameter' } as const;
const ARCHIVE = 'a FIFO topic with archivePolicy: { messageRetentionPeriod: 30d }';

export function checkReplayPolicies(context: CheckContext): void {
  const { self, resources } = context;
  const { subscriptions, archivePolicy } = self.settings as TopicSettings;
  for (const [name, { replayPolicy, confirmed }] of Object.entries(subscriptions)) {
    if (replayPolicy === undefined) continue;
    const path = ['subscriptions', name, 'replayPolicy'];
    const { startingPoint, endingPoint } = replayPolicy;
    if (archivePolicy === undefined) {
      const message = `${self.name} has no archive`;
      context.refuse({ ...REFUSED, found: name, message, allowed: ARCHIVE, path, onKey: true });
    } else if (endingPoint !== undefined && endingPoint <= startingPoint) {
      context.refuse({
        ...REFUSED,
        message: 'endingPoint is not after startingPoint',
        allowed: 'a later time, or none',
        path: [...path, 'endingPoint'],
      });
    } else if (confirmed === 0 && resources.get(self.name)?.settings === self.settings) {
      context.refuse({
        code: 'never-happens',
        found: 'replayPolicy',
        message: 'at the start of a run the archive is empty: there is nothing to replay',
        allowed: 'an operation set that brings it later, an operation replay, or confirmed: 10m',
        path,
        onKey: true,
      });
    }
  }
}

/** A replay without an archive, to nobody, or of what is still to come. */
export function checkTopicOperations(
  context: CheckContext,
  operations: readonly PlannedOperation[],
): void {
  const { name, settings } = context.self;
  const { archivePolicy, subscriptions } = settings as TopicSettings;
  const known = [subscriptions, ...changedOf(name, operations)].flatMap((one) => Object.keys(one));
  for (const { on, verb, place, at, from = 0 } of operations) {
    const link = linkOf(on);
    if (verb !== 'replay' || link?.from !== name) continue;
    if (archivePolicy === undefined)
      context.refuse({
        ...REFUSED,
        found: name,
        message: `${name} has no archive`,
        allowed: ARCHIVE,
        path: [place, 'on'],
      });
    else if (!known.includes(link.to)) {
      const near = nearestOf(link.to, known);
      context.refuse({
        code: 'unknown-name',
        found: on,
        message: `${link.to} does not subscribe to ${name}`,
        allowed: known.map((one) => `${name} -> ${one}`).join(', '),
        ...(near === undefined ? {} : { nearest: `${name} -> ${near}` }),
        path: [place, 'on'],
      });
    } else if (from >= at && from > 0)
      context.refuse({
        ...REFUSED,
        found: 'startingPositionTimestamp',
        message: 'a replay of what is still to come',
        allowed: 'a time before the operation',
        path: [place, 'replay', 'startingPositionTimestamp'],
      });
  }
}

/** The subscriptions that operations `set` bring. */
function changedOf(
  name: string,
  operations: readonly PlannedOperation[],
): TopicSettings['subscriptions'][] {
  return operations
    .filter(({ on, verb }) => on === name && verb === 'set')
    .map(({ settings }) => (settings as Partial<TopicSettings>).subscriptions ?? {});
}
