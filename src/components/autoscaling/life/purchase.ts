/**
 * On-Demand or Spot: what a group with a mixed instances policy launches and terminates. The base comes first,
 * above it a share, rounded up in favour of On-Demand (EC2 Auto Scaling User Guide, "Controlling the proportion of
 * On-Demand instances", awsdocs commit 0b8b3aea, whose table is the test's).
 */

export interface InstancesDistribution {
  readonly onDemandBaseCapacity: number;
  /** 0..100. */
  readonly onDemandPercentageAboveBaseCapacity: number;
}

/** How many of `capacity` instances are On-Demand. */
export function onDemandOf(distribution: InstancesDistribution, capacity: number): number {
  const base = Math.min(capacity, distribution.onDemandBaseCapacity);
  const above = (capacity - base) * distribution.onDemandPercentageAboveBaseCapacity;
  return base + Math.ceil(above / 100);
}

/** Whether the next of a group with so many instances is a Spot Instance. */
export function launchesSpot(
  distribution: InstancesDistribution,
  onDemand: number,
  spot: number,
): boolean {
  return onDemand >= onDemandOf(distribution, onDemand + spot + 1);
}

/** Whether a Spot Instance goes first when one of a group with so many instances is to go. */
export function terminatesSpot(
  distribution: InstancesDistribution,
  onDemand: number,
  spot: number,
): boolean {
  return onDemand <= onDemandOf(distribution, onDemand + spot - 1);
}

/** Whether any number of instances includes a Spot Instance. */
export function hasSpot(distribution: InstancesDistribution): boolean {
  return distribution.onDemandPercentageAboveBaseCapacity < 100;
}
