/** The command line of the bench. */
import { parseArgs } from 'node:util';
import type { Effort } from './row.js';

export interface Options {
  /** Parts of names; a row is chosen when its name contains any of them, or when there is none. */
  readonly words: readonly string[];
  readonly effort: Effort;
  readonly json: boolean;
  readonly list: boolean;
  readonly help: boolean;
}

export const HELP = `npm run bench -- [word ...] [--quick] [--json] [--list]

  word      only rows (and peers) whose name contains a word: pool, hold, mm, memory, process, peer, simpy ...
  --quick   less work and fewer runs: a first look, not a figure to quote
  --json    one JSON object on stdout (with npm run -s)
  --list    the names of all rows and peers
`;

/** Throws an Error that says what is wrong. */
export function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { quick, json, list, help } = values;
  return { words: positionals, effort: quick ? 'quick' : 'full', json, list, help };
}

/** Those that the words choose. */
export function chosen<T extends { readonly name: string }>(
  all: readonly T[],
  words: readonly string[],
): T[] {
  return words.length === 0
    ? [...all]
    : all.filter(({ name }) => words.some((word) => name.includes(word)));
}
