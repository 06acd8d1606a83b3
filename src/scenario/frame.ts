/**
 * The frame of a scenario file (docs/scenario.md) as one zod definition: types, JSON Schema and the
 * reference pages come from it. What may stand in a resource comes from the component types.
 */

import { z } from 'zod';
import { block, mapByName } from '../components/settings/block.js';
import type { Read } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';
import { callerClient, fleetConsumes, handler, serves } from '../components/settings/program.js';
import { moment } from '../components/settings/moment.js';
import { share } from '../components/settings/rates.js';
import { regionOfResource, REGIONS } from '../components/settings/regions.js';
import { duration, readTime } from '../components/settings/scaled.js';
import type {
  AssumeFields,
  ProgramKey,
  ResourceSchema,
  SystemSchema,
} from '../components/settings/resource.js';
import { setting } from '../components/settings/setting.js';
import { traffic } from '../components/settings/traffic.js';
import { choice, expression, text } from '../components/settings/words.js';
import { account } from './account.js';
import { faults } from './faults.js';
import { operations } from './operations.js';
import { quotasBlock } from './quotas.js';

/** What the frame is filled with: the types of resources, and assumptions that belong to none. */
export interface Registry {
  readonly types: readonly ResourceSchema[];
  readonly systems: readonly SystemSchema[];
  /** Names of invariants, for `allow`; undefined: any name that is no warning. */
  readonly invariants?: readonly string[];
}

export const PROFILES = ['ideal', 'typical', 'adversarial'] as const;

const readWarmUp: Read<number> = (written, refuse) => {
  if (written !== 'auto') return readTime({})(written, refuse);
  return refuse({
    code: 'not-modelled',
    found: 'auto',
    message: 'warmUp: auto is not modelled yet',
    allowed: 'a time such as 5m',
  });
};

const readSeed: Read<string> = (written, refuse) => {
  const seed = typeof written === 'number' ? String(written) : written;
  if (typeof seed === 'string' && seed !== '' && seed.length <= 200) return seed;
  return refuse({
    code: 'wrong-kind',
    found: show(written),
    allowed: 'a number or a text of at most 200 characters',
  });
};

const nothing = Object.freeze({}); // all defaults

/** Top-level keys that stand alone. */
export const scalars = {
  name: text({ doc: 'For reports: data, never markup.', longest: 200 }),
  description: text({ doc: 'What to look at.', default: '' }),
  seed: setting(
    readSeed,
    { type: ['integer', 'string'] },
    { default: '1', doc: 'Another seed, other random draws.' },
  ),
  profile: choice(PROFILES, {
    default: 'typical',
    doc: 'Which column of defaults holds for what AWS does not publish: ideal has no noise.',
  }),
  region: choice(REGIONS, {
    default: 'us-east-1',
    doc: 'The region of all resources that do not say theirs.',
  }),
  start: moment({
    default: '2026-01-01T00:00Z',
    doc: 'What cron expressions, months and days count from.',
  }),
  duration: duration({
    doc: 'When traffic ends; default: where the longest phases end.',
  }).optional(),
  drain: duration({
    default: '1h',
    doc: 'After the traffic: run on until nothing is left, for at most so long.',
  }),
  warmUp: setting(
    readWarmUp,
    { type: 'string' },
    { default: '0s', doc: 'What statistics skip at the start.' },
  ),
};

const costBlock = block(
  {
    name: 'cost',
    doc: 'How the bill is made of the run.',
    words: { hoursPerMonth: 'month', rebate: 'discount' },
  },
  {
    month: duration({ min: '1h', max: '744h', default: '730h', doc: 'How long a month is.' }),
    discount: share({ default: '0%', doc: 'Off every price.' }),
  },
);
export type CostSettings = z.output<typeof costBlock>;

