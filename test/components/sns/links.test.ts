// What a subscription tells its queue.

import { describe, expect, test } from 'vitest';
import { Endpoints } from '../../../src/components/endpoints.js';
import { linkOf } from '../../../src/components/sns/links.js';
import type { TopicOptions } from '../../../src/components/sns/options.js';
import { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';

class Deaf extends SilentFacts {}

/** The link of a topic to a queue of this name. */
function link(topic: string, queue: string) {
  const world = new World(new Kernel(), new Streams('1', 0), new Deaf(), [topic, queue]);
  world.shared(Endpoints).set(1, {
    protocol: 'sqs',
    retries: 'awsManaged',
    takes: { style: 'inbox', operation: 0 },
    subscribers: 1,
    rate: null,
    price: null,
  });
  const isFifo = topic.endsWith('.fifo');
  const options = {
    name: topic,
    region: 'us-east-1',
    account: '1',
    fifo: isFifo ? { contentBasedDeduplication: false, throughputScope: 'Topic' } : null,
    deliveryPolicy: { healthyRetryPolicy: {}, maxReceivesPerSecond: undefined },
    assume: {},
  } as unknown as TopicOptions;
  const subscription = {
    name: queue,
    target: 1,
    isRaw: true,
    filter: null,
    deadLetter: null,
    deliveryPolicy: null,
    confirmedAfter: 0,
  };
  return linkOf(world, options, subscription, 0);
}

describe('message group and deduplication id', () => {
  test.each([
    ['t', 'q', true, false],
    ['t.fifo', 'q.fifo', true, true],
    ['t.fifo', 'q', false, false],
  ])('%s → %s', (topic, queue, passesGroup, passesId) => {
    expect(link(topic, queue)).toMatchObject({ passesGroup, passesId });
  });
});
