/** What AWS demands of targets and of their dead-letter queues; rules and schedules alike. */

import type { CheckContext, ResourceView } from '../settings.js';
import { isFifoName } from '../settings.js';
import { BUS_TYPE, INVALID } from './page.js';
import type { TargetSettings } from './settings.js';

type Path = readonly string[];

interface Named {
  readonly context: CheckContext;
  /** The target, and where it stands below the resource. */
  readonly target: ResourceView;
  readonly path: Path;
  /** Where it says more about it. */
  readonly morePath: Path;
}

export function checkTarget(
  named: Named,
  settings: Pick<TargetSettings, 'deadLetterConfig' | 'sqsParameters'>,
): void {
  const { context } = named;
  checkPlace(named);
  checkFifo(named, settings.sqsParameters);
  const deadLetters = settings.deadLetterConfig;
  const queue = deadLetters && context.resources.get(deadLetters.target);
  if (queue !== undefined)
    checkDeadLetters(context, queue, [...named.morePath, 'deadLetterConfig', 'target']);
}

/** Only another bus may lie in another region; cross-account buses are not modelled. */
function checkPlace({ context, target, path }: Named): void {
  const { self } = context;
  const isBus = target.type === BUS_TYPE;
  // What takes no messages is an API destination: an address on the internet.
  const isForwarded = isBus && self.type === BUS_TYPE;
  const isAnywhere = isForwarded || !target.roles.includes('inbox');
  if (target.region !== self.region && !isAnywhere) {
    context.refuse({
      code: 'aws-refuses',
      found: `${target.name} in ${target.region}`,
      message: `a target lies in the region of its rule, ${self.region}; only event buses may lie elsewhere`,
      allowed: `a target in ${self.region}, or a bus there that forwards to it`,
      awsError: INVALID,
      path,
      onKey: true,
    });
  }
  if (target.account !== self.account && isBus) {
    context.refuse({
      code: 'not-modelled',
      found: `${target.name} in account ${target.account}`,
      message: 'a bus of another account as a target is not modelled',
      allowed: `a bus in account ${self.account}`,
      path,
      onKey: true,
    });
  }
}

function checkFifo(
  { context, target, path, morePath }: Named,
  sqs: TargetSettings['sqsParameters'],
) {
  const isQueue = target.roles.includes('queue');
  const isFifo = isFifoName(target.name);
  if (sqs !== undefined && !(isQueue && isFifo)) {
    context.refuse({
      code: 'aws-refuses',
      found: target.name,
      message: `sqsParameters for ${target.name}, which is no FIFO queue`,
      allowed: 'only for a FIFO queue, whose name ends in .fifo',
      awsError: INVALID,
      path: [...morePath, 'sqsParameters'],
      onKey: true,
    });
    return;
  }
  if (!isFifo) return;
  if (!isQueue) {
    context.refuse({
      code: 'aws-refuses',
      found: target.name,
      message: `EventBridge does not send to FIFO topics`,
      allowed: 'a standard topic, or a FIFO queue',
      awsError: INVALID,
      path,
      onKey: true,
    });
    return;
  }
  if (sqs === undefined) {
    context.refuse({
      code: 'aws-refuses',
      found: target.name,
      message: `${target.name} is a FIFO queue and needs a message group`,
      allowed: 'sqsParameters: { messageGroupId: … }',
      awsError: INVALID,
      path,
      onKey: true,
    });
  }
  if (target.settings['contentBasedDeduplication'] === true) return;
  context.refuse({
    code: 'aws-refuses',
    found: target.name,
    message: `${target.name} has no contentBasedDeduplication: EventBridge sends no deduplication id`,
    allowed: 'a FIFO queue with contentBasedDeduplication: true',
    awsError: INVALID,
    path,
    onKey: true,
  });
}

function checkDeadLetters(context: CheckContext, queue: ResourceView, path: Path): void {
  const { self } = context;
  if (isFifoName(queue.name)) {
    context.refuse({
      code: 'aws-refuses',
      found: queue.name,
      message: `${queue.name} is a FIFO queue`,
      allowed: 'a standard queue takes dead letters of EventBridge',
      awsError: INVALID,
      path,
    });
  }
  if (queue.region !== self.region) {
    context.refuse({
      code: 'aws-refuses',
      found: `${queue.name} in ${queue.region}`,
      message: 'the dead-letter queue lies in the region of the rule',
      allowed: `a queue in ${self.region}`,
      awsError: INVALID,
      path,
    });
  }
}
