// A group on a fake queue: the life of instances, what happens to messages, scaling, faults.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';
import { Group } from '../../../src/components/autoscaling/group.js';
import type { GroupOptions } from '../../../src/components/autoscaling/options.js';
import type { StepPolicyOptions } from '../../../src/components/autoscaling/policies/policy-options.js';
import { CloudWatch } from '../../../src/components/cloudwatch/cloudwatch.js';
import { Cause, InstanceState, Outcome, RunEnd } from '../../../src/components/facts.js';
import { metricOf } from '../../../src/components/metric-math.js';
import type { AlarmDefinition } from '../../../src/components/metric-port.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { Verb } from '../../../src/components/program/steps.js';
import type { World } from '../../../src/components/world.js';
import { FakeQueue, SilentFacts, fakeWorld } from '../fakes.js';
import { NO_CLIENT, queueSource, work } from '../programs.js';
import { PLAIN_LIFE } from './life/plain-life.js';

const QUEUE = 1;
const FLEET = 2;
const constant = (value: number) => distribution({ kind: 'constant', value });

class Story extends SilentFacts {
  world: World | null = null;
  readonly states: InstanceState[] = [];
  readonly instances: string[] = [];
  readonly wanted: string[] = [];
  readonly alarms: string[] = [];
  readonly outcomes: Outcome[] = [];
  readonly ends: RunEnd[] = [];
  readonly causes: number[] = [];
  lowest = Infinity;
  highest = -Infinity;

  private at(): number {
    return this.world!.kernel.now / SECOND;
  }
  override instance(_group: number, worker: number, state: InstanceState): void {
    this.states[worker] = state;
    this.instances.push(`${this.at()} ${worker} ${Object.keys(InstanceState)[state]}`);
  }
  override desired(_group: number, capacity: number): void {
    this.lowest = Math.min(this.lowest, capacity);
    this.highest = Math.max(this.highest, capacity);
    this.wanted.push(`${this.at()} ${capacity}`);
  }
  override alarm(_owner: number, alarm: number, state: number): void {
    this.alarms.push(`${this.at()} ${alarm} ${state}`);
  }
  override runBegan(_consumer: number, delivery: number): void {
    const cause = this.world!.messages.deliveries.cause[delivery];
    if (cause !== 0) this.causes.push(cause);
  }
  override runEnded(_consumer: number, _delivery: number, _worker: number, end: RunEnd): void {
    this.ends.push(end);
  }
  override settled(_consumer: number, _obligation: number, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }
  count(state: InstanceState): number {
    return this.states.filter((each) => each === state).length;
  }
}

interface Setup extends Partial<Omit<GroupOptions, 'program'>> {
  readonly handler?: StepOptions[];
  readonly concurrency?: number;
  readonly batchSize?: number;
  readonly seed?: string;
  readonly visibilityTimeout?: number;
}

function rig({
  handler = [work(SECOND)],
  concurrency = 1,
  batchSize = 10,
  seed = '1',
  visibilityTimeout = 30 * SECOND,
  ...rest
}: Setup) {
  const story = new Story();
  const world = fakeWorld(['traffic', 'orders', 'workers'], { facts: story, seed });
  story.world = world;
  const queue = new FakeQueue(world, QUEUE, FLEET, visibilityTimeout);
  const group = new Group(world, FLEET, {
    name: 'workers',
    minSize: 1,
    maxSize: 10,
    desiredCapacity: 1,
    startup: constant(45 * SECOND),
    stopTimeout: 30 * SECOND,
    policies: [],
    scheduledActions: [],
    program: {
      name: 'workers',
      consumer: FLEET,
      handler,
      sources: [queueSource(QUEUE, { batchSize, concurrency })],
      client: NO_CLIENT,
    },
    assume: {
      actionDelay: constant(0),
      scheduledDelay: constant(0),
      launch: constant(25 * SECOND),
      terminate: constant(20 * SECOND),
    },
    life: PLAIN_LIFE,
    ...rest,
  });
  group.connect();
  const cloudWatch = new CloudWatch(world, {
    publishDelay: constant(0),
    evaluationPhase: constant(0),
    activationDelay: constant(0),
  });
  const put = world.kernel.handler('put', (i) => queue.put(0x1234567 * (i + 1), 0x7654321 ^ i));
  group.start();
  cloudWatch.start();
  return {
    story,
    world,
    queue,
    group,
    runTo: (time: number) => void world.kernel.advance(time),
    putAt: (time: number, count: number) => {
      for (let i = 0; i < count; i++) world.kernel.at(time, put, i);
    },
  };
}

