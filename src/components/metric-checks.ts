/**
 * What is wrong with the `metric` of an alarm or a policy: metrics that do not exist, or not there, units that
 * CloudWatch does not have, our own measures, which are the truth and not what CloudWatch shows.
 */

import { parseExpression } from './expression/parse.js';
import { inWords, NUMBER } from './expression/quantity.js';
import type { ExpressionSyntax, MeasureSyntax, Word } from './expression/syntax.js';
import { ALARM_PAGE } from './alarm-settings.js';
import { BACKLOG_PER_INSTANCE, measuresOf, metricsRead } from './metric-math.js';
import {
  isMetric,
  METRIC_NAMES,
  METRIC_WORDS,
  metricNamed,
  NOT_MODELLED_METRICS,
} from './published-metrics.js';
import type { MetricName } from './published-metrics.js';
import type { CheckContext, Problem, ResourceView } from './settings.js';
import { isFifoName } from './settings.js';
import { nearestOf } from './settings/nearest.js';
import type { ResourceRole } from './settings/roles.js';
import { ROLE_WORDS } from './settings/roles.js';

type Path = readonly (string | number)[];

/** Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics", Nov 2026. */
const METRICS_MAX = 10;
const EXAMPLE = 'ApproximateNumberOfMessagesVisible(orders)';

/** `group`: the group whose policy it is; without one a backlog is shared by the group that consumes the queue. */
export function checkMetric(context: CheckContext, text: string, path: Path, group?: string): void {
  new MetricCheck(context, text, path, group).check();
}

class MetricCheck {
  constructor(
    private readonly context: CheckContext,
    private readonly text: string,
    private readonly path: Path,
    private readonly group: string | undefined,
  ) {}

  check(): void {
    const parsed = parseExpression(this.text);
    if ('problem' in parsed) {
      const { problem } = parsed;
      this.context.refuse({ ...problem, ...messageOf(problem), path: this.path });
      return;
    }
    this.units(parsed.syntax);
    const measures = measuresOf(parsed.syntax);
    for (const measure of measures) this.measure(measure);
    if (measures.length === 0) this.refuse(0, 'missing', `no metric in ${this.text}`, EXAMPLE);
    const read = metricsRead(this.text);
    if (read > METRICS_MAX)
      this.context.refuse({
        code: 'aws-refuses',
        message: `${read} metrics in one expression`,
        allowed: `at most ${METRICS_MAX}`,
        awsError: 'ValidationError',
        path: this.path,
      });
  }

  private refuse(
    offset: number,
    code: 'missing' | 'wrong-kind' | 'choice' | 'wrong-unit' | 'not-modelled',
    message: string,
    allowed: string,
    nearest?: string,
  ): void {
    const better = nearest === undefined ? {} : { nearest };
    this.context.refuse({ code, message, allowed, offset, path: this.path, ...better });
  }

  private units(syntax: ExpressionSyntax): void {
    if (syntax.kind === 'negation') this.units(syntax.of);
    if (syntax.kind === 'binary') {
      this.units(syntax.left);
      this.units(syntax.right);
    }
    if (syntax.kind !== 'literal' || syntax.quantity === NUMBER) return;
    const message = `${syntax.text} is ${inWords(syntax.quantity)}`;
    this.refuse(syntax.at, 'wrong-unit', message, 'a plain number: metrics carry no unit');
  }

  private measure(measure: MeasureSyntax): void {
    const { name, before, after, who } = measure;
    const statistic: Word | undefined = before[0] ?? after[0];
    if (!this.isKnown(measure)) return;
    if (statistic !== undefined) {
      const allowed = `${name.text}(…) alone; what is made of the samples of a period says statistic`;
      this.refuse(statistic.at, 'choice', `.${statistic.text} in a metric`, allowed);
    } else if (who === null) {
      const allowed = `${name.text}(…) of ${this.candidates(this.roleOf(name.text))}`;
      this.refuse(name.at, 'missing', `${name.text} does not say whose it is`, allowed);
    } else if (who.kind === 'link') {
      const allowed = `${name.text}(…) of one resource`;
      this.refuse(who.from.at, 'wrong-kind', 'a link has no metrics', allowed);
    } else {
      this.whose(name.text, who.name);
    }
  }

