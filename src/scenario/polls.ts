/** Poll loops that would never let time pass (`endless-poll`), or ask a standard queue for what only FIFO queues do. */

import type { FleetOnQueue } from '../components/settings/program.js';
import { isMap } from '../components/settings/problem.js';
import { isConstantZero, isFifoName } from '../components/settings/resource.js';
import type { CheckedResource } from './checked.js';
import type { Examiner } from './examine.js';

export function checkPolls(
  examiner: Examiner,
  resources: ReadonlyMap<string, CheckedResource>,
): void {
  checkEndlessPolls(examiner, resources);
  checkFifoPolls(examiner, resources);
}

/** Short polls with no pause, to a queue whose answers take no time. */
function checkEndlessPolls(
  examiner: Examiner,
  resources: ReadonlyMap<string, CheckedResource>,
): void {
  for (const { name, programs } of resources.values()) {
    const consumes = (programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
    for (const [queueName, polling] of Object.entries(consumes)) {
      const queue = resources.get(queueName);
      if (queue === undefined) continue; // reported as an unknown name, or has errors of its own
      const wait = polling.waitTimeSeconds ?? queue.settings['receiveMessageWaitTimeSeconds'] ?? 0;
      if (
        wait !== 0 ||
        polling.idleTimeBetweenReads !== 0 ||
        !isConstantZero(queue.assume['apiLatency'])
      )
        continue;
      examiner.refuse(['resources', name, 'consumes'], {
        code: 'endless-poll',
        message: `short polls of ${queueName} without pause and without latency never let time pass`,
        allowed:
          'waitTimeSeconds above 0s, idleTimeBetweenReads above 0s, or an apiLatency above 0s',
        nearest: 'waitTimeSeconds: 20s',
        path: [queueName],
        onKey: true,
      });
    }
  }
}

/** Options of a poller that a standard queue does not know. */
function checkFifoPolls(examiner: Examiner, resources: ReadonlyMap<string, CheckedResource>): void {
  for (const { name, programs, written } of resources.values()) {
    const consumes = (programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
    for (const [queue, polling] of Object.entries(consumes)) {
      if (isFifoName(queue)) continue;
      const path = ['resources', name, 'consumes', queue];
      if (polling.receiveRequestAttemptId) {
        examiner.refuse(path, {
          code: 'aws-refuses',
          message: `receiveRequestAttemptId is not valid for this queue type`,
          allowed: 'only with a FIFO queue',
          path: ['receiveRequestAttemptId'],
          onKey: true,
          awsError: 'InvalidParameterValue',
        });
      }
      if (!isGroupSaid(written, queue)) continue;
      examiner.refuse(path, {
        code: 'no-effect',
        message: 'group would have no effect: a standard queue keeps no order',
        allowed: 'only with a FIFO queue',
        path: ['onFailure', 'group'],
        onKey: true,
      });
    }
  }
}

function isGroupSaid(written: Readonly<Record<string, unknown>>, queue: string): boolean {
  let inner: unknown = written;
  for (const key of ['consumes', queue, 'onFailure', 'group'])
    inner = isMap(inner) ? inner[key] : undefined;
  return inner !== undefined;
}
