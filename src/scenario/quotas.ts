/** `quotas`: account limits of AWS that the types of a registry feel, with AWS's defaults by region. */

import type { z } from 'zod';
import { block } from '../components/settings/block.js';
import { isMap } from '../components/settings/problem.js';
import type { Quota, ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { quotaKey } from '../components/settings/resource.js';
import type { QuotaInForce } from './checked.js';
import type { Registry } from './frame.js';
import type { ForAll } from './resources.js';

/** Every quota of some types, once. */
function quotasOf(types: readonly ResourceSchema[]): Quota[] {
  const all = types.flatMap(({ quotas }) => quotas ?? []);
  return all.filter((quota, i) => {
    return all.findIndex((other) => quotaKey(other) === quotaKey(quota)) === i;
  });
}

/** The schema of the block. */
export function quotasBlock(registry: Registry) {
  const all = quotasOf(registry.types);
  const services = [...new Set(all.map(({ service }) => service))].map((service) => {
    const fields = all
      .filter((quota) => quota.service === service)
      .map(({ name, schema, doc, source }) => {
        return [name, schema.optional().meta({ description: doc, 'x-source': source })] as const;
      });
    const shape = Object.fromEntries(fields) as Record<string, z.ZodType>;
    return [service, block({ name: 'quota' }, shape).optional()] as const;
  });
  const shape = Object.fromEntries(services) as Record<string, z.ZodType>;
  return block(
    { name: 'quotas', doc: 'Account limits that AWS raises on request; default by region.' },
    shape,
  );
}

/** The block, read, by quotaKey. */
export function readQuotas(read: unknown): Record<string, number> {
  const values: Record<string, number> = {};
  if (!isMap(read)) return values;
  for (const [service, own] of Object.entries(read)) {
    if (!isMap(own)) continue;
    for (const [name, value] of Object.entries(own))
      if (typeof value === 'number') values[`${service}.${name}`] = value;
  }
  return values;
}

/** The quotas that the types of a scenario feel, in each of its regions where there are several. */
export function quotasInForce(
  types: readonly ResourceSchema[],
  resources: readonly ResourceView[],
  { region: top, quotas: said }: Pick<ForAll, 'region' | 'quotas'>,
): QuotaInForce[] {
  const regions = [...new Set(resources.map(({ region }) => region))];
  return quotasOf(types).flatMap((quota) => {
    const key = quotaKey(quota);
    const own = said[key];
    const inForce = (region: string, where: string): QuotaInForce => ({
      path: `quotas.${key}${where}`,
      written: String(own ?? quota.byDefault(region)),
      origin: own === undefined ? 'default' : 'scenario',
      doc: quota.doc,
      source: quota.source,
    });
    if (own !== undefined || regions.length <= 1) return [inForce(regions[0] ?? top, '')];
    return regions.map((region) => inForce(region, ` in ${region}`));
  });
}
