/** Which fleets can scale: those with a policy, a schedule, or a `set` that changes what they want. */
import type { CapacityBounds } from '../observe/control/instance-counts.js';
import type { Scenario } from './checked.js';

/** What may change the capacity of a fleet. */
interface Sizes {
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly desiredCapacity?: number | undefined;
}

interface FleetLike extends Sizes {
  readonly scalingPolicies?: Readonly<Record<string, object>>;
  readonly scheduledActions?: Readonly<Record<string, Sizes>>;
}

/** A predictive policy may be told to go beyond the maximum. */
const BEYOND = 'IncreaseMaxCapacity';

/** The bounds of its desired capacity, as wide as they ever are; null: the fleet cannot scale. */
export function scalesBetween(scenario: Scenario, id: number): CapacityBounds | null {
  const { name, settings } = scenario.resources[id];
  const fleet: FleetLike = settings;
  const sets = scenario.operations.flatMap((one): Sizes[] =>
    one.verb === 'set' && one.on === name ? [one.settings] : [],
  );
  const changes = [...Object.values(fleet.scheduledActions ?? {}), ...sets.filter(changesSize)];
  const policies = Object.values(fleet.scalingPolicies ?? {});
  if (policies.length + changes.length === 0) return null;
  const all = [fleet, ...changes];
  const isBounded = !JSON.stringify(policies).includes(BEYOND);
  return {
    min: Math.min(...all.map(({ minSize }) => minSize ?? Infinity)),
    max: isBounded ? Math.max(...all.map(({ maxSize }) => maxSize ?? -Infinity)) : Infinity,
  };
}

function changesSize({ minSize, maxSize, desiredCapacity }: Sizes): boolean {
  return minSize !== undefined || maxSize !== undefined || desiredCapacity !== undefined;
}

/** Those that decide about a fleet, as the fact `scaled` counts them: policies, then scheduled actions. */
export function decidersOf(scenario: Scenario, id: number): string[] {
  const fleet: FleetLike = scenario.resources[id].settings;
  return [
    ...Object.keys(fleet.scalingPolicies ?? {}),
    ...Object.keys(fleet.scheduledActions ?? {}),
  ];
}
