// Steps on a real queue: what a process remembers, which messages a step is for, calls to a service.

import { describe, expect, test } from 'vitest';
import { retryOptions } from '../../../src/components/client/retry.js';
import { Cause, RunEnd } from '../../../src/components/facts.js';
import { CallError } from '../../../src/components/port.js';
import type { CallOptions } from '../../../src/components/program/errands.js';
import { programOf } from '../../../src/components/program/from-settings.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { Verb } from '../../../src/components/program/steps.js';
import { QueueOperation } from '../../../src/components/queue-port.js';
import type { StepSpec } from '../../../src/components/settings/program.js';
import type { World } from '../../../src/components/world.js';
import { SECOND } from '../../../src/kernel/time.js';
import { fakeWorld } from '../fakes.js';
import { fail, NO_CLIENT, whenOf, work } from '../programs.js';
import { MAILER, Rig } from './rig.js';

const ALWAYS = { chance: 1, perMessage: false };

function once(options: Partial<NonNullable<StepOptions['once']>> = {}): StepOptions {
  const memory = { by: 'message', keepFor: Infinity, atMost: 1000, ...options };
  return { verb: Verb.Once, once: memory, ...ALWAYS };
}

function forField(step: StepOptions, field: string, ...conditions: unknown[]): StepOptions {
  return { ...step, when: whenOf({ [field]: conditions }) };
}

describe('once', () => {
  // Deletes that fail bring each message back: without a memory it would be handled twice.
  const DELETE = { operation: QueueOperation.DeleteMessage };
  const redelivered = (steps: StepOptions[], count: number): Rig => {
    const rig = new Rig(steps);
    const fault = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, DELETE);
    fault.begin();
    rig
      .put(count)
      .start()
      .to(count + 0.5);
    fault.end();
    return rig.to(300);
  };

  test('what was handled well is skipped, and deleted', () => {
    const rig = redelivered([once(), work(SECOND)], 3);
    expect(rig.story.of('ok')).toHaveLength(3);
    expect(rig.story.of('skipped')).toHaveLength(3);
    expect(rig.isClean()).toBe(true);
  });

  test('what failed is handled again', () => {
    const rig = new Rig([once(), work(SECOND), fail(1)]);
    rig.put(1).start().to(35);
    expect(rig.story.of('failed')).toHaveLength(2);
    expect(rig.story.of('skipped')).toEqual([]);
  });

  test('steps before it happen each time', () => {
    const rig = redelivered([work(SECOND), once()], 1);
    expect(rig.story.of('run', 'ok', 'skipped')).toEqual([
      '0 0 run',
      '1 0 ok',
      '30 0 run lostDelete',
      '31 0 skipped',
    ]);
  });

  test('so many ids: the oldest is forgotten', () => {
    const skipped = (atMost: number): number =>
      redelivered([once({ atMost }), work(SECOND)], 3).story.of('skipped').length;
    expect(skipped(3)).toBe(3);
    expect(skipped(2)).toBe(0); // each that comes again pushes out the next
  });

  test('for so long', () => {
    expect(
      redelivered([once({ keepFor: 60 * SECOND }), work(SECOND)], 2).story.of('skipped'),
    ).toHaveLength(2);
    expect(
      redelivered([once({ keepFor: 29 * SECOND }), work(SECOND)], 2).story.of('skipped'),
    ).toEqual([]);
  });

  test('a process that starts anew remembers nothing', () => {
    const rig = new Rig([once(), work(SECOND)]);
    const fault = rig.fault({ kind: 'fail', share: 1, error: CallError.Unavailable }, DELETE);
    fault.begin();
    rig.put(1).start().to(2);
    fault.end();
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.start().to(100);
    expect(rig.story.of('skipped')).toEqual([]);
    expect(rig.story.of('ok')).toHaveLength(2);
  });

  test.each([
    ['key', { key: (_: number, mark1: number) => ~mark1 % 2 }],
    ['order', { attribute: (_: string, __: number, mark1: number) => ~mark1 % 2 }],
    ['order', { attribute: (_: string, __: number, mark1: number) => `no-${~mark1 % 2}` }],
    ['order', { attribute: (_: string, __: number, mark1: number) => ['x', `${~mark1 % 2}`] }],
  ])('by %s: another message about the same', (by, make) => {
    const rig = new Rig([once({ by }), work(SECOND)], { make });
    rig.put(6).start().to(100);
    expect(rig.story.of('ok').map((line) => line.split(' ')[1])).toEqual(['0', '1']);
    expect(rig.story.of('skipped')).toHaveLength(4);
    expect(rig.isClean()).toBe(true);
  });

  test('by an attribute that the message does not have: it is handled', () => {
    const rig = new Rig([once({ by: 'order' }), work(SECOND)]);
    rig.put(3).start().to(100);
    expect(rig.story.of('ok')).toHaveLength(3);
  });
});

