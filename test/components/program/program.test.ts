// The program runtime against a fake queue: the order of facts, what holds what, and how processes end.

import { describe, expect, test } from 'vitest';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { MILLISECOND, SECOND } from '../../../src/kernel/time.js';
import { Table } from '../../../src/kernel/table.js';
import { CAUSES, Cause, Outcome, RunEnd } from '../../../src/components/facts.js';
import type { ProgramOptions, QueueSource } from '../../../src/components/program/options.js';
import { Deletes } from '../../../src/components/program/options.js';
import { Program } from '../../../src/components/program/program.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { QueueError } from '../../../src/components/queue-port.js';
import type { World } from '../../../src/components/world.js';
import { FakeQueue, SilentFacts, fakeWorld } from '../fakes.js';
import { crash, fail, NO_CLIENT, queueSource, work } from '../programs.js';

const QUEUE = 1;
const FLEET = 2;

class Instances extends Table {}

/** Keeps facts as short lines, each with the time in seconds. */
class Story extends SilentFacts {
  world: World | null = null;
  readonly lines: string[] = [];
  readonly outcomes: Outcome[] = [];
  readonly causes: number[] = [];
  runs = 0;

  private tell(line: string): void {
    this.lines.push(`${this.world!.kernel.now / SECOND} ${line}`);
  }
  override loopFree(): void {
    this.tell('free');
  }
  override loopTaken(): void {
    this.tell('taken');
  }
  override arrived(): void {
    this.tell('arrived');
  }
  override runBegan(_consumer: number, delivery: number): void {
    this.runs++;
    const cause = this.world!.messages.deliveries.cause[delivery];
    if (cause !== 0) this.causes.push(cause);
    this.tell(cause === 0 ? 'run' : `run again: ${CAUSES[cause - 1]}`);
  }
  override runEnded(_consumer: number, _delivery: number, _worker: number, end: RunEnd): void {
    this.tell(`end ${['ok', 'failed', 'crashed', 'killed'][end]}`);
  }
  override deleted(): void {
    this.tell('deleted');
  }
  override settled(_consumer: number, _obligation: number, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }
}

interface Rig {
  readonly world: World;
  readonly queue: FakeQueue;
  readonly program: Program;
  readonly story: Story;
  readonly worker: number;
  readonly exits: number[];
  readonly crashes: number[];
}

function rig(handler: StepOptions[], source: Partial<QueueSource> = {}, latency = 0): Rig {
  const story = new Story();
  const world = fakeWorld(['traffic', 'orders', 'workers'], { facts: story });
  story.world = world;
  const delay = latency === 0 ? null : distribution({ kind: 'constant', value: latency });
  const queue = new FakeQueue(world, QUEUE, FLEET, 30 * SECOND, delay);
  const options: ProgramOptions = {
    name: 'workers',
    consumer: FLEET,
    sources: [queueSource(QUEUE, { batchSize: 10, ...source })],
    handler,
    client: NO_CLIENT,
  };
  const instances = new Instances(world.kernel.tables);
  const exits: number[] = [];
  const crashes: number[] = [];
  const program = new Program(world, options, instances, {
    exited: world.kernel.handler('exited', (worker) => exits.push(worker)),
    crashed: world.kernel.handler('crashed', (worker) => crashes.push(worker)),
  });
  return { world, queue, program, story, worker: instances.addZeroed(), exits, crashes };
}

function put(queue: FakeQueue, count: number): void {
  for (let i = 0; i < count; i++) queue.put(0x1234567 * (i + 1), 0x7654321 ^ i);
}

function runTo(world: World, seconds: number): void {
  world.kernel.advance(Math.round(seconds * SECOND));
}

