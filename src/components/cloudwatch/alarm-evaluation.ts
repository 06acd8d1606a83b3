/**
 * How CloudWatch decides the state of an alarm, as a pure function.
 *
 * Source: CloudWatch User Guide, "Evaluating an alarm" and "Configuring how CloudWatch alarms treat
 * missing data"; the algorithm is held against all cells of the guide's two example tables in
 * test/components/cloudwatch/alarm-evaluation.test.ts.
 */

import { AlarmState } from '../facts.js';
import type { TreatMissingData } from '../metric-port.js';

/** What one data point of the evaluation range says. */
export const Point = { Missing: 0, Fine: 1, Breaching: 2 } as const;
export type Point = (typeof Point)[keyof typeof Point];

export interface AlarmRule {
  /** N of "M out of N". */
  readonly evaluationPeriods: number;
  /** M. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/** `range`: the evaluation range, oldest first; it is longer than N, so that late points do not count as missing. */
export function evaluateAlarm(
  range: readonly Point[],
  rule: AlarmRule,
  state: AlarmState,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const real = range.filter((point) => point !== Point.Missing);
  const newest = real.slice(-evaluationPeriods);
  const breaching = newest.filter((point) => point === Point.Breaching).length;
  const filled = evaluationPeriods - newest.length;
  if (filled === 0 || treatMissingData === 'notBreaching')
    return alarmIf(breaching >= datapointsToAlarm);
  if (treatMissingData === 'breaching') return alarmIf(breaching + filled >= datapointsToAlarm);
  if (real.length === 0)
    return treatMissingData === 'missing' ? AlarmState.InsufficientData : state;
  if (breaching >= datapointsToAlarm) return AlarmState.Alarm;
  if (breaching < newest.length) return AlarmState.Ok;
  // All that is there is breaching, but it is too little: an alarm only if the breach began long enough ago.
  const age = range.length - range.indexOf(Point.Breaching);
  return age >= datapointsToAlarm && treatMissingData === 'missing' ? AlarmState.Alarm : state;
}

function alarmIf(isAlarm: boolean): AlarmState {
  return isAlarm ? AlarmState.Alarm : AlarmState.Ok;
}
