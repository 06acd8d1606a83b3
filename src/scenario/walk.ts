/**
 * A view of a zod schema that can be walked beside a written value: blocks with their keys, maps by
 * name, lists, and leaves with what their `.meta()` says. Wrappers (optional, default, transform) are
 * looked through.
 */

import type { z } from 'zod';
import type { BlockNotes } from '../components/settings/block.js';
import type { WantedRole } from '../components/settings/roles.js';

interface LeafView {
  readonly kind: 'leaf';
  readonly meta: Meta;
  /** What a name here may point at. */
  readonly reference: readonly WantedRole[] | undefined;
}
interface ListView {
  readonly kind: 'list';
  readonly meta: Meta;
  readonly reference: undefined;
  item(): SchemaView;
}
interface RecordView {
  readonly kind: 'record';
  readonly meta: Meta;
  readonly reference: undefined;
  key(): SchemaView;
  item(): SchemaView;
}
interface BlockView {
  readonly kind: 'block';
  readonly meta: Meta;
  readonly reference: undefined;
  readonly notes: BlockNotes;
  keys(): readonly string[];
  field(key: string): SchemaView | undefined;
}
export type SchemaView = LeafView | ListView | RecordView | BlockView;

/** What `.meta()` holds: description, default, x-range, x-source, x-reference, … */
export type Meta = Readonly<Record<string, unknown>>;

/** The parts of zod's `def` that are looked at; documented for library authors. */
interface Def {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly getter?: () => z.ZodType;
}

const WRAPPERS = [
  'optional',
  'default',
  'prefault',
  'nullable',
  'readonly',
  'nonoptional',
  'catch',
];

export function viewOf(schema: z.ZodType): SchemaView {
  let inner = schema;
  let meta: Meta = {};
  for (;;) {
    const def = inner._zod.def as unknown as Def;
    meta = { ...inner.meta(), ...meta };
    if (WRAPPERS.includes(def.type)) inner = def.innerType!;
    else if (def.type === 'pipe') inner = def.in!;
    else if (def.type === 'lazy') inner = def.getter!();
    else return viewOfInner(inner, def, meta);
  }
}

function viewOfInner(schema: z.ZodType, def: Def, meta: Meta): SchemaView {
  switch (def.type) {
    case 'object': {
      const shape = def.shape!;
      const notes = (schema.meta()?.['x-block'] ?? meta['x-block'] ?? { name: '' }) as BlockNotes;
      return {
        kind: 'block',
        meta,
        reference: undefined,
        notes,
        keys: () => Object.keys(shape),
        field: (key) => (Object.hasOwn(shape, key) ? viewOf(shape[key]) : undefined),
      };
    }
    case 'array':
      return { kind: 'list', meta, reference: undefined, item: () => viewOf(def.element!) };
    case 'record':
      return {
        kind: 'record',
        meta,
        reference: undefined,
        key: () => viewOf(def.keyType!),
        item: () => viewOf(def.valueType!),
      };
    default:
      return {
        kind: 'leaf',
        meta,
        reference: meta['x-reference'] as readonly WantedRole[] | undefined,
      };
  }
}
