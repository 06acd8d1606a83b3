/** One pattern, compiled, against whole documents and maps of message attributes. */

import { isMap } from '../settings/problem.js';
import { attributeValue } from './attributes.js';
import type { WrittenAttribute } from './attributes.js';
import type { CompiledField } from './document.js';
import { Leaves, leavesMatch } from './document.js';
import { FieldTests } from './field-tests.js';
import type { PatternSpec } from './pattern.js';

export class Matcher {
  private readonly alternatives: readonly (readonly CompiledField[])[];

  constructor(spec: PatternSpec) {
    this.alternatives = spec.alternatives.map((fields) =>
      fields.map(({ path, tests }) => ({ path, tests: new FieldTests(tests) })),
    );
  }

  /** A JSON document, parsed. What is no JSON object matches no pattern, not even one for what is absent. */
  matchesDocument(document: unknown): boolean {
    return isMap(document) && this.matchesLeaves(new Leaves().addObject(document));
  }

  /** Message attributes as AWS has them. Binary ones are not there. */
  matchesAttributes(attributes: Readonly<Record<string, WrittenAttribute>>): boolean {
    const leaves = new Leaves();
    for (const [name, attribute] of Object.entries(attributes))
      leaves.addField(name, attributeValue(attribute));
    return this.matchesLeaves(leaves);
  }

  matchesLeaves(leaves: Leaves): boolean {
    return this.alternatives.some((fields) => leavesMatch(fields, leaves));
  }
}
