/**
 * What a scenario may say about a topic: CloudFormation's AWS::SNS::Topic and AWS::SNS::Subscription in camelCase.
 * Ranges: botocore sns service-2.json, Aug 2026.
 */

import { z } from 'zod';
import type { Problem, SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  count,
  distribution,
  duration,
  fifoOnly,
  filterFields,
  filterOf,
  flag,
  rate,
  reference,
  share,
  text,
} from '../settings.js';
import { reading } from '../settings/setting.js';
import { billedRetries } from './billing.js';
import { confirmation } from './confirmation.js';

export const PAGE = 'docs/components/sns.topic.md';
const POLICY = 'SNS Developer Guide "sns-message-delivery-retries", 2026';
const INVALID = 'InvalidParameter';

const nothing = Object.freeze({}); // all defaults

const retries = (doc: string) =>
  count({ min: 0, max: 100, default: 0, awsError: INVALID, source: POLICY, doc });
const target = (doc: string) =>
  duration({
    min: '1s',
    max: '1h',
    default: '20s',
    bare: 's',
    awsError: INVALID,
    source: POLICY,
    doc,
  });

const healthyRetryPolicy = block(
  { name: 'healthyRetryPolicy', doc: 'How an HTTP endpoint is tried again.' },
  {
    numRetries: count({
      min: 0,
      max: 100,
      default: 3,
      awsError: INVALID,
      source: POLICY,
      doc: 'Retries in all.',
    }),
    numNoDelayRetries: retries('Of them at once, before all others.'),
    numMinDelayRetries: retries('Then so many, minDelayTarget apart.'),
    numMaxDelayRetries: retries('At the end so many, maxDelayTarget apart.'),
    minDelayTarget: target('The shortest delay.'),
    maxDelayTarget: target('The longest delay.'),
    backoffFunction: choice(['linear', 'arithmetic', 'geometric', 'exponential'], {
      default: 'linear',
      awsError: INVALID,
      doc: 'How delays grow from the shortest to the longest.',
    }),
  },
);

const deliveryPolicy = block(
  {
    name: 'deliveryPolicy',
    doc: 'Of HTTP endpoints: retries, and how fast they are delivered to.',
  },
  {
    healthyRetryPolicy: healthyRetryPolicy.prefault(nothing as never),
    throttlePolicy: block(
      { name: 'throttlePolicy', doc: 'How fast an endpoint is delivered to.' },
      {
        maxReceivesPerSecond: rate({
          min: '1/s',
          bare: '/s',
          awsError: INVALID,
          doc: 'What is more waits for its turn, an hour at most.',
        }),
      },
    ).optional(),
  },
);

const replayPolicy = block(
  {
    name: 'replayPolicy',
    doc: "What of the topic's archive is sent to this subscription once more, as soon as the policy is set.",
    words: { from: 'startingPoint', to: 'endingPoint', startingPositionTimestamp: 'startingPoint' },
  },
  {
    pointType: choice(['Timestamp'], { default: 'Timestamp', doc: 'AWS has no other.' }),
    startingPoint: duration({ doc: 'Time since `start`; what was published then and later.' }),
    endingPoint: duration({
      doc: 'What was published before, only; default: all that there is.',
    }).optional(),
  },
);

export type ReplayPolicy = z.output<typeof replayPolicy>;

const subscription = block(
  {
    name: 'subscription',
    doc: 'What one subscriber gets, and what becomes of what it does not take.',
    words: {
      raw: 'rawMessageDelivery',
      filter: 'filterPolicy',
      dlq: 'redrivePolicy',
      deadLetterQueue: 'redrivePolicy',
      retries: 'deliveryPolicy',
    },
    notModelled: { subscriptionRoleArn: PAGE },
    noEffect: {
      protocol: "it follows from the subscriber's type",
      region: 'the subscriber says its own',
    },
  },
  {
    rawMessageDelivery: flag({
      default: false,
      doc: 'Without the envelope of SNS around the message.',
    }),
    ...filterFields,
    redrivePolicy: block(
      { name: 'redrivePolicy', doc: 'Where a message goes that cannot be delivered.' },
      {
        deadLetterTarget: reference({
          roles: ['queue'],
          doc: 'The dead-letter queue of this subscription.',
        }),
      },
    ).optional(),
    deliveryPolicy: deliveryPolicy.optional(),
    replayPolicy: replayPolicy.optional(),
    confirmed: confirmation({
      default: true,
      doc: 'Whether it is confirmed: true, false, or so long after the start. Before, nothing is delivered.',
    }),
  },
);

/** With the filter in its checked form. */
const checkedSubscription = subscription.transform((written, context) => {
  const refuse = (problem: Problem): undefined => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
    return undefined;
  };
  return { ...written, filter: filterOf(written, refuse) };
});
export type SubscriptionSettings = z.output<typeof checkedSubscription>;

/** Who can subscribe. */
const SUBSCRIBERS = ['queue', 'function', 'deliveryStream', 'endpoint'] as const;
const OURS = 'assumption; AWS publishes no figure';
const MEASURED = 'after end-to-end times measured by bitesizedserverless.com, Sept 2022';

