// How instances come and go when a group says nothing about it: two zones, and nothing goes wrong by itself.

import { distribution } from '../../../../src/kernel/distributions/distribution.js';
import { SECOND } from '../../../../src/kernel/time.js';
import type { LifeOptions } from '../../../../src/components/autoscaling/options.js';

export const PLAIN_LIFE: LifeOptions = {
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  termination: { policies: ['Default'], distribution: null, protectsNew: false },
  launchHold: null,
  terminationHold: null,
  warmPool: null,
  capacityRebalance: false,
  assume: {
    warmStart: distribution({ kind: 'constant', value: 20 * SECOND }),
    spotInterruptions: 0,
    instanceFailures: 0,
    launchFailure: 0,
  },
};
