/** sns.topic: see docs/components/sns.topic.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import { allowedUsers } from '../access.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { isAwsManagedKey, KMS_REQUESTS } from '../kms.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero, isFifoName, quotaOf } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import type {
  DeliveryPolicy,
  ReplayWindow,
  SubscriptionChanges,
  SubscriptionOptions,
} from '../topic-port.js';
import { TOPIC_INBOX, TOPIC_OPERATIONS, TopicError, Topics } from '../topic-port.js';
import type { World } from '../world.js';
import { checkTopic } from './checks.js';
import { SNS_DATA_KEY_REUSE } from './limits.js';
import { checkTopicOperations } from './replay-checks.js';
import type { TopicAssumptions, TopicOptions } from './options.js';
import { SNS_PRICES } from './prices.js';
import { MESSAGES_PER_SECOND } from './quotas.js';
import type { ReplayPolicy, SubscriptionSettings, TopicSettings } from './settings.js';
import { PAGE, QUEUE_DELIVERY_SPEC, topicShape } from './settings.js';
import { linksOfTopic } from './told-links.js';
import { Topic } from './topic.js';

type TopicSpec = ResourceSpec<typeof topicShape>;

const CALLED: CalledService = {
  // An acknowledgement of Publish.
  time: ({ assume }) => {
    const time = distribution((assume as AssumeOf<typeof topicShape>).apiLatency);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => false,
};

export const snsTopic: ComponentType<typeof topicShape> = {
  type: 'sns.topic',
  summary:
    'An Amazon SNS topic: what is published goes to each subscription, with filters, retries and a fate of its own; ' +
    'FIFO when its name ends in .fifo.',
  page: PAGE,
  shape: topicShape,
  roles: ['inbox', 'topic'],
  inbox: TOPIC_INBOX,
  called: CALLED,
  hasFifo: true,
  operations: TOPIC_OPERATIONS,
  levels: [],
  metrics: {},
  quotas: [MESSAGES_PER_SECOND, KMS_REQUESTS],
  prices: SNS_PRICES,
  checks: checkTopic,
  pushes: linksOfTopic,
  errorOfStatus: topicErrorOfStatus,
  build: (world, id, spec) => new Topic(world, id, optionsOf(world, id, spec)),
  change: changeTopic,
  operationChecks: checkTopicOperations,
  replaysLinks: true,
  replaysBySettings: replaysOf,
  replay: (world, id, from, link) =>
    world.shared(Topics).of(id)!.replay(link, { from, until: Infinity }),
};

/** The answers of SNS that a fault `fail` can ask for, by their HTTP status. */
function topicErrorOfStatus(status: number): number | undefined {
  if (status >= 500) return TopicError.InternalError;
  if (status === 429) return TopicError.Throttled;
  if (status === 404) return TopicError.NotFound;
  return status === 403 ? TopicError.AuthorizationError : undefined;
}

/** Exported for scripts that build a topic without a scenario around it. */
export function optionsOf(world: World, id: number, spec: TopicSpec): TopicOptions {
  const { name, region, account, settings } = spec;
  const { kmsMasterKeyId } = settings;
  return {
    name,
    region,
    account,
    fifo: isFifoName(name)
      ? {
          contentBasedDeduplication: settings.contentBasedDeduplication,
          throughputScope: settings.fifoThroughputScope,
          archiveRetention: settings.archivePolicy?.messageRetentionPeriod ?? null,
        }
      : null,
    deliveryPolicy: policyOf(settings.deliveryPolicy) ?? DEFAULT_POLICY,
    subscriptions: Object.entries(settings.subscriptions).map(([subscriber, subscription]) =>
      subscriptionOf(world, subscriber, subscription),
    ),
    encryption:
      kmsMasterKeyId === undefined
        ? null
        : {
            dataKeyReuse: SNS_DATA_KEY_REUSE,
            requestsPerSecond: quotaOf(KMS_REQUESTS, spec),
            region,
          },
    isEncryptedByAws: isAwsManagedKey(kmsMasterKeyId),
    allowed: allowedUsers(world, id, settings.topicPolicy?.allow),
    messagesPerSecond: quotaOf(MESSAGES_PER_SECOND, spec),
    assume: assumptionsOf(spec),
  };
}

