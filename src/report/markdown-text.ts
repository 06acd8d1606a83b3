/** Text and tables in Markdown. Strings of scenarios are data: nothing in them may become markup. */
import { plain } from './plain.js';

const MARKUP = /[\\`*_{}[\]<>|~#$&!]/gu;

/** Any text as itself: markup escaped, bare addresses not turned into links. */
export function markdownText(text: string): string {
  return plain(text)
    .replace(MARKUP, (character) =>
      character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
    )
    .replace(/:\/\//gu, '\\://')
    .replace(/\bwww\./giu, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/@/gu, '\\@');
}

/** A name or an expression in code font, whatever it holds. */
export function code(text: string): string {
  const shown = plain(text);
  const longest = [...shown.matchAll(/`+/gu)].reduce(
    (most, [ticks]) => Math.max(most, ticks.length),
    0,
  );
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 || shown === '' ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** A table whose first `left` columns are text and whose other columns are figures. */
export function markdownTable(
  left: number,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/gu, '\\|')).join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i < left ? '---' : '---:'))), ...rows.map(line)];
}
