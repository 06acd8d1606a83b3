/** Tells each fact to several listeners, in order. For the extra slot of the watch; not for the hot path. */

import type { Facts } from '../components/facts.js';
import { SilentFacts } from './silent-facts.js';

type Kind = keyof Facts;

/** All kinds of facts, read off the class that ignores them. */
export const FACT_KINDS: readonly Kind[] = Object.getOwnPropertyNames(SilentFacts.prototype).filter(
  (name): name is Kind => name !== 'constructor',
);

export class SeveralFacts extends SilentFacts {
  constructor(listeners: readonly Facts[]) {
    super();
    const self = this as unknown as Record<Kind, (...args: number[]) => void>;
    for (const kind of FACT_KINDS) {
      self[kind] = (...args) => {
        for (const listener of listeners)
          (listener[kind] as (...numbers: number[]) => void)(...args);
      };
    }
  }
}
