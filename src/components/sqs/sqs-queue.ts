/** sqs.queue: see docs/components/sqs.queue.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import type { Endpoint } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { isAwsManagedKey, KMS_REQUESTS } from '../kms.js';
import { QUEUE_METRICS } from '../queue-metrics.js';
import type { QueueChanges } from '../queue-port.js';
import { QUEUE_INBOX, QUEUE_OPERATIONS, QueueError, QueueOperation } from '../queue-port.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero, isFifoName, quotaOf } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import type { World } from '../world.js';
import { allowedUsers } from '../access.js';
import { checkQueue } from './checks.js';
import { highThroughputPerSecond, SQS_LIMITS } from './limits.js';
import type { DeadLetterOptions, FifoOptions, QueueOptions } from './options.js';
import { checkQueueOperations } from './operation-checks.js';
import { SQS_PRICES } from './prices.js';
import { Queue } from './queue.js';
import { IN_FLIGHT, QUEUE_QUOTAS } from './quotas.js';
import type { QueueSettings } from './settings.js';
import { queueShape } from './settings.js';

type QueueSpec = ResourceSpec<typeof queueShape>;

const ENDPOINT: Endpoint = {
  protocol: 'sqs',
  retries: 'awsManaged',
  takes: { style: 'inbox', operation: QueueOperation.SendMessage },
  subscribers: 1,
  rate: null,
  price: null,
};

const CALLED: CalledService = {
  // An acknowledgement of SendMessage.
  time: ({ assume }) => {
    const time = distribution((assume as AssumeOf<typeof queueShape>).apiLatency);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => false,
};

export const sqsQueue: ComponentType<typeof queueShape> = {
  type: 'sqs.queue',
  summary:
    'An Amazon SQS queue: standard (at-least-once delivery, best-effort order), or FIFO when its name ends in .fifo ' +
    '(message groups in order, deduplication).',
  page: 'docs/components/sqs.queue.md',
  shape: queueShape,
  roles: ['inbox', 'queue'],
  inbox: QUEUE_INBOX,
  called: CALLED,
  hasFifo: true,
  operations: QUEUE_OPERATIONS,
  levels: ['depth', 'delayed', 'inFlight'],
  metrics: QUEUE_METRICS,
  quotas: QUEUE_QUOTAS,
  prices: SQS_PRICES,
  checks: checkQueue,
  operationChecks: checkQueueOperations,
  errorOfStatus: queueErrorOfStatus,
  endpoint: () => ENDPOINT,
  build: (world, id, spec) => {
    world.shared(Endpoints).set(id, ENDPOINT);
    return new Queue(world, id, optionsOf(world, id, spec));
  },
  change: (world, id, settings) => world.queue(id)!.change(changesOf(world, settings)),
};

/** The answers of SQS that a fault `fail` can ask for, by their HTTP status. */
function queueErrorOfStatus(status: number): number | undefined {
  if (status >= 500) return QueueError.ServiceUnavailable;
  if (status === 429) return QueueError.ThrottlingException;
  return status === 403 ? QueueError.AccessDenied : undefined;
}

/** Exported for scripts that build a queue without a scenario around it. */
export function optionsOf(world: World, id: number, spec: QueueSpec): QueueOptions {
  const { name, region, settings, assume } = spec;
  return {
    name,
    visibilityTimeout: settings.visibilityTimeout,
    delay: settings.delaySeconds,
    retention: settings.messageRetentionPeriod,
    receiveWait: settings.receiveMessageWaitTimeSeconds,
    maximumMessageSizeBytes: settings.maximumMessageSize,
    deadLetter: deadLetterOf(world, settings.redrivePolicy),
    fifo: isFifoName(name) ? fifoOf(settings, region) : null,
    inFlightMax: quotaOf(IN_FLIGHT, spec),
    encryption:
      settings.kmsMasterKeyId === undefined
        ? null
        : {
            dataKeyReuse: settings.kmsDataKeyReusePeriodSeconds,
            requestsPerSecond: quotaOf(KMS_REQUESTS, spec),
            region,
          },
    isEncryptedByAws: isAwsManagedKey(settings.kmsMasterKeyId),
    allowed: allowedUsers(world, id, settings.queuePolicy?.allow),
    consumers: world.consumersOf(id),
    assume: {
      ...assume,
      apiLatency: unlessZero(assume.apiLatency),
      propagation: unlessZero(assume.propagation),
      metricLag: unlessZero(assume.metricLag),
    },
  };
}

function fifoOf(settings: QueueSettings, region: string): FifoOptions {
  const { contentBasedDeduplication, deduplicationScope, fifoThroughputLimit } = settings;
  return {
    contentBasedDeduplication,
    deduplicationScope,
    fifoThroughputLimit,
    scanWindow: SQS_LIMITS.scanWindow,
    highThroughputPerSecond: highThroughputPerSecond(region),
  };
}

function deadLetterOf(
  world: World,
  policy: QueueSettings['redrivePolicy'],
): DeadLetterOptions | null {
  if (policy === undefined) return null;
  const { deadLetterTarget, maxReceiveCount } = policy;
  return { target: world.idOf(deadLetterTarget), maxReceiveCount };
}

/** What the operation `set` says; a redrive policy that is there and undefined is taken away. */
function changesOf(world: World, settings: Partial<QueueSettings>): QueueChanges {
  return {
    visibilityTimeout: settings.visibilityTimeout,
    delay: settings.delaySeconds,
    retention: settings.messageRetentionPeriod,
    receiveWait: settings.receiveMessageWaitTimeSeconds,
    maximumMessageSizeBytes: settings.maximumMessageSize,
    contentBasedDeduplication: settings.contentBasedDeduplication,
    ...(Object.hasOwn(settings, 'redrivePolicy')
      ? { deadLetter: deadLetterOf(world, settings.redrivePolicy) }
      : {}),
  };
}

/** null for "takes no time", so that nothing is drawn and no delay is scheduled. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
