// Programs for tests of components: a poll loop with everything at its default, and steps with constant figures.

import { distribution } from '../../src/kernel/distributions/distribution.js';
import { SECOND } from '../../src/kernel/time.js';
import type { CallerOptions } from '../../src/components/program/attempts.js';
import type { QueueSource } from '../../src/components/program/options.js';
import { Deletes } from '../../src/components/program/options.js';
import type { StepOptions } from '../../src/components/program/steps.js';
import { Verb } from '../../src/components/program/steps.js';
import type { PatternSpec } from '../../src/components/patterns/pattern.js';
import { readPattern } from '../../src/components/patterns/read.js';
import { QUEUE_DEFAULT } from '../../src/components/queue-port.js';

/** `when` of a step, as it is written. */
export function whenOf(written: unknown): PatternSpec {
  const spec = readPattern(written, 'when', ({ message }) => {
    throw new Error(message);
  });
  return spec!;
}

/** A client that waits for good and tries nothing again. */
export const NO_CLIENT: CallerOptions = { timeout: Infinity, retry: null };

/** One loop that polls `queue` for 20 s at a time. */
export function queueSource(queue: number, options: Partial<QueueSource> = {}): QueueSource {
  return {
    queue,
    batchSize: 1,
    waitTime: 20 * SECOND,
    visibilityTimeout: QUEUE_DEFAULT,
    concurrency: 1,
    idleTimeBetweenReads: 0,
    parallel: false,
    deletes: Deletes.AfterEach,
    heartbeat: null,
    onFailure: { visibilityTimeout: QUEUE_DEFAULT, stopsGroup: true },
    attemptIds: false,
    ...options,
  };
}

const ALWAYS = { chance: 1, perMessage: false };

export const work = (time: number): StepOptions => ({
  verb: Verb.Work,
  time: distribution({ kind: 'constant', value: time }),
  ...ALWAYS,
});
export const fail = (share: number, perMessage = false): StepOptions => ({
  verb: Verb.Fail,
  share,
  chance: 1,
  perMessage,
});
export const crash = (share: number): StepOptions => ({ verb: Verb.Crash, share, ...ALWAYS });
