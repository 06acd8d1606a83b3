/**
 * The control loop of one fleet as lines of text on one time axis: its queues, each metric as CloudWatch showed it,
 * what alarms said, what was decided, what the group wanted and what it had.
 */
import type { LoopCurve, LoopResult, ScalingRow } from '../experiment/loop-types.js';
import { count } from './figures.js';
import { plain, shortened } from './plain.js';
import type { Axis, Line } from './sparkline.js';
import { COLUMNS, highestIn, leastLines, marks, spanOf, sparkline } from './sparkline.js';

const LABEL_WIDTH = 32;
/** By rank: nothing known, OK, ALARM. */
const ALARM_MARKS = [' ', '·', '█'];
const ALARM_RANKS = ['INSUFFICIENT_DATA', 'OK', 'ALARM'];

/** A metric at or below 0; a blank says that there is none. */
const ZERO_MARK = '_';
const NO_POINT = -Infinity;

const LABELS: Readonly<Record<string, string>> = { instances: 'in service', busy: 'busy loops' };
/** Levels counted in instances: drawn to one scale. */
const OF_INSTANCES = ['desired', 'pending', 'instances'];

/** Ready to print, axis last. `rows`: scaling.csv, of this fleet. */
export function loopLines(loop: LoopResult, rows: readonly ScalingRow[]): string[] {
  const steps = loop.curves.reduce((most, { values }) => Math.max(most, values.length), 0);
  if (steps === 0) return [];
  const axis: Axis = { step: loop.stepSeconds, steps };
  const queues = loop.curves.filter(({ level }) => level === 'depth');
  const fleet = loop.curves.filter(({ level }) => level !== 'depth');
  const lines: Line[] = [
    ...queues.map((curve) => curveLine(`${plain(curve.resource)} depth`, curve.values)),
    ...metricLines(loop, rows, axis),
    ...loop.alarms.map(({ name }) => alarmLine(name, rows, axis)),
    { label: 'decisions', text: decisionMarks(rows, axis), tail: '' },
    ...fleetLines(fleet),
  ];
  const width = Math.max(...lines.map(({ label }) => label.length));
  const texts = lines.map(({ label, text, tail }) =>
    `${label.padEnd(width)}  ${text}  ${tail}`.trimEnd(),
  );
  return [...texts, `${' '.repeat(width)}  ${marks(axis)}`];
}

/** `scale`: what a full block stands for. */
function curveLine(label: string, values: readonly number[], scale = highestOf(values)): Line {
  return {
    label: shortened(label, LABEL_WIDTH),
    text: sparkline(values, COLUMNS, scale),
    tail: `max ${count(highestOf(values))}`,
  };
}

function fleetLines(curves: readonly LoopCurve[]): Line[] {
  const ofInstances = curves.filter(({ level }) => OF_INSTANCES.includes(level));
  const most = highestOf(ofInstances.map(({ values }) => highestOf(values)));
  return curves.flatMap(({ level, values, least }) => {
    const scale = OF_INSTANCES.includes(level) ? most : highestOf(values);
    const line = curveLine(LABELS[level] ?? level, values, scale);
    return level === 'instances' ? [line, ...leastLines(values, least, scale)] : [line];
  });
}

function highestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Each metric once, under the name of the first alarm that looks at it. */
function metricLines(loop: LoopResult, rows: readonly ScalingRow[], axis: Axis): Line[] {
  const firsts = loop.alarms.filter(({ metric }, i) => {
    return loop.alarms.findIndex((other) => other.metric === metric) === i;
  });
  return firsts.map(({ name }) => {
    const own = rows.filter((row) => row.kind === 'metric' && row.name === name);
    const points = own.map(({ timeSeconds, value }) => {
      return { time: timeSeconds, value: value ?? NO_POINT };
    });
    const values = sampled(points, axis, NO_POINT);
    const line = curveLine(`${plain(name)} metric`, values);
    return { ...line, text: withZeros(line.text, values) };
  });
}

/** A blank where there was a data point is a 0. */
function withZeros(text: string, values: readonly number[]): string {
  return [...text]
    .map((mark, i) => {
      const hasPoint = spanOf(values, i, COLUMNS).some((value) => value > NO_POINT);
      return mark === ' ' && hasPoint ? ZERO_MARK : mark;
    })
    .join('');
}

function alarmLine(name: string, rows: readonly ScalingRow[], axis: Axis): Line {
  const own = rows.filter((row) => row.kind === 'alarm' && row.name === name);
  const ranks = sampled(
    own.map(({ timeSeconds, text }) => ({ time: timeSeconds, value: ALARM_RANKS.indexOf(text) })),
    axis,
    0,
  );
  let text = '';
  for (let i = 0; i < COLUMNS; i++) text += ALARM_MARKS[highestIn(ranks, i, COLUMNS)];
  return { label: shortened(`${plain(name)} alarm`, LABEL_WIDTH), text, tail: '' };
}

/** `+` where the group was made to want more, `-` fewer, `±` both. */
function decisionMarks(rows: readonly ScalingRow[], axis: Axis): string {
  const steps = new Array<string>(COLUMNS).fill(' ');
  for (const row of rows) {
    const change = row.kind === 'decision' ? changeOf(row) : 0;
    if (change === 0) continue;
    const step = Math.min(axis.steps - 1, Math.floor(row.timeSeconds / axis.step));
    const column = columnOf(step, axis.steps);
    const mark = change > 0 ? '+' : '-';
    steps[column] = steps[column] === ' ' || steps[column] === mark ? mark : '±';
  }
  return steps.join('');
}

/** The first column that shows the step. */
function columnOf(step: number, steps: number): number {
  for (let column = 0; column < COLUMNS - 1; column++) {
    if (Math.floor(((column + 1) * steps) / COLUMNS) > step) return column;
  }
  return COLUMNS - 1;
}

/** By how much a decision changed what the group wants. */
export function changeOf({ text }: ScalingRow): number {
  const [from, to] = text.split(' -> ').map(Number);
  return to - from;
}

/** The highest value in each step of what holds from each time on; `before`: what held before the first. */
function sampled(
  points: readonly { readonly time: number; readonly value: number }[],
  axis: Axis,
  before: number,
): number[] {
  const values = new Array<number>(axis.steps).fill(before);
  points.forEach(({ time, value }, i) => {
    const until = points[i + 1]?.time ?? Infinity;
    const first = Math.floor(time / axis.step);
    for (
      let step = first;
      step < axis.steps && (step === first || step * axis.step < until);
      step++
    )
      values[step] = Math.max(values[step], value);
  });
  return values;
}
