/**
 * Holds one written value against its schema and reports everything that is wrong with it, where it
 * was written.
 *
 * zod reads the values; keys, alternatives and references are checked by walking the schema beside the
 * written tree, so that they are found also where some other value is wrong.
 */

import type { z } from 'zod';
import type { BlockNotes } from '../components/settings/block.js';
import { lower, nearestOf } from '../components/settings/nearest.js';
import type { Path, Problem } from '../components/settings/problem.js';
import { isMap, show } from '../components/settings/problem.js';
import { problemsOf } from '../components/settings/setting.js';
import type { WantedRole } from '../components/settings/roles.js';
import type { Finding } from './findings.js';
import { errorAt, pathText } from './findings.js';
import { NO_EFFECT_ANYWHERE, NOT_MODELLED, NOT_MODELLED_PAGE } from './not-modelled.js';
import { placeAt } from './tree.js';
import type { TreeNode } from './tree.js';
import type { SchemaView } from './walk.js';
import { viewOf } from './walk.js';

/** A name, and where it stands. */
export interface WrittenName {
  readonly path: Path;
  readonly onKey: boolean;
  readonly name: string;
}

/** A name that stands where something with one of these roles must be named. */
export interface WrittenReference extends WrittenName {
  readonly roles: readonly WantedRole[];
}

/** Tables of not-modelled and foreign words that hold for a block besides its own. */
export interface MoreNotes {
  readonly notModelled: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  readonly noEffect: Readonly<Record<string, string>>;
}

const NO_MORE: MoreNotes = { notModelled: [], words: {}, noEffect: {} };

export class Examiner {
  readonly findings: Finding[] = [];
  readonly references: WrittenReference[] = [];
  /** Paths with findings, and what only follows from them (see `follows`). */
  private readonly refused = new Map<string, Set<string>>();

  constructor(private readonly root: TreeNode) {}

  refuse(path: Path, problem: Problem): void {
    const full = [...path, ...(problem.path ?? [])];
    this.findings.push(errorAt(placeAt(this.root, full, problem.onKey === true), full, problem));
  }

  /** The value that a schema makes of what stands at a path, or undefined when anything is wrong with it. */
  read<S extends z.ZodType>(
    schema: S,
    written: unknown,
    path: Path,
    more: MoreNotes = NO_MORE,
  ): z.output<S> | undefined {
    const before = this.findings.length;
    this.walk(viewOf(schema), written, path, more);
    const result = schema.safeParse(written);
    if (!result.success)
      for (const problem of problemsOf(result.error))
        this.fromZod(path, absentIsMissing(problem, written));
    return result.success && this.findings.length === before ? result.data : undefined;
  }

  /** Reports keys that a block does not have; the values are read elsewhere. */
  keys(
    schema: z.ZodType,
    written: Readonly<Record<string, unknown>>,
    path: Path,
    more: MoreNotes,
  ): void {
    const view = viewOf(schema);
    if (view.kind !== 'block') return;
    for (const key of Object.keys(written))
      if (view.field(key) === undefined) this.unknownKey(view, key, path, more);
  }

  /** Reports a missing key, unless a misspelling of it was reported. */
  missing(path: Path, key: string, allowed: string): void {
    const problem: Problem = { code: 'missing', allowed, path: [key] };
    if (!this.follows([...path, key], problem)) this.refuse(path, problem);
  }

  private fromZod(path: Path, problem: Problem): void {
    // The walk has said it better.
    if (
      problem.code === 'unknown-key' &&
      problem.message === undefined &&
      problem.allowed === undefined
    )
      return;
    if (this.follows([...path, ...(problem.path ?? [])], problem)) return;
    this.refuse(path, problem);
  }

  /** A missing key is not reported where a misspelling of it, or a refused alternative, was. */
  private follows(path: Path, problem: Problem): boolean {
    if (problem.code !== 'missing') return false;
    const around = this.refused.get(pathText(path.slice(0, -1)));
    const here = this.refused.get(pathText(path));
    return around?.has(String(path[path.length - 1])) === true || here !== undefined;
  }

  private walk(view: SchemaView, written: unknown, path: Path, more: MoreNotes): void {
    if (view.reference !== undefined && typeof written === 'string') {
      this.references.push({ path, onKey: false, name: written, roles: view.reference });
    }
    if (view.kind === 'list' && Array.isArray(written)) {
      written.forEach((item: unknown, i) => this.walk(view.item(), item, [...path, i], NO_MORE));
    } else if (view.kind === 'record' && isMap(written)) this.walkRecord(view, written, path);
    else if (view.kind === 'block' && isMap(written)) this.walkBlock(view, written, path, more);
  }

  private walkRecord(
    view: SchemaView & { kind: 'record' },
    written: Readonly<Record<string, unknown>>,
    path: Path,
  ): void {
    const roles = view.key().reference;
    for (const [key, value] of Object.entries(written)) {
      if (roles !== undefined)
        this.references.push({ path: [...path, key], onKey: true, name: key, roles });
      this.walk(view.item(), value, [...path, key], NO_MORE);
    }
  }

  private walkBlock(
    view: SchemaView & { kind: 'block' },
    written: Readonly<Record<string, unknown>>,
    path: Path,
    more: MoreNotes,
  ): void {
    for (const [key, value] of Object.entries(written)) {
      const field = view.field(key);
      if (field !== undefined) this.walk(field, value, [...path, key], NO_MORE);
      else this.unknownKey(view, key, path, more);
    }
    for (const group of view.notes.exactlyOne ?? [])
      this.checkChoice(view, group, written, path, true);
    for (const group of view.notes.atMostOne ?? [])
      this.checkChoice(view, group, written, path, false);
  }

