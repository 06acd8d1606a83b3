/** Colours, only where somebody sees them: on a terminal, unless NO_COLOR says no. */
import { PLAIN } from '../report/terminal.js';
import type { Style } from '../report/terminal.js';

const COLOURED: Style = {
  good: dress(32),
  bad: dress(31),
  heading: dress(1),
  quiet: dress(2),
};

export function styleFor(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return isTerminal && !refused ? COLOURED : PLAIN;
}

function dress(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}