describe('a sequential loop', () => {
  test('takes a batch in turn and deletes after each', () => {
    const { world, queue, program, story, worker } = rig([work(100 * MILLISECOND)]);
    put(queue, 2);
    program.start(worker);
    runTo(world, 1);
    expect(story.lines).toEqual([
      '0 free',
      '0 arrived',
      '0 run',
      '0.1 end ok',
      '0.1 deleted',
      '0.1 run',
      '0.2 end ok',
      '0.2 deleted',
      '0.2 free',
    ]);
    expect(story.outcomes).toEqual([Outcome.Processed, Outcome.Processed]);
    expect(world.messages.left).toBe(0);
  });

  test('waits for each DeleteMessage, and for the way of each call', () => {
    const { world, queue, program, story, worker } = rig(
      [work(100 * MILLISECOND)],
      {},
      20 * MILLISECOND,
    );
    put(queue, 2);
    program.start(worker);
    runTo(world, 1);
    expect(story.lines).toEqual([
      '0 free',
      '0.02 arrived',
      '0.02 run',
      '0.12 end ok',
      '0.13 deleted',
      '0.14 run',
      '0.24 end ok',
      '0.25 deleted',
      '0.26 free',
    ]);
  });

  test('deletes the successes of a batch in one call', () => {
    const { world, queue, program, story, worker } = rig(
      [work(100 * MILLISECOND)],
      { deletes: Deletes.AfterBatch },
      20 * MILLISECOND,
    );
    put(queue, 3);
    program.start(worker);
    runTo(world, 1);
    expect(story.lines.filter((line) => line.includes('deleted'))).toEqual([
      '0.33 deleted',
      '0.33 deleted',
      '0.33 deleted',
    ]);
    expect(story.lines.at(-1)).toBe('0.34 free');
    expect(world.messages.left).toBe(0);
  });

  test('blames what a batch delete has refused on the lost delete', () => {
    const { world, queue, program, story, worker } = rig([work(100 * MILLISECOND)], {
      deletes: Deletes.AfterBatch,
    });
    queue.refuses = (entry) => (entry === 1 ? QueueError.ServiceUnavailable : 0);
    put(queue, 3);
    program.start(worker);
    runTo(world, 60);
    expect(queue.deletes).toBe(3);
    expect(story.runs).toBe(4);
    expect(story.causes).toEqual([Cause.LostDelete]);
    expect(world.messages.left).toBe(0);
  });

  test('lets a failed message go: it comes back after its timeout, as a retry and no redelivery', () => {
    const { world, queue, program, story, worker } = rig([work(100 * MILLISECOND), fail(1)]);
    put(queue, 1);
    program.start(worker);
    runTo(world, 31);
    expect(story.lines).toEqual([
      '0 free',
      '0 arrived',
      '0 run',
      '0.1 end failed',
      '0.1 free',
      '30 arrived',
      '30 run',
      '30.1 end failed',
      '30.1 free',
    ]);
    expect(world.messages.deliveries.count).toBe(1); // the queue's
  });

  test('is slower than the timeout: the message is run again, its late delete is stale', () => {
    const { world, queue, program, story, worker } = rig([work(40 * SECOND)], { concurrency: 2 });
    put(queue, 1);
    program.start(worker);
    runTo(world, 300);
    expect(story.causes[0]).toBe(Cause.VisibilityTimeout);
    expect(queue.staleDeletes).toBeGreaterThan(0);
  });

  test('pauses after an empty receive only', () => {
    const { world, queue, program, worker } = rig([work(SECOND)], {
      waitTime: 0,
      idleTimeBetweenReads: SECOND,
      batchSize: 1,
    });
    program.start(worker);
    runTo(world, 10.5);
    expect(queue.receives).toBe(11);
    put(queue, 3);
    runTo(world, 11.5);
    expect(queue.receives).toBe(12);
    runTo(world, 14); // 11, 12, 13 with a message each, then an empty one at 14
    expect(queue.receives).toBe(15);
  });
});

test('a parallel loop handles its batch at once', () => {
  const { world, queue, program, story, worker } = rig([work(SECOND)], { parallel: true });
  put(queue, 12);
  program.start(worker);
  runTo(world, 3);
  expect(story.lines.filter((line) => line === '1 end ok')).toHaveLength(10);
  expect(story.lines.filter((line) => line === '2 end ok')).toHaveLength(2);
  expect(world.messages.left).toBe(0);
});

