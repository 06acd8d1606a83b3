// What must hold of every group, whatever moves it: a listener that knows the scenario as it was written, hears facts,
// and complains. It keeps the bounds that settings, sets, schedules and forecasts give, who warms up, since when
// instances are billed, and what cooldowns forbid. Of the model it looks only at what an instance is to its group.

import type { Scenario } from '../../src/core.js';
import { Groups } from '../../src/components/autoscaling/groups.js';
import type { Group } from '../../src/components/autoscaling/group.js';
import { Role } from '../../src/components/autoscaling/life/instances.js';
import { warmupOf } from '../../src/components/autoscaling/policies/policies-of.js';
import type { GroupSettings } from '../../src/components/autoscaling/settings.js';
import { InstanceState } from '../../src/components/facts.js';
import { SilentFacts } from '../../src/observe/silent-facts.js';
import type { Model } from '../../src/scenario/wire.js';

const { Pending, Running, InService, Terminating, Terminated, Failed, Stopped } = InstanceState;
const SECOND = 1_000_000;
/** EC2 bills so many at least. */
const BILLED_AT_LEAST = 60;

interface Sizes {
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
}

interface Instance {
  state: InstanceState;
  isSpot: boolean;
  /** When it came up; those of time 0 always were. */
  upAt: number;
  /** When it is billed from to when; open while `to` is Infinity. */
  readonly billed: { from: number; to: number }[];
}

/** What a group was like right before its desired capacity changed. */
interface Before {
  readonly at: number;
  readonly desired: number;
  readonly hasPending: boolean;
  readonly hasLeaving: boolean;
  /** When the youngest of its members came up. */
  readonly youngest: number;
  /** Instances that have begun to come or go since. */
  readonly moved: Set<number>;
}

class PlainGroup {
  readonly instances: Instance[] = [];
  private min: number;
  private max: number;
  /** The widest bounds of this instant: in which order things are done at one instant is not ours to say. */
  private widest = { min: 0, max: 0 };
  private instant = 0;
  private desired = NaN;
  private asked: number[] = [];
  private before: Before | null = null;
  /** The last change by a simple policy: who still moves because of it, and when the last arrived. */
  private simple: { moved: Set<number>; endedAt: number; readonly cooldown: number } | null = null;
  readonly seen = new Set<string>();

  constructor(
    private readonly settings: GroupSettings,
    private readonly sets: readonly { readonly at: number; readonly sizes: Sizes }[],
    private readonly model: () => Group,
    private readonly complain: (what: string) => void,
  ) {
    this.min = settings.minSize;
    this.max = settings.maxSize;
    this.widest = { min: this.min, max: this.max };
  }

  // --- bounds ----------------------------------------------------------------------------------------

  /** Time has come to `now`: what was said at the last instant is over. */
  reach(now: number): void {
    if (now === this.instant) return;
    this.judge();
    // Sets in between, of which the group told nothing, had nothing to move.
    for (const { sizes } of this.sets.filter(({ at }) => at > this.instant && at < now)) {
      this.bound(sizes);
      this.widest = { min: this.min, max: this.max };
      this.judge();
    }
    this.instant = now;
    this.widest = { min: this.min, max: this.max };
    for (const { at, sizes } of this.sets) if (at === now) this.bound(sizes);
  }

  private judge(): void {
    const { min, max, widest, desired } = this;
    for (const asked of this.asked)
      if (asked < widest.min || asked > widest.max)
        this.complain(`wants ${asked}, outside ${widest.min}..${widest.max}`);
    this.asked = [];
    if (min > max) this.complain(`bounds ${min}..${max}`);
    if (desired < min || desired > max) this.complain(`wants ${desired}, outside ${min}..${max}`);
  }

  /** Bounds that contradict each other are refused. */
  private bound({ minSize = this.min, maxSize = this.max }: Sizes): void {
    if (minSize > maxSize) return;
    this.min = minSize;
    this.max = maxSize;
    this.widest.min = Math.min(this.widest.min, this.min);
    this.widest.max = Math.max(this.widest.max, this.max);
  }

