/** Wildcards: `*` stands for any text, also none; `\*` and `\\` for themselves. */

/** The pieces between the stars; or what is wrong with the pattern, in AWS's words. */
export function wildcardPieces(pattern: string): readonly string[] | string {
  const pieces: string[] = [];
  let piece = '';
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i];
    if (letter === '*') {
      if (pattern[i + 1] === '*') return `Consecutive wildcard characters at pos ${i}`;
      pieces.push(piece);
      piece = '';
    } else if (letter === '\\') {
      const next = pattern[i + 1];
      if (next !== '*' && next !== '\\') return `Invalid escape character at pos ${i}`;
      piece += next;
      i++;
    } else piece += letter;
  }
  return [...pieces, piece];
}

/** The first piece begins the text, the last one ends it, the others come in between in turn. */
export function fitsPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0];
  const end = pieces.length - 1;
  if (end === 0) return text === first;
  const last = pieces[end];
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  const to = text.length - last.length;
  for (let i = 1; i < end; i++) {
    const at = text.indexOf(pieces[i], from);
    if (at < 0) return false;
    from = at + pieces[i].length;
    if (from > to) return false;
  }
  return true;
}
