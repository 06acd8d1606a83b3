// The bookkeeper: a listener of facts that keeps sets and maps, and nothing else. It says where each
// obligation ended and how high each level stood, and complains about any fact that cannot follow from
// those before.

import type { Facts } from '../../src/components/facts.js';
import { CopyStage, InstanceState, NOBODY, Outcome } from '../../src/components/facts.js';
import type { Messages } from '../../src/components/messages.js';
import { SilentFacts } from '../../src/observe/silent-facts.js';

/** A level over time, as a person would keep it with a notebook. */
class Level {
  value = 0;
  private area = 0;
  private since = 0;
  private min = Infinity;
  private max = -Infinity;

  change(now: number, by: number): void {
    this.hold(now);
    this.value += by;
  }

  private hold(now: number): void {
    if (now === this.since) return;
    this.area += this.value * (now - this.since);
    this.min = Math.min(this.min, this.value);
    this.max = Math.max(this.max, this.value);
    this.since = now;
  }

  summary(end: number): { mean: number; min: number; max: number; end: number } {
    this.hold(end);
    return {
      mean: Math.round((this.area / end) * 1e6) / 1e6,
      min: this.min,
      max: this.max,
      end: this.value,
    };
  }
}

const STAGES = ['delayed', 'depth', 'inFlight'] as const;

interface PlainCopy {
  readonly store: number;
  stage: CopyStage;
  takenBy: number;
  /** How often it had been handed out elsewhere before. */
  readonly before: number;
}

/** What an instance may become; -1: it was not there. Out of a warm pool it comes up once more. */
function canFollow(before: number, state: InstanceState): boolean {
  const { Pending, Running, Terminating, Terminated, Failed, Stopped } = InstanceState;
  if (before === Terminated || before === Failed || before === state) return false;
  if (before === Stopped) return state !== Running && state !== InstanceState.InService;
  if (before === Terminating) return state !== Pending && state !== InstanceState.InService;
  return state > before;
}

export class NaiveBookkeeper extends SilentFacts implements Facts {
  /** What cannot be; empty in a good run. */
  readonly complaints: string[] = [];
  readonly levels = new Map<string, Level>();
  readonly ends = new Map<string, number>();
  readonly traffic = new Map<number, { sent: number; accepted: number; failed: number }>();
  /** API calls by `resource/operation`. */
  readonly requests = new Map<string, number>();
  /** Obligations that are open: their consumer. */
  readonly open = new Map<number, number>();
  owedEver = 0;
  /** Set when the model is wired; what happens before happens at 0. */
  clock: () => number = () => 0;
  messages: Messages | null = null;
  private readonly unanswered = new Set<number>();
  private readonly copies = new Map<number, PlainCopy>();
  private readonly runs = new Map<number, number>();
  private readonly states = new Map<string, number>();
  private lastTime = 0;
  private lastTold: { readonly row: number; readonly before: number } | null = null;

  /** `limits`: maxReceiveCount by resource; 0: none. `isChained`: resources that others dead-letter to. */
  constructor(
    private readonly limits: readonly number[],
    private readonly isChained: readonly boolean[],
  ) {
    super();
  }

  level(resource: number, name: string): Level {
    const key = `${resource}/${name}`;
    let level = this.levels.get(key);
    if (level === undefined) this.levels.set(key, (level = new Level()));
    return level;
  }

  private now(): number {
    const now = this.clock();
    this.expect(now >= this.lastTime, 'time went back');
    this.lastTime = now;
    return now;
  }

  private expect(ok: boolean, complaint: string): void {
    if (!ok && this.complaints.length < 20) this.complaints.push(`${this.lastTime}: ${complaint}`);
  }

  // --- producers ---

  private counts(source: number): { sent: number; accepted: number; failed: number } {
    let counts = this.traffic.get(source);
    if (counts === undefined)
      this.traffic.set(source, (counts = { sent: 0, accepted: 0, failed: 0 }));
    return counts;
  }

