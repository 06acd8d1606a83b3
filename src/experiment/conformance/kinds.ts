/**
 * The kinds of case files. A kind is a line here and, once its component is modelled, a file that runs its
 * cases; until then each of its cases is not expressible.
 */

import type { CaseFile, WrittenCase } from './case-file.js';
import type { CaseResult } from './result.js';
import { NoCasesError, NotExpressible } from './result.js';
import { runPatternCase } from './patterns/run-case.js';
import { runScalingCase } from './scaling/run-case.js';
import { runSnsCase } from './sns/run-case.js';
import { runSqsCase } from './sqs/run-case.js';

export interface CaseKind {
  readonly name: string;
  /** Tells the file by what it says it is about, else by its name. */
  readonly words: RegExp;
  run(written: WrittenCase): CaseResult;
}

function notModelled(name: string, words: RegExp, what: string): CaseKind {
  const run = (): never => {
    throw new NotExpressible(`${what} not modelled yet`);
  };
  return { name, words, run };
}

/** The first whose words fit. */
const KINDS: readonly CaseKind[] = [
  notModelled('esm', /event source mapping|\besm\b/i, 'event source mappings are'),
  { name: 'filter-policy', words: /filter.polic|event.pattern/i, run: runPatternCase },
  { name: 'asg', words: /auto scaling|\basg\b/i, run: runScalingCase },
  notModelled('kinesis', /kinesis/i, 'Kinesis is'),
  { name: 'sns', words: /\bsns\b/i, run: runSnsCase },
  notModelled('pricing', /pricing|worked bill/i, 'pricing examples are'),
  notModelled('queueing', /queueing/i, 'cases of queueing theory are'),
  { name: 'sqs', words: /\bsqs\b/i, run: runSqsCase },
];

/** Throws a NoCasesError when nothing tells what the cases are about. */
export function kindOf({ what, name, cases }: CaseFile): CaseKind {
  const spaced = name.replace(/[_.-]/g, ' ');
  const kind =
    KINDS.find(({ words }) => words.test(what)) ??
    KINDS.find(({ words }) => words.test(name) || words.test(spaced)) ??
    (cases.some(({ body }) => 'queues' in body) ? KINDS.at(-1) : undefined);
  if (kind !== undefined) return kind;
  const names = KINDS.map((one) => one.name).join(', ');
  throw new NoCasesError(`neither meta.what nor its name says which kind of cases: ${names}`);
}
