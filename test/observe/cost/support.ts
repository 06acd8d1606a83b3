// Meters and bills for tests: resources of the two services that are billed.

import { InstanceState } from '../../../src/components/facts.js';
import { EC2_PRICES } from '../../../src/components/autoscaling/prices.js';
import { SQS_PRICES } from '../../../src/components/sqs/prices.js';
import type { MeteredSettings } from '../../../src/components/prices.js';
import type { BillTerms } from '../../../src/observe/cost/bill.js';
import type { MeteredResource } from '../../../src/observe/cost/meters.js';
import { Meters } from '../../../src/observe/cost/meters.js';

export const HOUR = 3_600_000_000;

export function queue(
  name: string,
  region = 'us-east-1',
  { settings = {}, hasGroups = false }: Partial<MeteredSettings> = {},
): MeteredResource {
  const meters = SQS_PRICES.metersOf({ name, settings, hasGroups });
  return { name, region, prices: SQS_PRICES, meters };
}

export function fleet(
  name: string,
  instanceType = 'm7g.large',
  region = 'us-east-1',
): MeteredResource {
  return {
    name,
    region,
    prices: EC2_PRICES,
    meters: EC2_PRICES.metersOf({ name, settings: { instanceType }, hasGroups: false }),
  };
}

/** Meters whose clock the test moves. */
export function meters(...resources: readonly (MeteredResource | undefined)[]): {
  meters: Meters;
  clock: { now: number };
} {
  const clock = { now: 0 };
  return { meters: new Meters(clock, resources), clock };
}

export function terms(windowMicros: number, more: Partial<BillTerms> = {}): BillTerms {
  return { windowMicros, monthMicros: 730 * HOUR, discount: 0, ...more };
}

export { InstanceState };
