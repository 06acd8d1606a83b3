// Scenarios with buses and schedules, run to their end, and what was told of their pushes.

import type { Facts, Outcome } from '../../../src/components/facts.js';
import { LOSSES, Outcome as Ends } from '../../../src/components/facts.js';
import type { RunResult } from '../../../src/core.js';
import { Simulation } from '../../../src/experiment/run.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';
import { loadText } from '../../scenario/fixtures/real.js';

const SECOND = 1_000_000;

/** What was told of one link of a pusher; times in seconds. */
export interface LinkLog {
  readonly dispatched: number[];
  readonly attempts: number[];
  readonly delivered: number[];
  readonly diverted: number[];
  readonly filtered: number[];
  readonly lost: { readonly at: number; readonly cause: string }[];
}

export class Log extends SilentFacts implements Facts {
  now: () => number = () => 0;
  readonly unclaimedBy = new Map<number, number>();
  readonly quantities = new Map<string, number>();
  private readonly links = new Map<string, LinkLog>();

  of(pusher: number, link: number): LinkLog {
    const key = `${pusher}/${link}`;
    let log = this.links.get(key);
    if (log === undefined) {
      log = { dispatched: [], attempts: [], delivered: [], diverted: [], filtered: [], lost: [] };
      this.links.set(key, log);
    }
    return log;
  }

  override dispatched(pusher: number, _obligation: number, link: number): void {
    this.of(pusher, link).dispatched.push(this.now());
  }
  override pushed(pusher: number, _obligation: number, link: number): void {
    this.of(pusher, link).attempts.push(this.now());
  }
  override delivered(pusher: number, _obligation: number, link: number): void {
    this.of(pusher, link).delivered.push(this.now());
  }
  override diverted(pusher: number, _obligation: number, link: number): void {
    this.of(pusher, link).diverted.push(this.now());
  }
  override filtered(pusher: number, _message: number, link: number): void {
    this.of(pusher, link).filtered.push(this.now());
  }
  override dropped(pusher: number, _obligation: number, link: number, outcome: Outcome): void {
    const cause = LOSSES[outcome - Ends.LostFirst];
    this.of(pusher, link).lost.push({ at: this.now(), cause });
  }
  override unclaimed(pusher: number): void {
    this.unclaimedBy.set(pusher, (this.unclaimedBy.get(pusher) ?? 0) + 1);
  }
  override metered(resource: number, counter: number, quantity: number): void {
    const key = `${resource}/${counter}`;
    this.quantities.set(key, (this.quantities.get(key) ?? 0) + quantity);
  }
}

export interface Ran {
  readonly result: RunResult;
  readonly log: Log;
  /** The link with this number of a resource. */
  link(resource: string, number?: number): LinkLog;
  metered(resource: string, counter: number): number;
}

/** Runs a scenario of the real language, without random delays. */
export function run(text: string): Ran {
  const scenario = loadText(`name: Events\nprofile: ideal\n${text}`);
  const log = new Log();
  const simulation = new Simulation(scenario, { observer: log });
  log.now = () => simulation.progress.now / SECOND;
  while (!simulation.advance(1_000_000));
  const { result } = simulation.finish(null);
  const idOf = (name: string): number => scenario.resources.findIndex((one) => one.name === name);
  return {
    result,
    log,
    link: (resource, number = 0) => log.of(idOf(resource), number),
    metered: (resource, counter) => log.quantities.get(`${idOf(resource)}/${counter}`) ?? 0,
  };
}

/** A bus with one rule for all that `shop` sends, a queue that is polled, and one for dead letters. */
export function shop(parts: {
  readonly traffic?: string;
  readonly rule?: string;
  readonly target?: string;
  readonly bus?: string;
  readonly more?: string;
  readonly head?: string;
}): string {
  const { traffic = 'rate: 1/s, arrivals: constant', target = 'orders: {}', more = '' } = parts;
  const { rule = 'eventPattern: { source: [ shop ] }', bus = '', head = 'duration: 10s' } = parts;
  return `${head}
traffic: { shop: { send: events, ${traffic} } }
resources:
  events:
    type: eventbridge.bus
    ${bus}
    rules:
      all: { ${rule}, targets: { ${target} } }
  orders: { type: sqs.queue }
  dead: { type: sqs.queue }
  pickers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    handler: []
${more}`;
}
