/** What a function is built from: checked settings in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { CallerOptions } from '../program/attempts.js';
import type { StepOptions } from '../program/steps.js';
import type { Billed } from './billing.js';
import type { EnvironmentTimes } from './environments.js';

export interface FunctionOptions {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Runs at a time of all functions of the account in the region. */
  readonly accountConcurrency: number;
  /** Runs at a time that belong to it, and beyond which it does not go; null: it shares with others. */
  readonly reserved: number | null;
  /** A run that takes longer is ended. */
  readonly timeout: Micros;
  /** Work takes so many times as long as with a whole CPU. */
  readonly workFactor: number;
  readonly billed: Billed;
  readonly events: EventOptions;
  readonly handler: readonly StepOptions[];
  readonly client: CallerOptions;
  readonly environments: EnvironmentTimes;
  /** Of each request, beside start and run; null: none. */
  readonly overhead: Distribution | null;
}

/** How asynchronous invocations are kept. */
export interface EventOptions {
  /** Further attempts after a failure, 0..2. */
  readonly retries: number;
  readonly ageMax: Micros;
  /** The resource number of the queue for what it gives up; null: it is lost. */
  readonly deadLetter: number | null;
  /** From accepted to the first attempt; null: none. */
  readonly dispatch: Distribution | null;
  /** How often an event is there twice, 0..1. */
  readonly duplicates: number;
}
