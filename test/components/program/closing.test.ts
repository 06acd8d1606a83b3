// How messages are got rid of on a real queue: deletes that fail, failed messages that are released, order in groups.

import { describe, expect, test } from 'vitest';
import { Cause, Outcome, RunEnd } from '../../../src/components/facts.js';
import { retryOptions } from '../../../src/components/client/retry.js';
import { CallError } from '../../../src/components/port.js';
import { Deletes } from '../../../src/components/program/options.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { QUEUE_DEFAULT, QueueOperation } from '../../../src/components/queue-port.js';
import type { QueueOptions } from '../../../src/components/sqs/options.js';
import { SECOND } from '../../../src/kernel/time.js';
import { fail, whenOf, work } from '../programs.js';
import type { RigOptions } from './rig.js';
import { Rig } from './rig.js';

const STANDARD = { timeout: Infinity, retry: retryOptions('standard') };
const SINGLE = { operation: QueueOperation.DeleteMessage };
const BATCH = { operation: QueueOperation.DeleteMessageBatch };
const FIFO: Partial<QueueOptions> = {
  fifo: {
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    scanWindow: 120_000,
    highThroughputPerSecond: 0,
  },
};
const RELEASE = { visibilityTimeout: 0, stopsGroup: true };

/** Fails for messages whose key is one of these numbers. */
function failFor(...numbers: number[]): StepOptions {
  return { ...fail(1), when: whenOf({ key: numbers.map((number) => `key-${number}`) }) };
}

describe('a delete that fails', () => {
  test('for good: the message comes back, blamed on the lost delete', () => {
    const rig = new Rig([work(SECOND)]);
    const fault = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, SINGLE);
    fault.begin();
    rig.put(2).start().to(5);
    fault.end();
    rig.to(100);
    expect(rig.story.causes).toEqual(['lostDelete', 'lostDelete']);
    expect(rig.story.of('deleted')).toEqual(['31 0 deleted', '32 1 deleted']);
    expect(rig.isClean()).toBe(true);
  });

  test('now and then: the client tries again', () => {
    const rig = new Rig([work(SECOND)], { client: STANDARD });
    rig.fault({ kind: 'throttle', share: 0.3 }, SINGLE).begin();
    rig.put(100).start().to(2000);
    expect(rig.story.throttles.length).toBeGreaterThan(20);
    // 0.3³ of the deletes are given up
    expect(rig.story.causes.length).toBeLessThan(12);
    expect(rig.story.causes.every((cause) => cause === 'lostDelete')).toBe(true);
    expect(rig.isClean()).toBe(true);
  });

  test('three attempts, the pauses of which the lane waits for', () => {
    const retry = retryOptions({
      maxAttempts: 3,
      backoff: 'exponential',
      base: SECOND,
      cap: 20 * SECOND,
      budget: undefined,
      on: ['throttle'],
    });
    const rig = new Rig([work(SECOND)], { client: { timeout: Infinity, retry } });
    rig.fault({ kind: 'throttle', share: 1 }, SINGLE).begin();
    rig.put(2).start().to(20);
    expect(rig.story.of('ok')).toEqual(['1 0 ok', '5 1 ok']); // 1 s and 2 s between attempts
    expect(rig.story.throttles).toHaveLength(6);
  });

  test('its answer is lost: the message is gone all the same', () => {
    const rig = new Rig([work(SECOND)]);
    rig.fault({ kind: 'lose', share: 1 }, SINGLE).begin();
    rig.put(2).start().to(200);
    expect(rig.story.of('deleted')).toEqual(['1 0 deleted', '62 1 deleted']); // it waits 60 s for the answer
    expect(rig.story.outcomes).toEqual([Outcome.Processed, Outcome.Processed]);
    expect(rig.isClean()).toBe(true);
  });

  test('nothing passes: the timeout of the client, and the message comes back', () => {
    const rig = new Rig([work(SECOND)], { client: { timeout: 2 * SECOND, retry: null } });
    const fault = rig.fault({ kind: 'cut', share: 1 }, SINGLE);
    fault.begin();
    rig.put(1).start().to(10);
    fault.end();
    rig.to(100);
    expect(rig.story.of('run')).toEqual(['0 0 run', '30 0 run lostDelete']);
    expect(rig.isClean()).toBe(true);
  });

  test('slower than its client is patient: it still counts, and so does its second attempt', () => {
    const retry = retryOptions('standard');
    const rig = new Rig([work(SECOND)], { client: { timeout: 2 * SECOND, retry } });
    rig.fault({ kind: 'slow', factor: 1, added: 10 * SECOND }, SINGLE).begin();
    rig.put(3).start().to(200);
    expect(rig.story.requests['DeleteMessage']).toBe(9);
    expect(rig.story.of('deleted')).toHaveLength(3);
    expect(rig.story.of('run')).toHaveLength(3);
    expect(rig.isClean()).toBe(true);
  });

  test('an expired receipt of a FIFO queue: nothing but the timeout is blamed', () => {
    const rig = new Rig([work(40 * SECOND)], { queue: FIFO, source: { batchSize: 1 } });
    rig.put(1, 1).start().to(65);
    expect(rig.story.of('deleted')).toEqual([]);
    expect(rig.story.causes).toEqual(['visibilityTimeout']);
  });

  test('the process dies while its client pauses', () => {
    const rig = new Rig([work(SECOND)], { client: STANDARD });
    const fault = rig.fault({ kind: 'throttle', share: 1 }, SINGLE);
    fault.begin();
    rig.put(1).start().to(1.001);
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    fault.end();
    rig.start().to(100);
    expect(rig.story.of('run')).toEqual(['0 0 run', '30 0 run crash']);
    expect(rig.isClean()).toBe(true);
  });

  test('the process dies while its delete is on the way: it counts', () => {
    const rig = new Rig([work(SECOND)], { latency: 1 });
    rig.put(1).start().to(2.6);
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.to(100);
    expect(rig.story.outcomes).toEqual([Outcome.Processed]);
    expect(rig.isClean()).toBe(true);
  });
});