  wants(now: number, capacity: number): void {
    this.reach(now);
    if (!Number.isInteger(capacity)) this.complain(`wants ${capacity}`);
    this.asked.push(capacity);
    this.before = Number.isNaN(this.desired) ? null : this.look(now); // NaN: it is being built
    this.desired = capacity;
  }

  // --- who acts --------------------------------------------------------------------------------------

  scaled(now: number, decider: number, wanted: number, desired: number): void {
    this.reach(now);
    if (!Number.isFinite(wanted)) this.complain(`decider ${decider} wants ${wanted}`);
    const change = this.before?.at === now ? this.before : null;
    const before = change ?? this.look(now);
    this.before = null;
    if (desired !== this.desired) this.complain(`told ${desired}, wants ${this.desired}`);
    const policies = Object.values(this.settings.scalingPolicies ?? {});
    const policy = policies[decider];
    if (policy === undefined) {
      const action = Object.values(this.settings.scheduledActions ?? {})[decider - policies.length];
      this.bound({ minSize: action.minSize, maxSize: action.maxSize });
      this.seen.add('scheduled');
      return;
    }
    const { policyType, predictiveScalingConfiguration: forecast } = policy;
    if (forecast !== undefined) {
      const buffer = forecast.maxCapacityBuffer;
      const raised = Math.ceil((wanted * (100 + (buffer ?? 0))) / 100);
      if (forecast.mode === 'ForecastAndScale' && buffer !== undefined)
        this.bound({ maxSize: Math.max(this.max, raised) });
      this.seen.add('forecast');
      if (desired < before.desired) this.complain('a forecast scales in');
    }
    if (change === null || desired === change.desired) return;
    this.seen.add(`${policyType} ${desired < change.desired ? 'in' : 'out'}`);
    if (policyType === 'SimpleScaling') this.simply(now, change, policy.cooldown);
    else if (desired < change.desired) this.scaledIn(now, change, warmupOf(policy, this.settings));
  }

  private scaledIn(now: number, { hasPending, youngest }: Before, warmup: number): void {
    if (hasPending) this.complain('scales in while an instance is launched');
    if (now - youngest < warmup) this.complain('scales in while an instance warms up');
  }

  private simply(now: number, before: Before, own: number | undefined): void {
    if (before.hasPending) this.complain('a simple policy acts while an instance is launched');
    if (before.hasLeaving) this.complain('a simple policy acts while an instance is terminated');
    const { simple } = this;
    if (simple !== null && simple.moved.size > 0) this.complain('a simple policy acts too early');
    if (simple !== null && now < simple.endedAt + simple.cooldown)
      this.complain('a simple policy acts in its cooldown');
    const cooldown = own ?? this.settings.cooldown;
    this.simple = { moved: before.moved, endedAt: -Infinity, cooldown };
  }

  private look(now: number): Before {
    const { instances, model, desired } = this;
    const table = model().instances;
    const members = instances.filter((_, worker) => table.role[worker] === Role.Member);
    const isLeaving = ({ state }: Instance, worker: number): boolean =>
      state === Terminating && table.isInterrupted[worker] === 0;
    const up = members.filter(({ state }) => state === Running || state === InService);
    return {
      at: now,
      desired,
      hasPending: members.some(({ state }) => state === Pending),
      hasLeaving: instances.some(isLeaving),
      youngest: Math.max(-Infinity, ...up.map(({ upAt }) => upAt)),
      moved: new Set(),
    };
  }

  // --- instances -------------------------------------------------------------------------------------

  spot(worker: number): void {
    if (this.instances[worker] !== undefined)
      this.complain('told to be Spot after its first state');
    this.instances[worker] = this.fresh(true);
  }

  private fresh(isSpot: boolean): Instance {
    const nothing = -1 as InstanceState;
    return { state: nothing, isSpot, upAt: NaN, billed: [] };
  }

