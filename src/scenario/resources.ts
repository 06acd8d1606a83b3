/** One resource, read: settings, assumptions in force, and what its program does. */

import { isMap } from '../components/settings/problem.js';
import type { Profile, ResourceSchema } from '../components/settings/resource.js';
import { resolved } from './assumptions.js';
import type { AssumptionInForce, CheckedResource } from './checked.js';
import type { Examiner, MoreNotes } from './examine.js';
import { resourceSchema } from './frame.js';
import { NOT_MODELLED, RESOURCE_WORDS } from './not-modelled.js';

type Plain = Readonly<Record<string, unknown>>;

/** What the top level says for all resources. */
export interface ForAll {
  readonly profile: Profile;
  readonly region: string;
  /** Top-level `assume`, parsed and as written. */
  readonly assume: Plain;
  readonly writtenAssume: unknown;
  /** Schemas by type, made once each: building and compiling one takes longer than reading with it. */
  readonly schemas: Map<string, ReturnType<typeof resourceSchema>>;
}

export interface ReadResource {
  readonly resource: CheckedResource;
  readonly inForce: readonly AssumptionInForce[];
}

/** undefined when anything about it was refused. */
export function readResource(
  examiner: Examiner,
  type: ResourceSchema,
  name: string,
  body: Plain,
  top: ForAll,
): ReadResource | undefined {
  const { shape } = type;
  const schema = top.schemas.get(type.type) ?? resourceSchema(type);
  top.schemas.set(type.type, schema);
  const programs = shape.programs ?? [];
  const ofPrograms = programs.length === 0 ? [] : (NOT_MODELLED['program'] ?? []);
  const more: MoreNotes = {
    notModelled: [...(NOT_MODELLED['resource'] ?? []), ...ofPrograms],
    words: RESOURCE_WORDS,
    noEffect: {},
  };
  const read = examiner.read(schema, body, ['resources', name], more) as Plain | undefined;
  if (read === undefined) return undefined;
  const path = `resources.${name}`;
  const own = resolved(shape.assume, {
    profile: top.profile,
    path: `${path}.assume`,
    parsed: [top.assume[type.type] as Plain | undefined, read['assume'] as Plain | undefined],
    written: [writtenBlock(top.writtenAssume, type.type), writtenBlock(body, 'assume')],
  });
  const byProfile = resolved(shape.byProfile ?? {}, {
    profile: top.profile,
    path,
    parsed: [read],
    written: [body],
  });
  const settings: Record<string, unknown> = { ...byProfile.values };
  for (const key of Object.keys(shape.settings)) settings[key] = read[key];
  const code: Record<string, unknown> = {};
  for (const key of programs) if (read[key] !== undefined) code[key] = read[key];
  const { profile, region } = top;
  const resource = {
    name,
    type: type.type,
    region,
    profile,
    settings,
    assume: own.values,
    programs: code,
    written: body,
  };
  return { resource, inForce: [...own.inForce, ...byProfile.inForce] };
}

/** A block inside of a written map. */
export function writtenBlock(plain: unknown, key: string): Plain | undefined {
  const inner = isMap(plain) ? plain[key] : undefined;
  return isMap(inner) ? inner : undefined;
}
