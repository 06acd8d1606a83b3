/**
 * The form of every CSV: RFC 4180, `\n`, a header, one tidy table per file.
 *
 * A column says what its cells are, and with it how they print: text is data (quoted where needed,
 * and never a formula to a spreadsheet), figures print in plain decimals without the noise of
 * floats, null is empty. This is the only file that knows csv-stringify; it takes the build without
 * Node's modules, so that reports run in a page too.
 */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { check } from '../kernel/check.js';

/** A cell: text, a figure, the word `inf`, a decimal string of money, or null for what does not exist. */
export type Cell = string | number | null;

export interface Column<Row> {
  readonly name: string;
  /** Text is escaped against spreadsheet formulas; a figure may begin with a minus sign. */
  readonly kind: 'text' | 'figure';
  readonly cell: (row: Row) => Cell;
}

export function textColumn<Row>(name: string, cell: (row: Row) => string): Column<Row> {
  return { name, kind: 'text', cell };
}

export function figureColumn<Row>(name: string, cell: (row: Row) => Cell): Column<Row> {
  return { name, kind: 'figure', cell };
}

/** One table as CSV text. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): string {
  const lines: string[][] = [columns.map((column) => column.name)];
  for (const row of rows) lines.push(columns.map((column) => cellText(column.cell(row))));
  const isText = columns.map((column) => column.kind === 'text');
  return stringify(lines, {
    record_delimiter: '\n',
    quote_record_delimiter: true, // a bare carriage return ends a line for many readers
    cast: {
      string: (value, context) => ({
        value,
        escape_formulas: isText[context.index] && context.records > 0,
      }),
    },
  });
}

/** A figure in plain decimals: at most 6 of them, never an exponent, never `-0`. */
export function plainFigure(value: number): string {
  check(Number.isFinite(value), 'figures in reports are finite');
  const whole = Math.round(value * 1_000_000) / 1_000_000;
  const text = String(whole === 0 ? 0 : whole);
  return text.includes('e') ? expand(whole) : text;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? plainFigure(cell) : cell;
}

/** Only whole numbers from 1e21 on print with an exponent; BigInt prints them out. */
function expand(whole: number): string {
  return BigInt(whole).toString();
}
