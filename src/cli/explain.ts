/** `wavetank explain`: what a scenario will do, and every assumption in force with its source. */
import { explanationText } from '../report/explain-text.js';
import { jsonText } from '../report/summary-json.js';
import { explain as explained, load, warningsOf } from './engine.js';
import { Exit } from './exit.js';
import { findingsText } from './findings.js';
import type { Io } from './io.js';
import type { Words } from './parse.js';
import { styleFor } from './style.js';

export function explain(words: Words, io: Io): Exit {
  const scenario = load(words.files[0]);
  io.err(findingsText(warningsOf(scenario), styleFor(io.errIsTerminal, io.environment)));
  const explanation = explained(scenario);
  io.out(
    words.switches.has('json')
      ? jsonText(explanation)
      : explanationText(explanation, styleFor(io.outIsTerminal, io.environment)),
  );
  return Exit.Fine;
}
