/** CreateTopic, DeleteTopic, SetTopicAttributes, Subscribe, Unsubscribe, SetSubscriptionAttributes. */

import { Endpoints } from '../../components/endpoints.js';
import type { EndpointProtocol } from '../../components/endpoints.js';
import { isFifoName } from '../../components/settings.js';
import type { Call } from './call.js';
import type { Client } from './client.js';
import type { Nothing } from './handle-operations.js';
import type { Queues } from './queues.js';
import { invalidTopicParameter } from './sns-errors.js';
import { readSubscriptionAttributes, UNSET } from './subscription-attributes.js';
import type { SubscriptionAttributes } from './subscription-attributes.js';
import type { LiveSubscription, Subscriptions } from './subscriptions.js';
import type { SaidSettings } from './topic-attributes.js';
import type { LiveTopic, LiveTopics } from './topics.js';
import { plainName } from './topics.js';

/** AWS's topic and subscription attributes in camelCase; names in place of ARNs. */
export type TopicAttributes = Readonly<Record<string, unknown>>;

export interface TopicRequest {
  readonly topic: string;
}
export interface CreateTopicRequest extends TopicRequest {
  readonly attributes?: TopicAttributes;
}
/** One attribute, as AWS has it, or several at once. */
export interface SettingRequest {
  readonly attributeName?: string;
  readonly attributeValue?: unknown;
  readonly attributes?: TopicAttributes;
}
export interface SetTopicAttributesRequest extends TopicRequest, SettingRequest {}
export interface SubscribeRequest extends TopicRequest {
  /** `sqs`, or that of another resource of the world. */
  readonly protocol: string;
  /** The name of a queue, or of a resource. */
  readonly endpoint: string;
  readonly attributes?: TopicAttributes;
}
export interface SubscriptionRequest {
  readonly subscription: string;
}
export interface SetSubscriptionAttributesRequest extends SubscriptionRequest, SettingRequest {}

/** AWS's names of protocols. */
const PROTOCOLS: Readonly<Record<string, EndpointProtocol>> = {
  sqs: 'sqs',
  lambda: 'lambda',
  firehose: 'firehose',
  http: 'http',
  https: 'http',
  email: 'email',
  'email-json': 'email',
  sms: 'sms',
  application: 'application',
};
const RAW: readonly EndpointProtocol[] = ['sqs', 'http', 'firehose'];
const QUEUE = /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/;
const SETTING = ['attributeName', 'attributeValue', 'attributes'];
const WHERE = 'Attributes Reason: ';

export class TopicOperations {
  constructor(
    private readonly client: Client,
    private readonly topics: LiveTopics,
    private readonly subscriptions: Subscriptions,
    private readonly queues: Queues,
  ) {}

  createTopic(request: CreateTopicRequest): Call<TopicRequest> {
    return this.client.actAtOnce('createTopic', request, ['topic', 'attributes'], () => {
      const isTaken = this.queues.find(request.topic) !== undefined;
      const { name } = this.topics.create(request.topic, request.attributes ?? {}, isTaken);
      return { topic: name };
    });
  }

  /** With all its subscriptions. What it has accepted is still delivered. */
  deleteTopic(request: TopicRequest): Call<Nothing> {
    return this.client.actAtOnce<Nothing>('deleteTopic', request, ['topic'], () => {
      const said: unknown = request.topic;
      if (typeof said !== 'string' || said === '') throw invalidTopicParameter('TopicArn');
      const topic = this.topics.find(plainName(said));
      if (topic === undefined) return {};
      this.subscriptions.forgetAll(topic);
      this.topics.delete(topic);
      return {};
    });
  }

  setTopicAttributes(request: SetTopicAttributesRequest): Call<Nothing> {
    const keys = ['topic', ...SETTING];
    return this.client.actAtOnce<Nothing>('setTopicAttributes', request, keys, () => {
      this.topics.change(this.topics.of(request.topic), settingsOf(request));
      return {};
    });
  }

