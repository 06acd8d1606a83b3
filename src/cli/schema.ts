/** `wavetank schema`: the JSON Schema of scenario files. */
import { jsonText } from '../report/summary-json.js';
import { scenarioSchema } from './engine.js';
import { Exit } from './exit.js';
import type { Io } from './io.js';
import type { Words } from './parse.js';

export function schema(_words: Words, io: Io): Exit {
  io.out(jsonText(scenarioSchema()));
  return Exit.Fine;
}