function policy(
  alarm: Partial<AlarmDefinition>,
  adjustment: number,
  more: Partial<StepPolicyOptions> = {},
): StepPolicyOptions {
  const definition: AlarmDefinition = {
    owner: FLEET,
    number: 0,
    name: 'p',
    metric: metricOf(QUEUE, 'ApproximateNumberOfMessagesVisible'),
    written: 'ApproximateNumberOfMessagesVisible(orders)',
    statistic: 'Average',
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 100,
    period: MINUTE,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'missing',
    ...alarm,
  };
  const isOut = definition.comparisonOperator.startsWith('Greater');
  return {
    kind: 'step',
    name: definition.name,
    rule: {
      adjustmentType: 'ChangeInCapacity',
      minAdjustmentMagnitude: 0,
      threshold: definition.threshold,
      comparisonOperator: definition.comparisonOperator,
      steps: [
        isOut ? { lower: 0, upper: null, adjustment } : { lower: null, upper: 0, adjustment },
      ],
    },
    warmup: 300 * SECOND,
    metricAggregationType: 'Average',
    alarm: definition,
    ...more,
  };
}

describe('life of an instance', () => {
  test('at time 0 the desired instances are in service', () => {
    const { story } = rig({ desiredCapacity: 2 });
    expect(story.wanted).toEqual(['0 2']);
    expect(story.instances).toEqual([
      '0 0 Running',
      '0 0 InService',
      '0 1 Running',
      '0 1 InService',
    ]);
  });

  test('a new one launches, boots, serves', () => {
    const { story, group, runTo } = rig({});
    runTo(10 * SECOND);
    group.setDesired(2);
    runTo(200 * SECOND);
    expect(story.instances.slice(2)).toEqual(['10 1 Pending', '35 1 Running', '80 1 InService']);
  });

  test('the oldest goes first: it finishes its poll, exits, and is gone after a while', () => {
    const { story, group, runTo } = rig({ desiredCapacity: 2 });
    runTo(10 * SECOND);
    group.setDesired(1);
    runTo(200 * SECOND);
    expect(story.instances.slice(4)).toEqual(['10 0 Terminating', '40 0 Terminated']);
  });

  test('one that is told to go while it launches or boots never serves', () => {
    const { story, group, runTo } = rig({ minSize: 0, desiredCapacity: 0 });
    group.setDesired(2);
    runTo(30 * SECOND);
    group.setDesired(0);
    runTo(60 * SECOND);
    group.setDesired(1);
    runTo(70 * SECOND);
    group.setDesired(0);
    runTo(600 * SECOND);
    expect(story.instances).toEqual([
      '0 0 Pending',
      '0 1 Pending',
      '25 0 Running',
      '25 1 Running',
      '30 0 Terminating',
      '30 1 Terminating',
      '50 0 Terminated',
      '50 1 Terminated',
      '60 2 Pending',
      '70 2 Terminating',
      '90 2 Terminated',
    ]);
  });

  test('one that dies is replaced at once', () => {
    const { story, world, runTo } = rig({ desiredCapacity: 2 });
    runTo(10 * SECOND);
    world.fleet(FLEET)!.crash(0.5, true);
    runTo(100 * SECOND);
    expect(
      story.instances.slice(4).map((line) => line.replace(/ [01] Failed/, ' x Failed')),
    ).toEqual(['10 x Failed', '10 2 Pending', '35 2 Running', '80 2 InService']);
  });
});

