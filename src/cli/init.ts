/** `wavetank init`: a commented scenario to begin with; nothing is ever overwritten. */
import { writeFileSync } from 'node:fs';
import { plain } from '../report/plain.js';
import { baseName } from '../scenario/findings.js';
import { Exit, FileError } from './exit.js';
import { whatIsWrong } from './files.js';
import type { Io } from './io.js';
import type { Words } from './parse.js';
import { STARTER } from './starter.js';

export function init(words: Words, io: Io): Exit {
  const file = words.files[0] ?? 'scenario.yaml';
  try {
    writeFileSync(file, STARTER, { flag: 'wx' });
  } catch (error) {
    throw new FileError(`${file} cannot be written: ${whatIsWrong(error)}`);
  }
  io.out(`wrote ${plain(baseName(file))}\n`);
  io.err(`next: npx wavetank run ${plain(file)}\n`);
  return Exit.Fine;
}
