/** What a subscription is as a link of the topic's pusher: the schedule, the latency, the limits of its protocol. */

import { AWS_MANAGED, CUSTOMER_MANAGED } from '../delivery/limits.js';
import type { LinkOptions } from '../delivery/options.js';
import { EndpointPacers } from '../delivery/endpoint-pacers.js';
import type { Turns } from '../delivery/pacer.js';
import { Pacer } from '../delivery/pacer.js';
import type { RetrySchedule } from '../delivery/schedules.js';
import { PhasedSchedule } from '../delivery/schedules.js';
import type { Endpoint, EndpointProtocol } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { isFifoName } from '../settings.js';
import type { DeliveryPolicy, HttpRetryPolicy, SubscriptionOptions } from '../topic-port.js';
import type { World } from '../world.js';
import { check } from '../../kernel/check.js';
import { billedOf } from './billing.js';
import { SNS_LIMITS } from './limits.js';
import type { TopicOptions } from './options.js';

/** Whom SNS sends JSON around the message; others get its text. */
const ENVELOPED: readonly EndpointProtocol[] = ['sqs', 'lambda', 'firehose', 'http'];

/** `link`: its number. */
export function linkOf(
  world: World,
  topic: TopicOptions,
  subscription: SubscriptionOptions,
  link: number,
): LinkOptions {
  const { name, target, deadLetter, isRaw } = subscription;
  const endpoint = world.shared(Endpoints).of(target);
  check(endpoint !== undefined, 'whoever subscribes is an endpoint of SNS');
  const { toQueues, toOthers, retryJitter, duplicateDelivery, tooManyRequests } = topic.assume;
  const isQueue = endpoint.protocol === 'sqs';
  const isHttp = endpoint.protocol === 'http';
  const policy = subscription.deliveryPolicy ?? topic.deliveryPolicy;
  return {
    name,
    target,
    takes: endpoint.takes,
    schedule: scheduleOf(endpoint, policy.healthyRetryPolicy),
    ...(endpoint.protocol === 'firehose' ? { throttledSchedule: CUSTOMER_MANAGED } : {}),
    jitter: retryJitter,
    ageMax: isHttp ? SNS_LIMITS.httpRetryTimeMax : Infinity,
    deadLetter,
    latency: isQueue ? toQueues : toOthers,
    takesApiLatency: isHttp,
    timeout: isHttp ? SNS_LIMITS.httpTimeout : Infinity,
    envelope: isRaw || !ENVELOPED.includes(endpoint.protocol) ? 0 : SNS_LIMITS.envelopeBytes,
    duplicates: duplicateDelivery,
    pacer: pacerOf(world, topic, endpoint, policy),
    heldMax: isHttp ? SNS_LIMITS.heldMax : Infinity,
    isOrdered: topic.fifo !== null,
    refusesThrottled: isHttp && tooManyRequests === 'permanent',
    ...billingOf(endpoint, topic, link),
    // A standard queue of a FIFO topic is not told the group: "fifo-message-grouping".
    passesGroup: isQueue && (topic.fifo === null || isFifoName(world.names[target])),
    passesId: isQueue && isFifoName(world.names[target]),
  };
}

function billingOf(endpoint: Endpoint, { fifo, assume }: TopicOptions, link: number) {
  const billed = billedOf(endpoint, link, fifo !== null, assume.billedRetries);
  return billed === undefined ? {} : { billed };
}

function scheduleOf({ retries }: Endpoint, policy: HttpRetryPolicy): RetrySchedule {
  if (retries === 'awsManaged') return AWS_MANAGED;
  return retries === 'customerManaged' ? CUSTOMER_MANAGED : httpSchedule(policy);
}

/** Phases in AWS's order; what is left of numRetries is tried with backoff between the second and the last. */
export function httpSchedule(policy: HttpRetryPolicy): PhasedSchedule {
  const { minDelayTarget: min, maxDelayTarget: max, backoffFunction } = policy;
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  const backoff = policy.numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  return new PhasedSchedule([
    { retries: numNoDelayRetries, first: 0, last: 0, backoff: 'linear' },
    { retries: numMinDelayRetries, first: min, last: min, backoff: 'linear' },
    { retries: Math.max(0, backoff), first: min, last: max, backoff: backoffFunction },
    { retries: numMaxDelayRetries, first: max, last: max, backoff: 'linear' },
  ]);
}

function pacerOf(
  world: World,
  { account, region }: TopicOptions,
  endpoint: Endpoint,
  { maxReceivesPerSecond }: DeliveryPolicy,
): Turns | null {
  if (endpoint.protocol !== 'http')
    return world.shared(EndpointPacers).of(endpoint, account, region);
  return maxReceivesPerSecond === undefined ? null : new Pacer(maxReceivesPerSecond);
}
