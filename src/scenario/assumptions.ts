/** Assumptions in force: default, then profile, then top-level `assume` by type, then the resource's own. */

import { check } from '../kernel/check.js';
import type { AssumeFields, Assumption, Profile } from '../components/settings/resource.js';
import type { AssumptionInForce, Origin } from './checked.js';
import { writtenOf } from './tree.js';

type Plain = Readonly<Record<string, unknown>>;

export interface Layers {
  readonly profile: Profile;
  /** A FIFO queue or topic: some defaults differ, and some assumptions are not about it. */
  readonly isFifo: boolean;
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

/** Whether an assumption says nothing about a FIFO resource, or about one that is none. */
export function isElsewhere({ only }: Assumption, isFifo: boolean): boolean {
  return only !== undefined && (only === 'fifo') !== isFifo;
}

/** The default in a profile, and in `typical`. */
function columnsOf(assumption: Assumption, { profile, isFifo }: Layers) {
  const { ideal, typical, adversarial } = isFifo
    ? { ...assumption, ...assumption.fifo }
    : assumption;
  return { typical, column: { ideal, typical, adversarial: adversarial ?? typical }[profile] };
}

/** Later layers win, key by key. */
export function resolved(fields: AssumeFields, layers: Layers): Resolved {
  const values: Record<string, unknown> = {};
  const inForce: AssumptionInForce[] = [];
  for (const [key, assumption] of Object.entries(fields)) {
    const { schema, doc, source } = assumption;
    const { column, typical } = columnsOf(assumption, layers);
    let value: unknown = undefined;
    let written: unknown = column;
    let origin: Origin =
      layers.profile === 'typical' || writtenOf(column) === writtenOf(typical)
        ? 'default'
        : 'profile';
    const isSilent = isElsewhere(assumption, layers.isFifo);
    layers.parsed.forEach((layer, i) => {
      if (isSilent || layer?.[key] === undefined) return;
      value = layer[key];
      written = layers.written[i]?.[key];
      origin = 'scenario';
    });
    const { completed } = assumption;
    if (value === undefined) value = standardOf(schema, column);
    else if (completed !== undefined) value = completed(value, standardOf(schema, column));
    values[key] = value;
    if (isSilent) continue;
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

function standardOf(schema: Assumption['schema'], column: unknown): unknown {
  const read = schema.safeParse(column);
  check(read.success, 'the default of an assumption must be valid');
  return read.data;
}
