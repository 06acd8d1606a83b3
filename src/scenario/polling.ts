/** Queues and the fleets that poll them, with how long a message takes there: what warnings about programs look at. */

import { handlerTime } from '../components/program/handler-time.js';
import type { CalledService, TakenTime } from '../components/settings/called.js';
import { NO_TIME } from '../components/settings/called.js';
import type { FleetOnQueue, StepSpec } from '../components/settings/program.js';
import type { Path, WarningCode } from '../components/settings/problem.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { CheckedResource } from './checked.js';

export interface Warning {
  readonly code: WarningCode;
  readonly on: string;
  readonly path: Path;
  readonly message: string;
}

/** One queue of one fleet. */
export interface Polling {
  readonly fleet: CheckedResource;
  readonly queue: CheckedResource;
  readonly options: FleetOnQueue;
  /** How long one message takes. */
  readonly time: TakenTime;
}

export function pollingsOf(
  types: readonly ResourceSchema[],
  resources: ReadonlyMap<string, CheckedResource>,
): Polling[] {
  return [...resources.values()].flatMap((fleet) => {
    const consumes = (fleet.programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
    const time = timeOf(types, fleet, resources);
    return Object.entries(consumes).flatMap(([name, options]) => {
      const queue = resources.get(name);
      return queue === undefined ? [] : [{ fleet, queue, options, time }];
    });
  });
}

/** What is called takes what its type says. */
function timeOf(
  types: readonly ResourceSchema[],
  { programs }: CheckedResource,
  resources: ReadonlyMap<string, CheckedResource>,
): TakenTime {
  return handlerTime((programs['handler'] ?? []) as readonly StepSpec[], ({ target, verb }) => {
    const self = resources.get(target);
    return self === undefined ? NO_TIME : (calledOf(types, self)?.time(self, verb) ?? NO_TIME);
  });
}

/** What there is to know of a resource that is called. */
export function calledOf(
  types: readonly ResourceSchema[],
  { type }: CheckedResource,
): CalledService | undefined {
  return types.find((one) => one.type === type)?.called;
}

/** A computed number, rounded for reading. */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}