describe('when', () => {
  const handled = (
    make: ConstructorParameters<typeof Rig>[1],
    ...conditions: unknown[]
  ): string[] => {
    const rig = new Rig([forField(fail(1), 'kind', ...conditions)], make);
    rig.put(5).start().to(1);
    return rig.story.of('failed').map((line) => line.split(' ')[1]);
  };
  const kinds = ['placed', 'cancelled', 7, undefined, ['placed', 'gift']] as const;
  const make = { make: { attribute: (_: string, __: number, mark1: number) => kinds[~mark1] } };

  test.each<[string, unknown, string[]]>([
    ['a text', 'placed', ['0', '4']],
    ['a number', 7, ['2']],
    ['exists', { exists: true }, ['0', '1', '2', '4']],
    ['exists: false', { exists: false }, ['3']],
    ['prefix', { prefix: 'ca' }, ['1']],
    ['suffix', { suffix: 'ed' }, ['0', '1', '4']],
    ['anything-but', { 'anything-but': ['placed'] }, ['1', '2', '4']],
    ['numeric', { numeric: ['>', 5, '<=', 7] }, ['2']],
  ])('%s', (_, condition, numbers) => {
    expect(handled(make, condition)).toEqual(numbers);
  });

  test('one of several values', () => {
    expect(handled(make, 7, 'cancelled')).toEqual(['1', '2']);
  });

  test('key and source', () => {
    const rig = new Rig([
      forField(fail(1), 'key', 'key-1', 'key-3'),
      forField(work(9 * SECOND), 'source', 'somebody else'),
      forField(work(SECOND), 'source', { prefix: 'tra' }),
    ]);
    rig.put(4).start().to(20);
    expect(rig.story.of('failed', 'ok')).toEqual(['1 0 ok', '1 1 failed', '2 2 ok', '2 3 failed']);
  });
});

/** A service that answers after a second with what the list says, one call after the other. */
class Service {
  readonly calls: string[] = [];

  constructor(world: World, errors: number[], seconds = 1) {
    const answer = world.kernel.handler('mailer/answer', (call) => world.calls.answer(call));
    const take = world.kernel.handler('mailer/call', (call) => {
      const { calls, kernel } = world;
      this.calls.push(`${kernel.now / SECOND} ${~calls.b[call]}`);
      calls.error[call] = errors[this.calls.length - 1] ?? 0;
      kernel.after(seconds * SECOND, answer, call);
    });
    world.calls.open(MAILER, { handlers: [take], latency: null });
  }
}

describe('call', () => {
  const call = (options: Partial<CallOptions> = {}): StepOptions => ({
    verb: Verb.Call,
    call: { target: MAILER, count: 1, client: NO_CLIENT, ignoresErrors: false, ...options },
    ...ALWAYS,
  });
  const rigOf = (steps: StepOptions[], errors: number[] = [], seconds = 1) => {
    let service!: Service;
    const build = (world: World): void => {
      service = new Service(world, errors, seconds);
    };
    const rig = new Rig(steps, { build });
    return { rig, service };
  };
  const PAUSES = {
    maxAttempts: 3,
    backoff: 'exponential',
    base: SECOND,
    cap: 20 * SECOND,
    budget: undefined,
    on: ['timeout', 'throttle', 'serverError'],
  } as const;

  test('waits for the answer, then goes on', () => {
    const { rig, service } = rigOf([call(), work(SECOND)]);
    rig.put(2).start().to(20);
    expect(service.calls).toEqual(['0 0', '2 1']);
    expect(rig.story.of('ok')).toEqual(['2 0 ok', '4 1 ok']);
    expect(rig.world.calls.count).toBe(1); // the poll
  });

  test('count: so many, one after the other', () => {
    const { rig, service } = rigOf([call({ count: 3 })]);
    rig.put(1).start().to(20);
    expect(service.calls).toEqual(['0 0', '1 0', '2 0']);
    expect(rig.story.of('ok')).toEqual(['3 0 ok']);
  });

  test.each([
    ['503', CallError.Unavailable],
    ['429', CallError.Throttled],
    ['404', 1],
  ])('an answer %s fails the run', (_, error) => {
    const { rig } = rigOf([call()], [error]);
    rig.put(1).start().to(20);
    expect(rig.story.of('failed')).toEqual(['1 0 failed']);
  });

  test('errors may be ignored', () => {
    const { rig } = rigOf([call({ ignoresErrors: true }), work(SECOND)], [CallError.Unavailable]);
    rig.put(1).start().to(20);
    expect(rig.story.of('ok')).toEqual(['2 0 ok']);
  });

  test('is tried again, with pauses; 4xx is not', () => {
    const client = { timeout: Infinity, retry: retryOptions(PAUSES) };
    const some = rigOf([call({ client })], [CallError.Unavailable, CallError.Throttled]);
    some.rig.put(1).start().to(20);
    expect(some.service.calls).toEqual(['0 0', '2 0', '5 0']);
    expect(some.rig.story.of('ok')).toEqual(['6 0 ok']);
    const all = rigOf([call({ client })], Array<number>(9).fill(CallError.Unavailable));
    all.rig.put(1).start().to(20);
    expect(all.service.calls).toHaveLength(3);
    expect(all.rig.story.of('failed')).toEqual(['6 0 failed']);
    const never = rigOf([call({ client })], [1]);
    never.rig.put(1).start().to(20);
    expect(never.service.calls).toHaveLength(1);
  });

  test('a timeout: the service works on for nobody', () => {
    const client = { timeout: 2 * SECOND, retry: retryOptions(PAUSES) };
    const { rig, service } = rigOf([call({ client })], [], 5);
    rig.put(1).start().to(40);
    expect(service.calls.slice(0, 3)).toEqual(['0 0', '3 0', '7 0']);
    expect(rig.story.of('failed')[0]).toBe('9 0 failed');
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.to(60);
    expect(rig.world.calls.count).toBe(0);
  });

  test('a process that dies while it waits, or pauses', () => {
    const client = { timeout: 3 * SECOND, retry: retryOptions(PAUSES) };
    for (const at of [0.5, 1.5]) {
      const { rig } = rigOf([call({ client })], [CallError.Unavailable]);
      rig.put(1).start().to(at);
      rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
      rig.to(20);
      expect(rig.story.of('crashed')).toHaveLength(1);
      expect(rig.world.calls.count).toBe(0);
      expect(rig.program['polling'].runs.lanes.count).toBe(0);
    }
  });

  test('answers lost for good: the timeout, or for a client without one, 60 s', () => {
    const build = (world: World): void => void new Service(world, []);
    const lose = { target: MAILER, client: null };
    const rig = new Rig([call({ client: { timeout: 2 * SECOND, retry: null } })], {
      build,
      client: { timeout: 2 * SECOND, retry: null },
    });
    rig.fault({ kind: 'lose', share: 1 }, lose).begin();
    rig.put(1).start().to(20);
    expect(rig.story.of('failed')).toEqual(['2 0 failed']);
    const patient = new Rig([call()], { build });
    patient.fault({ kind: 'lose', share: 1 }, lose).begin();
    patient.put(1).start().to(61.5);
    expect(patient.story.of('failed')).toEqual(['61 0 failed']);
  });
});

