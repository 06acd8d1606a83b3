// What is refused of zones, policies, hooks, pools and Spot, with the place and AWS's error name.

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { autoscalingGroup } from '../../../../src/components/autoscaling/autoscaling-group.js';
import { checkLife } from '../../../../src/components/autoscaling/life/life-checks.js';
import { lifeOf } from '../../../../src/components/autoscaling/life/life-options.js';
import { groupShape } from '../../../../src/components/autoscaling/settings.js';
import type { GroupSettings } from '../../../../src/components/autoscaling/settings.js';
import type { ResourceSpec } from '../../../../src/components/component.js';
import type { CheckContext, Problem } from '../../../../src/components/settings.js';
import { SECOND } from '../../../../src/kernel/time.js';

const BASE = { minSize: 1, maxSize: 10, instanceType: 'm7g.large' };
const MIXED = { instancesDistribution: { onDemandPercentageAboveBaseCapacity: 0 } };
const shape = z.strictObject(groupShape.settings);

function problems(written: object, region = 'us-east-1'): string[] {
  const found: string[] = [];
  const refuse = ({ code, path = [], awsError }: Problem): void => {
    found.push([code, path.join('.'), awsError].join(' ').trim());
  };
  const settings = shape.parse({ ...BASE, ...written }) as GroupSettings;
  checkLife({ self: { region }, refuse } as unknown as CheckContext, settings);
  return found;
}

describe('refused beyond each single value', () => {
  test.each<[string, object, string[]]>([
    ['nothing', {}, []],
    ['three zones', { availabilityZones: ['us-east-1a', 'us-east-1c', 'us-east-1f'] }, []],
    ['no zone', { availabilityZones: [] }, ['aws-refuses availabilityZones ValidationError']],
    [
      'zones of elsewhere, and what is none',
      { availabilityZones: ['us-west-2a', 'us-east-1', 'us-east-1A'] },
      [0, 1, 2].map((i) => `choice availabilityZones.${i} ValidationError`),
    ],
    [
      'a zone twice',
      { availabilityZones: ['us-east-1a', 'us-east-1a'] },
      ['aws-refuses availabilityZones.1 ValidationError'],
    ],
    ['Default last', { terminationPolicies: ['OldestInstance', 'Default'] }, []],
    [
      'Default first',
      { terminationPolicies: ['Default', 'OldestInstance'] },
      ['aws-refuses terminationPolicies.0 ValidationError'],
    ],
    ['no policy', { terminationPolicies: [] }, ['aws-refuses terminationPolicies ValidationError']],
    [
      'a warm pool of a mixed group',
      { warmPool: {}, mixedInstancesPolicy: MIXED },
      ['aws-refuses warmPool ValidationError'],
    ],
    [
      'capacity rebalancing without Spot',
      { capacityRebalance: true },
      ['no-effect capacityRebalance'],
    ],
    ['with Spot', { capacityRebalance: true, mixedInstancesPolicy: MIXED }, []],
    [
      'too many hooks',
      {
        lifecycleHooks: Object.fromEntries(
          Array.from({ length: 51 }, (_, i) => [
            `h${i}`,
            { lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' },
          ]),
        ),
      },
      ['aws-refuses lifecycleHooks LimitExceeded'],
    ],
  ])('%s', (_name, written, expected) => expect(problems(written)).toEqual(expected));
});

describe('refused by themselves', () => {
  const hook = (more: object) => ({
    lifecycleHooks: {
      h: { lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', ...more },
    },
  });
  test.each([
    ['a health check by a load balancer', { healthCheckType: 'ELB' }, false],
    ['a hook below 30 s', hook({ heartbeatTimeout: '29s' }), false],
    ['a hook above two hours', hook({ heartbeatTimeout: 7201 }), false],
    ['a hook of two hours', hook({ heartbeatTimeout: 7200 }), true],
    ['a transition that there is not', hook({ lifecycleTransition: 'launching' }), false],
    ['half an instance', { warmPool: { minSize: 0.5 } }, false],
    [
      'more than all on demand',
      {
        mixedInstancesPolicy: {
          instancesDistribution: { onDemandPercentageAboveBaseCapacity: 101 },
        },
      },
      false,
    ],
    ['a termination policy of Lambda', { terminationPolicies: ['arn:aws:lambda:x'] }, false],
  ])('%s', (_name, written, isTaken) =>
    expect(shape.safeParse({ ...BASE, ...written }).success).toBe(isTaken),
  );

  test('the grace period has no effect without load balancers, and says so', () => {
    expect(groupShape.noEffect.healthCheckGracePeriod).toContain('ELB');
  });
});

describe('what a group is built from', () => {
  const spec = (written: object) =>
    ({
      region: 'eu-west-1',
      settings: shape.parse({ ...BASE, ...written }),
      assume: {
        warmStart: { kind: 'constant', value: SECOND },
        spotInterruptions: 0,
        instanceFailures: 0,
        launchFailure: 0,
      },
    }) as unknown as ResourceSpec<typeof groupShape>;

  test('defaults', () => {
    expect(lifeOf(spec({}))).toMatchObject({
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      termination: { policies: ['Default'], distribution: null, protectsNew: false },
      launchHold: null,
      terminationHold: null,
      warmPool: null,
      capacityRebalance: false,
    });
    expect(lifeOf(spec({ warmPool: {} })).warmPool).toEqual({
      poolState: 'Stopped',
      minSize: 0,
      maxGroupPreparedCapacity: null,
      reuseOnScaleIn: false,
    });
  });

  test('a mixed policy without Spot Instances is none', () => {
    const all = { mixedInstancesPolicy: { instancesDistribution: {} } };
    expect(lifeOf(spec(all)).termination.distribution).toBeNull();
    expect(lifeOf(spec({ mixedInstancesPolicy: MIXED })).termination.distribution).toEqual({
      onDemandBaseCapacity: 0,
      onDemandPercentageAboveBaseCapacity: 0,
    });
  });

  test('hooks of an hour that abandon', () => {
    const lifecycleHooks = { h: { lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' } };
    expect(lifeOf(spec({ lifecycleHooks })).launchHold).toEqual({
      time: 3600 * SECOND,
      isAbandoned: true,
    });
  });

  test('it can be deployed', () => expect(autoscalingGroup.deploy).toBeDefined());
});
