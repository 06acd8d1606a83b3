/** What a scenario may say about a bucket: CloudFormation's AWS::S3::Bucket in camelCase, and what S3 does. */

import type { SettingsShape } from '../settings.js';
import { assumption, choice, distribution, duration, share, size } from '../settings.js';
import { notifications, versioning } from './notification-settings.js';
import { PAGE } from './page.js';

const OURS =
  'assumption; AWS publishes "roughly 100-200 ms" for small objects (S3 User Guide, 2026)';

const UNPUBLISHED = 'assumption; AWS publishes no figure';

export const bucketShape = {
  settings: {
    notificationConfiguration: notifications.optional(),
    versioningConfiguration: versioning.optional(),
  },
  assume: {
    notificationDelay: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { quantiles: { p10: '500ms', p50: '1s', p90: '5s', p99: '60s' } },
      doc: 'From stored to the first attempt to deliver its event.',
      source:
        'assumption; AWS: "typically delivered in seconds but can sometimes take a minute or longer" (S3 User Guide, ' +
        'EventNotifications, 2026)',
    }),
    duplicateNotification: assumption(share(), {
      ideal: '0%',
      typical: '0.001%',
      adversarial: '1%',
      doc: 'How often an event is delivered twice.',
      source: `${UNPUBLISHED}; "at least once" is documented`,
    }),
    coalescingWindow: assumption(duration({ max: '10s' }), {
      ideal: '0s',
      typical: '10ms',
      doc: 'Writes of one key so close to each other give one event, unless the bucket keeps versions.',
      source:
        'assumption; AWS: two writes "at the same time" of an object without versions may give a single event (S3 ' +
        'User Guide, EventNotifications)',
    }),
    eventSize: assumption(size({ min: '1B', max: '64KiB' }), {
      ideal: '1KiB',
      typical: '1KiB',
      doc: 'What an event message counts.',
      source: 'assumption; about what the documented structure comes to; AWS says at most 64 KB',
    }),
    retryJitter: assumption(distribution('factor'), {
      ideal: '1x',
      typical: { dist: 'uniform', min: '0.5x', max: '1.5x' },
      doc:
        'The factor of each delay between attempts to deliver an event; the delays are those that SNS documents for ' +
        'endpoints of AWS.',
      source: `${UNPUBLISHED} of how S3 tries again`,
    }),
    overlappingRules: assumption(choice(['refused', 'allowed']), {
      ideal: 'refused',
      typical: 'refused',
      doc: 'Two rules for one event: S3 refuses the configuration; allowed: each destination gets the event.',
      source:
        'S3 User Guide, "Configuring event notifications using object key name filtering", 2026: refused',
    }),
    putLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '100ms', p99: '320ms' },
      doc: 'How long a PutObject or DeleteObject takes, there and back.',
      source: OURS,
    }),
    getLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '100ms', p99: '320ms' },
      doc: 'How long a GetObject takes, there and back.',
      source: OURS,
    }),
    pointerSize: assumption(size({ min: '1B', max: '64KiB' }), {
      ideal: '256B',
      typical: '256B',
      doc: 'What a message holds in place of a payload that lies here.',
      source: "assumption; about what Amazon's Extended Client Library writes",
    }),
  },
  notModelled: {
    bucketEncryption: PAGE,
    lifecycleConfiguration: PAGE,
    replicationConfiguration: PAGE,
    accelerateConfiguration: PAGE,
    objectLockConfiguration: PAGE,
    objectLockEnabled: PAGE,
    intelligentTieringConfigurations: PAGE,
  },
  noEffect: {
    bucketName: 'the name in the map is the name',
    tags: 'tags change no behaviour',
    accessControl: 'everybody who names the bucket may use it',
    publicAccessBlockConfiguration: 'everybody who names the bucket may use it',
    ownershipControls: 'everybody who names the bucket may use it',
    corsConfiguration: 'no browser calls the bucket',
    websiteConfiguration: 'no browser calls the bucket',
    loggingConfiguration: 'logs change no behaviour',
    metricsConfigurations: 'metrics of requests change no behaviour',
    inventoryConfigurations: 'inventories change no behaviour',
    analyticsConfigurations: 'analytics change no behaviour',
  },
} satisfies SettingsShape;
