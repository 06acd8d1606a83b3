/**
 * Answers measures out of the watch: figures of the whole run after its end, values at every moment
 * for monitors. Base units: µs, 1e-12 USD, plain numbers.
 */

import { CAUSES } from '../../components/facts.js';
import { isLevel, levelNumber } from '../../components/levels.js';
import type { Shown } from '../../components/metric-port.js';
import type { MetricName } from '../../components/published-metrics.js';
import { isMetric, metricNamed } from '../../components/published-metrics.js';
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import {
  episodeFigures,
  isEpisodeMeasure,
  ofEpisodes,
  oscillationsOf,
  overEpisodes,
} from '../control/figures.js';
import type { Bill } from '../cost/bill.js';
import { costFigure } from '../cost/summary.js';
import type { LevelSummary } from '../levels.js';
import type { Watch } from '../watch.js';
import type { AskedObserver } from './asked.js';
import type { BacklogEnds, Backlogs } from './backlog.js';
import { backlogNow } from './backlog.js';
import { measureSpec } from './catalog.js';
import type { Oldest } from './oldest.js';
import type { Reader } from './evaluate.js';
import type { Measure, Statistic, Who } from './expression.js';
import { isLinkCount, PushReadings } from './push-readings.js';
import type { Figures, Moments } from './readings.js';
import type { Times } from './times.js';
import { merged, statisticOf } from './times.js';

/** What the names of a scenario are; ids are resource numbers, in file order. */
export interface ReadNames {
  readonly names: readonly string[];
  readonly traffic: readonly number[];
  readonly queues: readonly number[];
  readonly consumers: readonly number[];
  /** AWS's operations by resource number; empty for traffic. */
  operations(id: number): readonly string[];
  /** Those that deliver by themselves, and the targets of the links of each name. */
  readonly pushers: readonly number[];
  readonly linkTargets: readonly (readonly number[])[];
  /** Whose messages and whose instances the backlog per instance of a queue or a fleet is made of. */
  backlogOf(id: number): BacklogEnds;
}

/** What is known when the run is over. */
export interface RunEndings {
  /** It covered [0, end). */
  readonly end: Micros;
  readonly trafficEnd: Micros;
  readonly bill: Bill;
  /** What idle instances cost, 1e-12 USD by name of the resource. */
  readonly waste: ReadonlyMap<string, bigint>;
}

export class RunReadings implements Figures, Moments {
  /** Set when the run is over. */
  endings: RunEndings | null = null;
  /** Set where lines ask for links, drain times or shares at every moment. */
  asked: AskedObserver | null = null;
  /** Set where lines ask for backlogs per instance. */
  backlogs: Backlogs | null = null;
  /** Set before monitors are made: what lines ask for of CloudWatch. */
  shown: readonly Shown[] = [];
  /** The time that readers speak of. */
  private moment: Micros = 0;
  private readonly links: PushReadings;

  constructor(
    private readonly watch: Watch,
    private readonly known: ReadNames,
  ) {
    this.links = new PushReadings(watch.pushes, known.linkTargets);
  }

  // --- the whole run -----------------------------------------------------------------------------

  get(measure: Measure): number | null {
    switch (measureSpec(measure.name).shape) {
      case 'times':
        return statisticOf(this.times(measure), measure.statistic);
      case 'level':
        return this.levelFigure(measure);
      case 'count':
        return isOfLedger(measure.name) && !this.isOfLinks(measure)
          ? this.ledgerFigure(measure)
          : this.reader(measure)();
      case 'total':
        return this.total(measure);
      case 'episodes':
        return this.episodes(measure);
      case 'ratio':
        return null;
    }
  }

  money(measure: Measure): bigint | null {
    const { endings } = this;
    check(endings !== null, 'figures are read when the run is over');
    if (measure.detail === 'wasted') return wasted(endings.waste, measure.who);
    return costFigure(endings.bill, measure, this.watch.ledger.total().processed);
  }

  private total(measure: Measure): number | null {
    if (measure.name === 'unfinished')
      return this.isOfLinks(measure) ? this.reader(measure)() : this.ledgerFigure(measure);
    if (measure.name === 'drainTime') return this.drainTime(measure);
    if (measure.name === 'oscillations')
      return oscillationsOf(this.watch.loops.of(this.idOf(measure.who)));
    const pico = this.money(measure);
    return pico === null ? null : Number(pico);
  }

  private drainTime({ who }: Measure): number {
    const drain = this.asked?.drain(this.idOf(who));
    check(drain !== undefined && this.endings !== null, 'what is asked for was observed');
    return drain.after(this.endings.trafficEnd);
  }

  private episodes({ name, who, statistic }: Measure): number | null {
    check(isEpisodeMeasure(name), 'a measure of episodes');
    const figures = episodeFigures(this.watch.loops.of(this.idOf(who)), name);
    return overEpisodes(figures, ofEpisodes(statistic?.kind));
  }

