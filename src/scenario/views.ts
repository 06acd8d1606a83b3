/** Traffic as the checks of component types see it, by name; what was refused is left out. */

import type { TrafficView } from '../components/settings/resource.js';
import type { CheckedTraffic } from './checked.js';

export function viewsOf(
  traffic: readonly (CheckedTraffic | undefined)[],
): ReadonlyMap<string, TrafficView> {
  const known = traffic.filter((one) => one !== undefined);
  return new Map(known.map((spec) => [spec.name, { name: spec.name, target: spec.target, spec }]));
}
