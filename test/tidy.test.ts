// What we don't want in the tree, each with what to write instead. Checks are functions of one file's text, so that
// each is first shown to report its fault.

import { describe, expect, test } from 'vitest';
import {
  codeOnly,
  functionsOf,
  listFiles,
  readText,
  ROOT,
  sourceFiles,
} from './support/source-tree.js';
import type { SourceFile } from './support/source-tree.js';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const COLUMNS_MAX = 120;

interface Banned {
  /** Where it is banned. */
  readonly in: RegExp;
  readonly token: RegExp;
  readonly instead: string;
  /** Code that must be reported. */
  readonly fault: string;
}

const ALL = /^(src|test)\//;
const SRC = /^src\//;
/** What runs inside virtual time. */
const MODEL = /^src\/(kernel|components|observe)\//;
/** What gives the same bytes everywhere: all but the command line, and the root that reads files. */
const PURE = /^src\/(?!cli\/|index\.ts$)/;

const BANNED: readonly Banned[] = [
  {
    in: ALL,
    token: /\bMath\.random\b/,
    instead: 'a named stream of src/kernel/random, or fast-check in a test',
    fault: 'Math.random()',
  },
  {
    in: PURE,
    token: /\bMath\.(a?(sin|cos|tan)h?|atan2|log(2|10|1p)?|exp(m1)?|pow|cbrt|hypot)\b/,
    instead: 'src/kernel/math: other engines give other last bits',
    fault: 'const x = Math.log(2);',
  },
  { in: PURE, token: /\*\*/, instead: 'pow of src/kernel/math', fault: 'x ** 2' },
  { in: PURE, token: /\b(Date\b|performance\.)/, instead: "the kernel's now", fault: 'Date.now()' },
  {
    in: PURE,
    token: /\b(console|process)\./,
    instead: 'returned text; src/cli writes it',
    fault: 'console.log(1)',
  },
  {
    in: PURE,
    token: /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
    instead: 'an event of the kernel',
    fault: 'setTimeout(run, 1)',
  },
  {
    in: PURE,
    token: /\b(async|await|Promise)\b/,
    instead: 'plain calls and events',
    fault: 'await x',
  },
  { in: MODEL, token: /\byield\b/, instead: 'handlers', fault: 'function* f() { yield 1; }' },
  { in: PURE, token: /\bcrypto\b/, instead: 'src/kernel/random', fault: 'crypto.randomUUID()' },
  {
    in: PURE,
    token: /\.(localeCompare|toLocale\w+)\b|\bIntl\b/,
    instead: '< and own formatting: the locale is the machine’s',
    fault: 'a.localeCompare(b)',
  },
  {
    in: PURE,
    token: /\.to(Lower|Upper)Case\b/,
    instead: 'a map of ASCII letters: Unicode’s mapping differs between engines',
    fault: 'name.toLowerCase()',
  },
  {
    in: SRC,
    token: /\b(const )?enum \w/,
    instead: 'a union of literals',
    fault: 'enum Colour { Red }',
  },
  { in: SRC, token: /\bexport default\b/, instead: 'a named export', fault: 'export default 1' },
  { in: SRC, token: /\bexport \*/, instead: 'the names', fault: "export * from './x.js'" },
  {
    in: SRC,
    token: /(:|\bas|<|\|) *any\b/,
    instead: 'unknown, or the type',
    fault: 'const x: any = 1',
  },
  { in: SRC, token: /[\s.(]#\w/, instead: 'TypeScript `private`', fault: 'this.#x' },
  { in: SRC, token: /@ts-(ignore|nocheck)/, instead: 'the right type', fault: '' },
  {
    in: SRC,
    token: /^(export )?(let|var)\b/,
    instead: 'a field of what owns it',
    fault: 'export let count = 0;',
  },
];

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function bannedTokens({ path, text }: Pick<SourceFile, 'path' | 'text'>): string[] {
  const code = codeOnly(path, text);
  return BANNED.filter((banned) => banned.in.test(path)).flatMap((banned) =>
    [...code.matchAll(new RegExp(banned.token, 'gm'))].map(
      (hit) => `${path}:${lineOf(code, hit.index)} ${hit[0].trim()}: use ${banned.instead}`,
    ),
  );
}

function longFunctions(path: string, text: string): string[] {
  return functionsOf(path, text)
    .filter((f) => f.lines > FUNCTION_LINES_MAX)
    .map((f) => `${path}:${f.line} ${f.name} has ${f.lines} lines, at most ${FUNCTION_LINES_MAX}`);
}

function longLines(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, i) => {
    const tableRow = /^ *\* \|/.test(line);
    if (line.length <= COLUMNS_MAX || tableRow) return [];
    return [`${path}:${i + 1} has ${line.length} columns, at most ${COLUMNS_MAX}`];
  });
}