  private checkChoice(
    view: SchemaView & { kind: 'block' },
    group: readonly string[],
    written: object,
    path: Path,
    required: boolean,
  ): void {
    const named = group.filter((key) => Object.hasOwn(written, key));
    const built = group.filter((key) => view.field(key) !== undefined);
    const offered = built.length > 0 ? built : group;
    const allowed = `exactly one of ${offered.join(' | ')}`;
    if (named.length > 1) {
      const second = named[1];
      this.refuse(path, {
        code: 'choice',
        found: named.join(' and '),
        message: `${named.join(' and ')} together`,
        allowed,
        path: [second],
        onKey: true,
      });
    } else if (named.length === 0 && required && !this.isExplained(group, path)) {
      const what = Object.keys(written).length === 0 ? 'nothing' : Object.keys(written).join(', ');
      this.refuse(path, {
        code: 'choice',
        found: what,
        message: `none of ${offered.join(', ')}`,
        allowed,
      });
    }
  }

  /** An unknown key that leads to one of the group was reported: that none of it stands there only follows. */
  private isExplained(group: readonly string[], path: Path): boolean {
    const leads = this.refused.get(pathText(path));
    return leads !== undefined && group.some((key) => leads.has(key));
  }

  private remember(path: Path, lead: string): void {
    const text = pathText(path);
    const leads = this.refused.get(text) ?? new Set<string>();
    leads.add(lead);
    this.refused.set(text, leads);
  }

  private unknownKey(
    view: SchemaView & { kind: 'block' },
    key: string,
    path: Path,
    more: MoreNotes,
  ): void {
    const notes = view.notes;
    const at = { path: [key], onKey: true, found: key };
    const spelled = this.otherSpelling(view, key, more);
    const page = pageOf(notes, key, more);
    const other = lookUp(notes.elsewhere, key);
    const noEffect =
      lookUp(notes.noEffect, key) ?? lookUp(more.noEffect, key) ?? lookUp(NO_EFFECT_ANYWHERE, key);
    if (other !== undefined) {
      for (const [first] of notes.exactlyOne ?? []) this.remember(path, first);
      this.refuse(path, { code: 'unknown-key', message: `${key} is ${other}`, ...at });
    } else if (page !== undefined) {
      this.remember(path, key);
      const word = lookUp(notes.words, key) ?? lookUp(more.words, key);
      this.refuse(path, {
        code: 'not-modelled',
        message: `${key} is not modelled yet (${page})`,
        allowed: view.keys().join(', '),
        ...(word !== undefined && view.field(word) !== undefined ? { nearest: word } : {}),
        ...at,
      });
    } else if (spelled === undefined && noEffect !== undefined) {
      this.refuse(path, {
        code: 'no-effect',
        message: `${key} would have no effect: ${noEffect}`,
        allowed: view.keys().join(', '),
        ...at,
      });
    } else {
      const nearest = spelled === undefined ? {} : { nearest: spelled };
      if (spelled !== undefined) this.remember(path, spelled);
      this.refuse(path, {
        code: 'unknown-key',
        message: `unknown key ${key}`,
        allowed: view.keys().join(', '),
        ...nearest,
        ...at,
      });
    }
  }

  /** AWS's and others' words, names of ARNs and URLs, and misspellings, to the key that is meant. */
  private otherSpelling(
    view: SchemaView & { kind: 'block' },
    key: string,
    more: MoreNotes,
  ): string | undefined {
    const notModelled = NOT_MODELLED[view.notes.name] ?? [];
    const known = [
      ...view.keys(),
      ...notModelled,
      ...more.notModelled,
      ...Object.keys(view.notes.notModelled ?? {}),
    ];
    const word = lookUp(view.notes.words, key) ?? lookUp(more.words, key);
    if (word !== undefined && known.includes(word)) return word;
    if (key === 'arn' && known.includes('target')) return 'target';
    const bare = key.replace(/(Arns?|ARNs?|Urls?|URLs?)$/, '');
    const same = known.find((candidate) => lower(candidate) === lower(bare));
    if (same !== undefined) return same;
    const withoutSuffix = known.find(
      (candidate) => candidate === `${key}Seconds` || candidate === `${key}InSeconds`,
    );
    return withoutSuffix ?? nearestOf(bare, known);
  }
}

function pageOf(notes: BlockNotes, key: string, more: MoreNotes): string | undefined {
  const own = lookUp(notes.notModelled, key);
  if (own !== undefined) return own;
  const listed = (NOT_MODELLED[notes.name] ?? []).includes(key) || more.notModelled.includes(key);
  return listed ? NOT_MODELLED_PAGE : undefined;
}

function lookUp(
  table: Readonly<Record<string, string>> | undefined,
  key: string,
): string | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** zod says "wrong type" of a required block that is not there. */
function absentIsMissing(problem: Problem, written: unknown): Problem {
  if (problem.code !== 'wrong-kind') return problem;
  let value: unknown = written;
  for (const part of problem.path ?? [])
    value = (value as Record<string, unknown> | undefined)?.[part];
  if (value === undefined) return { ...problem, code: 'missing' };
  return problem.found === undefined ? { ...problem, found: show(value) } : problem;
}
