/** `wavetank run`: simulate one scenario, print the summary, write the reports. */
import { basename } from 'node:path';
import { OUR_FILES, reportFiles } from '../report/files.js';
import type { RunResult } from '../experiment/result.js';
import { summaryJson } from '../report/summary-json.js';
import { terminalSummary } from '../report/terminal.js';
import { failed } from '../report/verdicts.js';
import { load, startRun, warningsOf } from './engine.js';
import type { Limits, LoadFlags } from './engine.js';
import { drive } from './drive.js';
import { Exit, UsageError } from './exit.js';
import { findingsText } from './findings.js';
import type { Io } from './io.js';
import { checkFolder, writeReport } from './output-folder.js';
import type { Words } from './parse.js';
import { styleFor } from './style.js';

const BYTES_PER_MIB = 1_048_576;

export async function run(words: Words, io: Io): Promise<Exit> {
  const file = words.files[0];
  const folder = words.values.get('out')?.[0] ?? defaultFolder(file);
  const limits = limitsOf(words);
  const scenario = load(file, loadFlags(words));
  io.err(findingsText(warningsOf(scenario), styleFor(io.errIsTerminal, io.environment)));
  checkFolder(folder, OUR_FILES);
  const report = await drive(startRun(scenario, limits), io);
  writeReport(folder, reportFiles(report), OUR_FILES);
  const style = styleFor(io.outIsTerminal, io.environment);
  io.out(
    words.switches.has('json')
      ? summaryJson(report.result)
      : terminalSummary(report, folder, style),
  );
  return exitOf(report.result);
}

/** `reports/flash-sale` for `scenarios/flash-sale.yaml`. */
export function defaultFolder(file: string): string {
  const name = basename(file).replace(/\.ya?ml$/iu, '');
  return `reports/${name === '' || name === '.' || name === '..' ? 'scenario' : name}`;
}

/** Bad input never gets here; a stopped run beats a failed expectation. */
function exitOf(result: RunResult): Exit {
  if (result.stoppedBy === 'interrupt') return Exit.Interrupted;
  if (!result.complete) return Exit.Limit;
  return failed(result) ? Exit.Failed : Exit.Fine;
}

function loadFlags(words: Words): LoadFlags {
  const seed = words.values.get('seed')?.[0];
  const profile = words.values.get('profile')?.[0];
  const set = words.values.get('set') ?? [];
  const unreadable = set.find((one) => !/^[^=]+=/u.test(one));
  if (unreadable !== undefined)
    throw new UsageError(`--set wants path=value, found ${unreadable}`, 'run');
  return {
    set,
    ...(seed === undefined ? {} : { seed }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function limitsOf(words: Words): Limits {
  const maxEvents = positive(words, 'max-events', /^\d+(e\d{1,2})?$/u, 'a whole number above 0');
  const maxMemory = positive(words, 'max-memory', /^\d+(\.\d+)?$/u, 'a number of MiB above 0');
  return {
    ...(maxEvents === null ? {} : { maxEvents }),
    ...(maxMemory === null ? {} : { maxMemoryBytes: Math.round(maxMemory * BYTES_PER_MIB) }),
  };
}

function positive(words: Words, flag: string, form: RegExp, wanted: string): number | null {
  const text = words.values.get(flag)?.[0];
  if (text === undefined) return null;
  const value = form.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new UsageError(`--${flag} wants ${wanted}, found ${text}`, 'run');
}
