/** What a scenario may say about how instances come and go: CloudFormation's blocks in camelCase. */

import { block, choice, count, duration, flag } from '../../settings.js';
import { HOOK_TRANSITIONS } from './lifecycle-hooks.js';
import { API, INVALID, notModelled } from '../page.js';
import { POOL_STATES } from './warm-pool.js';

const aws = { source: API, awsError: INVALID };
const OUTSIDE = 'whoever completes the hook stands outside the scenario; the program does it';

export const lifecycleHook = block(
  {
    name: 'lifecycleHook',
    doc: 'Holds instances on their way in or out.',
    noEffect: {
      autoScalingGroupName: 'the hook stands inside its group',
      lifecycleHookName: 'the name in the map is the name',
      notificationMetadata: OUTSIDE,
      notificationTarget: OUTSIDE,
      notificationTargetARN: OUTSIDE,
      role: OUTSIDE,
      roleARN: OUTSIDE,
    },
    words: { transition: 'lifecycleTransition', timeout: 'heartbeatTimeout' },
  },
  {
    lifecycleTransition: choice(HOOK_TRANSITIONS, { ...aws, doc: 'Which instances it holds.' }),
    heartbeatTimeout: duration({
      ...aws,
      default: '1h',
      min: '30s',
      max: '2h',
      bare: 's',
      doc: 'How long it holds an instance that nobody completes the hook for.',
    }),
    defaultResult: choice(['ABANDON', 'CONTINUE'], {
      ...aws,
      default: 'ABANDON',
      doc: 'What happens then; an instance on its way out goes either way.',
    }),
  },
);

const instanceReusePolicy = block(
  { name: 'instanceReusePolicy', doc: 'What becomes of instances when the group scales in.' },
  {
    reuseOnScaleIn: flag({
      source: API,
      default: false,
      doc: 'They go back to the warm pool instead of being terminated.',
    }),
  },
);

export const warmPool = block(
  {
    name: 'warmPool',
    doc: 'Instances that are prepared in advance.',
    noEffect: { autoScalingGroupName: 'the pool stands inside its group' },
  },
  {
    poolState: choice(POOL_STATES, {
      ...aws,
      default: 'Stopped',
      doc: 'How they wait; running ones are billed.',
    }),
    minSize: count({ ...aws, default: 0, doc: 'The pool never wants fewer instances.' }),
    maxGroupPreparedCapacity: count({
      ...aws,
      doc: 'So many instances of group and pool together; default maxSize.',
    }).optional(),
    instanceReusePolicy: instanceReusePolicy.optional(),
  },
);

const ONE_TYPE = 'with one instance type, every allocation strategy chooses the same';

const instancesDistribution = block(
  {
    name: 'instancesDistribution',
    doc: 'How many instances are On-Demand; the others are Spot Instances.',
    notModelled: notModelled('spotMaxPrice'),
    noEffect: {
      onDemandAllocationStrategy: ONE_TYPE,
      spotAllocationStrategy: ONE_TYPE,
      spotInstancePools: ONE_TYPE,
    },
  },
  {
    onDemandBaseCapacity: count({ ...aws, default: 0, doc: 'So many are On-Demand at first.' }),
    onDemandPercentageAboveBaseCapacity: count({
      ...aws,
      default: 100,
      max: 100,
      doc: 'So many of a hundred of the others, rounded up.',
    }),
  },
);

export const mixedInstancesPolicy = block(
  {
    name: 'mixedInstancesPolicy',
    doc: 'On-Demand and Spot Instances in one group.',
    notModelled: notModelled('launchTemplate'),
  },
  { instancesDistribution },
);
