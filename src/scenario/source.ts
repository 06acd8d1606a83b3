/**
 * One YAML text → a tree of nodes with places. YAML 1.2, one document, no merge keys, no tags of
 * one's own, no empty values, bounded in size, depth and what aliases expand to.
 */

import type { Alias, Document, Node, Pair, Scalar } from 'yaml';
import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { Place, Problem } from '../components/settings/problem.js';
import type { Finding } from './findings.js';
import { errorAt } from './findings.js';
import { tooDeep } from './depth.js';
import type { Entry, MapNode, TreeNode } from './tree.js';

/** A scenario is written by people; a megabyte is far more than they write. */
export const MAX_TEXT_LENGTH = 1_048_576;
const MAX_DEPTH = 64;
/** Nodes, each alias counting as all that it stands for. */
const MAX_NODES = 200_000;

export interface Parsed {
  readonly root: TreeNode | undefined;
  readonly findings: readonly Finding[];
}

/** Where the text stands: `shift` moves columns of the first line (an override behind `path=`). */
export interface SourceOptions {
  readonly file: string;
  readonly firstLine?: number;
  readonly shift?: number;
}

export function parseSource(text: string, options: SourceOptions): Parsed {
  const reader = new SourceReader(text, options);
  return { root: reader.read(), findings: reader.findings };
}

class SourceReader {
  readonly findings: Finding[] = [];
  private readonly lines = new LineCounter();
  /** Anchors seen so far; undefined while their own node is being read. */
  private readonly anchors = new Map<string, { node: TreeNode; nodes: number } | undefined>();
  private nodes = 0;

  constructor(
    private readonly text: string,
    private readonly options: SourceOptions,
  ) {}

  read(): TreeNode | undefined {
    if (this.text.length > MAX_TEXT_LENGTH) {
      return this.refuse(0, {
        code: 'file',
        message: 'the file is too large',
        allowed: `at most ${MAX_TEXT_LENGTH} characters`,
      });
    }
    const documents = this.documents();
    if (documents === undefined) return undefined;
    const document = documents[0];
    if (documents.length > 1) {
      const second = documents[1].range[0];
      this.refuse(second, {
        code: 'syntax',
        message: 'a second document',
        allowed: 'one document in a file',
      });
    }
    for (const error of document.errors)
      this.refuse(error.pos[0], { code: 'syntax', message: firstLineOf(error.message) });
    for (const warning of document.warnings) {
      this.refuse(warning.pos[0], {
        code: 'syntax',
        message: firstLineOf(warning.message),
        allowed: 'plain YAML without tags',
      });
    }
    const version = document.directives?.yaml;
    if (version?.explicit === true && version.version !== '1.2') {
      this.refuse(0, { code: 'syntax', message: `YAML ${version.version}`, allowed: 'YAML 1.2' });
    }
    if (this.findings.length > 0) return undefined;
    const root = document.contents === null ? undefined : this.node(document.contents, 0);
    if (root === undefined && this.findings.length === 0)
      this.refuse(0, { code: 'syntax', message: 'the file is empty' });
    return root;
  }

  private documents(): Document.Parsed[] | undefined {
    const tokens = [...new Parser(this.lines.addNewLine).parse(this.text)];
    const deep = tooDeep(tokens, MAX_DEPTH);
    if (deep !== undefined)
      return this.refuse(deep, {
        code: 'syntax',
        message: 'nested too deep',
        allowed: `at most ${MAX_DEPTH} levels`,
      });
    const composer = new Composer({
      version: '1.2',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: this.lines,
    });
    const documents = [...composer.compose(tokens, true, this.text.length)] as Document.Parsed[];
    return documents.length === 0
      ? this.refuse(0, { code: 'syntax', message: 'the file is empty' })
      : documents;
  }

  private placeOf(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    const first = this.options.firstLine ?? 1;
    const shift = line <= 1 ? (this.options.shift ?? 0) : 0;
    return {
      file: this.options.file,
      line: Math.max(line, 1) + first - 1,
      column: Math.max(col, 1) + shift,
    };
  }

  private refuse(offset: number, problem: Problem): undefined {
    this.findings.push(errorAt(this.placeOf(offset), [], problem));
    return undefined;
  }

