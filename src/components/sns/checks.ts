/** What no single setting of a topic can tell: AWS's rules between a topic, its subscribers and their queues. */

import type { CheckContext, ResourceView } from '../settings.js';
import { neverMatches } from '../patterns/never.js';
import { knownSenders } from '../patterns/senders.js';
import { isFifoName } from '../settings.js';
import { SNS_LIMITS } from './limits.js';
import { checkReplayPolicies } from './replay-checks.js';
import type { SubscriptionSettings, TopicSettings } from './settings.js';

const REFUSED = { code: 'aws-refuses', awsError: 'InvalidParameter' } as const;

export function checkTopic(context: CheckContext): void {
  const { self } = context;
  const settings = self.settings as TopicSettings;
  const isFifo = isFifoName(self.name);
  checkName(context, settings, isFifo);
  checkRetries(context, settings.deliveryPolicy, []);
  for (const [name, subscription] of Object.entries(settings.subscriptions)) {
    const subscriber = context.resources.get(name);
    if (subscriber !== undefined) checkSubscriber(context, subscriber, isFifo);
    checkPolicies(context, name, subscription, subscriber);
    checkDeadLetters(context, name, subscription, subscriber, isFifo);
  }
  checkReplayPolicies(context);
  checkCounts(context, settings, isFifo);
  checkNeighbours(context, settings);
}

function checkName(context: CheckContext, settings: TopicSettings, isFifo: boolean): void {
  const { name, written } = context.self;
  if (settings.fifoTopic !== undefined && settings.fifoTopic !== isFifo)
    context.refuse({
      ...REFUSED,
      found: String(settings.fifoTopic),
      message: `fifoTopic: ${settings.fifoTopic} against the name ${name}`,
      allowed: 'FIFO topics, and nothing else, have a name that ends in .fifo',
      nearest: String(isFifo),
      path: ['fifoTopic'],
    });
  if (isFifo) return;
  for (const key of ['contentBasedDeduplication', 'fifoThroughputScope', 'archivePolicy'])
    if (Object.hasOwn(written, key))
      context.refuse({
        ...REFUSED,
        found: key,
        message: `${key} on a standard topic`,
        allowed: `only on a FIFO topic, whose name ends in .fifo (${name}.fifo)`,
        path: [key],
        onKey: true,
      });
}

function checkSubscriber(context: CheckContext, subscriber: ResourceView, isFifo: boolean): void {
  const { name, type, roles } = subscriber;
  const at = { path: ['subscriptions', name], onKey: true };
  if (isFifo && !roles.includes('queue'))
    context.refuse({
      ...REFUSED,
      found: type,
      message: `${name} (${type}) subscribes to a FIFO topic`,
      allowed: 'queues, standard or FIFO; a function by way of one',
      ...at,
    });
  if (!isFifo && isFifoName(name))
    context.refuse({
      ...REFUSED,
      found: name,
      message: 'FIFO SQS queues can not be subscribed to standard SNS topics',
      allowed: `a standard queue, or a FIFO topic (${context.self.name}.fifo)`,
      ...at,
    });
  if (subscriber.region !== context.self.region && roles.includes('deliveryStream'))
    context.refuse({
      ...REFUSED,
      found: subscriber.region,
      message: `${name} lies in ${subscriber.region}, the topic in ${context.self.region}`,
      allowed: 'queues and functions of other regions',
      ...at,
    });
}

/** Settings of a subscription that its protocol does not have. */
function checkPolicies(
  context: CheckContext,
  name: string,
  subscription: SubscriptionSettings,
  subscriber: ResourceView | undefined,
): void {
  if (subscriber === undefined) return;
  const { type, roles } = subscriber;
  const isHttp = roles.includes('endpoint') && roles.includes('callable');
  const at = (key: string) => ({ path: ['subscriptions', name, key], onKey: true });
  if (subscription.deliveryPolicy !== undefined && !isHttp)
    context.refuse({
      ...REFUSED,
      found: 'deliveryPolicy',
      message: `deliveryPolicy of a subscriber that is no HTTP endpoint (${type})`,
      allowed: 'external.http; AWS sets how others are tried again',
      ...at('deliveryPolicy'),
    });
  const takesRaw = isHttp || roles.includes('queue') || roles.includes('deliveryStream');
  if (subscription.rawMessageDelivery && !takesRaw)
    context.refuse({
      ...REFUSED,
      found: 'rawMessageDelivery',
      message: `rawMessageDelivery to ${type}`,
      allowed: 'queues, delivery streams and HTTP endpoints',
      ...at('rawMessageDelivery'),
    });
  checkRetries(context, subscription.deliveryPolicy, ['subscriptions', name]);
}

