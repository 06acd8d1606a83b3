/** Columns of text: the first one left-aligned, the others right-aligned, two spaces apart. */

/** Lines of a table; every row has as many cells as the first. */
export function textTable(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, [...cell].length)));
  }
  return rows.map(
    (row) =>
      indent +
      row
        .map((cell, i) => padded(cell, widths[i], i === 0))
        .join('  ')
        .trimEnd(),
  );
}

function padded(cell: string, width: number, left: boolean): string {
  const gap = ' '.repeat(width - [...cell].length);
  return left ? cell + gap : gap + cell;
}
