/** One resource, read: settings, assumptions in force, and what its program does. */

import { isMap } from '../components/settings/problem.js';
import type { Profile, ResourceSchema } from '../components/settings/resource.js';
import { isFifoName } from '../components/settings/resource.js';
import { DEFAULT_ACCOUNT } from './account.js';
import { isElsewhere, resolved } from './assumptions.js';
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
  /** What stands under `quotas`, by quotaKey. */
  readonly quotas: Readonly<Record<string, number>>;
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
    notModelled: ofPrograms,
    words: RESOURCE_WORDS,
    noEffect: {},
  };
  const read = examiner.read(schema, body, ['resources', name], more) as Plain | undefined;
  if (read === undefined) return undefined;
  const path = `resources.${name}`;
  const isFifo = isFifoName(name);
  refuseElsewhere(examiner, type, name, body, isFifo);
  const own = resolved(shape.assume, {
    profile: top.profile,
    isFifo,
    path: `${path}.assume`,
    parsed: [top.assume[type.type] as Plain | undefined, read['assume'] as Plain | undefined],
    written: [writtenBlock(top.writtenAssume, type.type), writtenBlock(body, 'assume')],
  });
  const byProfile = resolved(shape.byProfile ?? {}, {
    profile: top.profile,
    isFifo,
    path,
    parsed: [read],
    written: [body],
  });
  const settings: Record<string, unknown> = { ...byProfile.values };
  for (const key of Object.keys(shape.settings)) settings[key] = read[key];
  const code: Record<string, unknown> = {};
  for (const key of programs) if (read[key] !== undefined) code[key] = read[key];
  const { profile, quotas } = top;
  const resource = {
    name,
    type: type.type,
    roles: type.roles ?? [],
    region: (read['region'] as string | undefined) ?? top.region,
    account: (read['account'] as string | undefined) ?? DEFAULT_ACCOUNT,
    profile,
    settings,
    assume: own.values,
    quotas,
    programs: code,
    written: body,
  };
  return { resource, inForce: [...own.inForce, ...byProfile.inForce] };
}

/** What resources do as programs whose own settings say so. */
export function withPrograms(
  types: readonly ResourceSchema[],
  resources: Map<string, CheckedResource>,
): void {
  for (const [name, resource] of resources) {
    const type = types.find((candidate) => candidate.type === resource.type);
    const programs = type?.asProgram?.(resource, resources);
    if (programs !== undefined) resources.set(name, { ...resource, programs });
  }
}

/** What a resource assumes of itself must be about its kind; the top level may speak of both. */
function refuseElsewhere(
  examiner: Examiner,
  { shape }: ResourceSchema,
  name: string,
  body: Plain,
  isFifo: boolean,
): void {
  for (const key of Object.keys(writtenBlock(body, 'assume') ?? {})) {
    const assumption = Object.hasOwn(shape.assume, key) ? shape.assume[key] : undefined;
    if (assumption === undefined || !isElsewhere(assumption, isFifo)) continue;
    examiner.refuse(['resources', name, 'assume'], {
      code: 'no-effect',
      found: key,
      message: `${key} would have no effect: it is about ${isFifo ? 'standard' : 'FIFO'} queues only`,
      allowed: Object.entries(shape.assume)
        .filter(([, one]) => !isElsewhere(one, isFifo))
        .map(([one]) => one)
        .join(', '),
      path: [key],
      onKey: true,
    });
  }
}

/** A block inside of a written map. */
export function writtenBlock(plain: unknown, key: string): Plain | undefined {
  const inner = isMap(plain) ? plain[key] : undefined;
  return isMap(inner) ? inner : undefined;
}
