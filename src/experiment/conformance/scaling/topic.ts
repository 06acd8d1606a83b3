/** A topic of scaling cases: a pure function from what is given to what comes of it. */

import { NotExpressible } from '../result.js';
import type { Plain } from '../case-file.js';

/** What a case gives, as written. A function throws NotExpressible for words that it has no meaning for. */
export type Given = Plain;

/** What comes of it, by the words of `expect`. A case may ask for some of them only. */
export type Outcome = Readonly<Record<string, unknown>>;

export type Topic = (given: Given) => Outcome;

/** Several words say the same; the first is told. */
export class Either {
  constructor(readonly words: readonly unknown[]) {}
}

/** The number under a word. */
export function numberOf(given: Given, word: string): number {
  const value = given[word];
  if (typeof value === 'number') return value;
  throw new NotExpressible(`given: no phrase for ${word}: ${JSON.stringify(value) ?? 'nothing'}`);
}
