/**
 * Listens to the facts of queues and complains about each that breaks a law of SQS, whatever the profile. It keeps a
 * plain object per copy and knows nothing of how queues work.
 */

import { CopyStage } from '../../../src/components/facts.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';

const SECOND = 1_000_000;
/** µs: how long one receive may hide a message; it may be repeated for five minutes (ReceiveRequestAttemptId). */
const HIDDEN_MAX = 43_200 * SECOND;
const REPEATED_MAX = 300 * SECOND;
const DEDUPLICATION = 300 * SECOND;

/** What the laws refer to, as it is now. */
export interface QueueRules {
  readonly isFifo: boolean;
  /** Deduplication ids are known per group. */
  readonly isScopeGroup: boolean;
  /** µs. */
  readonly retention: number;
  /** µs: the shortest that it has ever had. */
  readonly delayMin: number;
  readonly inFlightMax: number;
  readonly maxReceiveCount: number | null;
}

/** What a fact does not say itself; times in µs. */
export interface Surroundings {
  readonly now: number;
  /** The rules of the queue with this resource number. */
  rulesOf(resource: number): QueueRules;
  receiveCountOf(copy: number): number;
  copyOf(delivery: number): number;
  messageOf(copy: number): Said;
}

/** What the sender said. */
export interface Said {
  /** What copies of one message share. */
  readonly id: string;
  readonly group: string | null;
  /** Its deduplication id; null: none. */
  readonly deduplication: string | null;
  /** µs; null: as the queue says. */
  readonly delay: number | null;
}

interface PlainCopy {
  readonly resource: number;
  readonly message: string;
  readonly group: string | null;
  readonly enqueuedAt: number;
  readonly order: number;
  readonly receivedBefore: number;
  readonly isSpontaneous: boolean;
  /** When it was stored, and the delay that it was sent with, µs; null: as the queue says. */
  readonly storedAt: number;
  readonly delay: number | null;
  stage: CopyStage;
  /** By which receive of the queue it is in flight. */
  receive: number;
  takenAt: number;
}

interface Moving {
  readonly enqueuedAt: number | null;
  readonly isSpontaneous: boolean;
}

/** How many copies came and went, by queue. */
export interface Tally {
  sent: number;
  /** Accepted and not stored. */
  deduplicated: number;
  arrived: number;
  spontaneous: number;
  deleted: number;
  expired: number;
  purged: number;
  deadLettered: number;
  redriven: number;
}

export class Watcher extends SilentFacts {
  readonly complaints: string[] = [];
  readonly tallies = new Map<number, Tally>();
  /** Set when the world is open. */
  around: Surroundings | null = null;
  private readonly copies = new Map<number, PlainCopy>();
  /** Copies between two queues; when the message was enqueued, null for a new message. */
  private readonly moving = new Map<number, Moving>();
  /** The copy that was sent or moved last, by queue and message, also when it has gone: what others came of. */
  private readonly originals = new Map<string, PlainCopy>();
  /** When a deduplication id was accepted, by queue and id. */
  private readonly accepted = new Map<string, number>();
  private readonly receives = new Map<number, number>();
  private stores = 0;

  present(resource: number): number {
    return this.inQueue(resource).length;
  }

  tally(resource: number): Tally {
    let tally = this.tallies.get(resource);
    if (tally === undefined) {
      const ways = { deleted: 0, expired: 0, purged: 0, deadLettered: 0, redriven: 0 };
      tally = { sent: 0, deduplicated: 0, arrived: 0, spontaneous: 0, ...ways };
      this.tallies.set(resource, tally);
    }
    return tally;
  }

  private inQueue(resource: number): PlainCopy[] {
    return [...this.copies.values()].filter((copy) => copy.resource === resource);
  }

  private get now(): number {
    return this.around!.now;
  }

  private law(holds: boolean, complaint: string): void {
    if (!holds) this.complaints.push(`${this.now / SECOND}: ${complaint}`);
  }

  // --- copies come -----------------------------------------------------------------------------