  /** Whether CloudWatch has a metric of this name, and it is modelled. */
  private isKnown({ name, who }: MeasureSyntax): boolean {
    const { text, at } = name;
    if (isMetric(text) || text === BACKLOG_PER_INSTANCE) return true;
    const allowed = [...METRIC_NAMES, BACKLOG_PER_INSTANCE].join(' | ');
    if (NOT_MODELLED_METRICS.includes(text)) {
      const message = `the metric ${text} is not modelled yet (${ALARM_PAGE})`;
      this.refuse(at, 'not-modelled', message, allowed);
      return false;
    }
    const word = Object.hasOwn(METRIC_WORDS, text) ? METRIC_WORDS[text] : undefined;
    const instead = word ?? nearestOf(text, [...METRIC_NAMES, BACKLOG_PER_INSTANCE]);
    const whose = who?.kind === 'name' ? `(${who.name.text})` : '';
    this.context.refuse({
      code: 'unknown-measure',
      found: text,
      message: noMetric(text, word),
      allowed,
      offset: at,
      path: this.path,
      ...(instead === undefined ? {} : { nearest: `${instead}${whose}` }),
    });
    return false;
  }

  /** What publishes it. */
  private roleOf(name: string): ResourceRole {
    return isMetric(name) ? metricNamed(name).role : 'queue';
  }

  private candidates(role: ResourceRole): string {
    const names = this.namesOf(role);
    return names.length === 0 ? `a ${ROLE_WORDS[role]}` : names.join(', ');
  }

  private namesOf(role: ResourceRole): readonly string[] {
    const all = [...this.context.resources.values()];
    return all.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  }

  private whose(metric: string, who: Word): void {
    const { context } = this;
    const target = context.resources.get(who.text);
    const role = this.roleOf(metric);
    const allowed = `${metric}(…) of ${this.candidates(role)}`;
    if (context.refused.has(who.text)) return;
    if (target === undefined) {
      const nearest = nearestOf(who.text, this.namesOf(role));
      context.refuse({
        code: 'unknown-name',
        message: `nothing is called ${who.text}`,
        found: who.text,
        allowed,
        offset: who.at,
        path: this.path,
        ...(nearest === undefined ? {} : { nearest }),
      });
    } else if (!target.roles.includes(role)) {
      const message = `${who.text} (${target.type}) has no metric ${metric}`;
      this.refuse(who.at, 'wrong-kind', message, allowed);
    } else if (target.region !== context.self.region) {
      const message = `${who.text} lies in ${target.region}, where its metrics stay`;
      this.refuse(
        who.at,
        'wrong-kind',
        message,
        `${metric}(…) of something in ${context.self.region}`,
      );
    } else if (metric === BACKLOG_PER_INSTANCE) {
      this.backlog(who);
    } else this.kindOfQueue(metric as MetricName, who);
  }

  /** Some metrics are those of FIFO queues only, or of the others. */
  private kindOfQueue(metric: MetricName, who: Word): void {
    const { queues } = metricNamed(metric);
    if (queues === undefined || (queues === 'fifo') === isFifoName(who.text)) return;
    const kind = queues === 'fifo' ? 'FIFO queues' : 'standard queues';
    this.refuse(who.at, 'wrong-kind', `only ${kind} have the metric ${metric}`, `one of ${kind}`);
  }

  /** Alone, it must be clear whose instances share the backlog. */
  private backlog(queue: Word): void {
    if (this.group !== undefined) return;
    const groups = consumersOf(this.context, queue.text);
    if (groups.length === 1 || this.context.refused.size > 0) return;
    const who = groups.length === 0 ? 'no group consumes it' : `${groups.join(' and ')} consume it`;
    const allowed = `${BACKLOG_PER_INSTANCE}(…) of a queue that one group consumes, or in a policy of a group`;
    this.refuse(
      queue.at,
      'choice',
      `whose instances share the backlog of ${queue.text}: ${who}`,
      allowed,
    );
  }
}

/** The groups that consume a queue. */
function consumersOf({ resources }: CheckContext, queue: string): readonly string[] {
  const consumes = ({ roles, programs }: ResourceView): boolean =>
    roles.includes('fleet') && Object.hasOwn(programs['consumes'] ?? {}, queue);
  return [...resources.values()].filter(consumes).map(({ name }) => name);
}

function noMetric(text: string, word: MetricName | undefined): string {
  if (word === undefined) return `${text} is no metric of CloudWatch`;
  const isOurs = /^[a-z]/.test(text);
  return isOurs
    ? `${text} is the truth; alarms and policies see what CloudWatch shows`
    : `${text} is no metric of CloudWatch, but an attribute or a setting`;
}

/** A place in the text alone would not tell what is wrong. */
function messageOf({ message, found }: Problem): { message: string } | Record<string, never> {
  if (message !== undefined || found === undefined) return {};
  return { message: `found ${found}` };
}
