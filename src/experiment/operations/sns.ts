/** `w.sns`: the operations of SNS, by AWS's names in camelCase. Each acts at `w.now` and returns a Call. */

import type { BatchResult } from './batch-requests.js';
import type { Call } from './call.js';
import { Client } from './client.js';
import type { Nothing } from './handle-operations.js';
import type { OperatedWorld } from './operated-world.js';
import type {
  PublishBatchRequest,
  PublishedEntry,
  PublishRequest,
  PublishResult,
} from './publishes.js';
import { Publishes } from './publishes.js';
import type { Queues } from './queues.js';
import { Subscriptions } from './subscriptions.js';
import type {
  CreateTopicRequest,
  SetSubscriptionAttributesRequest,
  SetTopicAttributesRequest,
  SubscribeRequest,
  SubscriptionRequest,
  TopicRequest,
} from './topic-operations.js';
import { TopicOperations } from './topic-operations.js';
import { LiveTopics } from './topics.js';

export class SnsOperations {
  private readonly topics: TopicOperations;
  private readonly publishes: Publishes;

  constructor(operated: OperatedWorld, queues: Queues) {
    const client = new Client(operated);
    const topics = new LiveTopics(operated);
    const subscriptions = new Subscriptions(operated, topics, queues);
    this.topics = new TopicOperations(client, topics, subscriptions, queues);
    this.publishes = new Publishes(client, topics);
  }

  createTopic(request: CreateTopicRequest): Call<TopicRequest> {
    return this.topics.createTopic(request);
  }

  deleteTopic(request: TopicRequest): Call<Nothing> {
    return this.topics.deleteTopic(request);
  }

  setTopicAttributes(request: SetTopicAttributesRequest): Call<Nothing> {
    return this.topics.setTopicAttributes(request);
  }

  subscribe(request: SubscribeRequest): Call<SubscriptionRequest> {
    return this.topics.subscribe(request);
  }

  unsubscribe(request: SubscriptionRequest): Call<Nothing> {
    return this.topics.unsubscribe(request);
  }

  setSubscriptionAttributes(request: SetSubscriptionAttributesRequest): Call<Nothing> {
    return this.topics.setSubscriptionAttributes(request);
  }

  publish(request: PublishRequest): Call<PublishResult> {
    return this.publishes.publish(request);
  }

  publishBatch(request: PublishBatchRequest): Call<BatchResult<PublishedEntry>> {
    return this.publishes.publishBatch(request);
  }
}
