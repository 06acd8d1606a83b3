/** Queues and the fleets that poll them, with how long a message takes there: what warnings about programs look at. */

import type { FleetOnQueue, StepSpec } from '../components/settings/program.js';
import type { Path, WarningCode } from '../components/settings/problem.js';
import type { DistributionSpec } from '../kernel/distributions/distribution.js';
import { distribution } from '../kernel/distributions/distribution.js';
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
  readonly time: HandlerTime;
}

/** How long one message takes, µs. */
export interface HandlerTime {
  readonly mean: number;
  /** One message in a hundred takes longer, if all its steps are slow at once. */
  readonly p99: number;
}

export function pollingsOf(resources: ReadonlyMap<string, CheckedResource>): Polling[] {
  return [...resources.values()].flatMap((fleet) => {
    const consumes = (fleet.programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
    const time = timeOf(fleet, resources);
    return Object.entries(consumes).flatMap(([name, options]) => {
      const queue = resources.get(name);
      return queue === undefined ? [] : [{ fleet, queue, options, time }];
    });
  });
}

const RARE = 0.01;
const NOBODY: ReadonlyMap<string, CheckedResource> = new Map();

/** A call takes what the service's own handler takes, when nobody waits there. */
function timeOf(
  program: CheckedResource,
  resources: ReadonlyMap<string, CheckedResource>,
): HandlerTime {
  let mean = 0;
  let p99 = 0;
  for (const step of (program.programs['handler'] ?? []) as readonly StepSpec[]) {
    const time = stepTime(step, resources);
    mean += step.chance * time.mean;
    if (step.chance > RARE) p99 += time.p99;
  }
  return { mean, p99 };
}

function stepTime(step: StepSpec, resources: ReadonlyMap<string, CheckedResource>): HandlerTime {
  if (step.verb === 'work') {
    const time = distribution(step.time);
    return { mean: time.mean, p99: time.quantile(0.99) };
  }
  if (step.verb === 'write' || step.verb === 'read')
    return repeated(step.count, statementTime(step.verb, resources.get(step.target)));
  const service = step.verb === 'call' ? resources.get(step.target) : undefined;
  if (service === undefined || step.verb !== 'call') return { mean: 0, p99: 0 };
  // A service that calls on is refused; here it takes no time.
  return repeated(step.count, timeOf(service, NOBODY));
}

/** So many, one after the other, of which one is slow. */
function repeated(count: number, { mean, p99 }: HandlerTime): HandlerTime {
  return { mean: count * mean, p99: (count - 1) * mean + p99 };
}

/** What a statement takes when nobody waits there, in a connection that is open. */
function statementTime(verb: 'write' | 'read', database: CheckedResource | undefined): HandlerTime {
  if (database?.type !== 'rds.instance') return { mean: 0, p99: 0 };
  const { writeTime, readTime } = database.assume as Readonly<Record<string, DistributionSpec>>;
  const time = distribution(verb === 'write' ? writeTime : readTime);
  return { mean: time.mean, p99: time.quantile(0.99) };
}

/** A computed number, rounded for reading. */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}
