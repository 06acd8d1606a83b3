// The order of messages by group and key, looked up in lists of all that was ever stored: the twin of
// src/observe/order.

import { CopyStage } from '../../src/components/facts.js';
import type {
  Fact,
  PlainCopy,
  PlainMessage,
  PlainObligation,
  PlainObserver,
} from './plain-facts.js';
import { endsWell, GONE } from './plain-observers.js';

/** A copy in a FIFO queue, or a message with a key in another store. */
interface Stay {
  readonly store: number;
  readonly copy: PlainCopy;
  readonly obligation: PlainObligation;
  /** Its group, once it was handed out; or its key. */
  label: number | null;
  /** Whether a later one of its group or key has to wait for it. */
  counts: boolean;
  isInStore: boolean;
  receive: number;
}

export class PlainOrder implements PlainObserver {
  readonly reordered = new Map<number, number>();
  readonly broken = new Map<number, number>();
  /** In the order of storing. */
  private readonly fifo: Stay[] = [];
  private readonly keyed: Stay[] = [];
  private receives = 0;

  /** `keyOf`: the key of a message whose source says one. */
  constructor(
    private readonly fifoQueues: readonly number[],
    private readonly keyOf: (message: PlainMessage) => number | undefined,
  ) {}

  on(fact: Fact): void {
    const { kind, args, copy, obligation } = fact;
    const [resource, second] = args;
    if (kind === 'stored') this.stored(fact);
    if (kind === 'pollClosed') this.receives++;
    if (kind === 'ofGroup') this.handedOut(resource, copy!, second);
    if (GONE.includes(kind)) this.gone(kind, copy!);
    if (kind === 'settled') {
      this.keyed.filter((one) => one.obligation === obligation).forEach(forget);
      this.fifo.filter((one) => one.obligation === obligation && !one.isInStore).forEach(forget);
    }
    if (kind === 'runEnded' && endsWell(args[2]) && obligation!.okRuns === 0) this.done(fact);
  }

  private stored({ args: [store, stage, awaited], copy, obligation, message }: Fact): void {
    if (stage === CopyStage.InFlight) return;
    const stay = { store, copy: copy!, obligation: obligation!, isInStore: true, receive: -1 };
    if (this.fifoQueues.includes(store)) {
      this.fifo.push({ ...stay, label: null, counts: false });
      return;
    }
    const label = this.keyOf(message!);
    const isKnown = this.keyed.some((one) => one.obligation === obligation && one.counts);
    if (label === undefined || isKnown || awaited === 0 || obligation!.okRuns > 0) return;
    this.keyed.push({ ...stay, label, counts: true });
  }

  private handedOut(store: number, copy: PlainCopy, label: number): void {
    const at = this.stayOf(copy);
    const stay = this.fifo[at];
    const group = this.fifo.filter((one) => one.store === store && one.label === label);
    const isFirst = stay.label === null;
    if (isFirst && group.some((one) => this.fifo.indexOf(one) > at)) count(this.broken, store);
    stay.label = label;
    stay.counts = true;
    stay.receive = this.receives;
    const isBehind = group.some((one) => {
      return this.fifo.indexOf(one) < at && one.isInStore && one.receive !== this.receives;
    });
    if (isBehind) count(this.broken, store);
  }

  private gone(kind: string, copy: PlainCopy): void {
    const stay = this.fifo[this.stayOf(copy)];
    if (stay !== undefined) {
      stay.isInStore = false;
      const isOpen = kind === 'deleted' && stay.obligation.okRuns === 0;
      const isOther = this.deletedEarly(stay.obligation).some((one) => one !== stay);
      if (!isOpen || isOther) stay.counts = false;
    }
    if (kind !== 'deleted')
      this.keyed.filter((one) => one.obligation === copy.obligation).forEach(forget);
  }

  private done({ args: [consumer], copyNow, obligation }: Fact): void {
    const own = this.fifo[copyNow === undefined ? -1 : this.stayOf(copyNow)];
    const stay = own !== undefined && own.counts ? own : this.deletedEarly(obligation!)[0];
    if (stay !== undefined && this.isEarlierOpen(this.fifo, stay)) count(this.reordered, consumer);
    this.deletedEarly(obligation!).forEach(forget);
    const keyed = this.keyed.find((one) => one.obligation === obligation && one.counts);
    if (keyed === undefined) return;
    if (this.isEarlierOpen(this.keyed, keyed)) count(this.reordered, consumer);
    forget(keyed);
  }

  private isEarlierOpen(all: readonly Stay[], stay: Stay): boolean {
    return all.slice(0, all.indexOf(stay)).some((one) => {
      const isOurs = one.store === stay.store && one.label === stay.label && one.counts;
      return isOurs && one.obligation !== stay.obligation && one.obligation.okRuns === 0;
    });
  }

  /** The present stay of a copy in a FIFO queue, or -1. */
  private stayOf(copy: PlainCopy): number {
    return this.fifo.findIndex((one) => one.copy === copy && one.isInStore);
  }

  private deletedEarly(obligation: PlainObligation): Stay[] {
    return this.fifo.filter((one) => {
      return one.obligation === obligation && one.counts && !one.isInStore;
    });
  }
}

function forget(stay: Stay): void {
  stay.counts = false;
}

function count(counts: Map<number, number>, of: number): void {
  counts.set(of, (counts.get(of) ?? 0) + 1);
}