describe('payloads in a bucket', () => {
  const BUCKET = MAILER;
  const make = {
    payloads: {
      bucket: BUCKET,
      bytesInBucket: (_: number, mark1: number) => (~mark1 === 1 ? 5_000_000 : 0),
    },
  };
  const rigOf = (error: number) => {
    const reads: string[] = [];
    const build = (world: World): void => {
      const answer = world.kernel.handler('bucket/answer', (call) => world.calls.answer(call));
      const take = world.kernel.handler('bucket/call', (call) => {
        reads.push(`${world.kernel.now / SECOND} ${world.calls.a[call]}`);
        world.calls.error[call] = error;
        world.kernel.after(2 * SECOND, answer, call);
      });
      world.calls.open(BUCKET, { handlers: [take, take], latency: null });
    };
    return { rig: new Rig([work(SECOND)], { build, make }), reads };
  };

  test('are read before the first step', () => {
    const { rig, reads } = rigOf(0);
    rig.put(3).start().to(20);
    expect(reads).toEqual(['1 5000000']);
    expect(rig.story.of('ok')).toEqual(['1 0 ok', '4 1 ok', '5 2 ok']);
    expect(rig.isClean()).toBe(true);
  });

  test('that cannot be read fail the run', () => {
    const { rig } = rigOf(CallError.Unavailable);
    rig.put(3).start().to(20);
    expect(rig.story.of('failed')).toEqual(['3 1 failed']);
  });
});

describe('client of a program and of a step', () => {
  const caller = (client: object, own: object) => {
    const world = fakeWorld(['workers', 'mailer']);
    const step: StepSpec = {
      verb: 'call',
      target: 'mailer',
      count: 1,
      client: own,
      onError: 'fail',
      chance: 1,
      per: 'attempt',
      when: undefined,
    };
    const program = programOf(world, 0, { client, handler: [step] });
    return { queues: program.client, calls: program.handler[0].call!.client };
  };
  const standard = retryOptions('standard');

  test('by default: standard towards queues, none for calls, no timeout', () => {
    expect(caller({}, {})).toEqual({
      queues: { timeout: Infinity, retry: standard },
      calls: { timeout: Infinity, retry: null },
    });
  });

  test('what the program says holds for all; a step wins key by key', () => {
    expect(caller({ timeout: SECOND, retry: 'standard' }, { timeout: 2 * SECOND })).toEqual({
      queues: { timeout: SECOND, retry: standard },
      calls: { timeout: 2 * SECOND, retry: standard },
    });
  });
});
