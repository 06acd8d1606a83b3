// Runs of scenarios with topics, with all facts told in words, and with faults on single links.

import type { Disturbance } from '../../src/components/interference.js';
import { Interference } from '../../src/components/interference.js';
import type { Model } from '../../src/scenario/wire.js';
import type { RunReport } from '../../src/core.js';
import { drive, scenarioOf, TINY_TABLES } from './simulations.js';
import { ToldFacts } from './told-facts.js';

/** On the calls of one resource to another; times in seconds. */
export interface LinkFault {
  readonly from: string;
  readonly to: string;
  readonly at?: number;
  readonly until?: number;
  readonly what: Disturbance;
}

export interface Story {
  readonly told: ToldFacts;
  readonly report: RunReport;
  readonly model: Model;
}

export type Plain = Readonly<Record<string, unknown>>;

export function storyOf(plain: Plain, faults: readonly LinkFault[] = []): Story {
  const told = new ToldFacts();
  const { report, model } = drive(scenarioOf(JSON.stringify(plain)), {
    tables: TINY_TABLES,
    observer: told.facts,
    ready: (wired) => {
      told.model = wired;
      faults.forEach((fault, i) => breakLink(wired, fault, `link fault ${i}`));
    },
  });
  return { told, report, model };
}

function breakLink({ world }: Model, fault: LinkFault, name: string): void {
  const { from, to, at = 0, until, what } = fault;
  const { kernel } = world;
  const interference = world.shared(Interference);
  const filter = { client: world.idOf(from), target: world.idOf(to), operation: null };
  const number = interference.declare(name, filter, what);
  const begin = kernel.handler(`${name}/begin`, () => interference.begin(number));
  const end = kernel.handler(`${name}/end`, () => interference.end(number));
  kernel.at(at * 1_000_000, begin, 0);
  if (until !== undefined) kernel.at(until * 1_000_000, end, 0);
}

/** One message at 1 s to `topic`, everything ideal. */
export function oneMessage(
  topic: Plain,
  resources: Readonly<Record<string, Plain>>,
  more: Plain = {},
): Plain {
  return {
    name: 'A topic',
    duration: '10s',
    drain: '1d',
    profile: 'ideal',
    traffic: { shop: { send: 'news', phases: [{ for: '1s', rate: '0/s' }, { burst: 1 }] } },
    resources: { news: { type: 'sns.topic', ...topic }, ...resources },
    ...more,
  };
}

/** A fleet that takes what is in a queue at once. */
export function workers(queue: string, more: Plain = {}): Plain {
  return {
    type: 'autoscaling.group',
    minSize: 1,
    maxSize: 1,
    instanceType: 'm7g.large',
    consumes: { [queue]: { waitTimeSeconds: '20s' } },
    handler: [{ work: '1ms' }],
    ...more,
  };
}
