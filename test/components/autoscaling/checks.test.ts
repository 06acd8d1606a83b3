// What a group's settings refuse beyond each single value.

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkGroup } from '../../../src/components/autoscaling/checks.js';
import { autoscalingGroup } from '../../../src/components/autoscaling/autoscaling-group.js';
import { groupShape } from '../../../src/components/autoscaling/settings.js';
import { warmupOf } from '../../../src/components/autoscaling/policies/policies-of.js';
import { alarmOf } from '../../../src/components/autoscaling/policies/step-options.js';
import type { GroupSettings } from '../../../src/components/autoscaling/settings.js';
import { SECOND } from '../../../src/kernel/time.js';
import { operandsOf } from '../../../src/components/metric-math.js';
import { COMPONENT_TYPES } from '../../../src/components/registry.js';
import type { CheckContext, Problem } from '../../../src/components/settings.js';
import { fakeWorld } from '../fakes.js';

const BASE = { minSize: 1, maxSize: 10, instanceType: 'm7g.large' };
const STEPS = [{ metricIntervalLowerBound: 0, scalingAdjustment: 2 }];
const ALARM = {
  metric: 'ApproximateNumberOfMessagesVisible(orders)',
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 1000,
};
const POLICY = {
  policyType: 'StepScaling',
  adjustmentType: 'ChangeInCapacity',
  stepAdjustments: STEPS,
  alarm: ALARM,
};

function view(name: string, type: string, settings: object) {
  return {
    name,
    type,
    roles: COMPONENT_TYPES.find((one) => one.type === type)?.roles ?? [],
    region: 'us-east-1',
    settings: settings as Record<string, unknown>,
    assume: {},
    programs: {},
  };
}

function read(written: object): GroupSettings {
  return z.strictObject(groupShape.settings).parse(written) as GroupSettings;
}

/** Codes and paths of everything that is refused. */
function problems(written: object): string[] {
  const found: string[] = [];
  const self = view('workers', 'autoscaling.group', read(written));
  const refuse = (problem: Problem): void => {
    found.push(
      `${problem.code} ${(problem.path ?? []).join('.')}` +
        (problem.nearest === undefined ? '' : ` → ${problem.nearest}`),
    );
  };
  const context = {
    self,
    profile: 'typical',
    path: ['resources', 'workers'],
    traffic: new Map(),
    refuse,
    warn: refuse,
    refused: new Set(),
    resources: new Map([
      ['workers', self],
      ['orders', view('orders', 'sqs.queue', {})],
    ]),
  };
  checkGroup(context as unknown as CheckContext);
  return found;
}

const withPolicy = (policy: object) => ({
  ...BASE,
  scalingPolicies: { backlog: { ...POLICY, ...policy } },
});
const withAlarm = (alarm: object) => withPolicy({ alarm: { ...ALARM, ...alarm } });

test('a sound group has no problem', () => {
  expect(problems(BASE)).toEqual([]);
  expect(problems(withPolicy({}))).toEqual([]);
});

test.each([
  ['sizes that contradict', { ...BASE, minSize: 11 }, 'out-of-range minSize'],
  ['a desired capacity outside', { ...BASE, desiredCapacity: 11 }, 'out-of-range desiredCapacity'],
  [
    'an instance type without a price',
    { ...BASE, instanceType: 'm7g.lrge' },
    'choice instanceType → m7g.large',
  ],
])('%s', (_name, written, expected) => expect(problems(written)).toEqual([expected]));

test.each([
  [
    'a gap',
    { stepAdjustments: [...STEPS, { metricIntervalLowerBound: 5, scalingAdjustment: 1 }] },
    'aws-refuses',
    'stepAdjustments',
  ],
  ['no steps', { stepAdjustments: [] }, 'aws-refuses', 'stepAdjustments'],
  [
    'a magnitude without percent',
    { minAdjustmentMagnitude: 2 },
    'aws-refuses',
    'minAdjustmentMagnitude',
  ],
  [
    'half an instance',
    { stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 0.5 }] },
    'not-whole',
    'stepAdjustments.0.scalingAdjustment',
  ],
  [
    'an exact capacity below 0',
    {
      adjustmentType: 'ExactCapacity',
      stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: -1 }],
    },
    'out-of-range',
    'stepAdjustments.0.scalingAdjustment',
  ],
])('%s', (_name, policy, code, path) =>
  expect(problems(withPolicy(policy))).toEqual([`${code} scalingPolicies.backlog.${path}`]),
);

