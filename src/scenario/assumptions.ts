/** Assumptions in force: default, then profile, then top-level `assume` by type, then the resource's own. */

import { check } from '../kernel/check.js';
import type { AssumeFields, Profile } from '../components/settings/resource.js';
import type { AssumptionInForce, Origin } from './checked.js';
import { writtenOf } from './tree.js';

type Plain = Readonly<Record<string, unknown>>;

export interface Layers {
  readonly profile: Profile;
  /** The top-level block of this type or system, and the resource's own, parsed and as written. */
  readonly parsed: readonly (Plain | undefined)[];
  readonly written: readonly (Plain | undefined)[];
  /** `resources.orders.assume`; empty for a system, which is told by `assume.<name>`. */
  readonly path: string;
}

export interface Resolved {
  readonly values: Plain;
  readonly inForce: readonly AssumptionInForce[];
}

/** Later layers win, key by key. */
export function resolved(fields: AssumeFields, layers: Layers): Resolved {
  const values: Record<string, unknown> = {};
  const inForce: AssumptionInForce[] = [];
  for (const [key, { schema, ideal, typical, adversarial, doc, source }] of Object.entries(
    fields,
  )) {
    const column = { ideal, typical, adversarial: adversarial ?? typical }[layers.profile];
    let value: unknown = undefined;
    let written: unknown = column;
    let origin: Origin =
      layers.profile === 'typical' || writtenOf(column) === writtenOf(typical)
        ? 'default'
        : 'profile';
    layers.parsed.forEach((layer, i) => {
      if (layer?.[key] === undefined) return;
      value = layer[key];
      written = layers.written[i]?.[key];
      origin = 'scenario';
    });
    if (value === undefined) {
      const read = schema.safeParse(column);
      check(read.success, 'the default of an assumption must be valid');
      value = read.data;
    }
    values[key] = value;
    inForce.push({
      path: `${layers.path}.${key}`,
      written: writtenOf(written),
      origin,
      doc,
      source,
    });
  }
  return { values, inForce };
}
