/**
 * The core of all settings builders: a zod schema that reads one written value into base units,
 * reports our own findings, and carries everything about the setting in its `.meta()`, so that
 * types, editor completion (JSON Schema) and the reference pages come from one definition.
 */

import { z } from 'zod';
import type { Path, Problem, Read, Refuse } from './problem.js';
import type { WantedRole } from './roles.js';

/** What every builder takes besides its own options. */
export interface Docs {
  /** One sentence: what the setting does. */
  readonly doc?: string;
  /** The default, in the scenario's own notation. */
  readonly default?: unknown;
  /** Where the number comes from. */
  readonly source?: string;
}

/** What a name may point at: traffic, or what has one of these roles. */
export interface ReferenceDocs {
  readonly roles: readonly WantedRole[];
}

/** A piece of JSON Schema that describes the written form. */
export type JsonShape = Readonly<Record<string, unknown>>;

/** A problem travels through zod as the params of a custom issue. */
export interface ProblemParams {
  readonly problem: Problem;
}

function pathOf(problem: Problem): PropertyKey[] {
  return [...(problem.path ?? [])];
}

/** A zod schema around a reader. Its output is T; an absent value without default is `missing`. */
export function setting<T>(read: Read<T>, shape: JsonShape, docs: Docs = {}) {
  const schema = z
    .unknown()
    .transform((written, context): T => {
      const refuse: Refuse = (problem) => {
        context.addIssue({ code: 'custom', params: { problem }, path: pathOf(problem) });
        return undefined;
      };
      if (written === undefined) refuse({ code: 'missing' });
      const value = written === undefined ? undefined : read(written, refuse);
      return value as T;
    })
    .meta(metaOf(shape, docs));
  return docs.default === undefined ? schema : withDefault(schema, docs.default);
}

function withDefault<S extends z.ZodType>(schema: S, value: unknown): S {
  // The types of `prefault` and of the schema below it have the same output; the input is `unknown` in both.
  return schema.prefault(value as never) as unknown as S;
}

function metaOf(shape: JsonShape, docs: Docs): Record<string, unknown> {
  const meta: Record<string, unknown> = { ...shape };
  if (docs.doc !== undefined) meta['description'] = docs.doc;
  if (docs.source !== undefined) meta['x-source'] = docs.source;
  if (docs.default !== undefined) meta['default'] = docs.default;
  return meta;
}

/** The reader of a schema built here, for builders made of others: runs it and passes its problems on. */
export function reading<S extends z.ZodType>(schema: S): Read<z.output<S>> {
  return (written, refuse) => {
    const result = schema.safeParse(written);
    if (result.success) return result.data;
    for (const problem of problemsOf(result.error)) refuse(problem);
    return undefined;
  };
}

/** The problems that a failed parse carries; zod's own issues become ours. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => problemOf(issue));
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const path = issue.path as Path;
  if (issue.code === 'custom') {
    const params = issue.params as ProblemParams | undefined;
    if (params !== undefined) return { ...params.problem, path };
  }
  if (issue.code === 'invalid_type')
    return { code: 'wrong-kind', allowed: kindOf(issue.expected), path };
  if (issue.code === 'unrecognized_keys') {
    return {
      code: 'unknown-key',
      found: issue.keys.join(', '),
      path: [...path, issue.keys[0]],
      onKey: true,
    };
  }
  return { code: 'wrong-kind', message: issue.message, path };
}

function kindOf(expected: string): string {
  if (expected === 'object' || expected === 'record') return 'a map';
  return expected === 'array' ? 'a list' : expected;
}