describe('metrics', () => {
  const at = 'scalingPolicies.backlog.alarm.metric';
  test.each([
    [
      'the attribute of the queue',
      'ApproximateNumberOfMessages(orders)',
      `unknown-measure ${at} → ApproximateNumberOfMessagesVisible(orders)`,
    ],
    ['no such queue', 'ApproximateNumberOfMessagesVisible(order)', `unknown-name ${at} → orders`],
    ['not a queue', 'ApproximateNumberOfMessagesVisible(workers)', `wrong-kind ${at}`],
  ])('%s', (_name, metric, expected) =>
    expect(problems(withAlarm({ metric }))).toEqual([expected]),
  );

  test('the backlog recipe divides by the instances of the group whose policy it is', () => {
    const metric = 'backlogPerInstance(orders)';
    expect(problems(withAlarm({ metric }))).toEqual([]);
    const world = fakeWorld(['orders', 'workers']);
    const { alarm } = read(withAlarm({ metric })).scalingPolicies!['backlog'];
    const definition = alarmOf(world, { owner: 1, number: 0, name: 'backlog' }, alarm!);
    expect(operandsOf(definition.metric).map(({ resource }) => resource)).toEqual([0, 1]);
  });
});

test('M is at most N, and N periods at most a day', () => {
  const at = 'scalingPolicies.backlog.alarm';
  expect(problems(withAlarm({ evaluationPeriods: 2, datapointsToAlarm: 3 }))).toEqual([
    `aws-refuses ${at}.datapointsToAlarm`,
  ]);
  expect(problems(withAlarm({ evaluationPeriods: 1441, period: '60s' }))).toEqual([
    `aws-refuses ${at}.evaluationPeriods`,
  ]);
});

test('the chain of warm-ups: the policy, the group, its cooldown', () => {
  const warmup = (written: object): number => {
    const settings = read(written);
    return warmupOf(settings.scalingPolicies!['backlog'], settings) / SECOND;
  };
  const chain = { ...withPolicy({}), cooldown: 200 };
  expect(warmup(withPolicy({}))).toBe(300);
  expect(warmup(chain)).toBe(200);
  expect(warmup({ ...chain, defaultInstanceWarmup: 120 })).toBe(120);
  expect(warmup({ ...chain, defaultInstanceWarmup: 0 })).toBe(0);
  const own = withPolicy({ estimatedInstanceWarmup: '45s' });
  expect(warmup({ ...own, cooldown: 200, defaultInstanceWarmup: 120 })).toBe(45);
});

test('it builds from what the language hands over', () => {
  const world = fakeWorld(['orders', 'workers']);
  const group = autoscalingGroup.build(world, 1, {
    name: 'workers',
    type: 'autoscaling.group',
    region: 'us-east-1',
    account: '000000000000',
    quotas: {},
    profile: 'ideal',
    settings: { ...read(withPolicy({})), startup: { kind: 'constant', value: 45 * SECOND } },
    assume: {
      actionDelay: { kind: 'constant', value: 0 },
      scheduledDelay: { kind: 'constant', value: 0 },
      trackingHighDatapoints: 3,
      trackingLowDatapoints: 15,
      trackingLowFactor: 0.9,
      trackingLowFactorCpu: 0.7,
      trackingScaleInStep: 1,
      launch: { kind: 'constant', value: 25 * SECOND },
      terminate: { kind: 'constant', value: 20 * SECOND },
      warmStart: { kind: 'constant', value: 20 * SECOND },
      spotInterruptions: 0,
      instanceFailures: 0,
      launchFailure: 0,
    },
    programs: {
      consumes: {},
      handler: [{ verb: 'work', time: { kind: 'constant', value: 1 }, chance: 1, per: 'attempt' }],
    },
  });
  group.connect?.();
  group.start?.();
  world.kernel.advance(SECOND);
});