/** What stands in a `deliveryPolicy` under `path`. */
function checkRetries(
  context: CheckContext,
  deliveryPolicy: TopicSettings['deliveryPolicy'],
  path: readonly string[],
): void {
  const policy = deliveryPolicy?.healthyRetryPolicy;
  if (policy === undefined) return;
  const at = (key: string): string[] => [...path, 'deliveryPolicy', 'healthyRetryPolicy', key];
  if (policy.maxDelayTarget < policy.minDelayTarget)
    context.refuse({
      ...REFUSED,
      message: 'maxDelayTarget below minDelayTarget',
      allowed: 'a longest delay that is no shorter than the shortest',
      path: at('maxDelayTarget'),
    });
  const parts = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries;
  if (parts > policy.numRetries)
    context.refuse({
      ...REFUSED,
      found: `${parts} retries in phases, ${policy.numRetries} in all`,
      allowed: 'numRetries of at least the three phases together',
      path: at('numRetries'),
    });
}

function checkDeadLetters(
  context: CheckContext,
  name: string,
  { redrivePolicy }: SubscriptionSettings,
  subscriber: ResourceView | undefined,
  isFifo: boolean,
): void {
  const queue = context.resources.get(redrivePolicy?.deadLetterTarget ?? '');
  if (queue === undefined) return;
  const at = { path: ['subscriptions', name, 'redrivePolicy', 'deadLetterTarget'] };
  const wantsFifo = isFifo && isFifoName(name);
  if (isFifoName(queue.name) !== wantsFifo)
    context.refuse({
      ...REFUSED,
      found: queue.name,
      message: `the subscription of ${name} has the dead-letter queue ${queue.name}`,
      allowed: wantsFifo ? 'a FIFO queue, since it delivers to one' : 'a standard queue',
      ...at,
    });
  const { region, account } = context.self;
  if (queue.region !== region || queue.account !== account)
    context.refuse({
      ...REFUSED,
      found: `${queue.name} in ${queue.region}, account ${queue.account}`,
      allowed: `a queue in the region and account of the subscription (${region}, ${account})`,
      ...at,
    });
  if (subscriber?.name === queue.name)
    context.refuse({
      ...REFUSED,
      found: queue.name,
      message: 'a subscriber that is its own dead-letter queue',
      allowed: 'another queue',
      ...at,
    });
}

function checkCounts(
  context: CheckContext,
  { subscriptions }: TopicSettings,
  isFifo: boolean,
): void {
  const all = Object.entries(subscriptions);
  const tooMany = (found: number, most: number, what: string): void => {
    if (found <= most) return;
    context.refuse({
      code: 'aws-refuses',
      found: `${found} ${what}`,
      allowed: `at most ${most}`,
      awsError: what.includes('filter') ? 'FilterPolicyLimitExceeded' : 'SubscriptionLimitExceeded',
      path: ['subscriptions'],
      onKey: true,
    });
  };
  if (isFifo) tooMany(all.length, SNS_LIMITS.fifoSubscriptionsMax, 'subscriptions of a FIFO topic');
  const streams = all.filter(([name]) => {
    return context.resources.get(name)?.roles.includes('deliveryStream') === true;
  });
  tooMany(streams.length, SNS_LIMITS.firehoseSubscriptionsMax, 'delivery streams');
  const filtered = all.filter(([, { filter }]) => filter !== null);
  tooMany(filtered.length, SNS_LIMITS.filterPoliciesMax, 'filter policies of a topic');
}

function checkNeighbours(context: CheckContext, { subscriptions }: TopicSettings): void {
  const { name } = context.self;
  if (!context.isSentTo(name)) context.warn('nobody-sends', 'nobody publishes here');
  if (Object.keys(subscriptions).length === 0 && context.changesOf('subscriptions').length === 0)
    context.warn('nobody-consumes', 'what is published here goes to nobody');
  checkFilters(context, subscriptions);
}

/** Filters that nothing published here can match. */
function checkFilters(context: CheckContext, subscriptions: TopicSettings['subscriptions']): void {
  const sent = knownSenders(context);
  if (sent === undefined) return;
  for (const [name, { filter, filterPolicyScope }] of Object.entries(subscriptions)) {
    if (filter === null || !neverMatches(filter, sent)) continue;
    const what = filterPolicyScope === 'MessageBody' ? 'body' : 'attributes';
    context.warn(
      'filter-never-matches',
      `the filter policy of ${name} matches the ${what} of no message that is published here`,
      ['subscriptions', name, 'filterPolicy'],
    );
  }
}
