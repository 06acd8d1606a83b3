/** The subscriptions that a script sees: who gets what of which topic, and what its queue sees of it. */

import { Endpoints } from '../../components/endpoints.js';
import type { EndpointProtocol } from '../../components/endpoints.js';
import { isFifoName } from '../../components/settings.js';
import { SNS_LIMITS } from '../../components/sns/limits.js';
import { Refusal } from './aws-errors.js';
import type { PushReader, SaidMessage } from './message-book.js';
import { notificationOf } from './notifications.js';
import type { OperatedWorld } from './operated-world.js';
import type { Push } from './publications.js';
import type { LiveQueue, Queues } from './queues.js';
import { invalidTopicParameter, noSuchSubscription } from './sns-errors.js';
import type { SubscriptionAttributes } from './subscription-attributes.js';
import { filterOf, UNSET } from './subscription-attributes.js';
import type { LiveTopic, LiveTopics } from './topics.js';

export interface LiveSubscription {
  /** The last two parts of its ARN. */
  readonly name: string;
  readonly topic: LiveTopic;
  /** Its number within the topic. */
  readonly number: number;
  readonly protocol: EndpointProtocol;
  /** The name of a queue, or of another resource. */
  readonly endpoint: string;
  attributes: SubscriptionAttributes;
}

export class Subscriptions implements PushReader {
  private readonly live = new Map<string, LiveSubscription>();
  private readonly byLink = new Map<string, LiveSubscription>();
  /** Queues that are subscribed before there is any: places that take nothing, by name. */
  private readonly absent = new Map<string, number>();
  private made = 0;

  constructor(
    private readonly operated: OperatedWorld,
    private readonly topics: LiveTopics,
    private readonly queues: Queues,
  ) {
    for (const topic of topics.all) this.addFirst(topic);
    queues.onCreated = (queue) => this.follow(queue);
    operated.book.reader = this;
  }

  /** What the resources of the world say themselves. */
  private addFirst(topic: LiveTopic): void {
    const { world } = this.operated;
    for (const { name: endpoint, number } of this.topics.control(topic).subscribed) {
      const own = topic.settings.subscriptions[endpoint];
      const { protocol } = world.shared(Endpoints).of(world.idOf(endpoint))!;
      this.add(topic, number, protocol, endpoint, {
        rawMessageDelivery: own.rawMessageDelivery,
        filterPolicy: own.filterPolicy ?? null,
        filterPolicyScope: own.filterPolicyScope,
        deadLetterTarget: own.redrivePolicy?.deadLetterTarget ?? null,
      });
    }
  }

  /** The subscription of a request: its name, or an ARN. */
  of(said: unknown): LiveSubscription {
    const name = typeof said === 'string' ? lastTwo(said) : '';
    const subscription = this.live.get(name);
    if (subscription !== undefined) return subscription;
    if (name.includes(':')) throw noSuchSubscription();
    throw invalidTopicParameter('SubscriptionArn Reason: An ARN must have at least 6 elements');
  }

  find(
    topic: LiveTopic,
    protocol: EndpointProtocol,
    endpoint: string,
  ): LiveSubscription | undefined {
    return this.ofTopic(topic).find((one) => {
      return one.protocol === protocol && one.endpoint === endpoint;
    });
  }

  /** `where` begins AWS's text. */
  subscribe(
    topic: LiveTopic,
    protocol: EndpointProtocol,
    endpoint: string,
    attributes: SubscriptionAttributes,
    where: string,
  ): LiveSubscription {
    this.check(topic, endpoint, attributes, where);
    const filter = filterOf(attributes, where);
    this.checkCounts(topic, attributes);
    const number = this.topics.control(topic).subscribe({
      name: `${endpoint}/${this.made}`,
      target: protocol === 'sqs' ? this.queueNumber(endpoint) : this.resourceNumber(endpoint),
      isRaw: attributes.rawMessageDelivery,
      filter,
      deadLetter: this.deadLetterNumber(attributes),
      deliveryPolicy: null,
      confirmedAfter: 0,
    });
    return this.add(topic, number, protocol, endpoint, attributes);
  }

  change(subscription: LiveSubscription, attributes: SubscriptionAttributes): void {
    const { topic, endpoint, number } = subscription;
    this.check(topic, endpoint, attributes, '');
    const filter = filterOf(attributes, '');
    if (subscription.attributes.filterPolicy === null) this.checkCounts(topic, attributes, 0);
    const isFiltered = JSON.stringify([attributes.filterPolicy, attributes.filterPolicyScope]);
    const { filterPolicy, filterPolicyScope } = subscription.attributes;
    const isSame = isFiltered === JSON.stringify([filterPolicy, filterPolicyScope]);
    this.topics.control(topic).change(number, {
      isRaw: attributes.rawMessageDelivery,
      deadLetter: this.deadLetterNumber(attributes),
      ...(isSame ? {} : { filter }),
    });
    subscription.attributes = attributes;
  }

  /** Of a subscription that is not there nothing is said; of what is no ARN, it is. */
  unsubscribe(said: unknown): void {
    const name = typeof said === 'string' ? lastTwo(said) : '';
    if (name.includes(':') && !this.live.has(name)) return;
    const subscription = this.of(said);
    this.topics.control(subscription.topic).unsubscribe(subscription.number);
    this.live.delete(name);
  }

