/**
 * Backlog per instance as it really is: visible messages divided by instances in service. Of a queue: its messages
 * by the instances of all who poll it; of a fleet: the messages of all its queues by its instances. Without an
 * instance it is 0 when nothing waits, else infinite. Statistics are kept only where a line asks for them.
 */
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import type { Levels, LevelSummary } from '../levels.js';
import { DEPTH, INSTANCES } from '../levels.js';
import { SilentFacts } from '../silent-facts.js';
import type { Expectation } from './expression.js';
import { measuresIn } from './expression.js';

/** Whose messages, and whose instances. */
export interface BacklogEnds {
  readonly queues: readonly number[];
  readonly fleets: readonly number[];
}

export function backlogNow(levels: Levels, { queues, fleets }: BacklogEnds): number {
  let depth = 0;
  let instances = 0;
  for (const queue of queues) depth += levels.value(queue, DEPTH);
  for (const fleet of fleets) instances += levels.value(fleet, INSTANCES);
  return depth === 0 ? 0 : depth / instances;
}

/** One of them over the run without its warm-up, weighted by time. */
class Backlog {
  private value = 0;
  private since: Micros = 0;
  private area = 0;
  private min = Infinity;
  private max = -Infinity;

  constructor(
    private readonly levels: Levels,
    private readonly ends: BacklogEnds,
    private readonly warmUp: Micros,
  ) {}

  /** Messages or instances came or went. */
  look(now: Micros): void {
    this.pass(now);
    this.value = backlogNow(this.levels, this.ends);
  }

  /** Over the run, which covered [0, end). */
  summary(end: Micros): LevelSummary {
    this.pass(end);
    const { value, area, min, max, warmUp } = this;
    if (end <= warmUp) return { mean: value, min: value, max: value, end: value };
    return { mean: area / (end - warmUp), min, max, end: value };
  }

  private pass(now: Micros): void {
    const from = Math.max(this.since, this.warmUp);
    this.since = now;
    if (now <= from) return;
    this.area += this.value * (now - from);
    this.min = Math.min(this.min, this.value);
    this.max = Math.max(this.max, this.value);
  }
}

/** The backlogs whose statistics lines ask for, on the extra slot of the watch. */
export class Backlogs extends SilentFacts {
  private readonly byId = new Map<number, Backlog>();

  constructor(
    private readonly clock: Clock,
    levels: Levels,
    asked: readonly number[],
    endsOf: (id: number) => BacklogEnds,
    warmUp: Micros,
  ) {
    super();
    for (const id of asked) this.byId.set(id, new Backlog(levels, endsOf(id), warmUp));
  }

  of(id: number): Backlog | undefined {
    return this.byId.get(id);
  }

  private look(): void {
    for (const backlog of this.byId.values()) backlog.look(this.clock.now);
  }

  // --- facts that change a depth or a number of instances ------------------------------------------

  override stored(): void {
    this.look();
  }

  override visible(): void {
    this.look();
  }

  override taken(): void {
    this.look();
  }

  override returned(): void {
    this.look();
  }

  override hidden(): void {
    this.look();
  }

  override deleted(): void {
    this.look();
  }

  override expired(): void {
    this.look();
  }

  override purged(): void {
    this.look();
  }

  override deadLettered(): void {
    this.look();
  }

  override redriven(): void {
    this.look();
  }

  override instance(): void {
    this.look();
  }
}

/** Whose backlog per instance lines ask for, by number. */
export function askedBacklogs(
  names: readonly string[],
  expectations: readonly Expectation[],
): number[] {
  const asked = expectations.flatMap(measuresIn).flatMap(({ name, who }) => {
    return name === 'backlogPerInstance' && who.kind === 'name' ? [names.indexOf(who.name)] : [];
  });
  return [...new Set(asked)];
}
