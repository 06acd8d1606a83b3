/**
 * What a scenario may say about a queue: CloudFormation's AWS::SQS::Queue in camelCase. Ranges: botocore
 * sqs service-2.json, Aug 2026. What AWS does not publish stands in assume.ts.
 */

import { z } from 'zod';
import type { SettingsOf, SettingsShape } from '../settings.js';
import {
  block,
  choice,
  count,
  duration,
  fifoOnly,
  flag,
  reference,
  size,
  text,
} from '../settings.js';
import { queueAssume } from './assume.js';

const PAGE = 'docs/components/sqs.queue.md';
const API = 'botocore sqs service-2.json (SetQueueAttributes), Aug 2026';
const INVALID = 'InvalidAttributeValue';

/** RedriveAllowPolicy names at most so many. */
export const SOURCE_QUEUES_MAX = 10;

const redrivePolicy = block(
  { name: 'redrivePolicy', doc: 'Where a message goes that was received too often.' },
  {
    deadLetterTarget: reference({ roles: ['queue'], doc: 'The dead-letter queue.' }),
    maxReceiveCount: count({
      min: 1,
      max: 1000,
      awsError: 'InvalidParameterValue',
      source: API,
      doc: 'A message is handed out so often; the next receive that would return it moves it.',
    }),
  },
);

const redriveAllowPolicy = block(
  { name: 'redriveAllowPolicy', doc: 'Whose dead letters it takes.' },
  {
    redrivePermission: choice(['allowAll', 'denyAll', 'byQueue'], {
      default: 'allowAll',
      awsError: 'InvalidParameterValue',
      doc: 'All queues of its account and region, none, or those of sourceQueues.',
    }),
    sourceQueues: z
      .array(reference({ roles: ['queue'] }))
      .meta({ description: `Up to ${SOURCE_QUEUES_MAX} queues, with byQueue.` })
      .optional(),
  },
);

/** Who can use a queue at all: traffic, what runs programs, and services that deliver. */
const USERS = ['traffic', 'fleet', 'function', 'callable', 'topic', 'bus', 'bucket'] as const;

const queuePolicy = block(
  {
    name: 'queuePolicy',
    doc: 'Who may use the queue; default whoever names it and lies in its account.',
    words: { statement: 'allow', principals: 'allow', principal: 'allow', users: 'allow' },
  },
  {
    allow: z.array(reference({ roles: USERS })).meta({
      description:
        'Traffic, consumers and services that deliver; nobody else gets in, whatever the account.',
    }),
  },
);

export const queueShape = {
  settings: {
    visibilityTimeout: duration({
      default: '30s',
      min: '0s',
      max: '12h',
      bare: 's',
      awsError: INVALID,
      source: API,
      doc: 'How long a received message stays hidden from other receives.',
    }),
    delaySeconds: duration({
      default: '0s',
      min: '0s',
      max: '15m',
      bare: 's',
      awsError: INVALID,
      source: API,
      doc: 'How long a new message stays hidden at first.',
    }),
    messageRetentionPeriod: duration({
      default: '4d',
      min: '60s',
      max: '14d',
      bare: 's',
      awsError: INVALID,
      source: API,
      doc: 'How long a message is kept, from its sending.',
    }),
    receiveMessageWaitTimeSeconds: duration({
      default: '0s',
      min: '0s',
      max: '20s',
      bare: 's',
      awsError: INVALID,
      source: API,
      doc: 'How long a receive waits that does not say; 0 is a short poll.',
    }),
    maximumMessageSize: size({
      default: '1MiB',
      min: '1KiB',
      max: '1MiB',
      bare: 'B',
      awsError: INVALID,
      source: API,
      doc: 'The largest message, attributes included, and the largest batch.',
    }),
    redrivePolicy: redrivePolicy.optional(),
    redriveAllowPolicy: redriveAllowPolicy.optional(),
    fifoQueue: flag({
      doc: 'Whether it is a FIFO queue; the name says so already, by its end .fifo.',
    }).optional(),
    contentBasedDeduplication: fifoOnly(
      flag({
        default: false,
        doc: 'A message without an id of its own is known by its body.',
      }),
    ),
    deduplicationScope: fifoOnly(
      choice(['queue', 'messageGroup'], {
        default: 'queue',
        awsError: INVALID,
        doc: 'Where an id is looked for: among all messages, or those of its group.',
      }),
    ),
    fifoThroughputLimit: fifoOnly(
      choice(['perQueue', 'perMessageGroupId'], {
        default: 'perQueue',
        awsError: INVALID,
        doc: 'perMessageGroupId is the high-throughput mode; it needs the scope messageGroup.',
      }),
    ),
    kmsMasterKeyId: text({
      longest: 2048,
      doc: 'A key of KMS: each principal asks KMS for a data key now and then.',
    }).optional(),
    kmsDataKeyReusePeriodSeconds: duration({
      default: '5m',
      min: '1m',
      max: '24h',
      bare: 's',
      awsError: INVALID,
      source: API,
      doc: 'How long a data key serves its principal; only felt with kmsMasterKeyId.',
    }),
    sqsManagedSseEnabled: flag({
      default: true,
      doc: 'Encryption with keys of SQS: costs nothing and takes no time. A key of KMS replaces it.',
    }),
    queuePolicy: queuePolicy.optional(),
  },
  assume: queueAssume,
  notModelled: { policy: PAGE },
  noEffect: { queueName: 'the name in the map is the name', tags: 'tags change no behaviour' },
  changeable: [
    'visibilityTimeout',
    'delaySeconds',
    'messageRetentionPeriod',
    'receiveMessageWaitTimeSeconds',
    'maximumMessageSize',
    'redrivePolicy',
    'contentBasedDeduplication',
  ],
} satisfies SettingsShape;

export type QueueSettings = SettingsOf<typeof queueShape>;
