/**
 * The words of a command line, read by yargs and checked here: unknown flags and commands get the
 * nearest right one, a flag given twice is an error, and every value stays the text that was typed.
 */
import yargs from 'yargs';
import type { Argv } from 'yargs';
import { lower, nearestOf } from '../components/settings/nearest.js';
import { COMMANDS } from './commands.js';
import type { Command, Flag } from './commands.js';
import { UsageError } from './exit.js';

/** A command with its words: files, values by flag, switches that are on. */
export interface Words {
  readonly command: Command;
  readonly files: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
}

/** Throws a UsageError that says what is wrong and what is right. */
export async function parse(words: readonly string[]): Promise<Words> {
  const found: { words: Words | null } = { words: null };
  let parser = yargs([...words])
    .scriptName('wavetank')
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .demandCommand(1, 'there is no command')
    .strict()
    .recommendCommands()
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new UsageError(
        explained(error?.message ?? message ?? '', words),
        commandIn(words)?.name ?? null,
      );
    });
  for (const command of COMMANDS)
    parser = withCommand(parser, command, (read) => (found.words = read));
  await parser.parseAsync();
  if (found.words === null) throw new UsageError('there is no command');
  return found.words;
}

/** The command among the words, for help and messages; undefined when there is none. */
export function commandIn(words: readonly string[]): Command | undefined {
  const first = words.find((word) => !word.startsWith('-'));
  return COMMANDS.find((command) => command.name === first);
}

function withCommand(parser: Argv, command: Command, read: (words: Words) => void): Argv {
  return parser.command(
    `${command.name} [files..]`,
    command.summary,
    (builder) => {
      builder.positional('files', { type: 'string', array: true });
      for (const flag of command.flags) {
        if (flag.value === null) builder.option(flag.name, { type: 'boolean' });
        else
          builder.option(flag.name, {
            type: 'string',
            requiresArg: true,
            array: flag.many === true,
          });
      }
      return builder;
    },
    (args) => read(checked(command, args)),
  );
}

function checked(command: Command, args: Readonly<Record<string, unknown>>): Words {
  const files = texts(args['files']);
  const [least, most] = command.files;
  if (files.length < least) throw new UsageError(`${command.name} needs a FILE`, command.name);
  if (files.length > most) throw new UsageError(tooMany(command, files), command.name);
  const values = new Map<string, readonly string[]>();
  const switches = new Set<string>();
  for (const flag of command.flags) {
    const given = args[flag.name];
    if (given === undefined) continue;
    if (flag.value === null) switches.add(flag.name);
    else values.set(flag.name, valuesOf(command, flag, texts(given)));
  }
  return { command, files, values, switches };
}

function valuesOf(command: Command, flag: Flag, given: readonly string[]): readonly string[] {
  if (given.length > 1 && flag.many !== true)
    throw new UsageError(`--${flag.name} is given twice`, command.name);
  if (given.some((value) => value === ''))
    throw new UsageError(`--${flag.name} needs a value: ${flag.value!}`, command.name);
  return given;
}

function tooMany(command: Command, files: readonly string[]): string {
  const [, most] = command.files;
  const allowed = most === 0 ? 'takes no FILE' : 'takes one FILE';
  return `${command.name} ${allowed}, found ${files.length}: ${files.join(' ')}`;
}

/** yargs' message in our words. */
function explained(message: string, words: readonly string[]): string {
  const unknown = /^Unknown arguments?: (.*)$/su.exec(message);
  if (unknown !== null) return unknownWord(unknown[1].split(', ')[0], words);
  const missing = /^Not enough arguments following: (.*)$/su.exec(message);
  if (missing !== null) return `--${missing[1]} needs a value`;
  const meant = /^Did you mean (.*)\?$/su.exec(message);
  const typed = words.find((word) => !word.startsWith('-')) ?? '';
  if (meant !== null) return `unknown command ${typed}; did you mean ${meant[1]}?`;
  return message;
}

function unknownWord(name: string, words: readonly string[]): string {
  const isFlag = words.some(
    (word) => word === `--${name}` || word.startsWith(`--${name}=`) || word === `-${name}`,
  );
  const command = commandIn(words);
  if (!isFlag)
    return `unknown command ${name}; there are ${COMMANDS.map((one) => one.name).join(', ')}`;
  const typed = words.some((word) => word === `-${name}`) ? `-${name}` : `--${name}`;
  const flags = command?.flags.map((flag) => flag.name) ?? [];
  const near =
    nearestOf(lower(name), flags) ??
    flags.find((flag) => name.startsWith(flag) || flag.startsWith(name));
  const advice =
    near === undefined
      ? `; there are ${['help', ...flags].map((flag) => `--${flag}`).join(', ')}`
      : `; did you mean --${near}?`;
  return `unknown flag ${typed}${advice}`;
}

function texts(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
}
