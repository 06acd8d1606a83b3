/** What SQS would refuse of a scenario's operations, as far as it can be known before the run. */

import type { CheckContext, PlannedOperation } from '../settings.js';
import { isFifoName } from '../settings.js';
import { SQS_LIMITS } from './limits.js';
import type { QueueSettings } from './settings.js';

export function checkQueueOperations(
  context: CheckContext,
  operations: readonly PlannedOperation[],
): void {
  const own = operations.filter(({ on }) => on === context.self.name);
  checkPurges(
    context,
    own.filter(({ verb }) => verb === 'purge'),
  );
  const sources = deadLetterQueues(context, operations);
  for (const operation of own) {
    if (operation.verb === 'redrive') checkRedrive(context, operation, sources);
  }
}

/** AWS takes one purge in 60 seconds. */
function checkPurges(context: CheckContext, purges: readonly PlannedOperation[]): void {
  const inTime = [...purges].sort((a, b) => a.at - b.at || a.place - b.place);
  const pause = SQS_LIMITS.purgeInterval;
  const refuse = (place: number, key: string): void => {
    context.refuse({
      code: 'aws-refuses',
      message: `${context.self.name} is purged again within 60 seconds`,
      allowed: 'one purge of a queue in 60 seconds',
      path: [place, key],
      awsError: 'PurgeQueueInProgress',
    });
  };
  let last = -Infinity;
  for (const { place, at, every } of inTime) {
    if (every !== undefined && every < pause) refuse(place, 'every');
    else if (at - last < pause) refuse(place, 'at');
    last = at;
  }
}

/** Every queue that is the dead-letter queue of another, from the start or by a `set`. */
function deadLetterQueues(
  context: CheckContext,
  operations: readonly PlannedOperation[],
): ReadonlySet<string> {
  const all = [
    ...[...context.resources.values()].map(({ settings }) => settings),
    ...operations.map(({ settings }) => settings ?? {}),
  ] as Partial<QueueSettings>[];
  return new Set(
    all.flatMap(({ redrivePolicy }) =>
      redrivePolicy === undefined ? [] : [redrivePolicy.deadLetterTarget],
    ),
  );
}

function checkRedrive(
  context: CheckContext,
  { place, to }: PlannedOperation,
  sources: ReadonlySet<string>,
): void {
  const { self } = context;
  const { name } = self;
  const awsError = 'InvalidParameterValue';
  if (!sources.has(name)) {
    context.refuse({
      code: 'aws-refuses',
      found: name,
      message: `${name} is the dead-letter queue of no queue`,
      allowed: sources.size === 0 ? 'nothing: no queue has one' : [...sources].join(', '),
      path: [place, 'on'],
      awsError,
    });
    return;
  }
  const target = to === undefined ? undefined : context.resources.get(to);
  if (to === undefined || target === undefined) return; // back to where they came from, or an unknown name
  const problem =
    to === name
      ? { message: `${name} is redriven to itself`, allowed: 'another queue' }
      : isFifoName(to) !== isFifoName(name)
        ? {
            message: `${to} is ${kindOf(to)}, ${name} is ${kindOf(name)}`,
            allowed: 'a FIFO queue to a FIFO queue, a standard queue to a standard queue',
          }
        : target.account !== self.account || target.region !== self.region
          ? {
              message: `${to} does not lie in the account and region of ${name}`,
              allowed: `a queue in account ${self.account}, ${self.region}`,
            }
          : undefined;
  if (problem === undefined) return;
  context.refuse({
    code: 'aws-refuses',
    found: to,
    path: [place, 'redrive', 'to'],
    awsError,
    ...problem,
  });
}

function kindOf(name: string): string {
  return isFifoName(name) ? 'FIFO' : 'standard';
}
