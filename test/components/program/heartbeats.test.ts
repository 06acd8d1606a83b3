// Heartbeats on a real queue: how often, until when, and what ends them.

import { describe, expect, test } from 'vitest';
import { Cause, RunEnd } from '../../../src/components/facts.js';
import { retryOptions } from '../../../src/components/client/retry.js';
import { CallError } from '../../../src/components/port.js';
import { Deletes } from '../../../src/components/program/options.js';
import { QueueOperation } from '../../../src/components/queue-port.js';
import { HOUR, MINUTE, SECOND } from '../../../src/kernel/time.js';
import { fail, work } from '../programs.js';
import { Rig } from './rig.js';

const EVERY_10_TO_60 = { every: 10 * SECOND, timeouts: [60 * SECOND], isProgressive: false };
const LIST = [30 * SECOND, MINUTE, 2 * MINUTE];
const PROGRESSIVE = { every: 10 * SECOND, timeouts: LIST, isProgressive: true };
const CHANGES = { operation: QueueOperation.ChangeMessageVisibility };
const STANDARD = { timeout: Infinity, retry: retryOptions('standard') };

describe('every 10 s to 60 s', () => {
  test.each([0, 0.02])('29 extensions for a handler of 300 s (latency %d s)', (latency) => {
    const rig = new Rig([work(300 * SECOND)], { source: { heartbeat: EVERY_10_TO_60 }, latency });
    rig.start().put(1).to(1000);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(29);
    expect(rig.story.of('run')).toHaveLength(1);
    expect(rig.isClean()).toBe(true);
  });

  test('the first comes 10 s after the message, the last 10 s before the end', () => {
    const rig = new Rig([work(300 * SECOND)], { source: { heartbeat: EVERY_10_TO_60 } });
    rig.start().put(1).to(1000);
    expect(rig.story.of('change').at(0)).toBe('10 change');
    expect(rig.story.of('change').at(-1)).toBe('290 change');
  });

  test('a crash at 145 s: the message is visible again at 200 s', () => {
    const rig = new Rig([work(300 * SECOND)], { source: { heartbeat: EVERY_10_TO_60 } });
    rig.start().put(1).to(145);
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.start().to(215);
    expect(rig.story.of('returned', 'run')).toEqual([
      '0 0 run',
      '200 0 returned',
      '200 0 run crash',
    ]);
    expect(rig.story.of('change').slice(-3)).toEqual(['130 change', '140 change', '210 change']);
  });

  test('without one, the same handler runs again every 30 s', () => {
    const rig = new Rig([work(300 * SECOND)], { source: { concurrency: 3 } });
    rig.start().put(1).to(100);
    expect(rig.story.of('run')).toEqual([
      '0 0 run',
      '30 0 run visibilityTimeout',
      '60 0 run visibilityTimeout',
    ]);
  });
});

describe('progressive: 30 s, 1 m, 2 m', () => {
  const source = { heartbeat: PROGRESSIVE, visibilityTimeout: 30 * SECOND };

  test('two extensions for a handler of 180 s', () => {
    const rig = new Rig([work(180 * SECOND)], { source });
    rig.start().put(1).to(1000);
    expect(rig.story.of('change')).toEqual(['20 change', '70 change']);
    expect(rig.story.of('run')).toHaveLength(1);
  });

  test('the last repeats', () => {
    const rig = new Rig([work(500 * SECOND)], { source });
    rig.start().put(1).to(1000);
    expect(rig.story.of('change')).toEqual([
      '20 change',
      '70 change',
      '180 change',
      '290 change',
      '400 change',
    ]);
    expect(rig.story.of('run')).toHaveLength(1);
  });
});

