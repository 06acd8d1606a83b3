// A group under whatever may happen to it: scaling, crashes, interruptions, outages, deployments, with hooks, warm
// pools, Spot Instances and protection: bounds, conservation of instances and of messages, the bill.

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { SECOND } from '../../src/kernel/time.js';
import type { Micros } from '../../src/kernel/time.js';
import { EC2_PRICES } from '../../src/components/autoscaling/prices.js';
import { Rebalancing } from '../../src/components/autoscaling/life/rebalancing.js';
import { TERMINATION_POLICIES } from '../../src/components/autoscaling/life/termination-policies.js';
import { InstanceState } from '../../src/components/facts.js';
import { Meters } from '../../src/observe/cost/meters.js';
import { crash, fail, work } from '../components/programs.js';
import type { LifeSetup } from '../components/autoscaling/life/life-rig.js';
import { LifeStory, lifeRig } from '../components/autoscaling/life/life-rig.js';

vi.setConfig({ testTimeout: 240_000 });

const { Pending, Running, InService, Terminating, Terminated, Failed, Stopped } = InstanceState;
const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const MAX = 8;
const SETTINGS = {
  instanceType: 'm5.large',
  mixedInstancesPolicy: {
    instancesDistribution: { onDemandBaseCapacity: 0, onDemandPercentageAboveBaseCapacity: 0 },
  },
};

/** What an instance has gone through, and the bill of it. */
class Books extends LifeStory {
  readonly meters: Meters;
  /** By worker: intervals from running to stopped or gone. */
  private readonly ran: { from: Micros; to: Micros }[][] = [];

  constructor() {
    super();
    const meters = EC2_PRICES.metersOf({ name: 'workers', settings: SETTINGS, hasGroups: false });
    const resource = { name: 'workers', region: 'us-east-1', prices: EC2_PRICES, meters };
    const clock = {
      world: () => this.world,
      get now(): Micros {
        return this.world().kernel.now;
      },
    };
    this.meters = new Meters(clock, [undefined, undefined, resource]);
  }

  override spot(group: number, worker: number): void {
    super.spot(group, worker);
    this.meters.spot(group, worker);
    expect(this.states[worker], 'told before anything else').toBeUndefined();
  }

  override instance(group: number, worker: number, state: InstanceState): void {
    const before = this.states[worker];
    expect(before, 'what is gone is gone').not.toBe(Terminated);
    expect(before).not.toBe(Failed);
    expect(before, 'a state is told when it changes').not.toBe(state);
    super.instance(group, worker, state);
    this.meters.instance(group, worker, state);
    const { now } = this.world.kernel;
    const intervals = (this.ran[worker] ??= []);
    const last = intervals.at(-1);
    const runs = last !== undefined && last.to === Infinity;
    if ((state === Running || state === InService) && !runs)
      intervals.push({ from: now, to: Infinity });
    if (
      runs &&
      (state === Stopped || state === Terminated || state === Failed || state === Pending)
    )
      last.to = now;
  }

  /** The sum over instances of max(60 s, running to gone). */
  seconds(now: Micros): number {
    let seconds = 0;
    for (const { from, to } of this.ran.flat()) {
      const end = Math.min(now, to);
      if (end > from || to < Infinity) seconds += Math.max(60, Math.ceil((end - from) / SECOND));
    }
    return seconds;
  }
}

const hold = fc.option(
  fc.record({
    time: fc.integer({ min: 30, max: 90 }).map((s) => s * SECOND),
    isAbandoned: fc.boolean(),
  }),
);
const purchase = fc.oneof(
  fc.record({
    warmPool: fc.option(
      fc.record({
        poolState: fc.constantFrom('Stopped' as const, 'Running' as const, 'Hibernated' as const),
        minSize: fc.nat(2),
        maxGroupPreparedCapacity: fc.option(fc.nat(MAX)),
        reuseOnScaleIn: fc.boolean(),
      }),
    ),
    distribution: fc.constant(null),
  }),
  fc.record({
    warmPool: fc.constant(null),
    distribution: fc.record({
      onDemandBaseCapacity: fc.nat(3),
      onDemandPercentageAboveBaseCapacity: fc.nat(100),
    }),
  }),
);
const setup = fc
  .record({
    zones: fc.integer({ min: 1, max: 3 }),
    hooks: fc.record({ launchHold: hold, terminationHold: hold }),
    purchase,
    protectsNew: fc.constantFrom(false, false, true),
    policies: fc.shuffledSubarray([...TERMINATION_POLICIES], { minLength: 1, maxLength: 2 }),
    capacityRebalance: fc.boolean(),
    stopTimeout: fc.constantFrom(0, 30 * SECOND),
    chances: fc.record({
      launchFailure: fc.constantFrom(0, 0.3),
      instanceFailures: fc.constantFrom(0, 730 * 4),
      spotInterruptions: fc.constantFrom(0, 730 * 4),
    }),
    seconds: fc.nat(200),
    concurrency: fc.integer({ min: 1, max: 2 }),
    seed: fc.nat(1000).map(String),
  })
  .map(
    ({
      zones,
      hooks,
      purchase: { warmPool, distribution },
      protectsNew,
      policies,
      seconds,
      ...more
    }): LifeSetup => ({
      ...more,
      ...hooks,
      warmPool,
      availabilityZones: ZONES.slice(0, zones),
      termination: { policies, distribution, protectsNew },
      handler: [work(seconds * SECOND), fail(0.1), crash(0.05)],
      maxSize: MAX,
      desiredCapacity: 2,
    }),
  );

