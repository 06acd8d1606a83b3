// Closed forms computed elsewhere (closed-forms.json says on what basis), as a check of formulas.ts and of the engine.

import { readText } from '../support/source-tree.js';

interface Case {
  readonly id: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const { cases } = JSON.parse(readText('test/theory/closed-forms.json')) as {
  readonly cases: readonly Case[];
};

/** What is expected of a case; fails when there is no such case. */
export function closedForm(id: string): Readonly<Record<string, unknown>> {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`closed-forms.json has no ${id}`);
  return found.expect;
}

/** One figure of a case. */
export function figure(id: string, name: string): number {
  const value = closedForm(id)[name];
  if (typeof value !== 'number') throw new Error(`${id} has no figure ${name}`);
  return value;
}
