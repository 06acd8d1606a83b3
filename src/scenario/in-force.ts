/**
 * Every setting in force, as `explain` prints it: dotted path, value in the language's notation, and
 * where it comes from.
 */

import { isMap } from '../components/settings/problem.js';
import { isFifoName } from '../components/settings/resource.js';
import { traffic as trafficSchema } from '../components/settings/traffic.js';
import type { Origin, Scenario } from './checked.js';
import { resourceSchema } from './frame.js';
import { writtenOf } from './tree.js';
import type { SchemaView } from './walk.js';
import { viewOf } from './walk.js';

export interface SettingInForce {
  /** Within its thing: `redrivePolicy.maxReceiveCount`. */
  readonly path: string;
  readonly value: string;
  readonly origin: Origin;
}

/** A resource or traffic with its settings. */
export interface ThingInForce {
  readonly name: string;
  /** The resource's type, or `traffic`. */
  readonly type: string;
  readonly settings: readonly SettingInForce[];
}

/** Traffic first, then resources, in file order; assumptions are told by `Scenario.assumptions`. */
export function settingsInForce(scenario: Scenario): ThingInForce[] {
  const things: ThingInForce[] = [];
  const written = (scenario.written['traffic'] ?? {}) as Readonly<Record<string, unknown>>;
  for (const { name } of scenario.traffic) {
    things.push({
      name,
      type: 'traffic',
      settings: settingsOf(viewOf(trafficSchema), written[name], ''),
    });
  }
  for (const { name, type, written: body } of scenario.resources) {
    const schema = scenario.registry.types.find((candidate) => candidate.type === type)!;
    const byProfile = Object.keys(schema.shape.byProfile ?? {});
    const view = viewOf(resourceSchema(schema));
    const own = settingsOf(view, body, '');
    const hidden = ['type', ...byProfile, ...(isFifoName(name) ? [] : fifoKeys(view))];
    things.push({
      name,
      type,
      settings: own.filter(({ path }) => !hidden.includes(path) && !path.startsWith('assume.')),
    });
  }
  return things;
}

/** Settings that only a FIFO queue or topic has. */
function fifoKeys(view: SchemaView): string[] {
  if (view.kind !== 'block') return [];
  return view.keys().filter((key) => view.field(key)!.meta['x-fifo'] === true);
}

function settingsOf(view: SchemaView, written: unknown, path: string): SettingInForce[] {
  if (view.kind === 'block' && isMap(written)) {
    return view
      .keys()
      .flatMap((key) =>
        settingsOf(view.field(key)!, written[key], path === '' ? key : `${path}.${key}`),
      );
  }
  if (view.kind === 'record' && isMap(written)) {
    return Object.entries(written).flatMap(([key, value]) =>
      settingsOf(view.item(), value, `${path}.${key}`),
    );
  }
  if (written !== undefined) return [{ path, value: writtenOf(written), origin: 'scenario' }];
  const fallback = view.meta['default'];
  return fallback === undefined ? [] : [{ path, value: writtenOf(fallback), origin: 'default' }];
}
