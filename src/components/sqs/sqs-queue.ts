/** sqs.queue: see docs/components/sqs.queue.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { QUEUE_OPERATIONS } from '../queue-port.js';
import { isConstantZero } from '../settings.js';
import type { World } from '../world.js';
import { checkQueue } from './checks.js';
import type { QueueOptions } from './options.js';
import { SQS_PRICES } from './prices.js';
import { Queue } from './queue.js';
import { queueShape } from './settings.js';

type QueueSpec = ResourceSpec<typeof queueShape>;

export const sqsQueue: ComponentType<typeof queueShape> = {
  type: 'sqs.queue',
  summary: 'An Amazon SQS standard queue: at-least-once delivery, best-effort order.',
  page: 'docs/components/sqs.queue.md',
  shape: queueShape,
  operations: QUEUE_OPERATIONS,
  levels: ['depth', 'delayed', 'inFlight'],
  prices: SQS_PRICES,
  checks: checkQueue,
  build: (world, id, spec) => new Queue(world, id, optionsOf(world, id, spec)),
};

function optionsOf(world: World, id: number, { name, settings, assume }: QueueSpec): QueueOptions {
  const policy = settings.redrivePolicy;
  return {
    name,
    visibilityTimeout: settings.visibilityTimeout,
    delay: settings.delaySeconds,
    retention: settings.messageRetentionPeriod,
    receiveWait: settings.receiveMessageWaitTimeSeconds,
    maximumMessageSizeBytes: settings.maximumMessageSize,
    deadLetter:
      policy === undefined
        ? null
        : { target: world.idOf(policy.deadLetterTarget), maxReceiveCount: policy.maxReceiveCount },
    consumers: world.consumersOf(id),
    assume: {
      ...assume,
      apiLatency: unlessZero(assume.apiLatency),
      propagation: unlessZero(assume.propagation),
    },
  };
}

/** null for "takes no time", so that nothing is drawn and no delay is scheduled. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
