/** What reports tell of the control loops of fleets that can scale. */
import type { Seconds } from './result.js';

/** A fleet that can scale: how it answered its load. */
export interface LoopResult {
  readonly fleet: string;
  readonly alarms: readonly LoopAlarm[];
  /** Levels of its queues, then its own, on one time axis. */
  readonly curves: readonly LoopCurve[];
  /** Length of a step of the curves; the last may be cut short by the end of the run. */
  readonly stepSeconds: number;
  readonly episodes: readonly LoopEpisode[];
  readonly figures: LoopFigures;
}

export interface LoopAlarm {
  readonly name: string;
  /** The metric that it looks at: `ApproximateNumberOfMessagesVisible(orders)`. */
  readonly metric: string;
  /** When it goes off: `Average >= 1000, 3 of 3, 60 s each`. */
  readonly condition: string;
}

export interface LoopCurve {
  readonly resource: string;
  readonly level: string;
  /** The highest value of each step, and the lowest. */
  readonly values: readonly number[];
  readonly least: readonly number[];
}

/** Docs: outputs, the control loop. */
export interface LoopEpisode {
  readonly beganSeconds: number;
  readonly lastChangeSeconds: number;
  readonly from: number;
  readonly final: number;
  readonly peak: number | null;
  /** Fewest in service since its first change. */
  readonly least: number | null;
  /** The longest; null: nothing waited. */
  readonly reactionSeconds: Seconds;
  readonly overshoot: number | null;
  readonly settlingSeconds: Seconds;
  readonly oscillations: number;
}

/** Of the whole run. */
export interface LoopFigures {
  readonly reactionMeanSeconds: Seconds;
  readonly reactionMaxSeconds: Seconds;
  readonly overshoot: number | null;
  readonly settlingSeconds: Seconds;
  readonly oscillations: number;
  readonly launched: number;
  readonly terminated: number;
  readonly failed: number;
  /** Of all instances together: in service; of that with nothing in hand; and what that cost. */
  readonly inServiceSeconds: number;
  readonly idleSeconds: number;
  readonly wastedUsd: string;
  /** On the bill; of that not in service: they started or stopped; and what that cost. */
  readonly billedSeconds: number;
  readonly startingAndStoppingSeconds: number;
  readonly startingAndStoppingUsd: string;
  /** Runs cut off by a planned stop or by a crash, and how long they had gone on. */
  readonly killed: number;
  readonly killedSeconds: number;
  readonly crashed: number;
  readonly crashedSeconds: number;
  /** Runs beyond the first, and those of them that did work twice, with cause scaleIn. */
  readonly redelivered: number;
  readonly duplicates: number;
}

/** A row of scaling.csv: what happened in a loop, by time. */
export interface ScalingRow {
  readonly timeSeconds: number;
  readonly resource: string;
  readonly kind: 'metric' | 'alarm' | 'decision' | 'desired' | 'instance';
  /** The alarm, the decider, the worker; empty for `desired`. */
  readonly name: string;
  /** The newest data point, the capacity asked for, the capacity wanted; null: none. */
  readonly value: number | null;
  /** The metric; the alarm's or instance's state; what a decision changed: `2 -> 8`. */
  readonly text: string;
}
