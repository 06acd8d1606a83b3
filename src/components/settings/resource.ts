/**
 * How a resource type declares its settings and assumptions, and the hook by which it checks what no
 * single value can tell (a dead-letter queue of the wrong kind, a timeout below the handler's time).
 */

import type { z } from 'zod';
import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import type { Inbox } from '../inbox-port.js';
import type { LevelName } from '../levels.js';
import type { MetricTable } from '../metric-table.js';
import type { CalledService } from './called.js';
import type { ErrorCode, Path, Problem, WarningCode } from './problem.js';
import type { PushLink } from './push-link.js';
import type { ResourceRole } from './roles.js';

export type Profile = 'ideal' | 'typical' | 'adversarial';

/** The three columns of a default, each in the scenario's own notation. */
export interface Columns {
  readonly ideal: unknown;
  readonly typical: unknown;
  /** Default: as typical. */
  readonly adversarial?: unknown;
}

export interface AssumptionOptions extends Columns {
  /** What differs for a FIFO queue or topic, which its name tells. */
  readonly fifo?: Partial<Columns>;
  /** Said of one kind only: for the other it would have no effect. */
  readonly only?: 'standard' | 'fifo';
  /** What it is, one sentence. */
  readonly doc: string;
  /** Where the number comes from: a page, a measurement, or "our guess". */
  readonly source: string;
  /** What is in force where a scenario says only a part of it: `own` as it says, `standard` as by default. */
  readonly completed?: (own: unknown, standard: unknown) => unknown;
}

/** A number or distribution that AWS does not publish, with its default per profile. */
export interface Assumption<S extends z.ZodType = z.ZodType> extends AssumptionOptions {
  readonly schema: S;
}

/** Declares an assumption: `assumption(distribution('duration'), { ideal: '0s', typical: '20ms', … })`. */
export function assumption<S extends z.ZodType>(
  schema: S,
  options: AssumptionOptions,
): Assumption<S> {
  return { ...options, schema };
}

/** Which of the program keys of docs/scenario.md a type takes. */
export type ProgramKey = 'consumes' | 'serves' | 'handler' | 'client';

export type SettingsFields = z.ZodRawShape;
export type AssumeFields = Readonly<Record<string, Assumption>>;

/** An account limit of AWS that can be raised: it stands under the scenario's `quotas`. */
export interface Quota {
  /** The block it stands in: `sqs`, `kms`. */
  readonly service: string;
  readonly name: string;
  readonly schema: z.ZodType<number>;
  /** AWS's default in a region. */
  readonly byDefault: (region: string) => number;
  readonly doc: string;
  readonly source: string;
}

/** `quotas.sqs.inFlight` of a resource's `quotas`: `sqs.inFlight`. */
export function quotaKey({ service, name }: Quota): string {
  return `${service}.${name}`;
}

/** Everything that may stand in a resource's body, by type. */
export interface SettingsShape<
  S extends SettingsFields = SettingsFields,
  A extends AssumeFields = AssumeFields,
> {
  readonly settings: S;
  /** Under `assume:`, here and at the top level. */
  readonly assume: A;
  /** Settings in the body itself whose default depends on the profile (`startup`). */
  readonly byProfile?: AssumeFields;
  readonly programs?: readonly ProgramKey[];
  /** Settings that AWS (or the language) has and this release refuses → the page that says so. */
  readonly notModelled?: Readonly<Record<string, string>>;
  /** Settings that no simulation can feel → why. */
  readonly noEffect?: Readonly<Record<string, string>>;
  /** Groups of settings: exactly one of each must stand there. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Settings that the operation `set` may change while the resource runs. */
  readonly changeable?: readonly string[];
}

/** Marks a setting that only a FIFO queue or topic has. */
export function fifoOnly<S extends z.ZodType>(schema: S): S {
  return schema.meta({ 'x-fifo': true });
}

/** A FIFO queue or topic, and nothing else, has a name that ends so. */
export const FIFO_SUFFIX = '.fifo';