  subscribe(request: SubscribeRequest): Call<SubscriptionRequest> {
    const keys = ['topic', 'protocol', 'endpoint', 'attributes'];
    return this.client.actAtOnce('subscribe', request, keys, () => {
      const topic = this.topics.of(request.topic);
      const protocol = readProtocol(topic, request.protocol);
      const endpoint = readEndpoint(topic, protocol, request.endpoint);
      const said = readSubscriptionAttributes(request.attributes ?? {}, WHERE);
      const existing = this.subscriptions.find(topic, protocol, endpoint);
      if (existing !== undefined) return { subscription: sameSubscription(existing, said).name };
      if (said.rawMessageDelivery === true && !RAW.includes(protocol))
        throw invalidTopicParameter(
          `${WHERE}Delivery protocol [${request.protocol}] does not support raw message delivery.`,
        );
      const attributes = { ...UNSET, ...said };
      this.checkResource(protocol, endpoint);
      const made = this.subscriptions.subscribe(topic, protocol, endpoint, attributes, WHERE);
      return { subscription: made.name };
    });
  }

  unsubscribe(request: SubscriptionRequest): Call<Nothing> {
    return this.client.actAtOnce<Nothing>('unsubscribe', request, ['subscription'], () => {
      this.subscriptions.unsubscribe(request.subscription);
      return {};
    });
  }

  setSubscriptionAttributes(request: SetSubscriptionAttributesRequest): Call<Nothing> {
    const keys = ['subscription', ...SETTING];
    return this.client.actAtOnce<Nothing>('setSubscriptionAttributes', request, keys, () => {
      const subscription = this.subscriptions.of(request.subscription);
      const said = readSubscriptionAttributes(settingsOf(request), '');
      if (said.rawMessageDelivery === true && !RAW.includes(subscription.protocol))
        throw invalidTopicParameter('RawMessageDelivery: the protocol does not support it');
      this.subscriptions.change(subscription, { ...subscription.attributes, ...said });
      return {};
    });
  }

  /** Whoever is subscribed beside queues is a resource of the world. */
  private checkResource(protocol: EndpointProtocol, endpoint: string): void {
    if (protocol === 'sqs') return;
    const { operated } = this.client;
    const id = operated.resourceNamed(endpoint);
    const own = id === undefined ? undefined : operated.world.shared(Endpoints).of(id);
    if (own?.protocol === protocol) return;
    throw new TypeError(`${endpoint} is no resource of this world with the protocol ${protocol}`);
  }
}

function settingsOf({ attributeName, attributeValue, attributes }: SettingRequest): SaidSettings {
  const one = attributeName === undefined ? {} : { [attributeName]: attributeValue ?? '' };
  return { ...attributes, ...one };
}

function readProtocol(topic: LiveTopic, said: unknown): EndpointProtocol {
  const protocol =
    typeof said === 'string' && Object.hasOwn(PROTOCOLS, said) ? PROTOCOLS[said] : undefined;
  if (protocol === undefined)
    throw invalidTopicParameter(
      `Amazon SNS does not support this protocol string: ${String(said)}`,
    );
  if (topic.isFifo && protocol !== 'sqs')
    throw invalidTopicParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
  return protocol;
}

function readEndpoint(topic: LiveTopic, protocol: EndpointProtocol, said: unknown): string {
  if (typeof said !== 'string' || said === '') throw invalidTopicParameter('Endpoint');
  if (protocol !== 'sqs') return said;
  const name = plainName(said);
  if (!QUEUE.test(name)) throw invalidTopicParameter('SQS endpoint ARN');
  if (topic.isFifo || !isFifoName(name)) return name;
  throw invalidTopicParameter(
    'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
  );
}

/** Subscribe once more: fine when nothing is said against what is there. */
function sameSubscription(
  existing: LiveSubscription,
  said: Partial<SubscriptionAttributes>,
): LiveSubscription {
  const isSame = Object.entries(said).every(([key, value]) => {
    const own = existing.attributes[key as keyof SubscriptionAttributes];
    return JSON.stringify(own) === JSON.stringify(value);
  });
  if (isSame) return existing;
  throw invalidTopicParameter(
    'Attributes Reason: Subscription already exists with different attributes',
  );
}