/** A `deliveryLatency` that is not the default holds for all subscribers. */
function assumptionsOf({ assume }: TopicSpec): TopicAssumptions {
  const { deliveryLatency, endpointDeliveryLatency, retryJitter } = assume;
  const isDefault =
    isConstantZero(deliveryLatency) ||
    JSON.stringify(deliveryLatency) === JSON.stringify(QUEUE_DELIVERY_SPEC);
  const isOne = retryJitter.kind === 'constant' && retryJitter.value === 1;
  return {
    apiLatency: unlessZero(assume.apiLatency),
    toQueues: unlessZero(deliveryLatency),
    toOthers: unlessZero(isDefault ? endpointDeliveryLatency : deliveryLatency),
    duplicateDelivery: assume.duplicateDelivery,
    retryJitter: isOne ? null : distribution(retryJitter),
    policyPropagation: unlessZero(assume.policyPropagation),
    replayRate: assume.replayRate,
    billedRetries: assume.billedRetries,
    tooManyRequests: assume.tooManyRequests,
  };
}

/** What AWS does when nobody says otherwise: three retries, 20 s apart. */
const DEFAULT_POLICY: DeliveryPolicy = {
  healthyRetryPolicy: {
    numRetries: 3,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    minDelayTarget: 20_000_000,
    maxDelayTarget: 20_000_000,
    backoffFunction: 'linear',
  },
  maxReceivesPerSecond: undefined,
};

function policyOf(policy: TopicSettings['deliveryPolicy']): DeliveryPolicy | null {
  if (policy === undefined) return null;
  const { healthyRetryPolicy, throttlePolicy } = policy;
  return { healthyRetryPolicy, maxReceivesPerSecond: throttlePolicy?.maxReceivesPerSecond };
}

function subscriptionOf(
  world: World,
  subscriber: string,
  subscription: SubscriptionSettings,
): SubscriptionOptions {
  const { rawMessageDelivery, filter, redrivePolicy, deliveryPolicy, confirmed } = subscription;
  const { replayPolicy } = subscription;
  return {
    name: subscriber,
    target: world.idOf(subscriber),
    isRaw: rawMessageDelivery,
    filter,
    deadLetter: redrivePolicy === undefined ? null : world.idOf(redrivePolicy.deadLetterTarget),
    deliveryPolicy: policyOf(deliveryPolicy),
    confirmedAfter: confirmed,
    replay: replayPolicy === undefined ? null : windowOf(replayPolicy),
  };
}

function windowOf({ startingPoint, endingPoint }: ReplayPolicy): ReplayWindow {
  return { from: startingPoint, until: endingPoint ?? Infinity };
}

/** Subscriptions that have a replay policy. */
function replaysOf({ subscriptions = {} }: Partial<TopicSettings>): string[] {
  const all = Object.entries(subscriptions);
  return all.filter(([, one]) => one.replayPolicy !== undefined).map(([name]) => name);
}

/** The operation `set`: subscriptions come, go and change. */
function changeTopic(world: World, id: number, settings: Partial<TopicSettings>): void {
  const topic = world.shared(Topics).of(id)!;
  if (settings.contentBasedDeduplication !== undefined)
    topic.setContentBasedDeduplication(settings.contentBasedDeduplication);
  const { subscriptions } = settings;
  if (subscriptions === undefined) return;
  const wanted = Object.entries(subscriptions).map(([subscriber, one]) =>
    subscriptionOf(world, subscriber, one),
  );
  for (const { name, number } of topic.subscribed)
    if (!wanted.some((one) => one.name === name)) topic.unsubscribe(number);
  for (const one of wanted) {
    const known = topic.subscribed.find(({ name }) => name === one.name);
    if (known === undefined) topic.subscribe(one);
    else topic.change(known.number, changesOf(one));
  }
}

function changesOf(one: SubscriptionOptions): SubscriptionChanges {
  const { isRaw, filter, deadLetter, deliveryPolicy, confirmedAfter, replay } = one;
  return { isRaw, filter, deadLetter, deliveryPolicy, confirmedAfter, replay };
}

/** null for "takes no time", so that nothing is drawn and no delay is scheduled. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
