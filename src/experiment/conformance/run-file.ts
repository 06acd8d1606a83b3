/** Runs all cases of a file, each in a world of its own. */

import type { WrittenCase } from './case-file.js';
import { readCaseFile } from './case-file.js';
import type { CaseKind } from './kinds.js';
import { kindOf } from './kinds.js';
import type { CaseResult, CaseStatus, FileResult } from './result.js';
import { failed, notExpressible, NotExpressible } from './result.js';

/** A case with one of these marks counts as not expressible, whatever it says. */
const MARKS = ['optional', 'bigNumber', 'extended'];

/** `name` is the base name of the file. Throws a NoCasesError for what holds no cases. */
export function runCaseFile(name: string, text: string): FileResult {
  const file = readCaseFile(name, text);
  const kind = kindOf(file);
  const cases = file.cases.map((written) => runCase(kind, written));
  const count = (status: CaseStatus): number => cases.filter((one) => one.status === status).length;
  return {
    file: name,
    passed: count('passed'),
    failed: count('failed'),
    notExpressible: count('notExpressible'),
    cases,
  };
}

function runCase(kind: CaseKind, written: WrittenCase): CaseResult {
  const { id, body } = written;
  const mark = MARKS.find((one) => Boolean(body[one]) || body['kind'] === one);
  if (mark !== undefined) return notExpressible(id, `the case is marked ${mark}`);
  try {
    return kind.run(written);
  } catch (error) {
    if (error instanceof NotExpressible) return notExpressible(id, error.message);
    if (!(error instanceof Error)) throw error;
    // A bug that one case brings to light must not hide the others.
    return failed(id, { step: 0, expected: null, got: { exception: error.message } });
  }
}