describe('what an instance holds when it goes', () => {
  test('is finished within stopTimeout', () => {
    const { story, group, runTo, putAt } = rig({ minSize: 0 });
    putAt(SECOND, 1); // takes the loop's first poll
    putAt(SECOND, 10);
    runTo(1.5 * SECOND);
    group.setDesired(0);
    runTo(300 * SECOND);
    expect(story.outcomes).toEqual([Outcome.Processed]);
    expect(story.instances.at(-1)).toBe('22 0 Terminated');
  });

  test('is killed after it, and comes back blamed on the scale-in', () => {
    const { story, group, runTo, putAt } = rig({
      handler: [work(40 * SECOND)],
      minSize: 0,
      visibilityTimeout: 300 * SECOND,
    });
    putAt(SECOND, 1);
    runTo(2 * SECOND);
    group.setDesired(0);
    runTo(60 * SECOND);
    expect(story.ends).toEqual([RunEnd.Killed]); // at 32 s
    expect(story.instances.at(-1)).toBe('52 0 Terminated');
    group.setDesired(1);
    runTo(400 * SECOND);
    expect(story.causes).toEqual([Cause.ScaleIn]);
    expect(story.outcomes).toEqual([Outcome.Processed]);
  });

  test('is killed at once without a stopTimeout', () => {
    const { story, group, runTo, putAt } = rig({
      handler: [work(25 * SECOND)],
      desiredCapacity: 2,
      stopTimeout: 0,
      concurrency: 2,
    });
    putAt(SECOND, 4);
    runTo(2 * SECOND);
    group.setDesired(1);
    expect(story.ends).toEqual([RunEnd.Killed, RunEnd.Killed]);
    runTo(300 * SECOND);
    expect(story.causes).toEqual([Cause.ScaleIn, Cause.ScaleIn]);
    expect(story.outcomes).toHaveLength(4);
  });
});

test('a program that dies is started anew on its instance, after startup', () => {
  const crash: StepOptions = { verb: Verb.Crash, share: 1, chance: 1, perMessage: false };
  const { story, runTo, putAt, queue } = rig({ handler: [work(SECOND), crash] });
  putAt(0, 1);
  runTo(40 * SECOND);
  expect(story.ends).toEqual([RunEnd.Crashed]);
  expect(queue.visible).toHaveLength(1);
  runTo(47.5 * SECOND);
  expect(story.ends).toEqual([RunEnd.Crashed, RunEnd.Crashed]); // up again at 46 s
  expect(story.causes).toEqual([Cause.Crash]);
  expect(story.instances).toHaveLength(2);
});

test('an instance that is told to go at the instant its program dies goes', () => {
  const crash: StepOptions = { verb: Verb.Crash, share: 1, chance: 1, perMessage: false };
  const { story, group, world, runTo, putAt } = rig({ handler: [work(SECOND), crash], minSize: 0 });
  putAt(0, 1);
  while (story.ends.length === 0) world.kernel.advance(10 * SECOND, 1);
  group.setDesired(0);
  runTo(100 * SECOND);
  expect(story.instances.slice(2)).toEqual(['1 0 Terminating', '21 0 Terminated']);
});

describe('step scaling', () => {
  const OUT = policy({}, 2);

  test('an alarm acts after the next sample, and each minute while it lasts, but warming instances count', () => {
    const { story, runTo, putAt } = rig({ policies: [OUT] });
    putAt(90 * SECOND, 5000);
    runTo(10 * MINUTE);
    expect(story.alarms).toEqual(['60 0 1', '120 0 2']);
    // +2 at 120 s (of 1 warm); all further actions count from 1 warm, too, until 120 + 25 + 300 s.
    expect(story.wanted).toEqual(['0 1', '120 3', '480 5']);
  });

  test('it never goes beyond maxSize', () => {
    const { story, runTo, putAt } = rig({ policies: [policy({}, 50)] });
    putAt(90 * SECOND, 5000);
    runTo(20 * MINUTE);
    expect(story.wanted).toEqual(['0 1', '120 10']);
  });

  test('several data points must breach before it acts', () => {
    const { story, runTo, putAt } = rig({
      policies: [policy({ evaluationPeriods: 5, datapointsToAlarm: 5 }, 2)],
    });
    putAt(90 * SECOND, 5000);
    runTo(10 * MINUTE);
    expect(story.alarms).toEqual(['60 0 1', '360 0 2']);
  });

  test('scaling in waits until nothing is warming', () => {
    const down = policy(
      { name: 'in', number: 1, comparisonOperator: 'LessThanOrEqualToThreshold', threshold: 10 },
      -1,
    );
    const { story, runTo, putAt } = rig({ policies: [OUT, down] });
    putAt(90 * SECOND, 150);
    runTo(15 * MINUTE);
    expect(story.wanted).toEqual(['0 1', '120 3', '480 2', '540 1']);
  });

  test('exactly at the threshold an alarm with >= goes off', () => {
    const { story, runTo, putAt } = rig({
      policies: [policy({ threshold: 99 }, 2)],
      handler: [work(1000 * SECOND)],
      batchSize: 1,
    });
    putAt(90 * SECOND, 100); // one is taken at once
    runTo(3 * MINUTE);
    expect(story.wanted).toEqual(['0 1', '120 3']);
  });
});

