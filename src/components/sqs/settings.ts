/**
 * What a scenario may say about a queue: CloudFormation's AWS::SQS::Queue in camelCase, and what AWS
 * does not publish. Ranges: botocore sqs service-2.json, Aug 2026. Assumptions: the reasons stand in
 * docs/components/sqs.queue.md.
 */

import type { SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  count,
  distribution,
  duration,
  reference,
  share,
  size,
} from '../settings.js';

const PAGE = 'docs/components/sqs.queue.md';
const API = 'botocore sqs service-2.json (SetQueueAttributes), Aug 2026';
const OURS = 'assumption; AWS publishes no figure';
const INVALID = 'InvalidAttributeValue';

const redrivePolicy = block(
  { name: 'redrivePolicy', doc: 'Where a message goes that was received too often.' },
  {
    deadLetterTarget: reference({ kinds: ['sqs.queue'], doc: 'The dead-letter queue.' }),
    maxReceiveCount: count({
      min: 1,
      max: 1000,
      awsError: 'InvalidParameterValue',
      source: API,
      doc: 'A message is handed out so often; the next receive that would return it moves it.',
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
  },
  assume: {
    apiLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '8ms', p99: '60ms' },
      doc: 'How long one API call takes, there and back; half of it lies before the effect.',
      source: `${OURS}; AWS's own example is 20 ms (SQS Developer Guide, horizontal scaling)`,
    }),
    propagation: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { quantiles: { p10: '2ms', p50: '5ms', p90: '15ms', p99: '50ms' } },
      doc: 'From stored to visible on all hosts.',
      source: `${OURS}; keeps SQS to Lambda near the 16 ms measured by bitesizedserverless.com, Sept 2022`,
    }),
    duplicateOnReceive: assumption(share(), {
      ideal: '0%',
      typical: '0.0001%',
      adversarial: '1%',
      doc: 'How often a message that is handed out is shown to a second consumer too.',
      source: `${OURS}; one third party reports 1e-8 to 1e-6 per message (awsi.click)`,
    }),
    duplicateAfterDelete: assumption(share(), {
      ideal: '0%',
      typical: '0.0001%',
      adversarial: '1%',
      doc: 'How often a deleted message comes back once, 1 to 60 seconds later.',
      source: `${OURS}; the mechanism is documented (at-least-once delivery)`,
    }),
    lostReceive: assumption(share(), {
      ideal: '0%',
      typical: '0%',
      adversarial: '0.1%',
      doc: 'How often the answer of a receive is lost: its messages are hidden, nobody has them.',
      source: `${OURS}; documented as a reason against maxReceiveCount 1`,
    }),
    falseEmpty: assumption(share(), {
      ideal: '0%',
      typical: '0.01%',
      doc: 'How often a long poll of less than 10 s sees nothing although messages are there.',
      source: `${OURS}; "in rare cases" (short and long polling, 2023 edition)`,
    }),
    storageShards: assumption(count({ min: 1, max: 32 }), {
      ideal: 1,
      typical: 16,
      doc: 'On how many hosts the messages lie; order is kept on each.',
      source: `${OURS}; with 8 of 16 sampled, one message is missed by half of the short polls`,
    }),
    shortPollShards: assumption(count({ min: 1, max: 32 }), {
      ideal: 1,
      typical: 8,
      doc: 'How many of the hosts a short poll asks.',
      source: `${OURS}; "a weighted random subset of servers"`,
    }),
    staleDelete: assumption(choice(['ignored', 'deletes']), {
      ideal: 'ignored',
      typical: 'ignored',
      doc: 'What a delete does with the receipt of an earlier receive: it succeeds, and "might not" delete.',
      source: 'botocore sqs DeleteMessage, Aug 2026: both are allowed',
    }),
    pollChoice: assumption(choice(['random', 'longestWaiting']), {
      ideal: 'longestWaiting',
      typical: 'random',
      doc: 'Which of several waiting long polls gets the next message.',
      source: `${OURS}; AWS documents no order`,
    }),
  },
  notModelled: {
    redriveAllowPolicy: PAGE,
    kmsMasterKeyId: PAGE,
    kmsDataKeyReusePeriodSeconds: PAGE,
    sqsManagedSseEnabled: PAGE,
    fifoQueue: PAGE,
    contentBasedDeduplication: PAGE,
    deduplicationScope: PAGE,
    fifoThroughputLimit: PAGE,
    queuePolicy: PAGE,
    policy: PAGE,
  },
  noEffect: { queueName: 'the name in the map is the name', tags: 'tags change no behaviour' },
} satisfies SettingsShape;

export type QueueSettings = SettingsOf<typeof queueShape>;
