/**
 * Levels over time as one line of text each, all on one time axis: what piled up where, and when
 * the fleet answered. Each column shows the highest value in its span, so that no peak hides; of fleets a second
 * line shows the lowest, so that no dip does.
 */
import type { RunReport, TimelineRow } from '../experiment/result.js';
import { count, span } from './figures.js';
import { plain, shortened } from './plain.js';

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
export const COLUMNS = 60;
const LABEL_WIDTH = 24;
const MOST_PER_LEVEL = 4;
/** The levels a reader looks for first; all others are in timeline.csv. */
const SHOWN = new Set(['depth', 'instances', 'iteratorAge', 'concurrency']);

export interface Axis {
  /** Seconds per step. */
  readonly step: number;
  readonly steps: number;
}

interface Series {
  readonly label: string;
  readonly level: string;
  /** The highest value of each step, and the lowest; 0 where the level did not exist. */
  readonly values: number[];
  readonly least: number[];
  highest: number;
}

/** Lines ready to print, axis last; none when nothing moved. */
export function sparklines(report: RunReport): string[] {
  const axis = timeAxis(report.timeline, report.result.endSeconds);
  const series = seriesOf(report.timeline, axis);
  const shown = series.filter((one) => isAmongHighest(one, series));
  if (shown.length === 0) return [];
  const drawn = shown.flatMap(linesOf);
  const width = Math.max(...drawn.map(({ label }) => label.length));
  const lines = drawn.map(({ label, text, tail }) => `${label.padEnd(width)}  ${text}  ${tail}`);
  lines.push(`${' '.repeat(width)}  ${marks(axis)}`);
  if (shown.length < series.length)
    lines.push(`(${count(series.length - shown.length)} more in timeline.csv)`);
  return lines;
}

export interface Line {
  readonly label: string;
  readonly text: string;
  readonly tail: string;
}

function linesOf({ label, level, values, least, highest }: Series): Line[] {
  const text = sparkline(values, COLUMNS);
  const lines = [{ label, text, tail: `max ${count(highest)}` }];
  if (level === 'instances') lines.push(...leastLines(values, least, highest));
  return lines;
}

/** Stands below the line of the highest values, to its scale; none where no column would differ. */
export const LEAST = 'least in service';
export function leastLines(
  values: readonly number[],
  least: readonly number[],
  highest: number,
): Line[] {
  const columns = Array.from({ length: COLUMNS }, (_, i) => i);
  const lows = columns.map((i) => lowestIn(least, i, COLUMNS));
  if (columns.every((i) => lows[i] === highestIn(values, i, COLUMNS))) return [];
  const lowest = lows.reduce((one, other) => Math.min(one, other));
  return [{ label: LEAST, text: sparkline(lows, COLUMNS, highest), tail: `min ${count(lowest)}` }];
}

/** So many columns of text; a gap where the level was 0. `highest`: what a full block stands for. */
export function sparkline(
  values: readonly number[],
  columns: number,
  highest = values.reduce((most, value) => Math.max(most, value), 0),
): string {
  let line = '';
  for (let i = 0; i < columns; i++) line += block(highestIn(values, i, columns), highest);
  return line;
}

export function highestIn(values: readonly number[], column: number, columns: number): number {
  return spanOf(values, column, columns).reduce((most, value) => Math.max(most, value), 0);
}

function lowestIn(values: readonly number[], column: number, columns: number): number {
  return spanOf(values, column, columns).reduce((least, value) => Math.min(least, value), Infinity);
}

/** The values that a column shows. */
export function spanOf(
  values: readonly number[],
  column: number,
  columns: number,
): readonly number[] {
  const from = Math.floor((column * values.length) / columns);
  const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
  return values.slice(from, to);
}

function block(value: number, highest: number): string {
  if (value <= 0) return ' ';
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.ceil((value / highest) * BLOCKS.length) - 1)];
}

function timeAxis(rows: readonly TimelineRow[], end: number): Axis {
  const times = [...new Set(rows.map((row) => row.timeSeconds))].sort((a, b) => a - b);
  const last = times.at(-1) ?? 0;
  const step = times.length > 1 ? times[1] - times[0] : Math.max(end, 1);
  return { step, steps: Math.round(last / step) + 1 };
}

function seriesOf(rows: readonly TimelineRow[], axis: Axis): Series[] {
  const found = new Map<string, Series>();
  for (const row of rows) {
    if (!SHOWN.has(row.level)) continue;
    const key = `${row.resource} ${row.level}`;
    let series = found.get(key);
    if (series === undefined) {
      const label = shortened(`${plain(row.resource)} ${row.level}`, LABEL_WIDTH);
      series = {
        label,
        level: row.level,
        values: new Array<number>(axis.steps).fill(0),
        least: new Array<number>(axis.steps).fill(0),
        highest: 0,
      };
      found.set(key, series);
    }
    const step = Math.round(row.timeSeconds / axis.step);
    series.values[step] = row.max;
    series.least[step] = row.min;
    series.highest = Math.max(series.highest, row.max);
  }
  return [...found.values()].filter((one) => one.highest > 0);
}

/** Whether a series is one of those of its level that rose highest; earlier in the file wins a tie. */
function isAmongHighest(one: Series, all: readonly Series[]): boolean {
  const rivals = all.filter((other) => other.level === one.level);
  const before = rivals.filter(
    (other, i) =>
      other.highest > one.highest || (other.highest === one.highest && i < rivals.indexOf(one)),
  );
  return before.length < MOST_PER_LEVEL;
}

/** `0s      8m      16m      24m      32m`: start, quarters and end under the columns they mark. */
export function marks(axis: Axis): string {
  let line = '';
  for (let quarter = 0; quarter <= 4; quarter++) {
    const mark = span(Math.round((axis.step * axis.steps * quarter) / 4));
    const column = quarter === 4 ? COLUMNS - mark.length : Math.floor((COLUMNS * quarter) / 4);
    line = line.padEnd(Math.max(column, line.length + 1 - (quarter === 0 ? 1 : 0))) + mark;
  }
  return line;
}