  instance(now: number, worker: number, state: InstanceState): void {
    this.reach(now);
    const instance = (this.instances[worker] ??= this.fresh(false));
    const before = instance.state;
    if (before === Terminated || before === Failed) this.complain('an instance after its end');
    if (before === state) this.complain(`an instance is ${state} twice`);
    instance.state = state;
    if (state === Pending || state === Terminating) this.before?.moved.add(worker);
    else if (this.simple?.moved.delete(worker) === true) this.simple.endedAt = now;
    if (state === Running) instance.upAt = now === 0 ? -Infinity : now;
    const last = instance.billed.at(-1);
    const isBilled = last?.to === Infinity;
    if ((state === Running || state === InService) && !isBilled)
      instance.billed.push({ from: now, to: Infinity });
    const stops = state === Stopped || state === Terminated || state === Failed;
    if (isBilled && (stops || state === Pending)) last.to = now;
  }

  /** The sum over instances of max(60 s, running to gone). */
  seconds(isSpot: boolean, now: number): number {
    const intervals = this.instances
      .filter((one) => one.isSpot === isSpot)
      .flatMap((one) => one.billed);
    return intervals.reduce((sum, { from, to }) => {
      const end = Math.min(now, to);
      if (to === Infinity && end <= from) return sum;
      return sum + Math.max(BILLED_AT_LEAST, Math.ceil((end - from) / SECOND));
    }, 0);
  }

  runs(worker: number): void {
    const { state } = this.instances[worker];
    if (state !== InService && state !== Terminating)
      this.complain(`a run on an instance ${state}`);
    if (this.model().instances.role[worker] === Role.Pooled)
      this.complain('a run in the warm pool');
  }

  /** Launched = there + gone; those that are there are members, on their way out, or pooled. */
  end(now: number): void {
    this.reach(now + 1);
    const { instances, members, leaving, desired } = this.model();
    if (instances.count !== this.instances.length) this.complain('an instance nobody heard of');
    const there = this.instances.map(({ state }) => state !== Terminated && state !== Failed);
    let pooled = 0;
    there.forEach((isThere, worker) => {
      const role = instances.role[worker];
      if (isThere !== (role !== Role.Gone)) this.complain('gone for one, there for the other');
      if (role === Role.Pooled) pooled++;
    });
    const known = members.size + leaving.size + pooled;
    if (there.filter(Boolean).length !== known) this.complain(`${known} instances are known`);
    if (desired !== this.desired) this.complain(`it wants ${desired}, and told ${this.desired}`);
  }
}

export class PlainScaling extends SilentFacts {
  readonly complaints: string[] = [];
  readonly groups = new Map<number, PlainGroup>();
  private model: Model | null = null;

  constructor(scenario: Scenario) {
    super();
    scenario.resources.forEach(({ name, type, settings }, id) => {
      if (type !== 'autoscaling.group') return;
      const sets = scenario.operations.flatMap((operation) =>
        operation.verb === 'set' && operation.on === name
          ? [{ at: operation.at, sizes: operation.settings }]
          : [],
      );
      const complain = (what: string): void => {
        const time = (this.model?.kernel.now ?? 0) / SECOND;
        if (this.complaints.length < 20) this.complaints.push(`${time}s ${name}: ${what}`);
      };
      const inTime = sets.sort((a, b) => a.at - b.at);
      const model = (): Group => this.model!.world.shared(Groups).byId.get(id)!;
      this.groups.set(id, new PlainGroup(settings as GroupSettings, inTime, model, complain));
    });
  }

  listenTo(model: Model): void {
    this.model = model;
  }

  private get now(): number {
    return this.model?.kernel.now ?? 0;
  }

  override spot(group: number, worker: number): void {
    this.groups.get(group)!.spot(worker);
  }

  override instance(group: number, worker: number, state: InstanceState): void {
    this.groups.get(group)!.instance(this.now, worker, state);
  }

  override desired(group: number, capacity: number): void {
    this.groups.get(group)!.wants(this.now, capacity);
  }

  override scaled(group: number, decider: number, wanted: number, desired: number): void {
    this.groups.get(group)!.scaled(this.now, decider, wanted, desired);
  }

  override runBegan(consumer: number, _delivery: number, worker: number): void {
    this.groups.get(consumer)?.runs(worker);
  }

  /** Once the run is over. */
  end(): void {
    for (const group of this.groups.values()) group.end(this.now);
  }
}
