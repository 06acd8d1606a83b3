/** `allow: [code(name), …]`: warnings and invariants that are broken on purpose. */

import { nearestOf } from '../components/settings/nearest.js';
import { WARNING_CODES } from '../components/settings/problem.js';
import type { Allowed } from './checked.js';
import type { Examiner } from './examine.js';
import type { Finding } from './findings.js';
import { placeAt } from './tree.js';
import type { TreeNode } from './tree.js';

const ALLOW = /^([a-z][a-z0-9-]*)(?:\(([^()]+)\))?$/;

/** A warning and whom it is about. */
export interface Warned {
  readonly finding: Finding;
  readonly on: string;
}

/** What an entry may name; `invariants` undefined: whatever is no warning may be one. */
export interface Allowable {
  readonly names: readonly string[];
  readonly invariants: readonly string[] | undefined;
}

/** One entry, read. */
export function readAllowed(
  examiner: Examiner,
  root: TreeNode,
  text: string,
  index: number,
  { names, invariants }: Allowable,
): Allowed | undefined {
  const path = ['allow', index];
  const match = ALLOW.exec(text);
  if (match === null) {
    examiner.refuse(path, {
      code: 'wrong-kind',
      found: text,
      allowed: 'code(name), such as short-polling(workers)',
    });
    return undefined;
  }
  const [, code, on] = match;
  const codes: readonly string[] = [...WARNING_CODES, ...(invariants ?? [])];
  if (!codes.includes(code) && invariants !== undefined) {
    const near = nearestOf(code, codes);
    examiner.refuse(path, {
      code: 'unknown-name',
      found: code,
      message: `no warning or invariant is called ${code}`,
      allowed: codes.join(', '),
      ...(near === undefined ? {} : { nearest: near }),
    });
    return undefined;
  }
  if (on !== undefined && !names.includes(on) && !on.includes(' -> ')) {
    const near = nearestOf(on, names);
    examiner.refuse(path, {
      code: 'unknown-name',
      found: on,
      message: `nothing is called ${on}`,
      allowed: names.join(', '),
      ...(near === undefined ? {} : { nearest: near }),
    });
    return undefined;
  }
  return { code: code, on, text, place: placeAt(root, path, false) };
}

/**
 * The warnings that nobody allowed; an entry that allows none of them, and is no invariant, is an
 * error, unless it `mayBeIdle`: a variant or a --set may have removed what it was written for.
 */
export function unallowed(
  examiner: Examiner,
  warned: readonly Warned[],
  allow: readonly (Allowed | undefined)[],
  mayBeIdle: (entry: Allowed) => boolean,
): Finding[] {
  const isAllowed = ({ finding, on }: Warned): boolean =>
    allow.some((entry) => matches(entry, finding.code, on));
  allow.forEach((entry, i) => {
    if (entry === undefined || !(WARNING_CODES as readonly string[]).includes(entry.code)) return;
    if (warned.some(({ finding, on }) => matches(entry, finding.code, on))) return;
    if (mayBeIdle(entry)) return;
    const warnings = warned.map(({ finding, on }) => `${finding.code}(${on})`);
    examiner.refuse(['allow', i], {
      code: 'unused-allow',
      found: entry.text,
      message: `${entry.text} allows nothing`,
      allowed:
        warnings.length === 0 ? 'nothing: the scenario has no warnings' : warnings.join(', '),
    });
  });
  return warned.filter((one) => !isAllowed(one)).map(({ finding }) => finding);
}

function matches(entry: Allowed | undefined, code: string, on: string): boolean {
  return entry !== undefined && entry.code === code && (entry.on === undefined || entry.on === on);
}