export function isFifoName(name: string): boolean {
  return name.endsWith(FIFO_SUFFIX);
}

/** What a checked resource's `settings` are: S and, with the profile applied, what stands under byProfile. */
export type SettingsOf<T extends SettingsShape> = z.output<z.ZodObject<T['settings']>> & {
  readonly [K in keyof T['byProfile']]: T['byProfile'][K] extends Assumption<infer S>
    ? z.output<S>
    : never;
};
/** What a checked resource's `assume` is: every assumption, resolved. */
export type AssumeOf<T extends SettingsShape> = {
  readonly [K in keyof T['assume']]: T['assume'][K] extends Assumption<infer S>
    ? z.output<S>
    : never;
};

/** A resource as the checks see it. */
export interface ResourceView {
  readonly name: string;
  readonly type: string;
  /** Those of its type. */
  readonly roles: readonly ResourceRole[];
  readonly region: string;
  /** The AWS account it lies in. */
  readonly account: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly assume: Readonly<Record<string, unknown>>;
  readonly programs: Readonly<Record<string, unknown>>;
  /** What the author wrote, as plain values: a default is not written. */
  readonly written: Readonly<Record<string, unknown>>;
  /** What stands under `quotas`, by quotaKey. */
  readonly quotas?: Readonly<Record<string, number>>;
}

/** A traffic as the checks see it. */
export interface TrafficView {
  readonly name: string;
  readonly target: string;
  readonly spec: unknown;
}

/** What a type's own checks may look at and say. Resources with errors of their own are not shown. */
export interface CheckContext {
  readonly self: ResourceView;
  readonly profile: Profile;
  readonly resources: ReadonlyMap<string, ResourceView>;
  /** Resources of the file that have errors of their own: what only follows from that is not told. */
  readonly refused: ReadonlySet<string>;
  readonly traffic: ReadonlyMap<string, TrafficView>;
  /** Calendar time of virtual time 0, seconds from 1970. */
  readonly startSeconds: number;
  /** When the run is over at the latest, µs; undefined when that is not known. */
  readonly end: Micros | undefined;
  /** The written path of this resource: `['resources', name]`. */
  readonly path: Path;
  /** Whether anybody sends or pushes messages there: traffic, steps, links. */
  isSentTo(name: string): boolean;
  /** Whether it is the dead-letter queue of anything. */
  takesDeadLetters(name: string): boolean;
  /** What operations `set` one of this resource's settings to during the run, as written. */
  changesOf(key: string): readonly unknown[];
  /** Refuses the scenario; `problem.path` is below the resource, `offset` a place within the text that stands there. */
  refuse(problem: Problem & { readonly code: ErrorCode; readonly offset?: number }): void;
  /** Warns; `on` is what `allow: [code(on)]` names, default this resource. */
  warn(code: WarningCode, message: string, path?: Path, on?: string): void;
}

/** Checks across the file that a component type adds to those of the language. */
export type ComponentChecks = (context: CheckContext) => void;

