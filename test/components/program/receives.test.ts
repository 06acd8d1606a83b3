// Receives whose answers get lost or come late, attempt ids, and retries, on a real queue.

import { describe, expect, test } from 'vitest';
import { Cause, RunEnd } from '../../../src/components/facts.js';
import { retryOptions } from '../../../src/components/client/retry.js';
import { CallError } from '../../../src/components/port.js';
import { QueueOperation } from '../../../src/components/queue-port.js';
import { SECOND } from '../../../src/kernel/time.js';
import { work } from '../programs.js';
import { Rig } from './rig.js';

const STANDARD = retryOptions('standard');
const RECEIVE = { operation: QueueOperation.ReceiveMessage };
const FIFO = {
  fifo: {
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    scanWindow: 120_000,
    highThroughputPerSecond: 0,
  },
} as const;

describe('an answer is lost', () => {
  test('a client without a timeout notices after 60 s; the messages come back after theirs', () => {
    const rig = new Rig([work(SECOND)]);
    const fault = rig.fault({ kind: 'lose', share: 1 }, RECEIVE);
    fault.begin();
    rig.put(3).start().to(10);
    fault.end();
    rig.to(100);
    expect(rig.story.of('returned')).toHaveLength(3);
    expect(rig.story.of('run')).toEqual(['61 0 run', '62 1 run', '63 2 run']); // 60 s, and 1 s after an error
    expect(rig.isClean()).toBe(true);
  });

  test('a timeout counts from the end of the wait', () => {
    const rig = new Rig([work(SECOND)], {
      source: { waitTime: 20 * SECOND },
      client: { timeout: 2 * SECOND, retry: null },
    });
    rig.start().to(61);
    expect(rig.story.requests['ReceiveMessage']).toBe(4); // none is given up while it waits
    const lost = new Rig([work(SECOND)], {
      source: { waitTime: 0, idleTimeBetweenReads: SECOND },
      client: { timeout: 2 * SECOND, retry: null },
    });
    const fault = lost.fault({ kind: 'lose', share: 1 }, RECEIVE);
    fault.begin();
    lost.put(1).start().to(1);
    fault.end();
    lost.to(40);
    expect(lost.story.of('run')).toEqual(['30 0 run']);
    expect(lost.isClean()).toBe(true);
  });

  test('with an attempt id, the retry gets the same messages', () => {
    const client = { timeout: 2 * SECOND, retry: STANDARD };
    for (const attemptIds of [false, true]) {
      const rig = new Rig([work(SECOND)], {
        source: { waitTime: 0, idleTimeBetweenReads: SECOND, attemptIds },
        queue: FIFO,
        client,
      });
      const fault = rig.fault({ kind: 'lose', share: 1 }, RECEIVE);
      fault.begin();
      rig.put(2, 1).start().to(1);
      fault.end();
      rig.to(60);
      const began = Number(rig.story.of('run')[0].split(' ')[0]);
      if (attemptIds) expect(began).toBeLessThan(2.1);
      else expect(began).toBeGreaterThanOrEqual(30);
      expect(rig.story.of('run')).toHaveLength(2);
      expect(rig.isClean()).toBe(true);
    }
  });
});

describe('an answer comes late', () => {
  test('what it brings is let go of', () => {
    const rig = new Rig([work(SECOND)], {
      source: { waitTime: 0, idleTimeBetweenReads: SECOND },
      client: { timeout: 7 * SECOND, retry: null },
    });
    const fault = rig.fault({ kind: 'slow', factor: 1, added: 10 * SECOND }, RECEIVE);
    fault.begin();
    rig.put(2).start().to(1);
    fault.end();
    rig.to(100);
    expect(rig.story.of('run')).toEqual(['35 0 run', '36 1 run']); // at 5 s they were handed out for nobody
    expect(rig.isClean()).toBe(true);
  });

  test('the loop and its process may be gone by then', () => {
    const rig = new Rig([work(SECOND)], {
      source: { waitTime: 0, idleTimeBetweenReads: SECOND },
      client: { timeout: 2 * SECOND, retry: null },
    });
    const fault = rig.fault({ kind: 'slow', factor: 1, added: 10 * SECOND }, RECEIVE);
    fault.begin();
    rig.put(2).start().to(3);
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.to(100);
    expect(rig.world.messages.deliveries.count).toBe(0);
    expect(rig.world.calls.count).toBe(0);
  });

  test('a poll that nobody will answer is forgotten with its process', () => {
    const rig = new Rig([work(SECOND)], { client: { timeout: 50 * SECOND, retry: null } });
    rig.fault({ kind: 'cut', share: 1 }, RECEIVE).begin();
    rig.start().to(3);
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    expect(rig.world.calls.count).toBe(0);
    rig.to(200);
  });
});

describe('a receive is refused', () => {
  test('three attempts, then a pause of a second, then anew', () => {
    const retry = retryOptions({
      maxAttempts: 3,
      backoff: 'exponential',
      base: 100_000,
      cap: SECOND,
      budget: undefined,
      on: ['serverError'],
    });
    const rig = new Rig([work(SECOND)], { client: { timeout: Infinity, retry } });
    const fault = rig.fault({ kind: 'throttle', share: 1 }, RECEIVE);
    const other = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, RECEIVE);
    other.begin();
    rig.start().to(1.25);
    other.end();
    fault.begin();
    rig.to(1.28); // refused at 0, 0.1 and 0.3 s
    expect(rig.story.throttles).toHaveLength(0);
    rig.to(2); // at 1.3 s refused for another reason, which is not tried again
    fault.end();
    rig.to(5);
    expect(rig.story.throttles).toHaveLength(1);
    expect(rig.story.requests['ReceiveMessage']).toBe(1);
  });

  test('a process that is to stop tries nothing again', () => {
    const retry = STANDARD;
    const rig = new Rig([work(SECOND)], { client: { timeout: Infinity, retry }, latency: 1 });
    rig.fault({ kind: 'throttle', share: 1 }, RECEIVE).begin();
    rig.start().to(0.7);
    rig.program.stop(rig.worker);
    rig.to(1);
    expect(rig.exits).toEqual([rig.worker]);
  });

  test('a process that is to stop ends a loop that pauses before it tries again', () => {
    const rig = new Rig([work(SECOND)], { client: { timeout: Infinity, retry: STANDARD } });
    rig.fault({ kind: 'throttle', share: 1 }, RECEIVE).begin();
    rig.start().to(0);
    rig.program.stop(rig.worker);
    rig.to(0);
    expect(rig.exits).toEqual([rig.worker]);
    rig.to(10);
  });
});
