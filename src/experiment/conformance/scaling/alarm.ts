/**
 * The state of an alarm after one evaluation, for each treatment of missing data. Data points stand in a line,
 * oldest first: 0 is not breaching, X is, - is missing. Alarms start in INSUFFICIENT_DATA.
 */

import type { Point as PointKind } from '../../../components/cloudwatch/alarm-evaluation.js';
import { evaluateAlarm, Point } from '../../../components/cloudwatch/alarm-evaluation.js';
import { AlarmState } from '../../../components/facts.js';
import { MISSING_DATA } from '../../../components/metric-port.js';
import { NotExpressible } from '../result.js';
import type { Given, Outcome } from './topic.js';
import { Either, numberOf } from './topic.js';
import { onlyWords } from './words.js';

const LEGEND: Readonly<Record<string, PointKind>> = {
  '0': Point.Fine,
  X: Point.Breaching,
  '-': Point.Missing,
};
/** `legend` is for readers. */
const WORDS = ['datapoints', 'datapointsToAlarm', 'evaluationPeriods', 'retrieved', 'legend'];
const STATES = {
  [AlarmState.InsufficientData]: 'INSUFFICIENT_DATA',
  [AlarmState.Ok]: 'OK',
  [AlarmState.Alarm]: 'ALARM',
} as const;

export function alarmOutcome(given: Given): Outcome {
  onlyWords(given, WORDS);
  const range = pointsOf(given);
  const evaluationPeriods = numberOf(given, 'evaluationPeriods');
  const datapointsToAlarm =
    given['datapointsToAlarm'] === undefined
      ? evaluationPeriods
      : numberOf(given, 'datapointsToAlarm');
  const stateAfter = (before: AlarmState, treatMissingData: (typeof MISSING_DATA)[number]) =>
    evaluateAlarm(range, { evaluationPeriods, datapointsToAlarm, treatMissingData }, before);
  const entries = MISSING_DATA.map((treatment) => {
    const state = STATES[stateAfter(AlarmState.InsufficientData, treatment)];
    const isRetained = Object.values(AlarmState).every((one) => stateAfter(one, treatment) === one);
    return [treatment, isRetained ? new Either(['retain', state]) : state] as const;
  });
  return Object.fromEntries(entries);
}

/** The evaluation range: as many points as are retrieved. */
function pointsOf(given: Given): readonly PointKind[] {
  const { datapoints, retrieved } = given;
  if (typeof datapoints !== 'string')
    throw new NotExpressible(`given: no phrase for datapoints ${JSON.stringify(datapoints)}`);
  const points = datapoints
    .trim()
    .split(/\s+/)
    .map((word) => {
      if (!Object.hasOwn(LEGEND, word))
        throw new NotExpressible(`given: no phrase for the data point ${word}`);
      return LEGEND[word];
    });
  if (retrieved !== undefined && retrieved !== points.length)
    throw new NotExpressible(
      `given: ${points.length} data points are not ${JSON.stringify(retrieved)}`,
    );
  return points;
}
