/** What no single setting of a queue can tell: AWS's rules between settings, and whether anybody sends or consumes. */

import type { CheckContext } from '../settings.js';
import { isFifoName } from '../settings.js';
import { checkDeadLetters } from './dead-letter-checks.js';
import type { QueueSettings } from './settings.js';
import { SOURCE_QUEUES_MAX } from './settings.js';

/** Settings that CreateQueue takes for FIFO queues only. */
const FIFO_SETTINGS = [
  'contentBasedDeduplication',
  'deduplicationScope',
  'fifoThroughputLimit',
] as const;

export function checkQueue(context: CheckContext): void {
  const settings = context.self.settings as QueueSettings;
  checkFifo(context, settings);
  checkRedriveAllowPolicy(context, settings);
  checkEncryption(context, settings);
  const policy = settings.redrivePolicy;
  if (policy !== undefined) checkDeadLetters(context, settings, policy.deadLetterTarget);
  if (policy?.maxReceiveCount === 1) {
    const why =
      'one lost answer or crash sends a healthy message to the dead-letter queue; AWS advises against 1';
    context.warn('max-receive-count-1', why, ['redrivePolicy', 'maxReceiveCount']);
  }
  checkNeighbours(context);
}

// --- FIFO ------------------------------------------------------------------------------------------

function checkFifo(context: CheckContext, settings: QueueSettings): void {
  const { name, written } = context.self;
  const isFifo = isFifoName(name);
  if (settings.fifoQueue !== undefined && settings.fifoQueue !== isFifo) {
    context.refuse({
      code: 'aws-refuses',
      found: String(settings.fifoQueue),
      message: `fifoQueue: ${settings.fifoQueue} against the name ${name}`,
      allowed: 'FIFO queues, and nothing else, have a name that ends in .fifo',
      nearest: String(isFifo),
      path: ['fifoQueue'],
      awsError: 'InvalidParameterValue',
    });
  }
  if (!isFifo) {
    for (const key of FIFO_SETTINGS.filter((one) => Object.hasOwn(written, one))) {
      context.refuse({
        code: 'aws-refuses',
        found: key,
        message: `${key} on a standard queue`,
        allowed: `only on a FIFO queue, whose name ends in .fifo (${name}.fifo)`,
        path: [key],
        onKey: true,
        awsError: 'InvalidAttributeName',
      });
    }
    return;
  }
  const { fifoThroughputLimit, deduplicationScope } = settings;
  if (fifoThroughputLimit === 'perMessageGroupId' && deduplicationScope !== 'messageGroup') {
    context.refuse({
      code: 'aws-refuses',
      found: fifoThroughputLimit,
      message: `fifoThroughputLimit: perMessageGroupId with deduplicationScope: ${deduplicationScope}`,
      allowed: 'perMessageGroupId only with deduplicationScope: messageGroup',
      path: ['fifoThroughputLimit'],
      awsError: 'InvalidAttributeValue',
    });
  }
}

// --- redrive allow policy, encryption ----------------------------------------------------------------

function checkRedriveAllowPolicy(context: CheckContext, settings: QueueSettings): void {
  const policy = settings.redriveAllowPolicy;
  if (policy === undefined) return;
  const { redrivePermission, sourceQueues } = policy;
  const at = { path: ['redriveAllowPolicy', 'sourceQueues'], awsError: 'InvalidParameterValue' };
  if (redrivePermission !== 'byQueue' && sourceQueues !== undefined) {
    context.refuse({
      code: 'aws-refuses',
      message: `sourceQueues with redrivePermission: ${redrivePermission}`,
      allowed: 'sourceQueues only with byQueue',
      onKey: true,
      ...at,
    });
  } else if (redrivePermission === 'byQueue' && (sourceQueues ?? []).length === 0) {
    context.refuse({
      code: 'aws-refuses',
      message: 'redrivePermission: byQueue without sourceQueues',
      allowed: `1..${SOURCE_QUEUES_MAX} queues in sourceQueues`,
      ...at,
    });
  } else if (sourceQueues !== undefined && sourceQueues.length > SOURCE_QUEUES_MAX) {
    context.refuse({
      code: 'aws-refuses',
      found: `${sourceQueues.length} queues`,
      allowed: `at most ${SOURCE_QUEUES_MAX}; allowAll for more`,
      ...at,
    });
  }
}

function checkEncryption(context: CheckContext, settings: QueueSettings): void {
  const { written } = context.self;
  if (settings.kmsMasterKeyId === undefined) {
    if (!Object.hasOwn(written, 'kmsDataKeyReusePeriodSeconds')) return;
    context.refuse({
      code: 'no-effect',
      message: 'kmsDataKeyReusePeriodSeconds would have no effect: no key of KMS is in use',
      allowed: 'only with kmsMasterKeyId',
      path: ['kmsDataKeyReusePeriodSeconds'],
      onKey: true,
    });
  } else if (written['sqsManagedSseEnabled'] === true) {
    context.refuse({
      code: 'aws-refuses',
      message: 'kmsMasterKeyId and sqsManagedSseEnabled: true together',
      allowed: 'one kind of encryption at a time',
      path: ['sqsManagedSseEnabled'],
      awsError: 'InvalidAttributeName',
    });
  }
}

// --- neighbours --------------------------------------------------------------------------------------

function checkNeighbours(context: CheckContext): void {
  const { name } = context.self;
  const all = [...context.resources.values()];
  const isConsumed = all.some((other) => Object.hasOwn(other.programs['consumes'] ?? {}, name));
  const isDeadLetterQueue = context.takesDeadLetters(name);
  const isSentTo = isDeadLetterQueue || context.isSentTo(name);
  if (!isSentTo) context.warn('nobody-sends', 'nobody sends or delivers here');
  if (!isConsumed && !isDeadLetterQueue)
    context.warn('nobody-consumes', 'what is sent here is owed to nobody');
  const policy = (context.self.settings as QueueSettings).redrivePolicy;
  if (isConsumed && policy === undefined) {
    const group = isFifoName(name) ? ', and its group waits behind it' : '';
    const why = `a message that can never be handled comes back until its retention ends${group}`;
    context.warn('no-dead-letter-queue', why);
  }
}
