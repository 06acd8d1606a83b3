/** Figures as a table for the terminal: one line per row. */
import type { Figure, Measurement, Row, Unit } from './row.js';
import { isRate, verdictOf } from './row.js';

const MILLION = 1_000_000;

export function number(value: number, unit: Unit): string {
  if (isRate(unit)) return `${(value / MILLION).toFixed(value < 10 * MILLION ? 2 : 1)} M`;
  return unit === 'MiB' ? `${value.toFixed(0)} MiB` : `${value.toFixed(3)} s`;
}

/** `0.61 M (0.58 to 0.63 M)`. */
function spread({ median, min, max }: Figure, unit: Unit): string {
  const least = number(min, unit).replace(/ \w+$/, '');
  return `${number(median, unit)} (${least} to ${number(max, unit)})`;
}

const COLUMNS = [
  'row',
  'must',
  'aim',
  'engine (of N runs)',
  'by the wall',
  'bare',
  'ratio',
  'verdict',
  'what',
];
const WIDTHS = [14, 9, 9, 28, 12, 10, 6, 12, 0];

function line(cells: readonly string[]): string {
  return `${cells
    .map((cell, i) => cell.padEnd(WIDTHS[i]))
    .join('')
    .trimEnd()}\n`;
}

export function heading(): string {
  return `${line(COLUMNS)}${'-'.repeat(120)}\n`;
}

export function rowText(row: Row, { engine, bare }: Measurement): string {
  const { name, unit, budget, what } = row;
  const of = (figure: Figure | null | undefined): string =>
    figure ? number(figure.median, unit) : '';
  return line([
    name,
    budget === null ? '' : number(budget.must, unit),
    budget === null ? '' : number(budget.aim, unit),
    spread(engine.cpu, unit),
    of(engine.wall),
    of(bare?.cpu),
    bare === null ? '' : (engine.cpu.median / bare.cpu.median).toFixed(2),
    verdictOf(row, engine.cpu.median),
    isRate(unit) ? `${unit}: ${what}` : what,
  ]);
}
