/** What no single setting of an alarm can tell: odd periods, too long a look back, metrics that do not exist. */

import { DAY, HOUR, MINUTE, SECOND } from '../kernel/time.js';
import type { AlarmSettings } from './alarm-settings.js';
import { checkMetric } from './metric-checks.js';
import type { CheckContext } from './settings.js';
import { writtenTime } from './settings/units.js';

type Path = readonly (string | number)[];

/**
 * An alarm looks back at most a day, with periods of an hour or more at most seven.
 * Source: botocore cloudwatch service-2.json (PutMetricAlarm), Aug 2026.
 */
const RANGE_MAX = DAY;
const LONG_PERIOD = HOUR;
const LONG_RANGE_MAX = 7 * DAY;
const SHORT_PERIODS: readonly number[] = [10 * SECOND, 20 * SECOND, 30 * SECOND];

/** `group`: the group whose policy the alarm triggers; undefined: it stands alone. */
export function checkAlarm(
  context: CheckContext,
  alarm: AlarmSettings,
  path: Path,
  group?: string,
): void {
  checkPeriods(context, alarm, path);
  checkMetric(context, alarm.metric, [...path, 'metric'], group);
}

function checkPeriods(context: CheckContext, alarm: AlarmSettings, path: Path): void {
  const { evaluationPeriods, datapointsToAlarm, period } = alarm;
  const refuse = (key: string, found: string, allowed: string): void =>
    context.refuse({
      code: 'aws-refuses',
      found,
      allowed,
      awsError: 'ValidationError',
      path: [...path, key],
    });
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods)
    refuse(
      'datapointsToAlarm',
      String(datapointsToAlarm),
      `at most evaluationPeriods (${evaluationPeriods})`,
    );
  if (period % MINUTE !== 0 && !SHORT_PERIODS.includes(period)) {
    refuse('period', writtenTime(period), '10s, 20s, 30s, or a multiple of 60s');
    return;
  }
  const isLong = period >= LONG_PERIOD;
  if (period * evaluationPeriods > (isLong ? LONG_RANGE_MAX : RANGE_MAX)) {
    const allowed = isLong
      ? 'period times evaluationPeriods of at most 7 days'
      : 'period times evaluationPeriods of at most a day (of 7 days, with periods of an hour or more)';
    refuse('evaluationPeriods', `${evaluationPeriods} periods`, allowed);
  }
}