describe('whose messages', () => {
  test('those that wait for their turn in the batch, too', () => {
    const rig = new Rig([work(25 * SECOND)], { source: { heartbeat: EVERY_10_TO_60 } });
    rig.put(5).start().to(1000);
    expect(rig.story.of('run')).toHaveLength(5);
    expect(rig.story.causes).toEqual([]);
    // 2 + 4 + 7 + 9 + 12 beats, of those that end at 25, 50, 75, 100 and 125 s: not on the end itself
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(2 + 4 + 7 + 9 + 12);
  });

  test('those handled well that wait for the delete of their batch', () => {
    const rig = new Rig([work(25 * SECOND)], {
      source: { heartbeat: EVERY_10_TO_60, deletes: Deletes.AfterBatch },
    });
    rig.put(5).start().to(1000);
    expect(rig.story.causes).toEqual([]);
    expect(rig.story.of('returned')).toEqual([]);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(5 * 12);
  });

  test('none whose run failed', () => {
    const rig = new Rig([work(15 * SECOND), fail(1)], { source: { heartbeat: EVERY_10_TO_60 } });
    rig.start().put(1).to(60);
    expect(rig.story.of('change')).toEqual(['10 change']);
    rig.to(70.5);
    expect(rig.story.of('returned')).toEqual(['70 0 returned']);
  });

  test('none of a process that is gone', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: EVERY_10_TO_60 },
      latency: 1,
    });
    rig.put(3).start().to(31.2); // three beats are on their way
    rig.program.kill(rig.worker, Cause.ScaleIn, RunEnd.Killed);
    rig.to(500);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(9);
    expect(rig.story.of('returned')).toHaveLength(3);
    expect(rig.world.messages.deliveries.count).toBe(0);
  });
});

describe('what ends it', () => {
  test('the message is gone: its retention is over', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: EVERY_10_TO_60 },
      queue: { retention: 60 * SECOND },
    });
    rig.start().put(1).to(1000);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(6); // the one at 60 s is refused
    expect(rig.isClean()).toBe(true);
  });

  test('twelve hours from the receive: it is refused and ends; the message comes back', () => {
    const rig = new Rig([work(13 * HOUR)], {
      source: {
        heartbeat: { every: HOUR, timeouts: [2 * HOUR], isProgressive: false },
        visibilityTimeout: 2 * HOUR,
        concurrency: 2,
      },
    });
    rig
      .put(1)
      .start()
      .to(12.5 * 3600);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(11); // 1 h to 10 h, refused at 11 h
    expect(rig.story.of('run')).toEqual(['0 0 run', '43200 0 run visibilityTimeout']);
  });
});

describe('when its calls go wrong', () => {
  test('refused for a while: the message comes back', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: EVERY_10_TO_60, concurrency: 2 },
    });
    const fault = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, CHANGES);
    rig.start().put(1).to(55);
    fault.begin();
    rig.to(115);
    fault.end();
    rig.to(150);
    expect(rig.story.of('run')).toEqual(['0 0 run', '110 0 run visibilityTimeout']);
  });

  test('refused now and then: the client tries again, and the beat is rig', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: { ...EVERY_10_TO_60, timeouts: [15 * SECOND] }, concurrency: 2 },
      client: STANDARD,
    });
    const fault = rig.fault({ kind: 'fail', share: 0.3, error: CallError.Unavailable }, CHANGES);
    fault.begin();
    rig.start().put(1).to(400);
    expect(rig.story.requests['ChangeMessageVisibility']).toBeGreaterThan(25);
    const plain = new Rig([work(300 * SECOND)], {
      source: { heartbeat: { ...EVERY_10_TO_60, timeouts: [15 * SECOND] }, concurrency: 2 },
    });
    const other = plain.fault({ kind: 'fail', share: 0.3, error: CallError.Unavailable }, CHANGES);
    other.begin();
    plain.start().put(1).to(400);
    expect(plain.story.of('run').length).toBeGreaterThan(rig.story.of('run').length);
  });

  test('slow: an unanswered one is given up when the next is due, and comes too late', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: { ...EVERY_10_TO_60, timeouts: [20 * SECOND] }, concurrency: 2 },
    });
    const fault = rig.fault({ kind: 'slow', factor: 1, added: 50 * SECOND }, CHANGES);
    fault.begin();
    rig.start().put(1).to(400);
    expect(rig.story.of('returned')[0]).toBe('30 0 returned');
    expect(rig.story.requests['ChangeMessageVisibility']).toBeGreaterThan(20);
  });

  test('answers lost: the effect is there all the same', () => {
    const rig = new Rig([work(300 * SECOND)], {
      source: { heartbeat: EVERY_10_TO_60 },
      client: { timeout: 5 * SECOND, retry: null },
    });
    rig.fault({ kind: 'lose', share: 1 }, CHANGES).begin();
    rig.start().put(1).to(1000);
    expect(rig.story.requests['ChangeMessageVisibility']).toBe(29);
    expect(rig.story.of('run')).toHaveLength(1);
    expect(rig.isClean()).toBe(true);
  });
});