  override born(source: number, message: number): void {
    this.now();
    this.counts(source).sent++;
    this.expect(!this.unanswered.has(message), 'a row was born twice');
    this.unanswered.add(message);
  }

  override answered(source: number, message: number): void {
    this.counts(source).accepted++;
    this.expect(this.unanswered.delete(message), 'an answer without a question');
  }

  override gaveUp(source: number, message: number): void {
    this.counts(source).failed++;
    this.expect(this.unanswered.delete(message), 'a refusal without a question');
  }

  override request(resource: number, operation: number): void {
    const key = `${resource}/${operation}`;
    this.requests.set(key, (this.requests.get(key) ?? 0) + 1);
  }

  override pollOpened(resource: number, _consumer: number, operation: number): void {
    this.request(resource, operation);
  }

  // --- copies ---

  override stored(resource: number, row: number, stage: CopyStage): void {
    const { obligation } = this.messages!.copies;
    this.expect(!this.copies.has(row), 'a live copy was stored again');
    this.expect(this.open.has(obligation[row]), 'a copy of what is owed to nobody');
    this.expect(stage !== CopyStage.InFlight, 'a copy was stored in flight');
    // A copy that the queue brings forth by itself is delayed at first, and shares the counts of another.
    const count = this.messages!.copies.receiveCount[row];
    const before =
      stage === CopyStage.Visible ? count : count > 0 ? this.beforeOfModel(obligation[row]) : 0;
    this.copies.set(row, { store: resource, stage, takenBy: -1, before });
    this.level(resource, STAGES[stage]).change(this.now(), 1);
  }

  /** Receives elsewhere of the copy that was handed out or deleted last, if it is of this obligation. */
  private beforeOfModel(obligation: number): number {
    const { lastTold, messages } = this;
    if (lastTold === null || messages!.copies.obligation[lastTold.row] !== obligation) return 0;
    return lastTold.before;
  }

  override visible(resource: number, row: number): void {
    this.move(resource, row, CopyStage.Delayed, CopyStage.Visible);
  }

  override taken(resource: number, delivery: number): void {
    const row = this.messages!.deliveries.copy[delivery];
    this.move(resource, row, CopyStage.Visible, CopyStage.InFlight);
    const received = this.messages!.copies.receiveCount[row] - (this.copies.get(row)?.before ?? 0);
    const limit = this.limits[resource];
    this.expect(
      limit === 0 || received <= limit,
      `copy received ${received} times, limit ${limit}`,
    );
    this.copies.get(row)!.takenBy = delivery;
    this.lastTold = { row, before: this.copies.get(row)!.before };
  }

  override hidden(resource: number, delivery: number): void {
    const row = this.messages!.deliveries.copy[delivery];
    this.move(resource, row, CopyStage.Visible, CopyStage.InFlight);
    this.copies.get(row)!.takenBy = delivery;
  }

  override returned(resource: number, delivery: number): void {
    const row = this.messages!.deliveries.copy[delivery];
    this.expect(
      this.copies.get(row)?.takenBy === delivery,
      'a copy was returned by a delivery that does not hide it',
    );
    this.move(resource, row, CopyStage.InFlight, CopyStage.Visible);
  }

  override deleted(resource: number, row: number, stage: CopyStage): void {
    this.gone(resource, row, stage);
  }

  override expired(resource: number, row: number, stage: CopyStage): void {
    this.gone(resource, row, stage);
  }

  override purged(resource: number, row: number, stage: CopyStage): void {
    this.gone(resource, row, stage);
  }

  override redriven(resource: number, row: number, target: number): void {
    this.expect(this.isChained[resource], 'redriven out of no dead-letter queue');
    this.expect(target !== resource, 'redriven to where it was');
    this.gone(resource, row, CopyStage.Visible);
  }

