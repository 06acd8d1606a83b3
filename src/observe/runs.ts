/**
 * Runs of handlers: how many, and which of them were redeliveries or duplicates, with their causes.
 *
 * A *redelivery* is a run begun beyond the first of its obligation, unless it follows one that ended
 * by `fail`; Messages.beginRun has settled its cause. A *duplicate* is a run that ends well after
 * another run of the obligation ended well. Its cause is its own as a redelivery; the run that began
 * first but ended last takes that of the run that overtook it. A run that was skipped did nothing twice: it
 * ends the obligation well if no other has, and is no duplicate. A run at a consumer that stands for so many
 * subscribers counts as so many.
 */
import { CAUSES, RunEnd } from '../components/facts.js';
import type { Messages } from '../components/messages.js';
import type { Micros } from '../kernel/time.js';
import type { ObligationMemory } from './rows.js';
import { AFTER_FAILURE, CAUSE_SHIFT, ENDED_WELL } from './rows.js';

/** Cause 0 is "no cause known". */
const CAUSE_COUNT = CAUSES.length + 1;

export interface RunsSummary {
  readonly runs: number;
  /** Runs that ended by `fail`. */
  readonly failedRuns: number;
  /** Runs cut off by a crash, and by a planned stop. */
  readonly crashed: number;
  readonly killed: number;
  /** Runs that a step `once` ended early and well, since it had seen the message before. */
  readonly skipped: number;
  /** By cause, in the order of CAUSES. */
  readonly duplicates: readonly number[];
  readonly redelivered: readonly number[];
  /** Runs beyond the first for which no component named a cause; a bug if more than 0. */
  readonly unexplained: number;
}

export class Runs {
  /** By consumer. */
  private readonly begun: Float64Array;
  /** By consumer · 8 + RunEnd. */
  private readonly ended: Float64Array;
  /** By consumer · CAUSE_COUNT + cause. */
  private readonly duplicates: Float64Array;
  private readonly redelivered: Float64Array;
  private readonly processed: Float64Array;
  /** By consumer · 8 + RunEnd: µs of runs that were cut off. */
  private readonly lost: Float64Array;

  constructor(
    names: number,
    private readonly messages: Messages,
    private readonly memory: ObligationMemory,
    /** By consumer: as how many its runs count. */
    private readonly weights: Float64Array,
  ) {
    this.begun = new Float64Array(names);
    this.ended = new Float64Array(names * 8);
    this.duplicates = new Float64Array(names * CAUSE_COUNT);
    this.redelivered = new Float64Array(names * CAUSE_COUNT);
    this.processed = new Float64Array(names);
    this.lost = new Float64Array(names * 8);
  }

  /** An obligation begins its life. */
  owed(obligation: number): void {
    this.memory.seen[obligation] = 0;
  }

  began(consumer: number, delivery: number, obligation: number): void {
    const weight = this.weights[consumer];
    this.begun[consumer] += weight;
    if (this.messages.obligations.runs[obligation] === 1) return;
    const seen = this.memory.seen;
    const before = seen[obligation];
    const cause = this.messages.deliveries.cause[delivery];
    if (cause === 0 && (before & AFTER_FAILURE) !== 0) {
      seen[obligation] = before & ~AFTER_FAILURE;
      return;
    }
    this.redelivered[consumer * CAUSE_COUNT + cause] += weight;
    const latest = cause === 0 ? before >> CAUSE_SHIFT : cause;
    seen[obligation] = (before & ENDED_WELL) | (latest << CAUSE_SHIFT);
  }

  /** Returns true for the first run of the obligation that ended well. */
  end(consumer: number, delivery: number, obligation: number, end: RunEnd): boolean {
    const weight = this.weights[consumer];
    this.ended[(consumer << 3) + end] += weight;
    const seen = this.memory.seen;
    const before = seen[obligation];
    if (end === RunEnd.Ok) {
      seen[obligation] = before | ENDED_WELL;
      if ((before & ENDED_WELL) === 0) {
        this.processed[consumer] += weight;
        return true;
      }
      const own = this.messages.deliveries.cause[delivery];
      this.duplicates[consumer * CAUSE_COUNT + (own === 0 ? before >> CAUSE_SHIFT : own)] += weight;
    } else if (end === RunEnd.Skipped) return this.skipped(consumer, obligation);
    else if (end === RunEnd.Failed) seen[obligation] = before | AFTER_FAILURE;
    return false;
  }

  /** A run that was cut off had gone on for `time` µs. */
  cutOff(consumer: number, end: RunEnd, time: Micros): void {
    this.lost[(consumer << 3) + end] += time;
  }

  /** Handler time of the runs that ended so, µs; known where latencies are observed. */
  cutOffTime(consumer: number, end: RunEnd): Micros {
    return this.lost[(consumer << 3) + end];
  }

  private skipped(consumer: number, obligation: number): boolean {
    const seen = this.memory.seen;
    const before = seen[obligation];
    seen[obligation] = before | ENDED_WELL;
    if ((before & ENDED_WELL) !== 0) return false;
    this.processed[consumer] += this.weights[consumer];
    return true;
  }

  /** So far: duplicates of one cause, or of all (0). */
  duplicatesOf(consumer: number, cause: number): number {
    return countOf(this.duplicates, consumer, cause);
  }

  /** So far: redeliveries of one cause, or of all (0). */
  redeliveredOf(consumer: number, cause: number): number {
    return countOf(this.redelivered, consumer, cause);
  }

  /** So far: obligations done, that is first runs that ended well. */
  processedOf(consumer: number): number {
    return this.processed[consumer];
  }

  killedOf(consumer: number): number {
    return this.ended[(consumer << 3) + RunEnd.Killed];
  }

  of(consumer: number): RunsSummary {
    const at = consumer * CAUSE_COUNT;
    const [, failedRuns, crashed, killed, skipped] = this.ended.subarray(
      consumer * 8,
      consumer * 8 + 5,
    );
    return {
      runs: this.begun[consumer],
      failedRuns,
      crashed,
      killed,
      skipped,
      duplicates: Array.from(this.duplicates.subarray(at + 1, at + CAUSE_COUNT)),
      redelivered: Array.from(this.redelivered.subarray(at + 1, at + CAUSE_COUNT)),
      unexplained: this.duplicates[at] + this.redelivered[at],
    };
  }
}

/** Cause 0 is the sum of all. */
function countOf(counts: Float64Array, consumer: number, cause: number): number {
  const at = consumer * CAUSE_COUNT;
  if (cause !== 0) return counts[at + cause];
  let sum = 0;
  for (let i = 0; i < CAUSE_COUNT; i++) sum += counts[at + i];
  return sum;
}
