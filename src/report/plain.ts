/**
 * Strings of scenarios are data, never markup: `plain` makes one safe to print on a terminal, one
 * line, nothing that moves the cursor, colours, or turns the reading direction.
 */
// oxlint-disable-next-line no-control-regex -- these are the characters to take out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const LINE_BREAK = /\s*[\r\n\u0085\u2028\u2029]\s*/gu;

/** One line without control characters; line breaks become a space. */
export function plain(text: string): string {
  return text.replace(LINE_BREAK, ' ').replace(CONTROL, '').trim();
}

/** At most `width` characters, the end cut off with an ellipsis. */
export function shortened(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join('')}…`;
}