  private get end(): Micros {
    check(this.endings !== null, 'figures are read when the run is over');
    return this.endings.end;
  }

  private levelFigure({ name, who, statistic }: Measure): number | null {
    const id = this.idOf(who);
    if (isMetric(name)) return this.shownFigure(name, id, statistic);
    const summary = this.levelSummary(name, id);
    const kind = statistic?.kind;
    return kind === undefined || kind === 'quantile' ? null : summary[kind];
  }

  private levelSummary(name: string, id: number): LevelSummary {
    if (name === 'age') return this.oldest(id).summary(this.end);
    if (name !== 'backlogPerInstance') return this.watch.levels.summary(id, levelOf(name));
    const backlog = this.backlogs?.of(id);
    check(backlog !== undefined, 'backlogs that are asked for are observed');
    return backlog.summary(this.end);
  }

  /** Over the data points of the run that CloudWatch has published. */
  private shownFigure(name: MetricName, id: number, statistic: Statistic | null): number | null {
    const shown = this.shownOf(name, id);
    const { count, sum: total, min, max, value } = shown;
    if (count === 0 || statistic === null || statistic.kind === 'quantile') return null;
    const figure = { mean: total / count, min, max, end: value }[statistic.kind];
    return figure * scaleOf(name);
  }

  private shownOf(name: MetricName, id: number): Shown {
    const shown = this.shown.find(({ resource, metric }) => resource === id && metric === name);
    check(shown !== undefined, 'metrics that are asked for are looked at');
    return shown;
  }

  private oldest(queue: number): Oldest {
    const oldest = this.asked?.oldest(queue);
    check(oldest !== undefined, 'ages that are asked for are observed');
    return oldest;
  }

  private ledgerFigure({ name, who }: Measure): number {
    const { ledger, traffic, stores } = this.watch;
    if (name === 'owed' && who.kind === 'name') {
      const id = this.idOf(who);
      if (this.known.traffic.includes(id)) return traffic.of(id).sent;
      if (!this.known.consumers.includes(id)) return stores.of(id).stored;
    }
    const summary = who.kind === 'all' ? ledger.total() : ledger.of(this.idOf(who));
    if (name === 'lost') return sum(summary.lost);
    check(
      name === 'owed' || name === 'processed' || name === 'unfinished',
      'a figure of the ledger',
    );
    return summary[name];
  }

  // --- times -------------------------------------------------------------------------------------

  private times({ name, who }: Measure): Times {
    if (who.kind === 'link') {
      const link = this.asked?.link(who);
      check(link !== undefined, 'links that are asked for were observed');
      return link;
    }
    const ids = who.kind === 'all' ? this.known.traffic : [this.idOf(who)];
    const { scopes } = this.watch.latency;
    return merged(
      ids.map((id) => {
        if (name === 'response') return scopes.responseTimes(id);
        return this.known.traffic.includes(id) ? scopes.trafficTimes(id) : scopes.consumerTimes(id);
      }),
    );
  }

  // --- every moment --------------------------------------------------------------------------------

  lookAt(time: Micros): void {
    this.moment = time;
  }

  reader(measure: Measure): Reader {
    const { name, who } = measure;
    if (who.kind === 'link' && isLinkCount(name))
      return this.links.between(this.numberOf(who.from), this.numberOf(who.to), name);
    if (who.kind === 'all' && name === 'lost') return () => sum(this.watch.ledger.total().lost);
    if (who.kind === 'name' && isMetric(name)) {
      const shown = this.shownOf(name, this.idOf(who));
      const scale = scaleOf(name);
      return () => shown.value * scale;
    }
    if (who.kind === 'name' && name === 'age') {
      const id = this.idOf(who);
      return () => this.oldest(id).at(this.moment);
    }
    if (who.kind === 'name' && name === 'backlogPerInstance') {
      const ends = this.known.backlogOf(this.idOf(who));
      return () => backlogNow(this.watch.levels, ends);
    }
    if (who.kind === 'name' && measureSpec(name).shape === 'level') {
      const id = this.idOf(who);
      const level = levelOf(name);
      return () => this.watch.levels.value(id, level);
    }
    const ids = who.kind === 'all' ? this.everyone(measure) : [this.idOf(who)];
    if (ids.length === 1) {
      const [id] = ids;
      return () => this.count(measure, id);
    }
    return () => ids.reduce((total, id) => total + this.count(measure, id), 0);
  }

