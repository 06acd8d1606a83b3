/** A listener that writes every fact down, with the time it was told. For tests of components. */

import type { Facts } from '../../src/components/facts.js';
import type { Kernel } from '../../src/kernel/kernel.js';

export interface RecordedFact {
  readonly at: number;
  readonly kind: keyof Facts;
  readonly args: readonly number[];
}

export class RecordedFacts {
  readonly list: RecordedFact[] = [];
  readonly facts: Facts;
  kernel: Kernel | undefined;

  constructor() {
    this.facts = new Proxy({} as Facts, {
      get:
        (_, kind) =>
        (...args: number[]) => {
          this.list.push({ at: this.kernel?.now ?? 0, kind: kind as keyof Facts, args });
        },
    });
  }

  /** The facts of one kind, in order. */
  of(kind: keyof Facts): RecordedFact[] {
    return this.list.filter((fact) => fact.kind === kind);
  }

  count(kind: keyof Facts): number {
    return this.of(kind).length;
  }
}
