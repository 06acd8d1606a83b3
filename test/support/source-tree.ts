// The files of the project as the architecture and tidy tests see them: text, imports, functions.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Import {
  /** As written, such as '../kernel/check.js' or 'yaml'. */
  readonly specifier: string;
  /** The project's file it names ('src/kernel/check.ts'), or null for a package. */
  readonly file: string | null;
  /** True for `import type` and `export type`, which leave nothing at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface SourceFunction {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache']);

/** Paths of all files under a folder of the project, sorted, without what is installed or built. */
export function listFiles(folder: string): string[] {
  const start = join(ROOT, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true })
    .filter((entry) => !LEFT_OUT.has(entry.name))
    .flatMap((entry) => {
      const path = relative(ROOT, join(start, entry.name)).split(sep).join('/');
      return entry.isDirectory() ? listFiles(path) : entry.isFile() ? [path] : [];
    })
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** All TypeScript files under a folder, parsed for their imports. */
export function sourceFiles(folder: string): SourceFile[] {
  return listFiles(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => sourceFile(path, readText(path)));
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, imports: importsOf(path, text) };
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

function importsOf(path: string, text: string): Import[] {
  const parsed = parse(path, text);
  const found: Import[] = [];
  const add = (name: ts.Node | undefined, typeOnly: boolean): void => {
    if (name === undefined || !ts.isStringLiteralLike(name)) return;
    const line = parsed.getLineAndCharacterOfPosition(name.getStart()).line + 1;
    found.push({ specifier: name.text, file: resolve(path, name.text), typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

function resolve(importer: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(dirname(importer), specifier).replace(/\.js$/, '.ts');
}

/** Functions with a block body, nested ones included, with their length in lines. */
export function functionsOf(path: string, text: string): SourceFunction[] {
  const parsed = parse(path, text);
  const found: SourceFunction[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const first = parsed.getLineAndCharacterOfPosition(node.getStart()).line;
      const last = parsed.getLineAndCharacterOfPosition(node.getEnd()).line;
      const name = node.name === undefined ? '(unnamed)' : node.name.getText();
      found.push({ name, line: first + 1, lines: last - first + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

/** The text with comments and the insides of strings blanked, line breaks kept: what is left is code. */
export function codeOnly(path: string, text: string): string {
  const kept = text.split(''); // UTF-16 units, as positions of the parser count
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (kept[i] !== '\n') kept[i] = ' ';
  };
  const parsed = parse(path, text);
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      blank(range.pos, range.end);
    }
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) {
      blank(range.pos, range.end);
    }
    const literal = ts.isStringLiteral(node) || ts.isRegularExpressionLiteral(node);
    if (literal || ts.isTemplateLiteralToken(node)) blank(node.getStart() + 1, node.getEnd() - 1);
    node.getChildren().forEach(visit);
  };
  visit(parsed);
  return kept.join('');
}
