/** What AWS demands of a queue and its dead-letter queue: one kind, region and account, and leave to send there. */

import type { CheckContext, ResourceView } from '../settings.js';
import { isFifoName } from '../settings.js';
import type { QueueSettings } from './settings.js';

const PATH = ['redrivePolicy', 'deadLetterTarget'];

export function checkDeadLetters(
  context: CheckContext,
  settings: QueueSettings,
  name: string,
): void {
  const { self } = context;
  if (name === self.name) {
    context.refuse({
      code: 'circular',
      found: name,
      allowed: 'another queue',
      path: PATH,
      message: 'a queue cannot be its own dead-letter queue',
    });
    return;
  }
  const target = context.resources.get(name);
  if (target === undefined) return; // reported as an unknown name
  checkPlace(context, target);
  checkKind(context, name);
  checkLeave(context, target);
  const kept = (target.settings as QueueSettings).messageRetentionPeriod;
  // On FIFO queues the move begins a new life: its age counts from there.
  if (!isFifoName(self.name) && kept <= settings.messageRetentionPeriod) {
    const why = `a dead letter keeps the age it had: ${name} should keep messages longer than ${self.name} does`;
    context.warn('dlq-retention-shorter', why, PATH);
  }
}

function checkPlace(context: CheckContext, target: ResourceView): void {
  const { self } = context;
  for (const what of ['region', 'account'] as const) {
    if (target[what] === self[what]) continue;
    context.refuse({
      code: 'aws-refuses',
      found: `${target.name} in ${what === 'account' ? 'account ' : ''}${target[what]}`,
      allowed: `a queue in ${what === 'account' ? 'account ' : ''}${self[what]}`,
      path: PATH,
      awsError: 'InvalidParameterValue',
      message: `a dead-letter queue lies in the ${what} of its source`,
    });
  }
}

function checkKind(context: CheckContext, name: string): void {
  const { self } = context;
  const isFifo = isFifoName(self.name);
  if (isFifoName(name) === isFifo) return;
  const kinds = isFifo ? ['a standard queue', 'FIFO'] : ['a FIFO queue', 'standard'];
  context.refuse({
    code: 'aws-refuses',
    found: name,
    message: `${name} is ${kinds[0]}, ${self.name} is ${kinds[1]}`,
    allowed: isFifo ? 'a FIFO queue for a FIFO queue' : 'a standard queue for a standard queue',
    path: PATH,
    awsError: 'InvalidParameterValue',
  });
}

function checkLeave(context: CheckContext, target: ResourceView): void {
  const policy = (target.settings as QueueSettings).redriveAllowPolicy;
  const { name } = context.self;
  const sources = policy?.sourceQueues ?? [];
  // A list that is empty, or names something unknown, is refused by itself.
  const isSound = sources.length > 0 && sources.every((source) => context.resources.has(source));
  const isLeftOut = policy?.redrivePermission === 'byQueue' && isSound && !sources.includes(name);
  if (policy?.redrivePermission !== 'denyAll' && !isLeftOut) return;
  context.refuse({
    code: 'aws-refuses',
    found: target.name,
    message: `${target.name} takes no dead letters of ${name} (its redriveAllowPolicy: ${policy.redrivePermission})`,
    allowed: `a queue whose redriveAllowPolicy allows ${name}`,
    path: PATH,
    awsError: 'InvalidParameterValue',
  });
}
