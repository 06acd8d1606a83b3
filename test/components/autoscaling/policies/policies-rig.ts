// A group with policies on a fake queue, whose backlog a test sets: what the policies ask for, and what comes of it.

import { distribution } from '../../../../src/kernel/distributions/distribution.js';
import { MINUTE, SECOND } from '../../../../src/kernel/time.js';
import { Group } from '../../../../src/components/autoscaling/group.js';
import type { GroupOptions } from '../../../../src/components/autoscaling/options.js';
import type {
  ScheduledActionOptions,
  SimplePolicyOptions,
  TrackingPolicyOptions,
} from '../../../../src/components/autoscaling/policies/policy-options.js';
import { CloudWatch } from '../../../../src/components/cloudwatch/cloudwatch.js';
import { metricOf } from '../../../../src/components/metric-math.js';
import type { AlarmDefinition } from '../../../../src/components/metric-port.js';
import { World } from '../../../../src/components/world.js';
import { Kernel } from '../../../../src/kernel/kernel.js';
import { Streams } from '../../../../src/kernel/random/streams.js';
import { HARSH_TABLES, SilentFacts } from '../../fakes.js';
import { NO_CLIENT, work } from '../../programs.js';
import { PLAIN_LIFE } from '../life/plain-life.js';

export const SOURCE = 0;
export const GROUP = 1;
export const constant = (value: number) => distribution({ kind: 'constant', value });

/** Times in seconds. */
export class Story extends SilentFacts {
  world: World | null = null;
  readonly desiredAt: string[] = [];
  readonly scaledAt: string[] = [];
  readonly alarms: string[] = [];
  /** Every wish together with what was asked for. */
  readonly decisions: { decider: number; wanted: number; desired: number; at: number }[] = [];

  private get at(): number {
    return this.world!.kernel.now / SECOND;
  }
  override desired(_group: number, capacity: number): void {
    this.desiredAt.push(`${this.at} ${capacity}`);
  }
  override scaled(_group: number, decider: number, wanted: number, desired: number): void {
    this.scaledAt.push(`${this.at} ${decider}: ${wanted} → ${desired}`);
    this.decisions.push({ decider, wanted, desired, at: this.at });
  }
  override alarm(_owner: number, alarm: number, state: number): void {
    this.alarms.push(`${this.at} ${alarm} ${state}`);
  }
}

interface Setup extends Partial<Omit<GroupOptions, 'program'>> {
  readonly startSeconds?: number;
  readonly seed?: string;
  readonly scheduledDelay?: GroupOptions['assume']['scheduledDelay'];
}

/** Gauges `m0`, `m1`, … say what `level` holds; NaN: no data. A function is asked with the group. */
export type Level = number | ((group: Group) => number);

/** `sent`: what NumberOfMessagesSent counts so far, at a time. */
export function rig(
  { startSeconds, seed = '1', scheduledDelay, ...rest }: Setup,
  sent: (now: number) => number = () => 0,
) {
  const story = new Story();
  const kernel = new Kernel({ tables: HARSH_TABLES });
  const population = startSeconds === undefined ? {} : { startSeconds };
  const names = ['source', 'workers'];
  const world = new World(kernel, new Streams(seed, 0), story, names, population);
  story.world = world;
  const levels: Level[] = [NaN, NaN, NaN];
  const group = new Group(world, GROUP, {
    name: 'workers',
    minSize: 1,
    maxSize: 20,
    desiredCapacity: 1,
    startup: constant(45 * SECOND),
    stopTimeout: 0,
    policies: [],
    scheduledActions: [],
    program: {
      name: 'workers',
      consumer: GROUP,
      handler: [work(SECOND)],
      sources: [],
      client: NO_CLIENT,
    },
    life: PLAIN_LIFE,
    assume: {
      actionDelay: constant(0),
      scheduledDelay: scheduledDelay ?? constant(0),
      launch: constant(25 * SECOND),
      terminate: constant(20 * SECOND),
    },
    ...rest,
  });
  levels.forEach((_, i) => {
    const read = (): number => {
      const level = levels[i];
      return typeof level === 'number' ? level : level(group);
    };
    world.addGauge(SOURCE, { name: `m${i}`, read });
  });
  const read = (): number => sent(kernel.now);
  world.addGauge(SOURCE, { name: 'NumberOfMessagesSent', read });
  group.connect();
  const cloudWatch = new CloudWatch(world, {
    publishDelay: constant(0),
    evaluationPhase: constant(0),
    activationDelay: constant(0),
  });
  group.start();
  cloudWatch.start();
  return {
    story,
    world,
    group,
    levels,
    runTo: (time: number) => void world.kernel.advance(time),
  };
}

export function alarm(more: Partial<AlarmDefinition> = {}): AlarmDefinition {
  return {
    owner: GROUP,
    number: 0,
    name: 'p',
    metric: metricOf(SOURCE, 'm0'),
    written: 'm0(source)',
    statistic: 'Average',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 100,
    period: MINUTE,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'missing',
    ...more,
  };
}

export function simple(
  adjustment: number,
  more: Partial<SimplePolicyOptions> = {},
): SimplePolicyOptions {
  return {
    kind: 'simple',
    name: 'p',
    adjustmentType: 'ChangeInCapacity',
    adjustment,
    minAdjustmentMagnitude: 0,
    cooldown: 300 * SECOND,
    alarm: alarm(),
    ...more,
  };
}

/** Its metric is `m<metric>`; its alarms are the group's numbers 2 · metric and the next. */
export function tracking(
  target: number,
  { metric = 0, disableScaleIn = false, warmup = 300 * SECOND, scaleInStep = 1 } = {},
): TrackingPolicyOptions {
  const both = {
    metric: metricOf(SOURCE, `m${metric}`),
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
  };
  const low = {
    ...both,
    number: 2 * metric + 1,
    name: `low ${metric}`,
    comparisonOperator: 'LessThanThreshold',
    threshold: 0.9 * target,
    evaluationPeriods: 15,
    datapointsToAlarm: 15,
  } as const;
  return {
    kind: 'tracking',
    name: `track ${metric}`,
    target,
    warmup,
    scaleInStep,
    high: alarm({ ...both, number: 2 * metric, name: `high ${metric}`, threshold: target }),
    low: disableScaleIn ? null : alarm(low),
  };
}

export function action(
  name: string,
  more: Partial<ScheduledActionOptions>,
): ScheduledActionOptions {
  return {
    name,
    cron: null,
    first: -Infinity,
    last: Infinity,
    minSize: undefined,
    maxSize: undefined,
    desiredCapacity: undefined,
    ...more,
  };
}
