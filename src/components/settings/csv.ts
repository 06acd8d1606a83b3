/**
 * Reads a column out of a CSV text (a trace, a file of measured times). Lines that start with `#` and
 * empty lines are skipped; the first other line is the header. Fields may be quoted (RFC 4180).
 */

import type { AttachedFile, Place, Refuse } from './problem.js';
import { nearestOf } from './nearest.js';

/** One field and where it stands. */
export interface Cell {
  readonly text: string;
  readonly place: Place;
}

const MOST_ROWS = 20_000_000;

/** The cells of one column, top to bottom; refuses a file without header, rows or that column. */
export function columnOf(
  file: AttachedFile,
  column: string | undefined,
  refuse: Refuse,
): Cell[] | undefined {
  const lines = file.text.split('\n');
  const headerLine = lines.findIndex((line) => isContent(line));
  if (headerLine < 0)
    return refuse({ code: 'file', found: file.name, message: `${file.name} holds no rows` });
  const header = fieldsOf(lines[headerLine]).map((name) => name.trim());
  const place = column === undefined ? 0 : header.indexOf(column);
  if (column === undefined && header.length > 1) {
    return refuse({
      code: 'missing',
      message: 'no column is named',
      allowed: `column: ${header.join(' | ')}`,
    });
  }
  if (place < 0) {
    const near = nearestOf(column!, header);
    const nearest = near === undefined ? {} : { nearest: near };
    return refuse({
      code: 'unknown-name',
      found: column!,
      allowed: header.join(', '),
      ...nearest,
      path: ['column'],
    });
  }
  return cellsOf(file, lines, { from: headerLine + 1, place, width: header.length }, refuse);
}

function isContent(line: string): boolean {
  return !line.startsWith('#') && line.trim() !== '';
}

/** The column at `place` of `width` columns, from line `from` on. */
function cellsOf(
  file: AttachedFile,
  lines: readonly string[],
  { from, place, width }: { readonly from: number; readonly place: number; readonly width: number },
  refuse: Refuse,
): Cell[] | undefined {
  const cells: Cell[] = [];
  for (let i = from; i < lines.length; i++) {
    const line = lines[i];
    if (!isContent(line)) continue;
    const fields = fieldsOf(line);
    const at = { file: file.path, line: i + 1, column: 1 };
    if (fields.length !== width) {
      const found = `${fields.length} fields`;
      return refuse({
        code: 'file',
        found,
        message: `a row of ${found}`,
        allowed: `${width}, as in the header`,
        at,
      });
    }
    const column = fields.slice(0, place).reduce((sum, field) => sum + field.length + 1, 1);
    cells.push({ text: fields[place].trim(), place: { ...at, column } });
    if (cells.length > MOST_ROWS)
      return refuse({ code: 'file', message: `more than ${MOST_ROWS} rows`, at });
  }
  if (cells.length === 0)
    return refuse({ code: 'file', message: `${file.name} holds a header and no rows` });
  return cells;
}

/** Splits one line; a quoted field may hold commas and doubled quotes, but no line break. */
export function fieldsOf(line: string): string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      field += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (c === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += c;
  }
  fields.push(field);
  return fields;
}
