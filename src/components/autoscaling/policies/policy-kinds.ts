/** The kinds of scaling policies, and which keys each takes. */

export const POLICY_TYPES = [
  'TargetTrackingScaling',
  'StepScaling',
  'SimpleScaling',
  'PredictiveScaling',
] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

interface Keys {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export const KEYS_OF: Readonly<Record<PolicyType, Keys>> = {
  StepScaling: {
    required: ['adjustmentType', 'stepAdjustments', 'alarm'],
    optional: ['minAdjustmentMagnitude', 'metricAggregationType', 'estimatedInstanceWarmup'],
  },
  SimpleScaling: {
    required: ['adjustmentType', 'scalingAdjustment', 'alarm'],
    optional: ['minAdjustmentMagnitude', 'cooldown'],
  },
  TargetTrackingScaling: {
    required: ['targetTrackingConfiguration'],
    optional: ['estimatedInstanceWarmup'],
  },
  PredictiveScaling: { required: ['predictiveScalingConfiguration'], optional: [] },
};

/** All keys that a policy of this type may have, `policyType` aside. */
export function keysOf(type: PolicyType): readonly string[] {
  return [...KEYS_OF[type].required, ...KEYS_OF[type].optional];
}

/** The types that take a key. */
export function typesWith(key: string): readonly PolicyType[] {
  return POLICY_TYPES.filter((type) => keysOf(type).includes(key));
}
