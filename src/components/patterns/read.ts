/**
 * A pattern as it is written (plain values) → the checked form, or findings with their places below the pattern
 * and AWS's reasons.
 */

import type { Problem, Refuse } from '../settings/problem.js';
import { isMap, show } from '../settings/problem.js';
import { combinationsOf } from './complexity.js';
import type { Flavour, FlavourName } from './flavour.js';
import { FLAVOURS } from './flavour.js';
import type { PatternSpec } from './pattern.js';
import { FieldReader } from './read-fields.js';
import { refuseAs } from './refusal.js';

type Written = Readonly<Record<string, unknown>>;

export function readPattern(
  written: unknown,
  flavourName: FlavourName,
  refuse: Refuse,
): PatternSpec | undefined {
  const flavour = FLAVOURS[flavourName];
  if (!isMap(written))
    return refuseAs(flavour, refuse, 'Filter is not an object', {
      found: show(written),
      allowed: 'a pattern such as { kind: [placed] }',
    });
  // SNS takes the empty policy for none.
  if (flavour.combinationsMax < Infinity && Object.keys(written).length === 0)
    return { flavour: flavourName, alternatives: [[]] };
  const first = attempt(written, flavour, true);
  if (first.spec !== undefined) return first.spec;
  // As AWS does: where `$or` cannot mean alternatives, it is a name as any other.
  const second = saysOr(written) ? attempt(written, flavour, false) : first;
  if (second.spec !== undefined) return second.spec;
  for (const problem of first.problems) refuse(problem);
  return undefined;
}

interface Attempt {
  readonly spec: PatternSpec | undefined;
  readonly problems: readonly Problem[];
}

function attempt(written: Written, flavour: Flavour, knowsOr: boolean): Attempt {
  const problems: Problem[] = [];
  const refuse: Refuse = (problem) => {
    problems.push(problem);
    return undefined;
  };
  // What is far too large is not even taken apart.
  checkSize(written, flavour, knowsOr, refuse);
  if (problems.length > 0) return { spec: undefined, problems };
  const alternatives = new FieldReader(flavour, knowsOr).read(written, refuse);
  if (problems.length > 0) return { spec: undefined, problems };
  return { spec: { flavour: flavour.name, alternatives }, problems };
}

function checkSize(written: Written, flavour: Flavour, knowsOr: boolean, refuse: Refuse): void {
  const { keysMax, combinationsMax, charactersMax, bytesMax } = flavour;
  const keys = Object.keys(written);
  if (keys.length > keysMax)
    refuseAs(flavour, refuse, `Filter policy can not have more than ${keysMax} keys`, {
      found: `${keys.length} keys`,
      allowed: `at most ${keysMax}`,
      path: [keys[keysMax]],
      onKey: true,
    });
  const combinations = combinationsMax === Infinity ? 0 : combinationsOf(written, knowsOr);
  if (combinations > combinationsMax)
    refuseAs(flavour, refuse, 'Filter policy is too complex', {
      found: `${combinations} combinations`,
      allowed: `at most ${combinationsMax}: the product of the numbers of values, each times its depth`,
    });
  if (charactersMax === Infinity && bytesMax === Infinity) return;
  const json = JSON.stringify(written);
  if (json.length > charactersMax)
    refuseAs(flavour, refuse, 'Event pattern is too long', {
      found: `${json.length} characters`,
      allowed: `at most ${charactersMax}`,
    });
  if (json.length * 3 > bytesMax && utf8Bytes(json) > bytesMax)
    refuseAs(flavour, refuse, 'Filter policy is too large', {
      found: `${utf8Bytes(json)} bytes`,
      allowed: `at most ${bytesMax}`,
    });
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

function saysOr(written: Written): boolean {
  return Object.entries(written).some(([name, value]) => {
    if (name === '$or') return true;
    return isMap(value) && saysOr(value);
  });
}
