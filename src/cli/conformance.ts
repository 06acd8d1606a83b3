/**
 * `wavetank conformance`: cases about how AWS behaves, run against the models. Not through engine.ts, so that the
 * other commands need not load what only this one uses.
 */
import { baseName } from '../scenario/findings.js';
import type { ConformanceReport, FileResult } from '../experiment/conformance/result.js';
import { CONFORMANCE_SCHEMA, NoCasesError } from '../experiment/conformance/result.js';
import { runCaseFile } from '../experiment/conformance/run-file.js';
import { conformanceText } from '../report/conformance-text.js';
import { plain } from '../report/plain.js';
import { jsonText } from '../report/summary-json.js';
import { Exit, FileError } from './exit.js';
import { readText } from './files.js';
import type { Io } from './io.js';
import type { Words } from './parse.js';
import { styleFor } from './style.js';

export function conformance(words: Words, io: Io): Exit {
  const isJson = words.switches.has('json');
  const style = styleFor(io.outIsTerminal, io.environment);
  const results: FileResult[] = [];
  let isReadable = true;
  for (const file of words.files) {
    const result = resultOf(file, io);
    if (result === null) isReadable = false;
    else {
      results.push(result);
      if (!isJson) io.out(conformanceText(result, style));
    }
  }
  if (isJson) {
    const report: ConformanceReport = { schema: CONFORMANCE_SCHEMA, files: results };
    io.out(jsonText(report));
  }
  if (!isReadable) return Exit.BadInput;
  return results.some(({ failed }) => failed > 0) ? Exit.Failed : Exit.Fine;
}

/** null, and a line on stderr, when the file cannot be read or holds no cases. */
function resultOf(file: string, io: Io): FileResult | null {
  try {
    return runCaseFile(baseName(file), readText(file));
  } catch (error) {
    if (!(error instanceof FileError) && !(error instanceof NoCasesError)) throw error;
    io.err(`wavetank: ${plain(file)}: ${plain(error.message)}\n`);
    return null;
  }
}