  override delayed(resource: number, row: number): void {
    const copy = this.copies.get(row);
    this.expect(
      copy?.store === resource && copy.stage === CopyStage.Delayed,
      'a delay of what is not delayed',
    );
  }

  override ofGroup(resource: number, delivery: number): void {
    const copy = this.copies.get(this.messages!.deliveries.copy[delivery]);
    this.expect(
      copy?.store === resource && copy.takenBy === delivery,
      'the group of what was not handed out',
    );
  }

  override retried(_source: number, message: number): void {
    this.expect(this.unanswered.has(message), 'a further attempt of what is answered');
  }

  override deadLettered(resource: number, row: number): void {
    const received = this.messages!.copies.receiveCount[row] - (this.copies.get(row)?.before ?? 0);
    const limit = this.limits[resource];
    const isDue = this.isChained[resource] ? received >= limit : received === limit;
    this.expect(limit > 0 && isDue, `dead-lettered after ${received} receives, limit ${limit}`);
    this.gone(resource, row, CopyStage.Visible);
  }

  private move(resource: number, row: number, from: CopyStage, to: CopyStage): void {
    const copy = this.copies.get(row);
    this.expect(
      copy?.store === resource && copy.stage === from,
      `${STAGES[to]} without being ${STAGES[from]}`,
    );
    if (copy === undefined) return;
    const now = this.now();
    copy.stage = to;
    this.level(resource, STAGES[from]).change(now, -1);
    this.level(resource, STAGES[to]).change(now, 1);
  }

  private gone(resource: number, row: number, stage: CopyStage): void {
    const copy = this.copies.get(row);
    this.expect(
      copy?.store === resource && copy.stage === stage,
      `left as ${STAGES[stage]} without being that`,
    );
    this.lastTold = { row, before: copy?.before ?? 0 };
    this.copies.delete(row);
    this.level(resource, STAGES[stage]).change(this.now(), -1);
  }

  // --- runs and obligations ---

  override arrived(_consumer: number, _resource: number, _worker: number, first: number): void {
    const { next } = this.messages!.deliveries;
    for (let delivery = first; delivery >= 0; delivery = next[delivery]) {
      // What waited for its turn in a process that died is let go without a word; its row may come again.
      this.expect(this.runs.get(delivery) !== 1, 'a delivery arrived that is being handled');
      this.runs.set(delivery, 0);
    }
  }

  override runBegan(_: number, delivery: number): void {
    this.expect(this.runs.get(delivery) === 0, 'a run without an arrival');
    this.runs.set(delivery, 1);
  }

  override runEnded(_: number, delivery: number): void {
    this.now();
    this.expect(this.runs.get(delivery) === 1, 'a run ended that had not begun');
    this.runs.delete(delivery);
  }

  override owed(consumer: number, obligation: number): void {
    this.expect(!this.open.has(obligation), 'owed twice at once');
    this.open.set(obligation, consumer);
    this.owedEver++;
  }

  override settled(consumer: number, obligation: number, outcome: Outcome): void {
    this.expect(this.open.delete(obligation), 'settled without being owed');
    this.expect(outcome !== Outcome.Unfinished || consumer === NOBODY, 'an obligation vanished');
    const key = `${consumer}/${outcome}`;
    this.ends.set(key, (this.ends.get(key) ?? 0) + 1);
  }

  override instance(group: number, worker: number, state: InstanceState): void {
    const key = `${group}/${worker}`;
    const before = this.states.get(key) ?? -1;
    this.expect(canFollow(before, state), `instance went from state ${before} to ${state}`);
    this.states.set(key, state);
    const by =
      Number(state === InstanceState.InService) - Number(before === InstanceState.InService);
    if (by !== 0) this.level(group, 'instances').change(this.now(), by);
  }

  /** Copies that facts have left in a store. */
  get present(): number {
    return this.copies.size;
  }

  /** Messages whose producer waits. */
  get waiting(): number {
    return this.unanswered.size;
  }
}
