/** `notificationConfiguration` and `versioningConfiguration` of a bucket. */

import { z } from 'zod';
import { block, choice, reference, text } from '../settings.js';
import { PAGE } from './page.js';

/** The longest key of an object, bytes. Source: S3 User Guide, "Naming Amazon S3 objects", 2026. */
const KEY_MAX = 1024;

/** Events of what can happen to an object here. */
export const EVENT_TYPES = [
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:CompleteMultipartUpload',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Those of what nobody does here. Source: S3 User Guide "notification-how-to-event-types-and-destinations", 2026. */
const OTHER_EVENTS = [
  's3:ObjectCreated:Post',
  's3:ObjectCreated:Copy',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:ObjectRestore:*',
  's3:ObjectRestore:Post',
  's3:ObjectRestore:Completed',
  's3:ObjectRestore:Delete',
  's3:ReducedRedundancyLostObject',
  's3:Replication:*',
  's3:Replication:OperationFailedReplication',
  's3:Replication:OperationMissedThreshold',
  's3:Replication:OperationReplicatedAfterThreshold',
  's3:Replication:OperationNotTracked',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
  's3:LifecycleTransition',
  's3:IntelligentTiering',
  's3:ObjectTagging:*',
  's3:ObjectTagging:Put',
  's3:ObjectTagging:Delete',
  's3:ObjectAcl:Put',
];

const filter = block(
  {
    name: 'notificationFilter',
    doc: 'Which objects: by the beginning and the end of their keys.',
    words: { startsWith: 'prefix', endsWith: 'suffix' },
  },
  {
    prefix: text({ longest: KEY_MAX, doc: 'The key begins so.' }).optional(),
    suffix: text({ longest: KEY_MAX, doc: 'The key ends so.' }).optional(),
  },
);

const notification = block(
  {
    name: 'notification',
    doc: 'Which events of which objects this destination gets.',
    words: { event: 'events', eventTypes: 'events', type: 'events', rules: 'filter' },
  },
  {
    events: z
      .array(
        choice(EVENT_TYPES, {
          notModelled: Object.fromEntries(OTHER_EVENTS.map((event) => [event, PAGE])),
          awsError: 'InvalidArgument',
        }),
      )
      .min(1)
      .meta({ description: 'Event types; an event bus gets all, and says none.' })
      .optional(),
    filter: filter.optional(),
  },
);

/** A map: the name is that of the destination. */
export const notifications = z
  .record(reference({ roles: ['queue', 'topic', 'function', 'bus'] }), notification)
  .meta({
    description:
      'Whom the bucket tells of its objects, by name: a standard queue, a standard topic, a function, an event bus.',
  });
export type NotificationSettings = z.output<typeof notifications>;

export const versioning = block(
  { name: 'versioningConfiguration', doc: 'Whether the bucket keeps versions.' },
  {
    status: choice(['Enabled', 'Suspended'], {
      doc: 'Enabled: each of two writes at the same time has its event.',
    }),
  },
);