  private node(node: Node, depth: number): TreeNode | undefined {
    const offset = node.range?.[0] ?? 0;
    if (depth > MAX_DEPTH)
      return this.refuse(offset, {
        code: 'syntax',
        message: 'nested too deep',
        allowed: `at most ${MAX_DEPTH} levels`,
      });
    this.nodes++;
    if (isAlias(node)) return this.alias(node, offset);
    if (!isScalar(node) && !isMap(node) && !isSeq(node))
      return this.refuse(offset, { code: 'syntax', message: 'not understood' });
    const anchor = node.anchor;
    if (anchor === undefined) return this.content(node, offset, depth);
    const before = this.nodes;
    this.anchors.set(anchor, undefined);
    const read = this.content(node, offset, depth);
    if (read !== undefined)
      this.anchors.set(anchor, { node: read, nodes: this.nodes - before + 1 });
    return read;
  }

  private content(node: Node, offset: number, depth: number): TreeNode | undefined {
    if (isMap(node)) return this.map(node.items, offset, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.item(item as Node | null, offset, depth));
      return {
        kind: 'list',
        place: this.placeOf(offset),
        items: items.filter((item) => item !== undefined),
      };
    }
    return this.scalar(node as Scalar, offset);
  }

  private item(item: Node | null, offset: number, depth: number): TreeNode | undefined {
    if (item !== null) return this.node(item, depth + 1);
    return this.refuse(offset, { code: 'syntax', message: 'an empty item in a list' });
  }

  private scalar(node: Scalar, offset: number): TreeNode | undefined {
    const value = node.value;
    const place = this.placeOf(offset);
    const source = node.source ?? '';
    if (value === null) {
      if (source === 'null') return { kind: 'scalar', place, value, text: source };
      const message = source === '' ? 'an empty value' : `${source} for nothing`;
      return this.refuse(offset, {
        code: 'syntax',
        message,
        allowed: 'a value, {} for all defaults, or the word null to remove what a base has',
      });
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', place, value, text: source };
    }
    return this.refuse(offset, { code: 'syntax', message: 'not a text, number, true or false' });
  }

  private alias(node: Alias, offset: number): TreeNode | undefined {
    const target = this.anchors.get(node.source);
    if (target === undefined) {
      const inside = this.anchors.has(node.source);
      const message = inside
        ? `*${node.source} stands inside of what it names`
        : `*${node.source} names no anchor above`;
      return this.refuse(offset, { code: 'syntax', message });
    }
    const before = this.nodes;
    this.nodes += target.nodes;
    if (this.nodes <= MAX_NODES) return target.node;
    // Once is enough: every alias behind this one is too much as well.
    if (before > MAX_NODES) return undefined;
    return this.refuse(offset, {
      code: 'syntax',
      message: 'aliases expand to too much',
      allowed: `at most ${MAX_NODES} values`,
    });
  }

  private map(pairs: readonly Pair[], offset: number, depth: number): MapNode {
    const entries = new Map<string, Entry>();
    for (const pair of pairs) this.pair(pair, entries, offset, depth);
    return { kind: 'map', place: this.placeOf(offset), entries };
  }

  private pair(pair: Pair, entries: Map<string, Entry>, offset: number, depth: number): void {
    const key = this.key(pair.key as Node | null, offset);
    if (key === undefined) return;
    const keyOffset = (pair.key as Node).range![0];
    if (entries.has(key)) {
      const first = entries.get(key)!.place.line;
      this.refuse(keyOffset, {
        code: 'duplicate-key',
        found: key,
        message: `${key} stands here a second time`,
        allowed: `once (it stands on line ${first})`,
      });
    }
    const value = pair.value as Node | null;
    if (value === null) {
      this.refuse(keyOffset, { code: 'syntax', message: `${key} has no value` });
      return;
    }
    const node = this.node(value, depth + 1);
    if (node !== undefined && !entries.has(key))
      entries.set(key, { place: this.placeOf(keyOffset), node });
  }

  private key(key: Node | null, offset: number): string | undefined {
    if (key === null || !isScalar(key)) {
      const at = key?.range?.[0] ?? offset;
      return this.refuse(at, { code: 'syntax', message: 'a key that is not a plain name' });
    }
    const text = typeof key.value === 'string' ? key.value : (key.source ?? '');
    const at = key.range?.[0] ?? offset;
    if (text === '<<') {
      return this.refuse(at, {
        code: 'syntax',
        found: '<<',
        message: 'the merge key << is not part of YAML 1.2',
        allowed: 'anchors and aliases for whole values, extends for files',
      });
    }
    return text === '' ? this.refuse(at, { code: 'syntax', message: 'an empty key' }) : text;
  }
}

function firstLineOf(message: string): string {
  const end = message.indexOf('\n');
  return end < 0 ? message : message.slice(0, end);
}