/** Work left to do names its issue, as in TODO(#12); what must not ship at all is not committed. */
function leftovers(path: string, text: string): string[] {
  return [...text.matchAll(/\b(?:FIX(?:)ME|XX(?:)X)\b|\bTO(?:)DO\b(?!\(#\d+\))/g)].map(
    (hit) => `${path}:${lineOf(text, hit.index)} ${hit[0]} without an issue`,
  );
}

/** Tests run, all of them; a case that can't run on a machine says so with skipIf or context.skip(reason). */
function switchedOff(path: string, text: string): string[] {
  const code = codeOnly(path, text);
  return [...code.matchAll(/\b(it|test|describe)(\.\w+)*\.(only|skip|todo|fails)\b/g)].map(
    (hit) => `${path}:${lineOf(code, hit.index)} ${hit[0]}`,
  );
}

/** The project stands alone: no folder of anybody's machine, and no address of a registry. */
function privatePaths(path: string, text: string): string[] {
  const home =
    /(?<![\w.])\/(?:home|Users)\/\w+|(?<![\w.])\/root\/|\.\.\/shared\b|"resolved": *"http|^registry *=/gm;
  const found = [...text.matchAll(home)].map(
    (hit) => `${path}:${lineOf(text, hit.index)} ${hit[0]}`,
  );
  return text.includes(ROOT) ? [...found, `${path} names the folder of this checkout`] : found;
}

/** What no entry reaches, directly or through others, is dead. */
function deadFiles(files: readonly SourceFile[], entries: readonly string[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<string>(entries);
  for (const path of reached) {
    for (const { file } of byPath.get(path)?.imports ?? []) if (file !== null) reached.add(file);
  }
  return files.map((file) => file.path).filter((path) => !reached.has(path));
}

const SOURCES = sourceFiles('src');
const TESTS = sourceFiles('test');
const CODE = [...SOURCES, ...TESTS];
const TEXT = /\.(ts|mjs|json|md|ya?ml|csv|txt|py|sh)$|(^|\/)[^./]+$|^\./;
const TEXT_FILES = listFiles('.').filter((path) => TEXT.test(path));

describe('each check reports its fault', () => {
  test.each(BANNED.filter((banned) => banned.fault !== ''))('$fault', ({ fault }) => {
    const found = (text: string): string[] => bannedTokens({ path: 'src/kernel/a.ts', text });
    expect(found(fault)).toHaveLength(1);
    expect(found(`// ${fault}\nconst s = \`${fault}\`;`)).toEqual([]);
  });

  test('the command line may use the clock, the console and promises', () => {
    const text = 'await x; console.log(Date.now(), process.argv);';
    expect(bannedTokens({ path: 'src/cli/a.ts', text })).toEqual([]);
    expect(bannedTokens({ path: 'src/report/a.ts', text })).toHaveLength(4);
  });

  test('long functions and lines', () => {
    const body = (lines: number): string => `function f() {\n${'x();\n'.repeat(lines - 2)}}\n`;
    expect(longFunctions('a.ts', body(70))).toEqual([]);
    expect(longFunctions('a.ts', body(71))).toHaveLength(1);
    expect(longLines('a.ts', `${'x'.repeat(120)}\n${'x'.repeat(121)}`)).toEqual([
      'a.ts:2 has 121 columns, at most 120',
    ]);
  });

  test('leftovers, tests switched off, private paths', () => {
    const words = ['FIX', 'TO', 'XX'].map((start, i) => start + ['ME', 'DO', 'X'][i]);
    expect(leftovers('a.ts', `// ${words.join(' ')}`)).toHaveLength(3);
    expect(leftovers('a.ts', `// ${words[1]}(#12): say more`)).toEqual([]);
    expect(
      switchedOff('a.ts', 'test.only(x); describe.skip(x); it.concurrent.todo(x)'),
    ).toHaveLength(3);
    expect(switchedOff('a.ts', 'test.skipIf(x)(y); c.skip(why)')).toEqual([]);
    const folders = ['home', 'Users'].map((name) => ['', name, 'me', 'x'].join('/'));
    expect(privatePaths('a.ts', folders.join('\n'))).toHaveLength(2);
    expect(privatePaths('a.ts', 'https://example.com/home/page')).toEqual([]);
    expect(privatePaths('a.ts', `${ROOT}src`)).toHaveLength(1);
  });

  test('dead files', () => {
    const file = (path: string, ...to: string[]): SourceFile => ({
      path,
      text: '',
      imports: to.map((name) => ({ specifier: name, file: name, typeOnly: false, line: 1 })),
    });
    const tree = [file('a', 'b'), file('b', 'a', 'c'), file('c'), file('d', 'a')];
    expect(deadFiles(tree, ['a'])).toEqual(['d']);
  });
});

describe('the tree is tidy', () => {
  test('no banned token', () => expect(CODE.flatMap(bannedTokens)).toEqual([]));

  test(`no source file over ${FILE_LINES_MAX} lines`, () => {
    const lines = (text: string): number => text.split('\n').length - 1;
    expect(
      SOURCES.filter(({ text }) => lines(text) > FILE_LINES_MAX).map(({ path }) => path),
    ).toEqual([]);
  });

  test(`no function over ${FUNCTION_LINES_MAX} lines`, () => {
    expect(SOURCES.flatMap(({ path, text }) => longFunctions(path, text))).toEqual([]);
  });

  test(`no line over ${COLUMNS_MAX} columns`, () => {
    expect(CODE.flatMap(({ path, text }) => longLines(path, text))).toEqual([]);
  });

  test('no leftover', () =>
    expect(CODE.flatMap(({ path, text }) => leftovers(path, text))).toEqual([]));

  test('no test switched off or alone', () => {
    expect(TESTS.flatMap(({ path, text }) => switchedOff(path, text))).toEqual([]);
  });

  test('no private path', () => {
    expect(TEXT_FILES.flatMap((path) => privatePaths(path, readText(path)))).toEqual([]);
  });

  test('no dead file', () => {
    expect(deadFiles(SOURCES, ['src/index.ts', 'src/core.ts', 'src/cli/main.ts'])).toEqual([]);
  });
});
