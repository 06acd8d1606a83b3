/** A case as a story: steps at virtual seconds, each with what must come of it. Shared by all kinds that have steps. */

import { isMap } from '../../components/settings/problem.js';
import type { Plain } from './case-file.js';
import type { Miss } from './result.js';
import { NotExpressible } from './result.js';

/** After the last step the world goes on for so long, s. */
const AFTERWARDS = 3600;

/** What a case says of itself; anything else in it must be a remark. */
const CASE_WORDS = 'id topic source validated kind given queues topics subscriptions steps expect';

export interface Difference {
  readonly expected: Plain;
  readonly got: Plain;
}

/** Asked after the story: null when all was as expected. */
export type Check = () => Difference | null;

/** A step as it is written. */
export interface WrittenStep {
  readonly op: unknown;
  /** Its arguments. */
  readonly words: Plain;
  readonly expect: unknown;
  /** `step 3`. */
  readonly where: string;
}

export interface TimedStep<S> {
  readonly number: number;
  readonly at: number;
  readonly where: string;
  readonly said: S;
}

/** What is done and cannot be: a receipt of a message that never came. */
export class NothingThere extends Error {
  constructor(readonly what: Plain) {
    super('a step names what is not there');
  }
}

/** Throws NotExpressible for what is no remark; a text is one, anything else may mean something. */
export function checkCaseWords(body: Plain): void {
  const words = CASE_WORDS.split(' ');
  for (const [key, value] of Object.entries(body))
    if (!words.includes(key) && typeof value !== 'string')
      throw new NotExpressible(`no phrase for ${key} of a case`);
}

/** Steps in the order in which they are done: by time, then as listed. */
export function readSteps<S>(
  said: unknown,
  read: (step: WrittenStep) => S,
): readonly TimedStep<S>[] {
  if (!Array.isArray(said)) throw new NotExpressible('there are no steps');
  let last = 0;
  const steps = said.map((step: unknown, i): TimedStep<S> => {
    const where = `step ${i + 1}`;
    if (!isMap(step)) throw new NotExpressible(`${where}: no phrase for ${JSON.stringify(step)}`);
    const { at, op, expect, ...words } = step;
    if (at !== undefined && !(typeof at === 'number' && at >= 0))
      throw new NotExpressible(`${where}: no phrase for the time ${JSON.stringify(at)}`);
    last = at ?? last;
    return { number: i + 1, at: last, where, said: read({ op, words, expect, where }) };
  });
  return steps.sort((a, b) => a.at - b.at);
}

/** Does the steps, goes on for an hour, and then asks what came of each. Returns the first that missed. */
export function tell<S>(
  steps: readonly TimedStep<S>[],
  world: { advanceTo(seconds: number): void },
  act: (said: S) => Check,
): Miss | null {
  const misses: Miss[] = [];
  const checks: (readonly [number, Check])[] = [];
  for (const { number, at, where, said } of steps) {
    world.advanceTo(at);
    try {
      checks.push([number, act(said)]);
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError)
        throw new NotExpressible(`${where}: ${error.message}`);
      if (!(error instanceof NothingThere)) throw error;
      misses.push({ step: number, expected: error.what, got: { receipt: null } });
    }
  }
  world.advanceTo((steps.at(-1)?.at ?? 0) + AFTERWARDS);
  for (const [step, check] of checks) {
    const difference = check();
    if (difference !== null) misses.push({ step, ...difference });
  }
  return misses.reduce(earlier, null);
}

function earlier(one: Miss | null, other: Miss): Miss {
  return one === null || other.step < one.step ? other : one;
}
