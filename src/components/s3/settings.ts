/** What a scenario may say about a bucket: CloudFormation's AWS::S3::Bucket in camelCase, and what S3 does. */

import type { SettingsShape } from '../settings.js';
import { assumption, distribution, size } from '../settings.js';

const PAGE = 'docs/components/s3.bucket.md';
const OURS =
  'assumption; AWS publishes "roughly 100-200 ms" for small objects (S3 User Guide, 2026)';

export const bucketShape = {
  settings: {},
  assume: {
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
    notificationConfiguration: PAGE,
    versioningConfiguration: PAGE,
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
