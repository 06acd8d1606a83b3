/**
 * The ledger: where each obligation ended. An obligation counts for the consumer that it belonged to
 * in the end: one that a dead-letter queue's consumer received is that consumer's. One that is owed to so many
 * subscribers at once counts as so many. What a relay (a topic behind a bus) has taken is owed once more, to whom it
 * passes it on: of what was owed to the relay itself, only what it never took counts in the total.
 */
import { LOSSES, NOBODY, Outcome } from '../components/facts.js';
import type { Messages } from '../components/messages.js';

export interface LedgerSummary {
  /** Always the sum of all the rest. */
  readonly owed: number;
  readonly processed: number;
  readonly deadLettered: number;
  readonly expired: number;
  readonly unfinished: number;
  /** By cause, in the order of LOSSES. */
  readonly lost: readonly number[];
}

const OUTCOMES = Outcome.LostFirst + LOSSES.length;

export class LedgerBook {
  /** Obligations that were told as owed, and as settled; each once, whoever they are owed to. */
  owed = 0;
  settled = 0;
  /** Ends by consumer · OUTCOMES + outcome; the last row is NOBODY's. */
  private readonly ends: Float64Array;

  constructor(
    private readonly names: number,
    /** By consumer: as how many its obligations count. */
    private readonly weights: Float64Array,
    /** Those that are pushed to and pass on what they take. */
    private readonly relays: readonly number[] = [],
  ) {
    this.ends = new Float64Array((names + 1) * OUTCOMES);
  }

  settle(consumer: number, outcome: Outcome): void {
    this.settled++;
    this.count(consumer, outcome);
  }

  /** The run is over: obligations that are still open end as they stand. Returns how many there are. */
  close(messages: Messages): number {
    const o = messages.obligations;
    let open = 0;
    for (let row = 0; row < o.bound; row++) {
      if (!o.isLive(row)) continue;
      open++;
      this.count(o.consumer[row], messages.outcomeOf(row));
    }
    return open;
  }

  /** Obligations of one consumer. */
  of(consumer: number): LedgerSummary {
    const at = consumer * OUTCOMES;
    return summaryOf(this.ends.subarray(at, at + OUTCOMES));
  }

  /** Obligations of all consumers. */
  total(): LedgerSummary {
    const sums = new Float64Array(OUTCOMES);
    for (let i = 0; i < this.names * OUTCOMES; i++) sums[i % OUTCOMES] += this.ends[i];
    for (const relay of this.relays)
      sums[Outcome.Processed] -= this.ends[relay * OUTCOMES + Outcome.Processed];
    return summaryOf(sums);
  }

  /** What lay where nobody consumes. */
  get unowed(): number {
    return summaryOf(this.ends.subarray(this.names * OUTCOMES)).owed;
  }

  private count(consumer: number, outcome: Outcome): void {
    if (consumer === NOBODY) this.ends[this.names * OUTCOMES + outcome]++;
    else this.ends[consumer * OUTCOMES + outcome] += this.weights[consumer];
  }
}

function summaryOf(ends: Float64Array): LedgerSummary {
  return {
    owed: ends.reduce((sum, n) => sum + n, 0),
    processed: ends[Outcome.Processed],
    deadLettered: ends[Outcome.DeadLettered],
    expired: ends[Outcome.Expired],
    unfinished: ends[Outcome.Unfinished],
    lost: Array.from(ends.subarray(Outcome.LostFirst)),
  };
}
