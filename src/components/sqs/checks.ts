/** What no single setting of a queue can tell: its dead-letter queue, and whether anybody sends or consumes. */

import type { CheckContext } from '../settings.js';
import type { QueueSettings } from './settings.js';

export function checkQueue(context: CheckContext): void {
  const settings = context.self.settings as QueueSettings;
  const policy = settings.redrivePolicy;
  if (policy !== undefined) checkDeadLetters(context, settings, policy.deadLetterTarget);
  if (policy?.maxReceiveCount === 1) {
    const why =
      'one lost answer or crash sends a healthy message to the dead-letter queue; AWS advises against 1';
    context.warn('max-receive-count-1', why, ['redrivePolicy', 'maxReceiveCount']);
  }
  checkNeighbours(context);
}

function checkDeadLetters(context: CheckContext, settings: QueueSettings, name: string): void {
  const path = ['redrivePolicy', 'deadLetterTarget'];
  if (name === context.self.name) {
    context.refuse({
      code: 'circular',
      found: name,
      allowed: 'another queue',
      path,
      message: 'a queue cannot be its own dead-letter queue',
    });
    return;
  }
  const target = context.resources.get(name);
  if (target === undefined) return; // reported as an unknown name
  if (target.region !== context.self.region) {
    context.refuse({
      code: 'aws-refuses',
      found: `${name} in ${target.region}`,
      allowed: `a queue in ${context.self.region}`,
      path,
      awsError: 'InvalidParameterValue',
      message: 'a dead-letter queue lies in the region of its source',
    });
  }
  const kept = (target.settings as QueueSettings).messageRetentionPeriod;
  if (kept <= settings.messageRetentionPeriod) {
    const { self } = context;
    const why = `a dead letter keeps the age it had: ${name} should keep messages longer than ${self.name} does`;
    context.warn('dlq-retention-shorter', why, path);
  }
}

function checkNeighbours(context: CheckContext): void {
  const { name } = context.self;
  const all = [...context.resources.values()];
  const isConsumed = all.some((other) => Object.hasOwn(other.programs['consumes'] ?? {}, name));
  const isDeadLetterQueue = all.some(
    (other) => (other.settings as Partial<QueueSettings>).redrivePolicy?.deadLetterTarget === name,
  );
  const isSentTo =
    isDeadLetterQueue || [...context.traffic.values()].some((source) => source.target === name);
  if (!isSentTo) context.warn('nobody-sends', 'no traffic and no queue sends here');
  if (!isConsumed && !isDeadLetterQueue)
    context.warn('nobody-consumes', 'what is sent here is owed to nobody');
  const policy = (context.self.settings as QueueSettings).redrivePolicy;
  if (isConsumed && policy === undefined) {
    context.warn(
      'no-dead-letter-queue',
      'a message that can never be handled comes back until its retention ends',
    );
  }
}
