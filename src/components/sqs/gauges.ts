/**
 * What CloudWatch reads of a queue, under its names. Gauges are what is so at the moment of reading;
 * counters count since the start: their consumer takes differences.
 * Source: SQS Developer Guide "sqs-available-cloudwatch-metrics", Nov 2026.
 */

import { SECOND } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import { Metrics } from '../metric-port.js';
import { FairShelf } from './fair-shelf.js';
import { SQS_LIMITS } from './limits.js';
import type { Queue } from './queue.js';

/** Since the start. */
export class Tally {
  sent = 0;
  sentBytes = 0;
  received = 0;
  deleted = 0;
  emptyReceives = 0;
  deduplicated = 0;
}

/** While building. */
export function addGauges(queue: Queue): void {
  const { tally } = queue;
  const readings: Record<string, () => number> = {
    ApproximateNumberOfMessagesVisible: () => queue.shelf.length,
    ApproximateNumberOfMessagesNotVisible: () => queue.inFlight,
    ApproximateNumberOfMessagesDelayed: () => queue.delays.count,
    ApproximateAgeOfOldestMessage: () => ageOfOldest(queue) / SECOND,
    NumberOfMessagesSent: () => tally.sent,
    NumberOfMessagesReceived: () => tally.received,
    NumberOfMessagesDeleted: () => tally.deleted,
    NumberOfEmptyReceives: () => tally.emptyReceives,
    SentMessageSize: () => tally.sentBytes,
  };
  const { fifo } = queue;
  if (fifo !== null) {
    readings['ApproximateNumberOfGroupsWithInflightMessages'] = () => fifo.groupsInFlight;
    readings['NumberOfDeduplicatedSentMessages'] = () => tally.deduplicated;
  } else Object.assign(readings, fairReadings(queue));
  for (const [name, read] of Object.entries(readings))
    queue.world.addGauge(queue.id, { name, read });
  queue.world.shared(Metrics).activities.set(queue.id, {
    holdsAny: () => queue.shelf.length + queue.inFlight + queue.delays.count > 0,
    uses: () => tally.sent + tally.received + tally.deleted + tally.emptyReceives,
  });
}

/** A queue becomes fair with the first message of a group; until then everything is quiet. */
function fairReadings(queue: Queue): Record<string, () => number> {
  const fair = () => (queue.shelf instanceof FairShelf ? queue.shelf : null);
  return {
    ApproximateNumberOfNoisyGroups: () => fair()?.noisyGroups ?? 0,
    ApproximateNumberOfMessagesVisibleInQuietGroups: () =>
      fair()?.quietVisible ?? queue.shelf.length,
    ApproximateNumberOfMessagesNotVisibleInQuietGroups: () =>
      fair()?.quietInFlight ?? queue.inFlight,
    ApproximateNumberOfMessagesDelayedInQuietGroups: () =>
      fair()?.quietDelayed(queue.delays.count) ?? queue.delays.count,
  };
}

/**
 * µs. Of what was not deleted; a standard queue leaves out what was received three times or more, and a
 * dead-letter queue counts from the move. 0 when there is nothing. Costs a walk over what is left out.
 */
export function ageOfOldest(queue: Queue): number {
  const { store, retention, messages, options, world, fifo } = queue;
  const { now } = world.kernel;
  if (store.isDeadLetterQueue(queue.id)) return ageOfOldestLetter(queue);
  let copy = retention.oldest(options.retention);
  if (fifo === null)
    while (copy !== NONE && messages.copies.receiveCount[copy] >= SQS_LIMITS.receivesBeforeBack)
      copy = retention.younger(copy);
  return copy === NONE ? 0 : now - queue.sentAt(copy);
}

function ageOfOldestLetter(queue: Queue): number {
  const { copies, messages, world } = queue;
  let oldest = world.kernel.now;
  for (let row = 0; row < messages.copies.bound; row++) {
    if (!messages.copies.isLive(row) || copies.queue[row] !== queue.id) continue;
    const letter = queue.pasts.letterOf(row);
    if (
      letter !== undefined ||
      queue.fifo !== null ||
      messages.copies.receiveCount[row] < SQS_LIMITS.receivesBeforeBack
    )
      oldest = Math.min(oldest, letter?.movedAt ?? queue.sentAt(row));
  }
  return world.kernel.now - oldest;
}