/** The default of deliveryLatency. */
const QUEUE_DELIVERY = {
  quantiles: { p10: '10ms', p50: '20ms', p90: '60ms', p99: '200ms' },
} as const;

export const topicShape = {
  settings: {
    subscriptions: z
      .record(reference({ roles: [...SUBSCRIBERS] }), checkedSubscription)
      .prefault({})
      .meta({ description: 'Who gets what is published here, by name.' }),
    deliveryPolicy: deliveryPolicy.optional(),
    topicPolicy: block(
      {
        name: 'topicPolicy',
        doc: 'Who may publish; default whoever names it and lies in its account.',
        words: { statement: 'allow', principals: 'allow', principal: 'allow' },
      },
      {
        allow: z
          .array(
            reference({ roles: ['traffic', 'fleet', 'function', 'callable', 'bus', 'bucket'] }),
          )
          .meta({
            description: 'Those who may publish; nobody else gets in, whatever the account.',
          }),
      },
    ).optional(),
    kmsMasterKeyId: text({
      longest: 2048,
      doc: 'A key of KMS: each publisher asks KMS for a data key now and then.',
    }).optional(),
    fifoTopic: flag({
      doc: 'Whether it is a FIFO topic; the name says so already, by its end .fifo.',
    }).optional(),
    contentBasedDeduplication: fifoOnly(
      flag({ default: false, doc: 'A message without an id of its own is known by its body.' }),
    ),
    fifoThroughputScope: fifoOnly(
      choice(['Topic', 'MessageGroup'], {
        default: 'Topic',
        awsError: INVALID,
        doc: 'Where ids are looked for, and what the rate is counted by.',
      }),
    ),
    archivePolicy: fifoOnly(
      block(
        { name: 'archivePolicy', doc: 'A FIFO topic keeps what is published, for replays.' },
        {
          messageRetentionPeriod: duration({
            min: '1d',
            max: '365d',
            bare: 'd',
            awsError: INVALID,
            source: 'SNS Developer Guide "message-archiving-and-replay-topic-owner", 2026',
            doc: 'How long a message stays in the archive.',
          }),
        },
      ).optional(),
    ),
  },
  assume: {
    apiLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '8ms', p99: '60ms' },
      fifo: { typical: { p50: '14ms', p99: '600ms' } },
      doc: 'How long Publish takes, there and back; half of it lies before the effect.',
      source: `${OURS}; as of SQS`,
    }),
    deliveryLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: QUEUE_DELIVERY,
      doc: 'From accepted until it lies in a queue. What is written here holds for all subscribers.',
      source: `${OURS}; ${MEASURED}`,
    }),
    endpointDeliveryLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { quantiles: { p10: '40ms', p50: '50ms', p90: '95ms', p99: '190ms' } },
      doc: 'From accepted to the first attempt, towards all but queues, unless deliveryLatency says otherwise.',
      source: `${OURS}; ${MEASURED}`,
    }),
    duplicateDelivery: assumption(share(), {
      ideal: '0%',
      typical: '0.0001%',
      adversarial: '1%',
      fifo: { typical: '0%', adversarial: '0%' },
      doc: 'How often a message is delivered to a subscriber twice.',
      source: `${OURS}; "at least once"`,
    }),
    retryJitter: assumption(distribution('factor'), {
      ideal: '1x',
      typical: { dist: 'uniform', min: '0.5x', max: '1.5x' },
      doc: "The factor of each retry's delay.",
      source: `${OURS}; the documentation says that jitter is applied`,
    }),
    policyPropagation: assumption(distribution('duration', { max: '15m' }), {
      ideal: '0s',
      typical: '0s',
      adversarial: { dist: 'uniform', min: '0s', max: '15m' },
      doc: 'How long a changed filter policy takes to count.',
      source: 'SNS Developer Guide "sns-subscription-filter-policies", 2026: up to 15 minutes',
    }),
    replayRate: assumption(rate({ min: '1/s' }), {
      ideal: '3000/s',
      typical: '3000/s',
      doc: 'How many messages a second a replay sends on, at most.',
      source: `${OURS}; as of publishing to a FIFO topic`,
    }),
    billedRetries,
    tooManyRequests: assumption(choice(['permanent', 'retried']), {
      ideal: 'permanent',
      typical: 'permanent',
      doc: 'What HTTP status 429 means: a client error, which is not tried again, or not.',
      source: 'SNS Developer Guide, editions 2018-2020: 400-499 is permanent; unverified for today',
    }),
  },
  notModelled: { signatureVersion: PAGE, deliveryStatusLogging: PAGE },
  noEffect: {
    topicName: 'the name in the map is the name',
    displayName: 'a display name changes no behaviour',
    tags: 'tags change no behaviour',
    tracingConfig: 'traces change no behaviour',
    dataProtectionPolicy: 'what messages say is not looked at',
  },
  changeable: ['subscriptions', 'contentBasedDeduplication'],
} satisfies SettingsShape;

/** The default of deliveryLatency, in its checked form. */
export const QUEUE_DELIVERY_SPEC = reading(distribution('duration'))(
  QUEUE_DELIVERY,
  () => undefined,
);

export type TopicSettings = SettingsOf<typeof topicShape>;