const lists = {
  faults: faults.prefault([]).meta({ description: 'What breaks, when.' }),
  operations: operations.prefault([]).meta({ description: 'What somebody does, when.' }),
  expect: z
    .array(expression({ example: 'latency(shoppers).p99 < 30s' }))
    .prefault([])
    .meta({ description: 'Promises, one comparison each.' }),
  allow: z
    .array(text({ longest: 200 }))
    .prefault([])
    .meta({ description: 'Warnings and invariants broken on purpose: code(name).' }),
  cost: costBlock.prefault(nothing as never),
};

/** The schema of an `assume` block: every assumption may be said, none must. */
export function assumeBlock(name: string, assume: AssumeFields) {
  const fields = Object.entries(assume).map(([key, { schema, doc, typical, source }]) => {
    return [
      key,
      schema.optional().meta({ description: doc, default: typical, 'x-source': source }),
    ] as const;
  });
  return block(
    { name, doc: 'What AWS does not publish.' },
    Object.fromEntries(fields) as Record<string, z.ZodType>,
  );
}

/** `consumes`, `handler`, … of a type that runs code. */
function programFields(programs: readonly ProgramKey[]): Record<string, z.ZodType> {
  const fields: Record<string, z.ZodType> = {};
  if (programs.includes('consumes')) fields['consumes'] = fleetConsumes.prefault(nothing as never);
  if (programs.includes('serves')) fields['serves'] = serves.optional();
  if (programs.includes('handler')) fields['handler'] = handler;
  if (programs.includes('client')) fields['client'] = callerClient.optional();
  return fields;
}

/** The schema of a resource of one type, its program keys and assumptions included. */
export function resourceSchema({ type, summary, shape, isOutside }: ResourceSchema) {
  const byProfile = Object.entries(shape.byProfile ?? {}).map(
    ([key, { schema, doc, typical, source }]) => {
      return [
        key,
        schema.optional().meta({ description: doc, default: typical, 'x-source': source }),
      ] as const;
    },
  );
  const notes = {
    name: type,
    ...(summary === undefined ? {} : { doc: summary }),
    notModelled: shape.notModelled ?? {},
    noEffect: shape.noEffect ?? {},
    exactlyOne: shape.exactlyOne ?? [],
  };
  return block(notes, {
    type: z.literal(type),
    ...shape.settings,
    ...(Object.fromEntries(byProfile) as Record<string, z.ZodType>),
    account: account(),
    ...(isOutside === true ? {} : { region: regionOfResource() }),
    assume: assumeBlock('resource-assume', shape.assume).optional(),
    ...programFields(shape.programs ?? []),
  });
}

/** Top-level `assume:` by type and system. */
export function topAssume(registry: Registry) {
  const fields: Record<string, z.ZodType> = {};
  for (const { type, shape } of registry.types)
    fields[type] = assumeBlock('resource-assume', shape.assume).optional();
  for (const { name, assume } of registry.systems)
    fields[name] = assumeBlock('resource-assume', assume).optional();
  return block({ name: 'assume', doc: 'Assumptions for all resources of a type.' }, fields);
}

/** The whole file. `extends` is resolved before this sees it. */
export function scenarioSchema(registry: Registry) {
  const types = registry.types.map(resourceSchema);
  const resource =
    types.length === 0
      ? z.strictObject({ type: z.string() })
      : z.union(types as unknown as [z.ZodType, ...z.ZodType[]]);
  return block(
    { name: 'scenario', doc: 'A scenario of Wavetank.' },
    {
      ...scalars,
      traffic: mapByName(traffic, 'Who sends what, and when: a map by name.'),
      resources: mapByName(resource, 'AWS things and what is outside AWS: a map by name.'),
      ...lists,
      assume: topAssume(registry).optional(),
      quotas: quotasBlock(registry).optional(),
    },
  );
}

/** Top-level keys that are read as they are. */
export const head = { ...scalars, cost: lists.cost };
/** Items of the top-level lists, and the maps; each is read on its own. */
export const headFields = {
  traffic: z.unknown(),
  resources: z.unknown(),
  faults: z.unknown(),
  operations: z.unknown(),
  assume: z.unknown(),
  quotas: z.unknown(),
  expect: expression({ example: 'latency(shoppers).p99 < 30s' }),
  allow: text({ longest: 200 }),
};