describe('a batch delete', () => {
  const source = { deletes: Deletes.AfterBatch };

  test('refused as a whole for good: all come back, blamed on the lost delete', () => {
    const rig = new Rig([work(SECOND)], { source });
    const fault = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, BATCH);
    fault.begin();
    rig.put(3).start().to(5);
    fault.end();
    rig.to(60);
    expect(rig.story.causes).toEqual(['lostDelete', 'lostDelete', 'lostDelete']);
    expect(rig.isClean()).toBe(true);
  });

  test('refused and tried again: the loop waits', () => {
    const rig = new Rig([work(SECOND)], { source, client: STANDARD });
    rig.fault({ kind: 'throttle', share: 0.4 }, BATCH).begin();
    rig.put(50).start().to(3000);
    expect(rig.story.throttles.length).toBeGreaterThan(1);
    expect(rig.isClean()).toBe(true);
  });

  test('its answer is lost, its client has a timeout', () => {
    const client = { timeout: 3 * SECOND, retry: retryOptions('standard') };
    const rig = new Rig([work(SECOND)], { source, client });
    rig.fault({ kind: 'lose', share: 1 }, BATCH).begin();
    rig.put(10).start().to(100);
    expect(rig.story.of('deleted')).toHaveLength(10);
    expect(rig.story.requests['DeleteMessageBatch']).toBe(3);
    expect(rig.isClean()).toBe(true);
  });

  test('slower than its client is patient: nothing is let go before it is through', () => {
    const client = { timeout: 2 * SECOND, retry: null };
    const rig = new Rig([work(SECOND)], { source, client });
    rig.fault({ kind: 'slow', factor: 1, added: 20 * SECOND }, BATCH).begin();
    rig.put(3).start().to(100);
    expect(rig.story.of('deleted')).toHaveLength(3);
    expect(rig.story.of('run')).toHaveLength(3);
    expect(rig.isClean()).toBe(true);
  });

  test('on receipt: answers lost, refused, slow; each message is handled once at most', () => {
    for (const what of [
      { kind: 'lose', share: 0.5 },
      { kind: 'fail', share: 0.5, error: CallError.Unavailable },
      { kind: 'slow', factor: 1, added: 20 * SECOND },
    ] as const) {
      const rig = new Rig([work(SECOND)], {
        source: { deletes: Deletes.OnReceipt },
        client: { timeout: 2 * SECOND, retry: retryOptions('legacy') },
      });
      rig.fault(what, BATCH).begin();
      rig.put(30).start().to(3000);
      expect(rig.story.of('run')).toHaveLength(30);
      expect(rig.isClean()).toBe(true);
    }
  });

  test('on receipt: the process dies while the delete is under way', () => {
    const rig = new Rig([work(SECOND)], { source: { deletes: Deletes.OnReceipt }, latency: 2 });
    rig.put(4).to(3);
    rig.start().to(5.5); // received at 5, deleted at 6
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.to(20);
    expect(rig.story.outcomes).toEqual(Array(4).fill(Outcome.DeletedOnReceipt));
    expect(rig.isClean()).toBe(true);
  });
});

