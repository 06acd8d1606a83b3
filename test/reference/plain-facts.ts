// Facts as objects, with objects for the rows that they speak of; see plain-watch.ts.

export interface Fact {
  readonly kind: string;
  readonly time: number;
  /** What the fact method was called with. */
  readonly args: readonly number[];
  /** An object per message, obligation, copy and hand-out that the fact speaks of. */
  readonly message?: PlainMessage;
  readonly obligation?: PlainObligation;
  readonly copy?: PlainCopy;
  readonly handOut?: PlainHandOut;
  /** The copy of this obligation that is where the hand-out's copy was. */
  readonly copyNow?: PlainCopy | undefined;
  /** Of what is passed on: all that was before. */
  readonly past?: readonly Stretch[];
}

export interface PlainMessage {
  readonly bornAt: number;
  readonly source: number;
  readonly mark0: number;
  readonly mark1: number;
  readonly size: number;
  /** Whom to ask what it is about, and with which numbers. */
  readonly about: { readonly source: number; readonly mark0: number; readonly mark1: number };
  /** What it was made from. */
  readonly parent: PlainMessage | null;
  /** Of the run that made it: how the parent's time until then was spent. */
  readonly way: readonly Stretch[];
  /** Its producer has not learnt what became of it. */
  isUnderWay: boolean;
  buffered: number;
  readonly obligations: PlainObligation[];
  /** What lies before the last attempt to send it; empty when there was one. */
  attempts: Stretch[];
  lastAttemptAt: number;
  /** Whether the last attempt, a further one, is not stored yet, nor accepted by who pushes. */
  isAttemptOpen: boolean;
  /** The obligation whose push failed last, until its pusher is through with it. */
  lastFailing: PlainObligation | null;
  /** Somebody accepted it for nobody. */
  isUnclaimed: boolean;
}

export interface PlainObligation {
  readonly message: PlainMessage;
  consumer: number;
  readonly copies: PlainCopy[];
  okRuns: number;
  begunRuns: number;
  failedLast: boolean;
  lastCause: number;
  end: number;
  /** When a pusher accepted it, what was before, and whether it has come to a store since. */
  accepted: { readonly at: number; readonly past: readonly Stretch[]; isStored: boolean } | null;
  /** Whoever it is owed to passes it on. */
  isPassedOn: boolean;
  isPushed: boolean;
  isOver: boolean;
}

/**
 * A stretch of time and what it was spent on; waiting in store 3 is `wait@3`, and `wait@3@50` if its group was
 * blocked for 50 µs of it.
 */
export type Stretch = readonly [part: string, from: number, to: number];

export interface PlainCopy {
  readonly obligation: PlainObligation;
  store: number;
  past: Stretch[];
  storedAt: number;
  availableAt: number;
  /** Since when it is hidden without being handed out. */
  hiddenAt: number | null;
}

export interface PlainHandOut {
  readonly copy: PlainCopy;
  readonly obligation: PlainObligation;
  readonly consumer: number;
  past: readonly Stretch[];
  takenAt: number;
  arrivedAt: number | null;
  runBeganAt: number | null;
  runEndedAt: number | null;
}

export interface PlainObserver {
  on(fact: Fact): void;
}
