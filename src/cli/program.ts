/**
 * One call of the command line from words to exit code. Each command's module is imported only when
 * it is asked for: loading all of them would cost more time than most runs.
 */
import { InstantLimitError } from '../kernel/instant-watch.js';
import { ScenarioError } from '../scenario/findings.js';
import { plain } from '../report/plain.js';
import { ENGINE_VERSION } from '../experiment/version.js';
import { findingsJson, findingsText } from './findings.js';
import { Exit, FileError, UsageError } from './exit.js';
import { commandHelp, mainHelp } from './help.js';
import type { Io } from './io.js';
import type { CommandName } from './commands.js';
import type { Words } from './parse.js';
import { styleFor } from './style.js';

type Start = (words: Words, io: Io) => Exit | Promise<Exit>;

const STARTS: Readonly<Record<CommandName, () => Promise<Start>>> = {
  run: async () => (await import('./run.js')).run,
  validate: async () => (await import('./validate.js')).validate,
  schema: async () => (await import('./schema.js')).schema,
  explain: async () => (await import('./explain.js')).explain,
  init: async () => (await import('./init.js')).init,
  conformance: async () => (await import('./conformance.js')).conformance,
};

/** Never throws; prints what there is to say. */
export async function program(words: readonly string[], io: Io): Promise<Exit> {
  try {
    return await obey(words, io);
  } catch (error) {
    return answer(error, words, io);
  }
}

async function obey(words: readonly string[], io: Io): Promise<Exit> {
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const { commandIn, parse } = await import('./parse.js');
  if (own.includes('--help') || own.includes('-h')) {
    const command = commandIn(own);
    io.out(command === undefined ? mainHelp(ENGINE_VERSION) : commandHelp(command));
    return Exit.Fine;
  }
  if (own.length === 1 && own[0] === '--version') {
    io.out(`wavetank ${ENGINE_VERSION}\n`);
    return Exit.Fine;
  }
  if (words.length === 0) {
    io.err(mainHelp(ENGINE_VERSION));
    return Exit.BadInput;
  }
  const parsed = await parse(words);
  const start = await STARTS[parsed.command.name]();
  return start(parsed, io);
}

/** What went wrong, in words for whoever can do something about it. */
function answer(error: unknown, words: readonly string[], io: Io): Exit {
  if (error instanceof UsageError) {
    io.err(
      `wavetank: ${plain(error.message)}\nSee: wavetank${error.command === null ? '' : ` ${error.command}`} --help\n`,
    );
    return Exit.BadInput;
  }
  if (error instanceof FileError) {
    io.err(`wavetank: ${plain(error.message)}\n`);
    return Exit.BadInput;
  }
  if (error instanceof ScenarioError) {
    if (words.includes('--json')) io.out(findingsJson(error.findings));
    else io.err(findingsText(error.findings, styleFor(io.errIsTerminal, io.environment)));
    return Exit.BadInput;
  }
  if (error instanceof InstantLimitError) {
    io.err(`wavetank: the run stands still: ${plain(error.message)}\n`);
    return Exit.Limit;
  }
  return answerBug(error, io);
}

function answerBug(error: unknown, io: Io): Exit {
  const message = error instanceof Error ? error.message : String(error);
  io.err(
    `wavetank ${ENGINE_VERSION}: this is a bug of Wavetank, not of your scenario: ${plain(message)}\n` +
      'Please report it with the scenario, the command, and what WAVETANK_DEBUG=1 prints.\n',
  );
  if ((io.environment['WAVETANK_DEBUG'] ?? '') !== '' && error instanceof Error)
    io.err(`${error.stack ?? ''}\n`);
  return Exit.Bug;
}