describe('deleting on receipt', () => {
  test('loses what fails', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND), fail(0.5)], {
      deletes: Deletes.OnReceipt,
    });
    put(queue, 200);
    program.start(worker);
    runTo(world, 300);
    const lost = story.outcomes.filter((outcome) => outcome === Outcome.DeletedOnReceipt).length;
    const done = story.outcomes.filter((outcome) => outcome === Outcome.Processed).length;
    expect(lost + done).toBe(200);
    expect(lost).toBeGreaterThan(60);
    expect(lost).toBeLessThan(140);
    expect(world.messages.left).toBe(0);
  });

  test('loses what a dying process holds', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND)], {
      deletes: Deletes.OnReceipt,
    });
    put(queue, 5);
    program.start(worker);
    runTo(world, 2.5);
    program.kill(worker, Cause.Crash, RunEnd.Crashed);
    expect(story.outcomes.filter((outcome) => outcome === Outcome.DeletedOnReceipt)).toHaveLength(
      3,
    );
    expect(world.messages.left).toBe(0);
  });
});

describe('the end of a process', () => {
  test('stop: the batch in hand is finished, then the process exits', () => {
    const { world, queue, program, story, worker, exits } = rig([work(SECOND)]);
    put(queue, 12);
    program.start(worker);
    runTo(world, 3.5);
    program.stop(worker);
    runTo(world, 9.5);
    expect(exits).toEqual([]);
    runTo(world, 30);
    expect(exits).toEqual([worker]);
    expect(story.outcomes).toHaveLength(10);
    expect(queue.visible).toHaveLength(2);
  });

  test('stop: a waiting poll is left to answer, and what it brings is handled', () => {
    const { world, queue, program, story, worker, exits } = rig([work(SECOND)], { concurrency: 2 });
    program.start(worker);
    runTo(world, 5);
    program.stop(worker);
    runTo(world, 10);
    put(queue, 1);
    runTo(world, 15);
    expect(story.outcomes).toEqual([Outcome.Processed]);
    expect(exits).toEqual([]);
    runTo(world, 20);
    expect(exits).toEqual([worker]);
  });

  test('stop: a pausing loop ends at once', () => {
    const { world, program, worker, exits } = rig([], {
      waitTime: 0,
      idleTimeBetweenReads: 10 * SECOND,
    });
    program.start(worker);
    runTo(world, 5);
    program.stop(worker);
    runTo(world, 5);
    expect(exits).toEqual([worker]);
    runTo(world, 60);
  });

  test('kill: what is in hand comes back after its timeout, blamed on the cause', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND)], {
      deletes: Deletes.AfterBatch,
    });
    put(queue, 4);
    program.start(worker);
    runTo(world, 2.5); // two done and undeleted, one running, one waiting
    program.kill(worker, Cause.ScaleIn, RunEnd.Killed);
    program.start(worker);
    runTo(world, 60);
    expect(story.lines.filter((line) => line.includes('killed'))).toEqual(['2.5 end killed']);
    const again = CAUSES[Cause.ScaleIn - 1];
    expect(story.lines.filter((line) => line.includes(`run again: ${again}`))).toHaveLength(3);
    expect(story.runs).toBe(7); // the one that only waited had its first run
    expect(world.messages.left).toBe(0);
  });

  test('kill: messages whose answer is under way are blamed, too', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND)], {}, 100 * MILLISECOND);
    put(queue, 2);
    program.start(worker);
    runTo(world, 0.07);
    program.kill(worker, Cause.Crash, RunEnd.Crashed);
    expect(world.messages.deliveries.count).toBe(2);
    runTo(world, 1);
    program.start(worker);
    runTo(world, 60);
    expect(story.causes).toEqual([]); // no run had begun: nothing is run again
    expect(story.outcomes).toHaveLength(2);
  });

  test('kill: a delete that is under way still counts', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND)], {}, 100 * MILLISECOND);
    put(queue, 1);
    program.start(worker);
    runTo(world, 1.12);
    program.kill(worker, Cause.Crash, RunEnd.Crashed);
    runTo(world, 2);
    expect(story.outcomes).toEqual([Outcome.Processed]);
    expect(world.messages.left).toBe(0);
  });

  test('a killed poller gets nothing that comes later', () => {
    const { world, queue, program, worker } = rig([work(SECOND)]);
    program.start(worker);
    runTo(world, 1);
    program.kill(worker, Cause.Crash, RunEnd.Crashed);
    put(queue, 1);
    expect(queue.visible).toHaveLength(1);
    runTo(world, 60);
  });

  test('the step crash takes all loops of the instance along', () => {
    const { world, queue, program, story, worker, crashes } = rig([work(SECOND), crash(1)], {
      concurrency: 3,
      batchSize: 2,
    });
    put(queue, 6);
    program.start(worker);
    runTo(world, 1.5);
    expect(crashes).toEqual([worker]);
    expect(story.lines.filter((line) => line === '1 end crashed')).toHaveLength(3);
    expect(queue.hidden).toBe(6);
    program.start(worker);
    runTo(world, 30.5);
    expect(story.causes.every((cause) => cause === Cause.Crash)).toBe(true);
    expect(story.causes).toHaveLength(2); // three loops wait: each gets one, and the second of six had not begun
  });

  test('a crash step in a parallel batch', () => {
    const { world, queue, program, worker, crashes } = rig([crash(0.3)], { parallel: true });
    put(queue, 50);
    program.start(worker);
    runTo(world, 1);
    expect(crashes).toEqual([worker]);
    for (let i = 1; i < 200; i++) {
      runTo(world, 31 * i);
      if (crashes.length > i) program.start(worker);
    }
    expect(world.messages.left).toBeLessThanOrEqual(50);
  });
});

