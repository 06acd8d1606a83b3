/**
 * The log of the control loops, in order: what alarms saw, what they said, what policies decided, what groups wanted,
 * what became of instances. Only of runs with a fleet that can scale.
 */
import type { AlarmState, InstanceState } from '../../components/facts.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';

/** What a row tells; `number`: the alarm or decider of its owner, or the worker. */
export type LogRow = { readonly time: Micros; readonly resource: number } & (
  | { readonly kind: 'metric'; readonly number: number; readonly value: number }
  | { readonly kind: 'alarm'; readonly number: number; readonly state: AlarmState }
  | {
      readonly kind: 'decision';
      readonly number: number;
      readonly wanted: number;
      /** The desired capacity before and since. */
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'desired'; readonly capacity: number }
  | { readonly kind: 'instance'; readonly number: number; readonly state: InstanceState }
);

/** A group's desired capacity, and its last change. */
interface Desired {
  now: number;
  before: number;
  changedAt: Micros;
}

export class ScalingLog {
  readonly rows: LogRow[] = [];
  private readonly desiredOf = new Map<number, Desired>();
  /** The newest value of each alarm's metric, and the last decision of each decider, as logged. */
  private readonly last = new Map<string, string>();

  private readonly fleets: ReadonlySet<number>;

  /** `fleets`: those that can scale; without any, nothing is logged. */
  constructor(
    private readonly clock: Clock,
    fleets: readonly number[],
  ) {
    this.fleets = new Set(fleets);
  }

  get isOn(): boolean {
    return this.fleets.size > 0;
  }

  /** An alarm was evaluated; `value` is the newest data point it saw, NaN: none. Logged when it is another. */
  metric(owner: number, alarm: number, value: number): void {
    if (!this.isOn || !this.isNew(`metric ${owner} ${alarm}`, String(value))) return;
    this.rows.push({ ...this.head(owner), kind: 'metric', number: alarm, value });
  }

  /** The fact of the same name. */
  alarm(owner: number, alarm: number, state: AlarmState): void {
    if (this.isOn) this.rows.push({ ...this.head(owner), kind: 'alarm', number: alarm, state });
  }

  /** The fact of the same name. */
  desired(group: number, capacity: number): void {
    if (!this.fleets.has(group)) return;
    const before = this.desiredOf.get(group)?.now ?? capacity;
    this.desiredOf.set(group, { now: capacity, before, changedAt: this.clock.now });
    this.rows.push({ ...this.head(group), kind: 'desired', capacity });
  }

  /** The fact `scaled`. What repeats the decider's last word and changes nothing is left out. */
  decision(group: number, decider: number, wanted: number, desired: number): void {
    const known = this.desiredOf.get(group);
    if (known === undefined) return;
    const isItsOwn = known.changedAt === this.clock.now && known.now === desired;
    const from = isItsOwn ? known.before : desired;
    known.before = desired;
    const isNew = this.isNew(`decision ${group} ${decider}`, `${wanted} ${desired}`);
    if (!isNew && from === desired) return;
    this.rows.push({
      ...this.head(group),
      kind: 'decision',
      number: decider,
      wanted,
      from,
      to: desired,
    });
  }

  /** The fact of the same name. */
  instance(group: number, worker: number, state: InstanceState): void {
    if (this.fleets.has(group))
      this.rows.push({ ...this.head(group), kind: 'instance', number: worker, state });
  }

  private head(resource: number): { readonly time: Micros; readonly resource: number } {
    return { time: this.clock.now, resource };
  }

  private isNew(what: string, text: string): boolean {
    if (this.last.get(what) === text) return false;
    this.last.set(what, text);
    return true;
  }
}
