/** What an HTTP service outside AWS is built from: checked settings in base units. */

import type { StepOptions } from '../program/steps.js';

export interface HttpOptions {
  readonly name: string;
  /** Calls at a time, of all callers together; Infinity: any number. */
  readonly concurrency: number;
  /** How many wait; beyond, 503. */
  readonly queueLimit: number;
  /** Calls per second; beyond, 429. null: any. */
  readonly rateLimit: number | null;
  /** What one call costs it. */
  readonly handler: readonly StepOptions[];
}