  override stored(resource: number, copy: number, stage: CopyStage): void {
    const { now } = this;
    const { id, group, delay, deduplication } = this.around!.messageOf(copy);
    const count = this.around!.receiveCountOf(copy);
    const moved = this.moving.get(copy);
    const isNewTwin = moved === undefined && count > 0;
    const isSpontaneous = isNewTwin || moved?.isSpontaneous === true;
    const original = isNewTwin ? this.originals.get(`${resource} ${id}`) : undefined;
    const { isFifo, isScopeGroup } = this.around!.rulesOf(resource);
    const tally = this.tally(resource);
    if (isNewTwin) tally.spontaneous++;
    else if (moved === undefined) {
      tally.sent++;
      if (isFifo && deduplication !== null)
        this.checkWindow(resource, isScopeGroup ? `${group} ${deduplication}` : deduplication);
    } else tally.arrived++;
    this.law(!(isFifo && isSpontaneous), 'a FIFO queue brought forth a copy');
    this.moving.delete(copy);
    const plain: PlainCopy = {
      resource,
      message: id,
      group,
      enqueuedAt: original?.enqueuedAt ?? (isFifo ? now : (moved?.enqueuedAt ?? now)),
      order: this.stores++,
      receivedBefore: original?.receivedBefore ?? count,
      isSpontaneous,
      storedAt: now,
      delay: isSpontaneous || moved !== undefined ? 0 : delay,
      stage,
      receive: -1,
      takenAt: now,
    };
    this.copies.set(copy, plain);
    if (!isNewTwin) this.originals.set(`${resource} ${id}`, plain);
  }

  private checkWindow(resource: number, id: string): void {
    const key = `${resource} ${id}`;
    const before = this.accepted.get(key);
    const isOver = before === undefined || this.now - before >= DEDUPLICATION;
    this.law(isOver, 'a duplicate was stored within five minutes');
    this.accepted.set(key, this.now);
  }

  override deduplicated(resource: number): void {
    this.tally(resource).deduplicated++;
  }

  /** A purge forgets deduplication ids. */
  forget(resource: number): void {
    for (const key of this.accepted.keys()) {
      if (key.startsWith(`${resource} `)) this.accepted.delete(key);
    }
  }

  override visible(_: number, copy: number): void {
    const plain = this.of(copy);
    this.law(plain.stage === CopyStage.Delayed, 'what is not delayed became visible');
    plain.stage = CopyStage.Visible;
  }

  // --- copies are handed out -------------------------------------------------------------------

  override taken(resource: number, delivery: number): void {
    const copy = this.around!.copyOf(delivery);
    const plain = this.of(copy);
    const { now } = this;
    const rules = this.around!.rulesOf(resource);
    this.law(plain.stage === CopyStage.Visible, 'a copy was handed out that is not visible');
    this.law(plain.resource === resource, 'a copy was handed out by another queue');
    this.law(now < plain.enqueuedAt + rules.retention, 'a message outlived its retention');
    const delay = plain.delay ?? rules.delayMin;
    this.law(now >= plain.storedAt + delay, 'a message was handed out before its delay was over');
    this.checkExclusive(plain);
    plain.stage = CopyStage.InFlight;
    plain.receive = this.receives.get(resource) ?? 0;
    plain.takenAt = now;
    if (rules.isFifo) this.checkOrder(plain);
    const inFlight = this.inQueue(resource).filter(({ stage }) => stage === CopyStage.InFlight);
    this.law(inFlight.length <= rules.inFlightMax, 'more messages in flight than allowed');
    const count = this.around!.receiveCountOf(copy) - plain.receivedBefore;
    const { maxReceiveCount } = rules;
    if (maxReceiveCount !== null && !plain.isSpontaneous)
      this.law(count <= maxReceiveCount, `received ${count} times, more than allowed`);
  }

