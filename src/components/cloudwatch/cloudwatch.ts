/**
 * CloudWatch: samples the metrics that alarms look at, publishes them late, evaluates the alarms at a phase of their
 * own, and schedules their actions.
 *
 * A sample is taken at the end of each minute (before what else happens at that instant, since it was
 * scheduled first), so a change of state waits 0 to 60 s for it. All metrics and no alarm: no events.
 * What somebody merely looks at is in displays.ts.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { AlarmState } from '../facts.js';
import type { Alarm, AlarmDefinition } from '../metric-port.js';
import { Metrics, isBreaching } from '../metric-port.js';
import { operandsOf } from '../metric-math.js';
import type { World } from '../world.js';
import { Activations } from './activations.js';
import type { Point as PointKind } from './alarm-evaluation.js';
import { Point, evaluateAlarm } from './alarm-evaluation.js';
import type { Rhythm } from './alarm-view.js';
import { AlarmView, rhythmOf } from './alarm-view.js';
import { Displays } from './displays.js';
import { CLOUDWATCH_LIMITS } from './limits.js';
import type { Sampling } from './samples.js';
import { Samples } from './samples.js';

/** What AWS does not publish (docs/scenario.md, top-level assume). */
export interface CloudWatchAssumptions {
  /** From the end of a period to its data point being visible. */
  readonly publishDelay: Distribution;
  /** When in the minute an alarm is evaluated; drawn once per alarm. */
  readonly evaluationPhase: Distribution;
  /** From an inactive queue becoming active to its metrics being published again. */
  readonly activationDelay: Distribution;
}

export class CloudWatch {
  private readonly alarms: readonly Alarm[];
  private readonly samples: Samples[] = [];
  /** By alarm. */
  private readonly views: readonly AlarmView[];
  /** By alarm: when its action was scheduled last. */
  private readonly actedAt: Micros[] = [];
  private readonly displays: Displays;
  private readonly sampled: Handler;
  private readonly evaluated: Handler;
  private readonly repeated: Handler;

  /** After all components have registered their alarms. */
  constructor(
    private readonly world: World,
    private readonly assume: CloudWatchAssumptions,
  ) {
    const metrics = world.shared(Metrics);
    const { publishDelay, activationDelay } = assume;
    this.alarms = metrics.alarms;
    this.sampled = world.kernel.handler('cloudwatch/sample', (i) => this.sample(i));
    this.evaluated = world.kernel.handler('cloudwatch/evaluate', (alarm) => this.evaluate(alarm));
    this.repeated = world.kernel.handler('cloudwatch/repeat', (alarm) => this.repeat(alarm));
    const activations = new Activations(world, metrics, activationDelay);
    const sampling: Sampling = { world, metrics, activations, publishDelay };
    this.views = this.viewsOf(sampling);
    this.displays = new Displays(sampling);
  }

  /** At time 0. */
  start(): void {
    const { kernel } = this.world;
    this.samples.forEach(({ resolution }, i) => {
      kernel.after(resolution, this.sampled, i);
    });
    for (let i = 0; i < this.alarms.length; i++)
      kernel.after(this.firstEvaluation(i), this.evaluated, i);
    this.displays.start();
  }

  /** The phase; one of 0 s waits for the first sample. */
  private firstEvaluation(alarm: number): Micros {
    const { definition } = this.alarms[alarm];
    const { owner, name } = definition;
    const key = this.world.streams.key(this.world.names[owner], `evaluationPhase ${name}`);
    const phase = drawMicros(this.assume.evaluationPhase, key.u53(0, 0, 0));
    const { every, phases } = rhythmOf(definition);
    const first = Math.round(phase * phases) % every;
    return first > 0 ? first : every;
  }

  private viewsOf(sampling: Sampling): AlarmView[] {
    const places = new Map<string, Samples>();
    const samplesOf = (resource: number, metric: string): Samples => {
      const key = `${resource}/${metric}`;
      const known = places.get(key);
      if (known !== undefined) return known;
      const samples = new Samples(sampling, resource, metric);
      places.set(key, samples);
      this.samples.push(samples);
      return samples;
    };
    return this.alarms.map(({ definition }) => {
      const operands = operandsOf(definition.metric);
      const read = operands.map(({ resource, metric }) => samplesOf(resource, metric));
      this.actedAt.push(-Infinity);
      return new AlarmView(definition, operands, read);
    });
  }

  private sample(i: number): void {
    const samples = this.samples[i];
    samples.take();
    this.world.kernel.after(samples.resolution, this.sampled, i);
  }

  private evaluate(number: number): void {
    const { kernel, facts } = this.world;
    const alarm = this.alarms[number];
    const { definition } = alarm;
    const view = this.views[number];
    const range = view.range(kernel.now);
    const state = evaluateAlarm(
      range.map((value) => kindOf(value, definition)),
      definition,
      alarm.state,
    );
    alarm.values = range
      .filter((value) => !Number.isNaN(value))
      .slice(-definition.evaluationPeriods);
    alarm.newestEnd = view.newestEnd(range, kernel.now);
    this.world.shared(Metrics).onEvaluated?.(alarm);
    const isNew = state !== alarm.state;
    if (isNew) {
      alarm.state = state;
      facts.alarm(definition.owner, definition.number, state);
    }
    if (state === AlarmState.Alarm) this.act(number, isNew, view.rhythm);
    kernel.after(view.rhythm.every, this.evaluated, number);
  }

  /** The action follows the change of state at once; then it repeats each minute. */
  private act(number: number, isNew: boolean, { every }: Rhythm): void {
    const { kernel } = this.world;
    const { action } = this.alarms[number];
    const { actionPeriod } = CLOUDWATCH_LIMITS;
    if (action === null || (!isNew && kernel.now - this.actedAt[number] < actionPeriod)) return;
    this.actedAt[number] = kernel.now;
    kernel.soon(action, number);
    if (every > actionPeriod) kernel.after(actionPeriod, this.repeated, number);
  }

  /** Between evaluations that are more than a minute apart. */
  private repeat(number: number): void {
    if (this.alarms[number].state === AlarmState.Alarm)
      this.act(number, false, this.views[number].rhythm);
  }
}

function kindOf(value: number, { comparisonOperator, threshold }: AlarmDefinition): PointKind {
  if (Number.isNaN(value)) return Point.Missing;
  return isBreaching(value, comparisonOperator, threshold) ? Point.Breaching : Point.Fine;
}
