/** The CSV files that only runs with a fleet that can scale have (docs: outputs). */
import type { LoopEpisode, LoopFigures, ScalingRow } from '../experiment/loop-types.js';
import type { RunReport } from '../experiment/result.js';
import type { Cell, Column } from './csv.js';
import { figureColumn, textColumn, toCsv } from './csv.js';

interface FigureRow {
  readonly resource: string;
  /** The number of an episode, from 1; null: the whole run. */
  readonly episode: number | null;
  readonly figure: string;
  readonly value: Cell;
  readonly unit: string;
}

const CONTROL: readonly Column<FigureRow>[] = [
  textColumn('resource', (row) => row.resource),
  figureColumn('episode', (row) => row.episode),
  textColumn('figure', (row) => row.figure),
  figureColumn('value', (row) => row.value),
  textColumn('unit', (row) => row.unit),
];

const SCALING: readonly Column<ScalingRow>[] = [
  figureColumn('time_s', (row) => row.timeSeconds),
  textColumn('resource', (row) => row.resource),
  textColumn('kind', (row) => row.kind),
  textColumn('name', (row) => row.name),
  figureColumn('value', (row) => row.value),
  textColumn('text', (row) => row.text),
];

type Figure = readonly [figure: string, value: Cell, unit: string];

export function loopFiles({ loops, scaling }: RunReport): Map<string, string> {
  if (loops.length === 0) return new Map();
  const figures = loops.flatMap(({ fleet, figures: whole, episodes }) => [
    ...rowsOf(fleet, null, [['episodes', episodes.length, 'count'], ...figuresOf(whole)]),
    ...episodes.flatMap((episode, i) => rowsOf(fleet, i + 1, episodeFigures(episode))),
  ]);
  return new Map([
    ['control.csv', toCsv(CONTROL, figures)],
    ['scaling.csv', toCsv(SCALING, scaling)],
  ]);
}

function rowsOf(resource: string, episode: number | null, figures: readonly Figure[]): FigureRow[] {
  return figures.map(([figure, value, unit]) => ({ resource, episode, figure, value, unit }));
}

function figuresOf(found: LoopFigures): Figure[] {
  return [
    ['reactionTime.mean', found.reactionMeanSeconds, 's'],
    ['reactionTime.max', found.reactionMaxSeconds, 's'],
    ['overshoot', found.overshoot, 'share'],
    ['settlingTime', found.settlingSeconds, 's'],
    ['oscillations', found.oscillations, 'count'],
    ['launched', found.launched, 'count'],
    ['terminated', found.terminated, 'count'],
    ['failed', found.failed, 'count'],
    ['inService', found.inServiceSeconds, 's'],
    ['idle', found.idleSeconds, 's'],
    ['billed', found.billedSeconds, 's'],
    ['startingAndStopping', found.startingAndStoppingSeconds, 's'],
    ['cost.wasted', found.wastedUsd, 'USD'],
    ['killed', found.killed, 'count'],
    ['killedWork', found.killedSeconds, 's'],
    ['crashed', found.crashed, 'count'],
    ['crashedWork', found.crashedSeconds, 's'],
    ['redelivered.scaleIn', found.redelivered, 'count'],
    ['duplicates.scaleIn', found.duplicates, 'count'],
  ];
}

function episodeFigures(found: LoopEpisode): Figure[] {
  return [
    ['began', found.beganSeconds, 's'],
    ['lastChange', found.lastChangeSeconds, 's'],
    ['reactionTime', found.reactionSeconds, 's'],
    ['desiredBefore', found.from, 'count'],
    ['peak', found.peak, 'count'],
    ['lowest', found.least, 'count'],
    ['desiredAtEnd', found.final, 'count'],
    ['overshoot', found.overshoot, 'share'],
    ['settlingTime', found.settlingSeconds, 's'],
    ['oscillations', found.oscillations, 'count'],
  ];
}
