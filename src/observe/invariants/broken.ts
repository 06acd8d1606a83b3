/** What an invariant says about one resource. */
export interface Broken {
  readonly name: string;
  /** The number of the resource it was watched on, or WHOLE. */
  readonly on: number;
  readonly violations: number;
}

/** Watched on the run as a whole. */
export const WHOLE = -1;

/** Counts by resource as results, for the resources that `on` lists. */
export function brokenOn(name: string, on: readonly number[], violations: Float64Array): Broken[] {
  return on.map((resource) => ({ name, on: resource, violations: violations[resource] }));
}