describe('faults', () => {
  test('down: nothing is polled, then all goes on', () => {
    const { story, world, runTo, putAt } = rig({ desiredCapacity: 3 });
    runTo(0);
    const faults = world.fleet(FLEET)!;
    faults.down(1, true, true);
    runTo(60 * SECOND);
    putAt(60 * SECOND, 30);
    runTo(120 * SECOND);
    expect(story.outcomes).toHaveLength(0);
    faults.down(1, true, false);
    runTo(180 * SECOND);
    expect(story.outcomes).toHaveLength(30);
  });

  test('a share hits the nearest whole number, and at least one', () => {
    for (const [share, expected] of [
      [0.3, 3],
      [0.04, 1],
      [0, 0],
      [1, 10],
    ] as const) {
      const { story, world, runTo } = rig({ desiredCapacity: 10 });
      runTo(SECOND);
      world.fleet(FLEET)!.crash(share, true);
      expect(story.count(InstanceState.Failed)).toBe(expected);
    }
  });
});

describe('laws', () => {
  const change = fc.record({
    at: fc.integer({ min: 0, max: 600 }),
    what: fc.constantFrom('desire', 'crash', 'down', 'up', 'put'),
    n: fc.nat(12),
  });

  test('whatever happens: bounds hold, instances are conserved, no delivery vanishes', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 25 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 1000 }),
        (changes, workSeconds, concurrency, seed) => {
          const handler: StepOptions[] = [
            work(workSeconds * SECOND),
            { verb: Verb.Fail, share: 0.1, chance: 1, perMessage: false },
            { verb: Verb.Crash, share: 0.1, chance: 1, perMessage: false },
          ];
          const { story, world, queue, group, runTo } = rig({
            handler,
            concurrency,
            minSize: 0,
            maxSize: 8,
            desiredCapacity: 2,
            seed: String(seed),
          });
          const faults = world.fleet(FLEET)!;
          const downs: number[] = [];
          let mark = 1;
          for (const { at, what, n } of [...changes].sort((a, b) => a.at - b.at)) {
            runTo(at * SECOND);
            if (what === 'desire') group.setDesired(n);
            if (what === 'crash') faults.crash(n % 3, false);
            if (what === 'down') {
              downs.push(n);
              faults.down(n, false, true);
            }
            const last = what === 'up' ? downs.pop() : undefined;
            if (last !== undefined) faults.down(last, false, false);
            if (what === 'put')
              for (let i = 0; i < n; i++) queue.put(mark * 0x3c6ef372, mark++ ^ 0x5a5a5a5a);
          }
          for (const last of downs) faults.down(last, false, false);
          expect(story.lowest).toBeGreaterThanOrEqual(0);
          expect(story.highest).toBeLessThanOrEqual(8);
          runTo(1000 * SECOND);
          const alive =
            story.count(InstanceState.Pending) +
            story.count(InstanceState.Running) +
            story.count(InstanceState.InService);
          expect(alive).toBe(group.desired);
          const ended =
            story.count(InstanceState.Terminated) +
            story.count(InstanceState.Failed) +
            story.count(InstanceState.Terminating);
          expect(alive + ended).toBe(group.instances.count);
          // Everything ends: instances go, what they hold is let go, what is not done lies in the queue.
          group.setDesired(0);
          runTo(1200 * SECOND);
          expect(story.count(InstanceState.Terminated) + story.count(InstanceState.Failed)).toBe(
            group.instances.count,
          );
          expect(world.messages.deliveries.count).toBe(queue.hidden);
          expect(world.messages.copies.count).toBe(queue.hidden + queue.visible.length);
          expect(world.messages.left).toBe(queue.hidden + queue.visible.length);
          expect(story.outcomes.length + queue.hidden + queue.visible.length).toBe(mark - 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});
