/** Poll loops that would never let time pass (`endless-poll`). */

import type { FleetOnQueue } from '../components/settings/program.js';
import { isConstantZero } from '../components/settings/resource.js';
import type { CheckedResource } from './checked.js';
import type { Examiner } from './examine.js';

/** Short polls with no pause, to a queue whose answers take no time. */
export function checkEndlessPolls(
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
