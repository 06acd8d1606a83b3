/**
 * What a folder under components/ exports: one ComponentType for each `type` it brings.
 * registry.ts lists them. Nothing else outside components/ names a folder, but for experiment/operations and
 * experiment/conformance, which are about one service each (test/components/registry.test.ts).
 */

import type { Micros } from '../kernel/time.js';
import type { LevelName } from './levels.js';
import type { MetricTable } from './metric-table.js';
import type { PriceItems } from './prices.js';
import type { AssumeOf, Profile, ResourceSchema, SettingsOf, SettingsShape } from './settings.js';
import type { ResourceRole } from './settings/roles.js';
import type { World } from './world.js';

/** A checked resource, as the scenario layer hands it over. */
export interface ResourceSpec<Shape extends SettingsShape = SettingsShape> {
  readonly name: string;
  readonly type: string;
  readonly region: string;
  readonly account: string;
  readonly profile: Profile;
  readonly settings: SettingsOf<Shape>;
  readonly assume: AssumeOf<Shape>;
  /** The account limits that the type names, in this region, by quotaKey. */
  readonly quotas: Readonly<Record<string, number>>;
  /** What stands under `consumes`, `serves`, `handler`, `client`, checked by the language itself. */
  readonly programs: Readonly<Record<string, unknown>>;
}

/** A rolling deployment. */
export interface Rollout {
  /** How many instances are replaced at a time, or which share (0..1) of those wanted; one at least. */
  readonly batch: number;
  readonly isShare: boolean;
  /** From the moment at which all of a batch are in service to the next batch, µs. */
  readonly wait: Micros;
}

/** A running component. */
export interface Component {
  /** Its number in World.names. */
  readonly id: number;
  /** After all components exist: look up neighbours. */
  connect?(): void;
  /** At time 0, in file order. */
  start?(): void;
}

/** The part of a type that tells whether anybody calls it. */
export type Called =
  | {
      /** Nobody calls it. */
      readonly operations: readonly [];
      readonly errorOfStatus?: undefined;
    }
  | {
      /** AWS's names of its API operations; calls and facts carry the place in this list. */
      readonly operations: readonly [string, ...string[]];
      /** The place in its list of errors that an HTTP status has; undefined: it never answers so. */
      readonly errorOfStatus: (status: number) => number | undefined;
    };

export type ComponentType<Shape extends SettingsShape = SettingsShape> = BuiltType<Shape> & Called;

interface BuiltType<Shape extends SettingsShape> extends ResourceSchema {
  readonly type: string;
  /** One sentence, for `explain` and the reference. */
  readonly summary: string;
  /** Its page, relative to the repository: `docs/components/sqs.queue.md`. */
  readonly page: string;
  readonly shape: Shape;
  readonly roles: readonly ResourceRole[];
  /** Levels it has (docs/scenario.md), for `timeline.csv` and `summary.json`. */
  readonly levels: readonly LevelName[];
  /** Metrics that it publishes, by CloudWatch's names; each is a gauge of the world. */
  readonly metrics: MetricTable;
  /** What its metered quantities cost. */
  readonly prices: PriceItems;
  build(world: World, id: number, spec: ResourceSpec<Shape>): Component;
  /** The operation `set`: the new values of some of `shape.changeable`. */
  change?(world: World, id: number, settings: Partial<SettingsOf<Shape>>): void;
  /**
   * The operation `replay`: what came from `from` on, µs, to the link of this name where `replaysLinks`. Returns AWS's
   * name of the error that refuses it, or null.
   */
  replay?(world: World, id: number, from: Micros, link: string): string | null;
  /** The operation `deploy`: a new program takes the place of the old one, some instances at a time. */
  deploy?(world: World, id: number, rollout: Rollout): void;
}