/** An operation as the checks see it; times in µs. */
export interface PlannedOperation {
  /** Its place in the scenario's list. */
  readonly place: number;
  readonly at: number;
  /** undefined: once. */
  readonly every: number | undefined;
  readonly on: string;
  readonly verb: string;
  /** Of a redrive that says it. */
  readonly to?: string | undefined;
  /** Of a replay: since when, µs. */
  readonly from?: number;
  /** Of a `set`: what has changed, in base units. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What AWS would refuse of the operations: all of the scenario, of which some are on this resource. */
export type OperationChecks = (
  context: CheckContext,
  operations: readonly PlannedOperation[],
) => void;

type Settings = Readonly<Record<string, unknown>>;

/** What the scenario layer needs of a component type; a ComponentType is one. */
export interface ResourceSchema {
  readonly type: string;
  readonly summary?: string;
  readonly page?: string;
  readonly shape: SettingsShape;
  /** What it can be to others. */
  readonly roles?: readonly ResourceRole[];
  /** How messages are sent to it; each type with the role `inbox` says so. */
  readonly inbox?: Inbox;
  /** It has a FIFO variant, which is told by a name that ends so. */
  readonly hasFifo?: true;
  /** It is no part of AWS and lies in no region; its shape says that `region` has no effect. */
  readonly isOutside?: true;
  /** It is called by programs: what warnings about those ask. */
  readonly called?: CalledService;
  /** How long a stopping instance has for what it holds; undefined: none stops on purpose. */
  readonly graceOf?: (resource: ResourceView) => Micros | undefined;
  /** Buckets that it puts objects into by itself. */
  readonly storesIn?: (resource: ResourceView) => readonly string[];
  /** It delivers by itself: to whom. undefined: this one does not. */
  readonly pushes?: (resource: ResourceView) => readonly PushLink[] | undefined;
  /** Messages are pushed to it: what services that push must know of it. */
  readonly endpoint?: (resource: EndpointSource) => Endpoint;
  /** Levels it has (docs/scenario.md). */
  readonly levels?: readonly LevelName[];
  /** Metrics that it publishes, by CloudWatch's names. */
  readonly metrics?: MetricTable;
  /** AWS's names of its API operations. */
  readonly operations?: readonly string[];
  /** Account limits that it feels. */
  readonly quotas?: readonly Quota[];
  /** Where its prices are known; no regions: it bills nothing. */
  readonly prices?: { readonly service: string; readonly regions: readonly string[] };
  /**
   * What it does as a program, of a type that polls and has settings of its own for that: `consumes`, `handler`.
   * `resources`: all that were not refused.
   */
  readonly asProgram?: (
    resource: ResourceView,
    resources: ReadonlyMap<string, ResourceView>,
  ) => Readonly<Record<string, unknown>>;
  readonly checks?: ComponentChecks;
  /** What else a `set` changes: all settings as they are after it, from what was set and the rest as before. */
  readonly afterSet?: (merged: Settings, set: Settings) => Settings;
  /** What AWS would refuse of operations on it; `problem.path` begins with the place of an operation. */
  readonly operationChecks?: OperationChecks;
  /** The Availability Zones that its instances lie in. */
  readonly zonesOf?: (resource: ResourceView) => readonly string[];
  /** Whether any of its instances may be Spot instances. */
  readonly hasSpot?: (resource: ResourceView) => boolean;
  /** What it will do by itself, in words, a sentence each: for `explain` and for reports. */
  readonly happenings?: (resource: ResourceView) => readonly string[];
  /** What is scheduled for it, in words, one sentence each. */
  readonly schedule?: (resource: ResourceView) => readonly string[];
  /** What it archives can be replayed (ComponentType says how). */
  readonly replay?: unknown;
  /** A replay goes to one of its links, which the operation names: `a -> b`. */
  readonly replaysLinks?: true;
  /** The links to which these settings, from the start or set later, have an archive replayed. */
  readonly replaysBySettings?: (settings: Settings) => readonly string[];
  /** It can be deployed anew (ComponentType says how). */
  readonly deploy?: unknown;
  /** The place in its list of errors that an HTTP status has; undefined: it never answers so. */
  readonly errorOfStatus?: (status: number) => number | undefined;
  /** Calls of it take no time on their way: nothing is there for a fault `slow: 5x` to stretch. */
  readonly isReachedAtOnce?: true;
}

/** Whether messages are owed to what has this type: it polls for them, or runs its handler for each. */
export function isConsumer({ shape, roles, asProgram }: ResourceSchema): boolean {
  const polls = shape.programs?.includes('consumes') === true || asProgram !== undefined;
  return polls || roles?.includes('function') === true;
}

/** Assumptions that belong to no resource: `cloudwatch`, `network`. */
export interface SystemSchema {
  readonly name: string;
  readonly assume: AssumeFields;
}

/** Whether a distribution's description is the constant 0. */
export function isConstantZero(spec: unknown): boolean {
  const constant = spec as DistributionSpec | undefined;
  return constant?.kind === 'constant' && constant.value === 0;
}