  /** With their topic. */
  forgetAll(topic: LiveTopic): void {
    for (const { name } of this.ofTopic(topic)) this.live.delete(name);
  }

  private ofTopic(topic: LiveTopic): LiveSubscription[] {
    return [...this.live.values()].filter((one) => one.topic === topic);
  }

  private add(
    topic: LiveTopic,
    number: number,
    protocol: EndpointProtocol,
    endpoint: string,
    attributes: SubscriptionAttributes,
  ): LiveSubscription {
    const name = `${topic.name}:${this.operated.book.texts.subscriptionId(this.made++)}`;
    const subscription = { name, topic, number, protocol, endpoint, attributes };
    this.live.set(name, subscription);
    this.byLink.set(`${topic.id} ${number}`, subscription);
    return subscription;
  }

  // --- rules -----------------------------------------------------------------------------------

  private check(
    topic: LiveTopic,
    endpoint: string,
    { deadLetterTarget }: SubscriptionAttributes,
    where: string,
  ): void {
    if (deadLetterTarget === null) return;
    const place = `${where}RedrivePolicy: `;
    if (this.queues.find(deadLetterTarget) === undefined)
      throw invalidTopicParameter(`${place}deadLetterTargetArn is an invalid arn`);
    const wantsFifo = topic.isFifo && isFifoName(endpoint);
    if (isFifoName(deadLetterTarget) === wantsFifo) return;
    throw invalidTopicParameter(
      wantsFifo
        ? `${place}must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`
        : `${place}must use a standard queue as DLQ for a standard subscription`,
    );
  }

  /** `more`: so many subscriptions come. */
  private checkCounts(topic: LiveTopic, attributes: SubscriptionAttributes, more = 1): void {
    const { fifoSubscriptionsMax, filterPoliciesMax } = SNS_LIMITS;
    const all = this.ofTopic(topic);
    if (topic.isFifo && all.length + more > fifoSubscriptionsMax)
      throw new Refusal(
        'SubscriptionLimitExceeded',
        `A FIFO topic has at most ${fifoSubscriptionsMax} subscriptions`,
      );
    const filtered = all.filter((one) => one.attributes.filterPolicy !== null).length;
    if (attributes.filterPolicy !== null && filtered >= filterPoliciesMax)
      throw new Refusal(
        'FilterPolicyLimitExceeded',
        `A topic has at most ${filterPoliciesMax} filter policies`,
      );
  }

  // --- numbers ---------------------------------------------------------------------------------

  /** AWS takes a queue that is not there: what is delivered to it meets a client error. */
  private queueNumber(name: string): number {
    const { operated, queues } = this;
    const queue = queues.find(name);
    if (queue !== undefined) return queue.id;
    let id = this.absent.get(name);
    if (id === undefined) {
      id = operated.addQueue({ ...operated.templateOf(name), name: `absent/${name}` });
      operated.control(id).deleteQueue();
      this.absent.set(name, id);
    }
    return id;
  }

  private resourceNumber(name: string): number {
    return this.operated.resourceNamed(name)!;
  }

  private deadLetterNumber({ deadLetterTarget }: SubscriptionAttributes): number | null {
    return deadLetterTarget === null ? null : this.queueNumber(deadLetterTarget);
  }

  /** A queue has the name that subscriptions, or their policies, say: what they deliver goes there. */
  private follow({ name, id }: LiveQueue): void {
    for (const { topic, number, protocol, endpoint, attributes } of this.live.values()) {
      const control = this.topics.control(topic);
      if (protocol === 'sqs' && endpoint === name) control.change(number, { target: id });
      if (attributes.deadLetterTarget === name) control.change(number, { deadLetter: id });
    }
  }

  // --- what pushes bring -----------------------------------------------------------------------

  saidTo(push: Push, queue: number): SaidMessage {
    const { operated } = this;
    const { name, topic, attributes } = this.byLink.get(`${push.topic} ${push.link}`)!;
    const { group, deduplicationId } = push.publication.said;
    const isFifo = isFifoName(operated.world.names[queue]);
    // As the model does: a standard queue is told the group that a standard topic was told.
    const isTold = isFifo || (!topic.isFifo && !this.isDeadLetterQueue(push, queue));
    const ids = {
      group: isTold ? group : null,
      deduplicationId: isFifo ? deduplicationId : null,
    };
    const subscriber = {
      isRaw: attributes.rawMessageDelivery,
      topicArn: topic.arn,
      subscriptionArn: `${topic.arn}:${lastOf(name)}`,
      region: topic.spec.region,
      signatureVersion: topic.signatureVersion,
    };
    return notificationOf(push.publication, subscriber, operated.world.startSeconds, ids);
  }

  isDeadLetterQueue(push: Push, queue: number): boolean {
    const { attributes } = this.byLink.get(`${push.topic} ${push.link}`) ?? { attributes: UNSET };
    const { deadLetterTarget } = attributes;
    return deadLetterTarget !== null && this.queues.find(deadLetterTarget)?.id === queue;
  }
}

/** `arn:aws:sns:us-east-1:123456789012:orders:2bcf…` is `orders:2bcf…`. */
function lastTwo(said: string): string {
  return said.split(':').slice(-2).join(':');
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
