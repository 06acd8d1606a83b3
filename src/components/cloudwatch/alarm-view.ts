/**
 * What an alarm sees when it is evaluated: the data points of its evaluation range. Its periods slide: the newest ends
 * at the last whole minute (with periods below a minute: at the last whole 10 s), the others lie before it.
 *
 * Source: CloudWatch User Guide, "Evaluating an alarm" (a period of 5 minutes is minutes 1 to 5, then 2 to 6), and
 * PutMetricAlarm, Period: on a metric of one-minute resolution an alarm of 10, 20 or 30 s gets no data for the periods
 * in which no minute begins, and may often lapse into INSUFFICIENT_DATA.
 */

import type { Micros } from '../../kernel/time.js';
import type { MetricOperand } from '../metric-math.js';
import { calculated } from '../metric-math.js';
import type { AlarmDefinition } from '../metric-port.js';
import { CLOUDWATCH_LIMITS } from './limits.js';
import type { Samples } from './samples.js';

/** How often an alarm is evaluated. */
export interface Rhythm {
  readonly every: Micros;
  /** How many of the phases of a minute that time has. */
  readonly phases: number;
  /** Periods end at multiples of it. */
  readonly step: Micros;
}

export function rhythmOf({ period, evaluationPeriods }: AlarmDefinition): Rhythm {
  const { samplePeriod, evaluationPeriod, shortEvaluationPeriod, longEvaluationPeriod, longRange } =
    CLOUDWATCH_LIMITS;
  if (period < samplePeriod)
    return { every: shortEvaluationPeriod, phases: 1, step: shortEvaluationPeriod };
  if (period * evaluationPeriods <= longRange)
    return { every: evaluationPeriod, phases: 1, step: evaluationPeriod };
  const phases = longEvaluationPeriod / evaluationPeriod;
  return { every: longEvaluationPeriod, phases, step: evaluationPeriod };
}

export class AlarmView {
  readonly rhythm: Rhythm;
  private readonly points: number;

  /** `samples`: of each of the operands. */
  constructor(
    private readonly definition: AlarmDefinition,
    private readonly operands: readonly MetricOperand[],
    private readonly samples: readonly Samples[],
  ) {
    const { evaluationPeriods, period } = definition;
    const { extraPoints, extraSamples } = CLOUDWATCH_LIMITS;
    const coarsest = Math.max(...samples.map(({ resolution }) => resolution));
    const extra = Math.max(extraPoints, Math.ceil((extraSamples * coarsest) / period));
    this.points = evaluationPeriods + extra;
    this.rhythm = rhythmOf(definition);
    // A sample comes when what it stands for is over: so much later than its stamp.
    for (const one of samples) one.keep(this.points * period + coarsest + this.rhythm.step);
  }

  /** Oldest first; NaN: no data point (yet). */
  range(now: Micros): readonly number[] {
    const { definition, operands, samples, points } = this;
    const { statistic, period } = definition;
    const end = this.endAt(now);
    return calculated(definition.metric, points, (operand) => {
      const read = samples[operands.indexOf(operand)];
      return Array.from({ length: points }, (_, i) => {
        const to = end - (points - 1 - i) * period;
        return read.figure(statistic, to - period, to, now);
      });
    });
  }

  /** When the period of the newest data point of a range seen at `now` ended; -Infinity: it has none. */
  newestEnd(range: readonly number[], now: Micros): Micros {
    let newest = range.length - 1;
    while (newest >= 0 && Number.isNaN(range[newest])) newest--;
    if (newest < 0) return -Infinity;
    return this.endAt(now) - (range.length - 1 - newest) * this.definition.period;
  }

  /** When the newest period that is seen at `now` ends. */
  private endAt(now: Micros): Micros {
    const { step } = this.rhythm;
    return Math.floor(now / step) * step;
  }
}