  /** Over whom a count of the whole system is summed. */
  private everyone({ name }: Measure): readonly number[] {
    const { who } = measureSpec(name);
    const { traffic, consumers, queues, pushers } = this.known;
    if (name === 'owed' || name === 'coldStarts' || who.includes('consumer')) return consumers;
    if (who.includes('queue')) return who.includes('pusher') ? [...queues, ...pushers] : queues;
    if (name === 'filtered' || name === 'offered') return pushers;
    if (!who.includes('resource')) return traffic;
    // A call has a caller and a resource: of all of them, each counts once.
    return this.known.names.flatMap((_, id) => (traffic.includes(id) ? [] : [id]));
  }

  /** A count of one name, so far. */
  private count(measure: Measure, id: number): number {
    const { name } = measure;
    if (!isLinkCount(name) || !this.known.pushers.includes(id)) return this.plainCount(measure, id);
    // Who is owed messages itself (a function) is asked about those.
    if (isOfLedger(name))
      return this.isOfLinks(measure) ? this.links.of(id, name) : this.plainCount(measure, id);
    return this.plainCount(measure, id) + this.links.of(id, name);
  }

  private plainCount({ name, detail }: Measure, id: number): number {
    const { traffic, stores, runs, requests } = this.watch;
    if (isMetric(name)) return NaN;
    switch (name) {
      case 'sent':
        return traffic.sent[id];
      case 'accepted':
        return traffic.accepted[id];
      case 'failed':
        return traffic.failed[id];
      case 'processed':
        return runs.processedOf(id);
      case 'lost':
        return sum(this.watch.ledger.of(id).lost);
      case 'duplicates':
        return runs.duplicatesOf(id, causeOf(detail));
      case 'redelivered':
        return runs.redeliveredOf(id, causeOf(detail));
      case 'killed':
        return runs.killedOf(id);
      case 'coldStarts':
        return this.watch.functions.coldStarts[id];
      case 'expired':
      case 'purged':
      case 'deadLettered':
        return stores[name][id];
      case 'retries':
        return traffic.retriesOf(id);
      case 'reordered':
        return this.watch.order.reorderedOf(id);
      case 'throttled':
        return this.known.traffic.includes(id)
          ? traffic.throttledOf(id)
          : requests.throttledCalls(id);
      case 'requests':
        return this.requests(id, detail);
      case 'owed':
        return this.owed(id);
      case 'filtered':
      case 'offered':
        return 0;
      case 'response':
      case 'latency':
      case 'unfinished':
      case 'availability':
      case 'drainTime':
      case 'cost':
      case 'depth':
      case 'delayed':
      case 'inFlight':
      case 'age':
      case 'instances':
      case 'busy':
      case 'concurrency':
      case 'backlogPerInstance':
      case 'reactionTime':
      case 'overshoot':
      case 'settlingTime':
      case 'oscillations':
        return NaN;
    }
  }

  private requests(id: number, detail: string | null): number {
    const operations = this.known.operations(id);
    const { requests } = this.watch;
    if (detail !== null)
      return operations.includes(detail) ? requests.count(id, operations.indexOf(detail)) : 0;
    return sum(operations.map((_, operation) => requests.count(id, operation)));
  }

  private owed(id: number): number {
    if (this.known.traffic.includes(id)) return this.watch.traffic.of(id).sent;
    if (!this.known.consumers.includes(id)) return this.watch.stores.of(id).stored;
    return this.asked?.owedTo(id) ?? NaN;
  }

  /** Whether the links of a pusher answer it, rather than the ledger of a consumer. */
  private isOfLinks({ who }: Measure): boolean {
    if (who.kind !== 'name') return who.kind === 'link';
    const id = this.idOf(who);
    return this.known.pushers.includes(id) && !this.known.consumers.includes(id);
  }

  private idOf(who: Who): number {
    return this.numberOf(who.kind === 'name' ? who.name : '');
  }

  private numberOf(name: string): number {
    const id = this.known.names.indexOf(name);
    check(id >= 0, 'a measure asks about a name of the scenario');
    return id;
  }
}

/** What the ledger tells of consumers. */
function isOfLedger(name: string): boolean {
  return ['owed', 'processed', 'lost', 'unfinished'].includes(name);
}

/** Data points in seconds as µs, those in percent as shares. */
function scaleOf(name: MetricName): number {
  return { count: 1, B: 1, s: SECOND, '%': 0.01 }[metricNamed(name).unit];
}

function levelOf(name: string): number {
  check(isLevel(name), 'a measure of a level is called as the level is');
  return levelNumber(name);
}

/** The number of a cause; 0 for all. */
function causeOf(cause: string | null): number {
  return cause === null ? 0 : CAUSES.findIndex((known) => known === cause) + 1;
}

/** Of one resource, or of all. */
function wasted(waste: ReadonlyMap<string, bigint>, who: Who): bigint {
  if (who.kind === 'name') return waste.get(who.name) ?? 0n;
  return [...waste.values()].reduce((total, pico) => total + pico, 0n);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0);
}
