// A group on a fake queue, for stories about how its instances come and go: what is told of them, as short lines with
// the time in seconds.

import { distribution } from '../../../../src/kernel/distributions/distribution.js';
import { SECOND } from '../../../../src/kernel/time.js';
import { Group } from '../../../../src/components/autoscaling/group.js';
import type { GroupOptions, LifeOptions } from '../../../../src/components/autoscaling/options.js';
import { InstanceState } from '../../../../src/components/facts.js';
import type { Outcome, RunEnd } from '../../../../src/components/facts.js';
import type { StepOptions } from '../../../../src/components/program/steps.js';
import type { World } from '../../../../src/components/world.js';
import { FakeQueue, SilentFacts, fakeWorld } from '../../fakes.js';
import { NO_CLIENT, queueSource, work } from '../../programs.js';
import { PLAIN_LIFE } from './plain-life.js';

export const QUEUE = 1;
export const FLEET = 2;
const STATES = Object.keys(InstanceState);
export const constant = (value: number) => distribution({ kind: 'constant', value });

export class LifeStory extends SilentFacts {
  world!: World;
  readonly lines: string[] = [];
  /** By worker. */
  readonly states: InstanceState[] = [];
  readonly spots: number[] = [];
  readonly outcomes: Outcome[] = [];
  readonly ends: RunEnd[] = [];
  readonly causes: number[] = [];
  readonly wanted: number[] = [];

  override instance(_group: number, worker: number, state: InstanceState): void {
    this.states[worker] = state;
    this.lines.push(`${this.world.kernel.now / SECOND} ${worker} ${STATES[state]}`);
  }
  override spot(_group: number, worker: number): void {
    this.spots.push(worker);
  }
  override desired(_group: number, capacity: number): void {
    this.wanted.push(capacity);
  }
  override runBegan(_consumer: number, delivery: number): void {
    const cause = this.world.messages.deliveries.cause[delivery];
    if (cause !== 0) this.causes.push(cause);
  }
  override runEnded(_consumer: number, _delivery: number, _worker: number, end: RunEnd): void {
    this.ends.push(end);
  }
  override settled(_consumer: number, _obligation: number, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }

  /** Lines from `seconds` on. */
  from(seconds: number): string[] {
    return this.lines.filter((line) => Number(line.split(' ')[0]) >= seconds);
  }
  count(...states: InstanceState[]): number {
    return this.states.filter((state) => states.includes(state)).length;
  }
}

export type LifeSetup = Partial<Omit<GroupOptions, 'program' | 'life' | 'assume'>> &
  Partial<Omit<LifeOptions, 'assume' | 'termination'>> & {
    readonly handler?: StepOptions[];
    readonly concurrency?: number;
    readonly seed?: string;
    readonly visibilityTimeout?: number;
    readonly facts?: LifeStory;
    readonly termination?: Partial<LifeOptions['termination']>;
    readonly chances?: Partial<LifeOptions['assume']>;
  };

export function lifeRig(setup: LifeSetup = {}) {
  const { handler = [work(SECOND)], concurrency = 1, seed = '1' } = setup;
  const { visibilityTimeout = 30 * SECOND, termination, chances, facts, ...rest } = setup;
  const story = facts ?? new LifeStory();
  const world = fakeWorld(['traffic', 'orders', 'workers'], { facts: story, seed });
  story.world = world;
  const queue = new FakeQueue(world, QUEUE, FLEET, visibilityTimeout);
  const group = new Group(world, FLEET, {
    name: 'workers',
    minSize: 0,
    maxSize: 10,
    desiredCapacity: 1,
    startup: constant(45 * SECOND),
    stopTimeout: 30 * SECOND,
    policies: [],
    ...rest,
    program: {
      name: 'workers',
      consumer: FLEET,
      handler,
      sources: [queueSource(QUEUE, { batchSize: 1, concurrency })],
      client: NO_CLIENT,
    },
    scheduledActions: [],
    assume: {
      actionDelay: constant(0),
      scheduledDelay: constant(0),
      launch: constant(25 * SECOND),
      terminate: constant(20 * SECOND),
    },
    life: {
      ...PLAIN_LIFE,
      ...rest,
      termination: { ...PLAIN_LIFE.termination, ...termination },
      assume: { ...PLAIN_LIFE.assume, ...chances },
    },
  });
  group.connect();
  group.start();
  let puts = 0;
  const put = (count: number) => {
    for (let i = 0; i < count; i++, puts++)
      queue.put(0x1234567 * (puts + 1), 0x7654321 ^ (puts * 7919));
  };
  return {
    story,
    world,
    queue,
    group,
    put,
    puts: () => puts,
    faults: world.fleet(FLEET)!,
    to: (seconds: number) => void world.kernel.advance(seconds * SECOND),
    /** The zone of each member: `aab`. */
    zones: () =>
      group.members
        .rows()
        .map((row) => 'abc'[group.instances.zone[row]])
        .join(''),
  };
}
