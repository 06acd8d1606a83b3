/** What no single setting of an alarm can tell: metrics that do not exist, too long a look back. */

import { MINUTE } from '../kernel/time.js';
import type { AlarmSettings } from './alarm-settings.js';
import { ALARM_PAGE } from './alarm-settings.js';
import type { MetricName } from './metric-name.js';
import { METRIC_WORDS, NOT_MODELLED_METRICS, QUEUE_METRICS, metricNameOf } from './metric-name.js';
import type { CheckContext } from './settings.js';

type Path = readonly (string | number)[];

/** An alarm looks back at most a day. Source: botocore cloudwatch service-2.json (PutMetricAlarm), Aug 2026. */
const RANGE_MAX = 24 * 60 * MINUTE;

export function checkAlarm(context: CheckContext, alarm: AlarmSettings, path: Path): void {
  const { evaluationPeriods, datapointsToAlarm, period } = alarm;
  const awsError = 'ValidationError';
  if (datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods) {
    const allowed = `at most evaluationPeriods (${evaluationPeriods})`;
    const where = { awsError, path: [...path, 'datapointsToAlarm'] };
    context.refuse({ code: 'aws-refuses', found: String(datapointsToAlarm), allowed, ...where });
  }
  if (period * evaluationPeriods > RANGE_MAX) {
    const allowed = 'period times evaluationPeriods of at most a day';
    const where = { awsError, path: [...path, 'evaluationPeriods'] };
    context.refuse({
      code: 'aws-refuses',
      found: `${evaluationPeriods} periods`,
      allowed,
      ...where,
    });
  }
  checkExpression(context, alarm.metric, [...path, 'metric']);
}

const EXAMPLE = 'one metric of one queue, such as ApproximateNumberOfMessagesVisible(orders)';

function checkExpression(context: CheckContext, expression: string, path: Path): void {
  const name = metricNameOf(expression);
  if (name === undefined) {
    context.refuse({
      code: 'not-modelled',
      found: expression,
      allowed: `${EXAMPLE}; metric math: see ${ALARM_PAGE}`,
      path,
    });
    return;
  }
  checkMetric(context, name, path);
  checkSource(context, name.resource, path);
}

function checkMetric(context: CheckContext, { metric, resource }: MetricName, path: Path): void {
  const allowed = QUEUE_METRICS.join(' | ');
  const isKnown = QUEUE_METRICS.some((known) => known === metric);
  const instead = Object.hasOwn(METRIC_WORDS, metric) ? METRIC_WORDS[metric] : undefined;
  if (NOT_MODELLED_METRICS.includes(metric)) {
    context.refuse({
      code: 'not-modelled',
      found: metric,
      allowed: `${allowed}; see ${ALARM_PAGE}`,
      path,
    });
  } else if (!isKnown) {
    const message = `${metric} is no metric of CloudWatch`;
    const nearest = instead === undefined ? {} : { nearest: `${instead}(${resource})` };
    context.refuse({ code: 'unknown-measure', found: metric, allowed, message, path, ...nearest });
  }
}

function checkSource(context: CheckContext, resource: string, path: Path): void {
  const target = context.resources.get(resource);
  if (target === undefined) {
    const queues = [...context.resources.values()].filter(({ type }) => type === 'sqs.queue');
    context.refuse({
      code: 'unknown-name',
      found: resource,
      allowed: queues.map(({ name }) => name).join(', '),
      path,
    });
  } else if (target.type !== 'sqs.queue') {
    context.refuse({
      code: 'wrong-kind',
      found: `${resource}, of type ${target.type}`,
      allowed: EXAMPLE,
      path,
    });
  }
}
