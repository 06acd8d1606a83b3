/** What became of what topics, buses, notifications and schedules accepted, as results: a pusher and its links. */
import type { Distribution, Losses } from './result.js';

export interface PusherResult {
  readonly pusher: string;
  /** In file order. */
  readonly links: readonly LinkResult[];
}

export interface LinkResult {
  readonly name: string;
  readonly target: string;
  /** Its dead-letter queue; null: none. */
  readonly deadLetter: string | null;
  /** Messages that were for it, and those that its filter kept from it. */
  readonly matched: number;
  readonly filtered: number;
  readonly attempts: number;
  /** Attempts after one that failed. */
  readonly retries: number;
  readonly failedAttempts: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly lost: Losses;
  /** Neither delivered nor given up when the run ended. */
  readonly underWay: number;
  /** On the pusher's bill for the window, USD. What its target's own requests cost is the target's. */
  readonly costUsd: string;
  /** From accepted to delivered; without parts. */
  readonly latency: Distribution;
}