describe('faults', () => {
  test('held: what is in hand is finished, nothing is polled until release', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND)]);
    put(queue, 12);
    program.start(worker);
    runTo(world, 0.5);
    program.hold(worker, true);
    runTo(world, 100);
    expect(story.outcomes).toHaveLength(10);
    expect(story.lines.at(-1)).toBe('10 deleted');
    program.hold(worker, false);
    runTo(world, 110);
    expect(story.outcomes).toHaveLength(12);
  });

  test('slow: work takes a factor longer, each run a time more', () => {
    const { world, queue, program, story, worker } = rig([work(SECOND), work(SECOND)]);
    program.slow(3, 2 * SECOND);
    put(queue, 1);
    program.start(worker);
    runTo(world, 20);
    expect(story.lines).toContain('8 end ok');
  });
});

describe('draws', () => {
  test('per message: the same fate on each try', () => {
    const { world, queue, program, story, worker } = rig([fail(0.5, true)]);
    put(queue, 40);
    program.start(worker);
    runTo(world, 301);
    const done = story.outcomes.length;
    expect(done).toBeGreaterThan(5);
    expect(done).toBeLessThan(35);
    expect(story.runs).toBe(done + (40 - done) * 11);
  });

  test('per attempt: in the end all get through', () => {
    const { world, queue, program, story, worker } = rig([fail(0.5)]);
    put(queue, 40);
    program.start(worker);
    runTo(world, 1000);
    expect(story.outcomes).toHaveLength(40);
  });

  test('a chance of 0 never happens, one of 40 % in about that share', () => {
    const never = rig([{ ...work(SECOND), chance: 0 }]);
    put(never.queue, 20);
    never.program.start(never.worker);
    runTo(never.world, 0);
    expect(never.story.outcomes).toHaveLength(20);
    const some = rig([{ ...work(SECOND), chance: 0.4 }], { concurrency: 1000, batchSize: 1 });
    put(some.queue, 1000);
    some.program.start(some.worker);
    runTo(some.world, 0.5);
    expect(some.story.outcomes.length).toBeGreaterThan(540);
    expect(some.story.outcomes.length).toBeLessThan(660);
  });
});
