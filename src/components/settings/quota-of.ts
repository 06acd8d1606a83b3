/** Account limits in force. */

import type { Quota } from './resource.js';
import { quotaKey } from './resource.js';

/** What is in force for a resource: as the scenario says, or AWS's default in its region. */
export function quotaOf(
  quota: Quota,
  {
    quotas,
    region,
  }: { readonly quotas: Readonly<Record<string, number>>; readonly region: string },
): number {
  return quotas[quotaKey(quota)] ?? quota.byDefault(region);
}