const step = fc.record({
  after: fc.integer({ min: 0, max: 60 }),
  what: fc.constantFrom('desire', 'crash', 'interrupt', 'zone', 'zone', 'put', 'deploy', 'size'),
  n: fc.nat(11),
});
type Step = { readonly after: number; readonly what: string; readonly n: number };

function play(setupOf: LifeSetup, steps: readonly Step[]) {
  const story = new Books();
  const rig = lifeRig({ ...setupOf, facts: story });
  const { group, faults, put, world } = rig;
  const down = new Set<string>();
  let max = MAX;
  const judge = (): void => {
    const { rows } = { rows: group.members.rows() };
    expect(group.desired).toBeLessThanOrEqual(max);
    expect(rows.length).toBe(group.members.size);
    const isBounded = setupOf.termination?.protectsNew !== true;
    if (isBounded) expect(rows.length).toBeLessThanOrEqual(Rebalancing.mostMembers(MAX));
    const known = story.count(
      Pending,
      Running,
      InService,
      Terminating,
      Terminated,
      Failed,
      Stopped,
    );
    expect(known, 'launched = all that they have become').toBe(group.instances.count);
    expect(story.meters.readings().reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(
      story.seconds(world.kernel.now),
    );
  };
  const outage = (zone: string, on: boolean): void => {
    faults.zone(zone, on);
    if (on) down.add(zone);
    else down.delete(zone);
  };
  for (const { after, what, n } of steps) {
    world.kernel.advance(world.kernel.now + after * SECOND);
    const zone = ZONES[n % 3];
    if (what === 'desire') group.setDesired(n);
    if (what === 'crash') faults.crash(n % 3, false);
    if (what === 'interrupt') faults.interrupt(n / 11, true);
    if (what === 'zone') outage(zone, !down.has(zone));
    if (what === 'deploy') group.deploy({ isShare: true, batch: n / 11, wait: n * SECOND });
    if (what === 'put') put(n);
    if (what === 'size') {
      max = Math.min(MAX, n);
      group.resize({ maxSize: max });
    }
    judge();
  }
  for (const zone of down) outage(zone, false);
  return { ...rig, story, judge };
}

test('whatever happens: bounds, conservation of instances, no message vanishes, the bill adds up', () => {
  fc.assert(
    fc.property(setup, fc.array(step, { maxLength: 25 }), (setupOf, steps) => {
      const { story, world, queue, group, puts, judge } = play(setupOf, steps);
      world.kernel.advance(world.kernel.now + 3600 * SECOND);
      judge();
      // Everything ends: instances go, what they hold is let go, what is not done lies in the queue.
      group.setDesired(0);
      for (const row of group.members.rows()) group.fail(row); // what is protected
      world.kernel.advance(world.kernel.now + 1000 * SECOND);
      judge();
      expect(group.members.size).toBe(0);
      if (setupOf.warmPool === null)
        expect(story.count(Terminated, Failed)).toBe(group.instances.count);
      expect(world.messages.deliveries.count).toBe(queue.hidden);
      expect(world.messages.copies.count).toBe(queue.hidden + queue.visible.length);
      expect(world.messages.left).toBe(queue.hidden + queue.visible.length);
      expect(story.outcomes.length + queue.hidden + queue.visible.length).toBe(puts());
    }),
    { numRuns: 150 },
  );
});

test('left alone, a group has what it wants, evenly spread, and its pool is full', () => {
  fc.assert(
    fc.property(setup, fc.array(step, { maxLength: 15 }), (setupOf, steps) => {
      const calm: LifeSetup = {
        ...setupOf,
        launchHold: null,
        handler: [work(SECOND)],
        chances: {},
        termination: { ...setupOf.termination, protectsNew: false },
      };
      const { story, world, group } = play(calm, steps);
      world.kernel.advance(world.kernel.now + 3600 * SECOND);
      expect(story.count(InService)).toBe(group.desired);
      expect(group.members.size).toBe(group.desired);
      const { counts } = group.members;
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(group.members.rows().every((row) => group.instances.isUp(row))).toBe(true);
    }),
    { numRuns: 150 },
  );
});
