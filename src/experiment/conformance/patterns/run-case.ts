/**
 * A case of filter policies and event patterns: `policy` (or `policyRaw`, as text) in a `scope` against `input` (or
 * `inputRaw`, a body as published), matched or not; or a policy that must be refused when it is loaded.
 */

import type { WrittenAttribute } from '../../../components/patterns/attributes.js';
import type { FlavourName } from '../../../components/patterns/flavour.js';
import { Matcher } from '../../../components/patterns/matcher.js';
import type { PatternSpec } from '../../../components/patterns/pattern.js';
import { readPattern } from '../../../components/patterns/read.js';
import type { Problem } from '../../../components/settings/problem.js';
import { isMap } from '../../../components/settings/problem.js';
import type { Plain, WrittenCase } from '../case-file.js';
import type { CaseResult } from '../result.js';
import { failed, NotExpressible, passed } from '../result.js';

const FLAVOURS: Readonly<Record<string, FlavourName>> = {
  attributes: 'messageAttributes',
  body: 'messageBody',
  event: 'event',
};

/** What a case is asked by, and what is only information. */
const PHRASES = ['id', 'scope', 'policy', 'policyRaw', 'input', 'inputRaw', 'expect', 'error'];
const INFORMATION = [
  'source',
  'validated',
  'validatedOn',
  'ruler',
  'rulerRejects',
  'reason',
  'note',
];
const KNOWN = [...PHRASES, ...INFORMATION, 'bigNumber', 'optional', 'extended', 'kind', 'what'];

export function runPatternCase({ id, body }: WrittenCase): CaseResult {
  const stray = Object.keys(body).find((key) => !KNOWN.includes(key));
  if (stray !== undefined) throw new NotExpressible(`no phrase for ${stray} of a case`);
  const scope = String(body['scope']);
  if (!Object.hasOwn(FLAVOURS, scope)) throw new NotExpressible(`no phrase for the scope ${scope}`);
  const expected = body['expect'];
  if (typeof expected !== 'boolean' && expected !== 'rejected')
    throw new NotExpressible(`no phrase for the expectation ${JSON.stringify(expected)}`);
  const problems: Problem[] = [];
  const spec = read(body, FLAVOURS[scope], problems);
  if (expected === 'rejected') {
    const miss = refusalMissed(body['error'], spec, problems);
    return miss === undefined ? passed(id) : failed(id, { step: 0, ...miss });
  }
  const matches = matcherOf(body, scope);
  if (spec === undefined) {
    const [{ message }] = problems;
    return failed(id, { step: 0, expected, got: { rejected: message } });
  }
  const got = matches(new Matcher(spec));
  return got === expected ? passed(id) : failed(id, { step: 1, expected, got });
}

/** undefined: refused, and `problems` says why. */
function read(body: Plain, flavour: FlavourName, problems: Problem[]): PatternSpec | undefined {
  const raw = body['policyRaw'];
  let policy = body['policy'];
  if (typeof raw === 'string') {
    try {
      policy = JSON.parse(raw);
    } catch {
      problems.push({ code: 'syntax', message: 'the policy is not JSON' });
      return undefined;
    }
  }
  if (policy === undefined) throw new NotExpressible('there is no policy');
  if (typeof policy === 'string') throw new NotExpressible('no phrase for a policy in words');
  return readPattern(policy, flavour, (problem) => {
    problems.push(problem);
    return undefined;
  });
}

/** The error that a refusal must have, where the case names one; `Exception` at its end says nothing. */
function refusalMissed(
  error: unknown,
  spec: PatternSpec | undefined,
  problems: readonly Problem[],
): { expected: unknown; got: unknown } | undefined {
  if (spec !== undefined) return { expected: 'rejected', got: 'accepted' };
  const wanted = typeof error === 'string' ? error.split('|').map(bare) : [];
  const got = problems[0].awsError;
  if (wanted.length === 0 || got === undefined || wanted.includes(bare(got))) return undefined;
  return { expected: { error }, got: { error: got } };
}

function bare(error: string): string {
  return error.trim().replace(/Exception$/, '');
}

function matcherOf(body: Plain, scope: string): (matcher: Matcher) => boolean {
  if (scope === 'attributes') {
    const attributes = attributesOf(body['input']);
    return (matcher) => matcher.matchesAttributes(attributes);
  }
  const document = documentOf(body);
  return (matcher) => matcher.matchesDocument(document);
}

function attributesOf(input: unknown): Readonly<Record<string, WrittenAttribute>> {
  const attributes = input ?? {};
  const isOne = (value: unknown): boolean => isMap(value) && typeof value['DataType'] === 'string';
  if (!isMap(attributes) || !Object.values(attributes).every(isOne))
    throw new NotExpressible(
      'input: no phrase for anything but a map of { DataType, StringValue }',
    );
  return attributes as Readonly<Record<string, WrittenAttribute>>;
}

/** A body as published may be no JSON at all. */
function documentOf(body: Plain): unknown {
  if (Object.hasOwn(body, 'input')) return body['input'];
  const raw = body['inputRaw'];
  if (raw === undefined) throw new NotExpressible('there is no input');
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
