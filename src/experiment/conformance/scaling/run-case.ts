/** Runs one case about the arithmetic of scaling: its topic's function on what is given, against what is expected. */

import { isMap } from '../../../components/settings/problem.js';
import type { WrittenCase } from '../case-file.js';
import type { CaseResult } from '../result.js';
import { failed, NotExpressible, passed } from '../result.js';
import type { Outcome } from './topic.js';
import { Either } from './topic.js';
import { TOPICS } from './topics.js';

/** Figures are compared to so many significant digits: cases round theirs. */
const DIGITS = 9;

export function runScalingCase({ id, body }: WrittenCase): CaseResult {
  const { topic, given, expect } = body;
  const named = typeof topic === 'string' && Object.hasOwn(TOPICS, topic) ? topic : undefined;
  if (named === undefined)
    throw new NotExpressible(`no phrase for the topic ${JSON.stringify(topic) ?? 'nothing'}`);
  if (!isMap(given)) throw new NotExpressible(`given: no phrase for ${JSON.stringify(given)}`);
  if (!isMap(expect)) throw new NotExpressible(`expect: no phrase for ${JSON.stringify(expect)}`);
  const outcome = TOPICS[named](given);
  const odd = Object.keys(expect).find((word) => !Object.hasOwn(outcome, word));
  if (odd !== undefined) throw new NotExpressible(`expect: no phrase for ${odd}`);
  for (const [word, value] of Object.entries(expect)) {
    if (!isSame(outcome[word], value))
      return failed(id, {
        step: 1,
        expected: { [word]: value },
        got: { [word]: told(outcome, word) },
      });
  }
  return passed(id);
}

function isSame(came: unknown, expected: unknown): boolean {
  if (came instanceof Either) return came.words.some((word) => isSame(word, expected));
  if (typeof came === 'number' && typeof expected === 'number')
    return came.toPrecision(DIGITS) === expected.toPrecision(DIGITS);
  return JSON.stringify(came) === JSON.stringify(expected);
}

function told(outcome: Outcome, word: string): unknown {
  const came = outcome[word];
  return came instanceof Either ? came.words[0] : came;
}