describe('onFailure', () => {
  test('by default the message is left to its timeout', () => {
    const rig = new Rig([work(SECOND), fail(1)]);
    rig.put(1).start().to(32);
    expect(rig.story.of('run')).toEqual(['0 0 run', '30 0 run']);
    expect(rig.story.of('change')).toEqual([]);
  });

  test('0 s releases it at once, 5 s in so long', () => {
    const now = new Rig([work(SECOND), fail(1)], { source: { onFailure: RELEASE } });
    now.put(1).start().to(2.5);
    expect(now.story.of('run')).toEqual(['0 0 run', '1 0 run', '2 0 run']);
    expect(now.story.causes).toEqual([]); // retries, not redeliveries
    const later = new Rig([work(SECOND), fail(1)], {
      source: { onFailure: { ...RELEASE, visibilityTimeout: 5 * SECOND } },
    });
    later.put(1).start().to(13);
    expect(later.story.of('run')).toEqual(['0 0 run', '6 0 run', '12 0 run']);
  });

  test('the loop waits for the answer', () => {
    const rig = new Rig([work(SECOND), failFor(0)], {
      source: { onFailure: { ...RELEASE, visibilityTimeout: 9 * SECOND } },
      latency: 1,
    });
    rig.put(2).to(3);
    rig.start().to(7);
    expect(rig.story.of('run')).toEqual(['4 0 run', '6 1 run']);
  });

  test('refused for good, it is left to its timeout', () => {
    const rig = new Rig([work(SECOND), fail(1)], { source: { onFailure: RELEASE } });
    const operation = QueueOperation.ChangeMessageVisibility;
    rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, { operation }).begin();
    rig.put(1).start().to(32);
    expect(rig.story.of('run')).toEqual(['0 0 run', '30 0 run']);
  });
});

describe('message groups', () => {
  const left = { visibilityTimeout: QUEUE_DEFAULT, stopsGroup: true };
  const rigOf = (handler: StepOptions[], options: RigOptions['source']): Rig =>
    new Rig(handler, { queue: FIFO, source: { batchSize: 10, ...options } });

  test('a failed message stops its group in the batch, and no other', () => {
    const rig = rigOf([work(SECOND), failFor(1)], { onFailure: left });
    rig.put(3, 1).put(2, 2).start().to(10);
    expect(rig.story.of('ok', 'failed')).toEqual(['1 0 ok', '2 1 failed', '3 3 ok', '4 4 ok']);
    expect(rig.story.of(' 2 ')).toEqual([]);
    rig.to(40);
    expect(rig.story.of('run').slice(4)).toEqual(['30 1 run']); // with 2 behind it again
  });

  test('with a visibilityTimeout, the rest of the group is released with it, in order', () => {
    const rig = rigOf([work(SECOND), { ...failFor(0), chance: 1 }], {
      onFailure: { visibilityTimeout: 2 * SECOND, stopsGroup: true },
    });
    rig.put(3, 1).start().to(1.5);
    expect(rig.story.of('change')).toEqual(['1 change', '1 change', '1 change']);
    rig.to(3.5);
    expect(rig.story.of('run')).toEqual(['0 0 run', '3 0 run']);
    expect(rig.story.of('returned')).toEqual(['3 0 returned', '3 1 returned', '3 2 returned']);
  });

  test('goOn handles the rest before the failed one comes back: order is broken', () => {
    const rig = rigOf([work(SECOND), failFor(0)], { onFailure: { ...left, stopsGroup: false } });
    rig.put(3, 1).start().to(29);
    expect(rig.story.of('ok', 'failed')).toEqual(['1 0 failed', '2 1 ok', '3 2 ok']);
  });

  test('in parallel, messages of one group are handled in turn', () => {
    const rig = rigOf([work(SECOND)], { parallel: true });
    rig.put(3, 1).put(1, 2).put(1, 1).put(1, 3).start().to(20);
    expect(rig.story.of('run')).toEqual([
      '0 0 run',
      '0 3 run',
      '0 5 run',
      '1 1 run',
      '2 2 run',
      '3 4 run',
    ]);
    expect(rig.isClean()).toBe(true);
  });

  test('in parallel, a failure stops its group', () => {
    const rig = rigOf([work(SECOND), failFor(0)], { parallel: true, onFailure: left });
    rig.put(3, 1).put(2, 2).start().to(20);
    expect(rig.story.of('run')).toEqual(['0 0 run', '0 3 run', '1 4 run']);
  });

  test('in parallel on a standard queue all at once', () => {
    const rig = new Rig([work(SECOND)], { source: { parallel: true } });
    rig.put(10).start().to(0.5);
    expect(rig.story.of('run')).toHaveLength(10);
  });

  test('a process that dies while it releases a group lets go of all of it', () => {
    const rig = new Rig([work(SECOND), failFor(0)], {
      queue: FIFO,
      source: { onFailure: RELEASE, batchSize: 10 },
      latency: 1,
    });
    rig.put(4, 1).to(2);
    rig.start().to(4.2); // the run of the first has failed at 4
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    expect(rig.world.messages.deliveries.count).toBe(4);
    rig.to(100);
    expect(rig.world.messages.deliveries.count).toBe(0);
    expect(rig.story.of('change')).toHaveLength(1);
  });
});