  private checkExclusive(plain: PlainCopy): void {
    const others = this.inQueue(plain.resource).filter(
      ({ message, stage }) => message === plain.message && stage === CopyStage.InFlight,
    );
    const isExplained = [plain, ...others].filter((one) => !one.isSpontaneous).length <= 1;
    this.law(isExplained, 'a message was handed out while it was hidden');
  }

  /** What stands before it in its group is handed out by the same receive. */
  private checkOrder(plain: PlainCopy): void {
    for (const other of this.inQueue(plain.resource)) {
      if (other.group !== plain.group || other.order >= plain.order) continue;
      const isTaken = other.stage === CopyStage.InFlight && other.receive === plain.receive;
      this.law(isTaken, 'a message overtook another one of its group');
    }
  }

  override pollClosed(resource: number): void {
    this.receives.set(resource, (this.receives.get(resource) ?? 0) + 1);
  }

  override returned(_: number, delivery: number): void {
    const plain = this.of(this.around!.copyOf(delivery));
    this.law(plain.stage === CopyStage.InFlight, 'what is not in flight came back');
    this.checkHidden(plain);
    plain.stage = CopyStage.Visible;
  }

  private checkHidden({ resource, takenAt }: PlainCopy): void {
    const most = HIDDEN_MAX + (this.around!.rulesOf(resource).isFifo ? REPEATED_MAX : 0);
    this.law(this.now - takenAt <= most, 'a message was hidden for too long');
  }

  override hidden(resource: number, delivery: number): void {
    const plain = this.of(this.around!.copyOf(delivery));
    this.law(plain.stage === CopyStage.Visible, 'what is not visible was hidden again');
    this.law(!this.around!.rulesOf(resource).isFifo, 'a FIFO queue hid a message again');
    plain.stage = CopyStage.InFlight;
    plain.receive = -1;
  }

  // --- copies go -------------------------------------------------------------------------------

  override deleted(resource: number, copy: number, stage: CopyStage): void {
    this.tally(resource).deleted++;
    this.goes(resource, copy, stage);
  }

  override expired(resource: number, copy: number, stage: CopyStage): void {
    this.tally(resource).expired++;
    const { enqueuedAt, isSpontaneous } = this.of(copy);
    const due = enqueuedAt + this.around!.rulesOf(resource).retention;
    this.law(isSpontaneous || this.now >= due, 'a message expired before its time');
    this.goes(resource, copy, stage);
  }

  override purged(resource: number, copy: number, stage: CopyStage): void {
    this.tally(resource).purged++;
    this.goes(resource, copy, stage);
  }

  override deadLettered(resource: number, copy: number): void {
    this.tally(resource).deadLettered++;
    const { receivedBefore, enqueuedAt, isSpontaneous } = this.of(copy);
    const { maxReceiveCount } = this.around!.rulesOf(resource);
    const count = this.around!.receiveCountOf(copy) - receivedBefore;
    const isDue = isSpontaneous || (maxReceiveCount !== null && count >= maxReceiveCount);
    this.law(isDue, `dead-lettered after ${count} receives of ${maxReceiveCount}`);
    this.moving.set(copy, { enqueuedAt, isSpontaneous });
    this.goes(resource, copy, CopyStage.Visible);
  }

  override redriven(resource: number, copy: number): void {
    this.tally(resource).redriven++;
    this.moving.set(copy, { enqueuedAt: null, isSpontaneous: this.of(copy).isSpontaneous });
    this.goes(resource, copy, CopyStage.Visible);
  }

  private goes(resource: number, copy: number, stage: CopyStage): void {
    const plain = this.of(copy);
    this.law(plain.resource === resource, 'a copy left another queue than its own');
    this.law(plain.stage === stage, `a copy left from ${stage}, it was ${plain.stage}`);
    if (stage === CopyStage.InFlight) this.checkHidden(plain);
    this.copies.delete(copy);
  }

  private of(copy: number): PlainCopy {
    const plain = this.copies.get(copy);
    if (plain === undefined) throw new Error(`nothing is known of copy ${copy}`);
    return plain;
  }
}
