/**
 * The control loop of one fleet as lines of text on one time axis: its queues, each metric as CloudWatch showed it,
 * what alarms said, what was decided, what the group wanted and what it had.
 */
import type { LoopResult, ScalingRow } from '../experiment/loop-types.js';
import { count } from './figures.js';
import { plain, shortened } from './plain.js';
import type { Axis } from './sparkline.js';
import { COLUMNS, highestIn, marks, sparkline } from './sparkline.js';

const LABEL_WIDTH = 32;
/** By rank: nothing known, OK, ALARM. */
const ALARM_MARKS = [' ', '·', '█'];
const ALARM_RANKS = ['INSUFFICIENT_DATA', 'OK', 'ALARM'];

const LABELS: Readonly<Record<string, string>> = { instances: 'in service', busy: 'busy loops' };

interface Line {
  readonly label: string;
  readonly text: string;
  readonly tail: string;
}

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
    ...fleet.map(({ level, values }) => curveLine(LABELS[level] ?? level, values)),
  ];
  const width = Math.max(...lines.map(({ label }) => label.length));
  const texts = lines.map(({ label, text, tail }) =>
    `${label.padEnd(width)}  ${text}${tail}`.trimEnd(),
  );
  return [...texts, `${' '.repeat(width)}  ${marks(axis)}`];
}

function curveLine(label: string, values: readonly number[]): Line {
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  return {
    label: shortened(label, LABEL_WIDTH),
    text: sparkline(values, COLUMNS),
    tail: `  max ${count(highest)}`,
  };
}

/** Each metric once, under the name of the first alarm that looks at it. */
function metricLines(loop: LoopResult, rows: readonly ScalingRow[], axis: Axis): Line[] {
  const firsts = loop.alarms.filter(({ metric }, i) => {
    return loop.alarms.findIndex((other) => other.metric === metric) === i;
  });
  return firsts.map(({ name }) => {
    const own = rows.filter((row) => row.kind === 'metric' && row.name === name);
    return curveLine(
      `${plain(name)} metric`,
      sampled(
        own.map(({ timeSeconds, value }) => ({ time: timeSeconds, value: value ?? 0 })),
        axis,
      ),
    );
  });
}

function alarmLine(name: string, rows: readonly ScalingRow[], axis: Axis): Line {
  const own = rows.filter((row) => row.kind === 'alarm' && row.name === name);
  const ranks = sampled(
    own.map(({ timeSeconds, text }) => ({ time: timeSeconds, value: ALARM_RANKS.indexOf(text) })),
    axis,
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

/** The highest value in each step of what holds from each time on; 0 before the first. */
function sampled(
  points: readonly { readonly time: number; readonly value: number }[],
  axis: Axis,
): number[] {
  const values = new Array<number>(axis.steps).fill(0);
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
