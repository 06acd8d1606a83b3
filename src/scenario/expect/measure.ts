/** Checks one measure against the catalog and the scenario's names. */

import type { Refuse, TextProblem } from '../../components/expression/problem.js';
import type { MeasureSyntax, SyntaxWho, Word } from '../../components/expression/syntax.js';
import { nearestOf } from '../../components/settings/nearest.js';
import type { AskedRole, MeasureName, MeasureSpec } from '../../observe/measures/catalog.js';
import {
  CLOUDWATCH_METRICS,
  isMeasureName,
  LATER_DETAILS,
  LATER_MEASURES,
  measureSpec,
  MEASURE_NAMES,
  MEASURE_SYNONYMS,
} from '../../observe/measures/catalog.js';
import type {
  Expression,
  Measure,
  Mode,
  Statistic,
  Who,
} from '../../observe/measures/expression.js';
import { COUNT, SHARE } from '../../components/expression/quantity.js';
import { NOT_MODELLED_PAGE } from '../not-modelled.js';
import type { NamedThing, Names } from './names.js';

/** When the figure is asked for. */
export interface Asked {
  readonly mode: Mode;
  readonly hasWindow: boolean;
}

const TIMES_STATISTICS = ['mean', 'min', 'max', 'p50', 'p90', 'p95', 'p99', 'p99.9'];
const LEVEL_STATISTICS = ['mean', 'min', 'max', 'end'];
/** Of the figures of episodes; without one, the largest. */
const EPISODE_STATISTICS = ['mean', 'min', 'max'];

export class MeasureCheck {
  constructor(
    private readonly names: Names,
    private readonly refuse: Refuse,
  ) {}

  measure(syntax: MeasureSyntax, asked: Asked): Expression | undefined {
    const name = this.name(syntax.name);
    if (name === undefined) return undefined;
    const spec = measureSpec(name);
    const who = this.who(syntax, name, spec);
    if (who === undefined) return undefined;
    const words = splitWords(syntax, name, spec);
    const detail = this.detail(words.detail, syntax, name, spec, who);
    if (detail === undefined && words.statistics.length === 0) return undefined;
    const statistic = this.statistic(words.statistics, syntax, spec, asked);
    if (detail === undefined || statistic === undefined) return undefined;
    if (!this.isAnswered(syntax, spec, asked)) return undefined;
    if (name === 'availability') return availabilityOf(who);
    return { kind: 'measure', name, detail, who, statistic, quantity: spec.quantity };
  }

  private report(
    word: Word | MeasureSyntax,
    problem: Omit<TextProblem, 'offset' | 'found'> & { readonly found?: string },
  ): undefined {
    const found = problem.found ?? ('text' in word ? word.text : word.name.text);
    return this.refuse({ ...problem, found, offset: word.at });
  }

  private notModelled(word: Word | MeasureSyntax, what: string): undefined {
    return this.report(word, {
      code: 'not-modelled',
      message: `${what} is not modelled yet, see ${NOT_MODELLED_PAGE}`,
    });
  }

  // --- name ------------------------------------------------------------------------------------

  private name(word: Word): MeasureName | undefined {
    const text = word.text;
    if (isMeasureName(text)) return text;
    if (LATER_MEASURES.includes(text)) return this.notModelled(word, `the measure ${text}`);
    if (CLOUDWATCH_METRICS.includes(text))
      return this.notModelled(word, `CloudWatch's ${text} in an expectation`);
    const known = [...MEASURE_NAMES, ...LATER_MEASURES, ...CLOUDWATCH_METRICS];
    const synonym = Object.hasOwn(MEASURE_SYNONYMS, text) ? MEASURE_SYNONYMS[text] : undefined;
    const nearest = synonym ?? nearestOf(text, known);
    return this.report(word, {
      code: 'unknown-measure',
      allowed: MEASURE_NAMES.join(', '),
      ...near(nearest),
    });
  }

  // --- who -------------------------------------------------------------------------------------

  private who(syntax: MeasureSyntax, name: MeasureName, spec: MeasureSpec): Who | undefined {
    if (syntax.who === null) {
      if (spec.who.includes('all')) return { kind: 'all' };
      return this.report(syntax, {
        code: 'missing',
        allowed: `${name}(…) of ${this.candidates(name, spec)}`,
      });
    }
    return syntax.who.kind === 'name'
      ? this.named(syntax.who.name, name, spec)
      : this.link(syntax.who, name, spec);
  }

  private named(word: Word, name: MeasureName, spec: MeasureSpec): Who | undefined {
    const thing = this.thing(word, this.fitting(name, spec));
    if (thing === undefined) return undefined;
    if (isAsked(thing, name, spec)) return { kind: 'name', name: thing.name };
    const allowed = `${name}(…) of ${this.candidates(name, spec)}`;
    return this.report(word, {
      code: 'wrong-kind',
      found: `${thing.name} (${thing.kind})`,
      allowed,
    });
  }

  private link(
    link: SyntaxWho & { readonly kind: 'link' },
    name: MeasureName,
    spec: MeasureSpec,
  ): Who | undefined {
    const everything = this.names.things.map((thing) => thing.name);
    const from = this.thing(link.from, everything);
    const to = this.thing(link.to, everything);
    if (from === undefined || to === undefined) return undefined;
    const written = `${from.name} -> ${to.name}`;
    if (spec.who.includes('push') && from.pushesTo?.includes(to.name) === true)
      return { kind: 'link', from: from.name, to: to.name };
    if (!spec.who.includes('path')) {
      return this.report(link.from, {
        code: 'wrong-kind',
        found: written,
        allowed: `${name}(…) of ${this.candidates(name, spec)}`,
      });
    }
    if (!isOrigin(from) || !isDestination(to)) {
      const wrong = isOrigin(from) ? to : from;
      const allowed = 'a link from traffic, a queue or a topic, to a queue, a topic or a consumer';
      return this.report(wrong === from ? link.from : link.to, {
        code: 'wrong-kind',
        found: `${wrong.name} (${wrong.kind})`,
        allowed,
      });
    }
    if (this.names.isPath(from.name, to.name))
      return { kind: 'link', from: from.name, to: to.name };
    return this.report(link.from, { code: 'unknown-name', found: written, allowed: this.paths() });
  }

  private thing(word: Word, candidates: readonly string[]): NamedThing | undefined {
    const thing = this.names.find(word.text);
    if (thing !== undefined) return thing;
    const everything = this.names.things.map((known) => known.name);
    const nearest = nearestOf(word.text, candidates) ?? nearestOf(word.text, everything);
    return this.report(word, {
      code: 'unknown-name',
      allowed: listed(candidates),
      ...near(nearest),
    });
  }

  private fitting(name: MeasureName, spec: MeasureSpec): string[] {
    return this.names.things
      .filter((thing) => isAsked(thing, name, spec))
      .map((thing) => thing.name);
  }

  private candidates(name: MeasureName, spec: MeasureSpec): string {
    const links = spec.who.includes('push') ? this.pushes() : [];
    return listed([...this.fitting(name, spec), ...links]);
  }

  private pushes(): string[] {
    return this.names.things.flatMap(({ name, pushesTo = [] }) =>
      pushesTo.map((target) => `${name} -> ${target}`),
    );
  }

  private paths(): string {
    const from = this.names.things.filter(isOrigin);
    const to = this.names.things.filter(isDestination);
    return listed(
      from.flatMap((a) =>
        to.filter((b) => this.names.isPath(a.name, b.name)).map((b) => `${a.name} -> ${b.name}`),
      ),
    );
  }

  // --- details and statistics --------------------------------------------------------------------

  /** The detail; null when there is none, undefined when it is refused. */
  private detail(
    word: Word | undefined,
    syntax: MeasureSyntax,
    name: MeasureName,
    spec: MeasureSpec,
    who: Who,
  ): string | null | undefined {
    const allowed = spec.details === 'operations' ? this.operations(who) : spec.details;
    if (word === undefined) {
      if (spec.detailNeeded === undefined) return null;
      return this.report(syntax, {
        code: 'missing',
        allowed: allowed.map((detail) => `${name}.${detail}`).join(', '),
      });
    }
    if (allowed.includes(word.text)) return word.text;
    if (LATER_DETAILS[name]?.includes(word.text) === true)
      return this.notModelled(word, `${name}.${word.text}`);
    if (isStatistic(word.text)) return this.misplaced(word, syntax);
    const nearest = nearestOf(word.text, allowed);
    return this.report(word, {
      code: 'unknown-measure',
      allowed: listed(allowed),
      ...near(nearest),
    });
  }

  private operations(who: Who): readonly string[] {
    const things = who.kind === 'name' ? [this.names.find(who.name)!] : this.names.things;
    return [...new Set(things.flatMap((thing) => thing.operations))];
  }

  /** `latency.p99(shoppers)` means `latency(shoppers).p99`. */
  private misplaced(word: Word, syntax: MeasureSyntax): undefined {
    const nearest = `${syntax.name.text}${writtenWho(syntax.who)}.${word.text}`;
    return this.report(word, {
      code: 'choice',
      allowed: 'a statistic behind the parentheses',
      nearest,
    });
  }

  private statistic(
    words: readonly Word[],
    syntax: MeasureSyntax,
    spec: MeasureSpec,
    asked: Asked,
  ): Statistic | null | undefined {
    const isTimes = spec.shape === 'times';
    const isOfEpisodes = spec.shape === 'episodes';
    const takes = isTimes || isOfEpisodes || (spec.shape === 'level' && asked.mode === 'whole');
    const known = isTimes ? TIMES_STATISTICS : isOfEpisodes ? EPISODE_STATISTICS : LEVEL_STATISTICS;
    const word = words[0];
    if (word === undefined) {
      if (!takes || isOfEpisodes) return null;
      const orMode = isTimes ? '' : ', or a mode: always, never, eventually, sometimes';
      return this.report(syntax, {
        code: 'missing',
        allowed: `${known.map((one) => `.${one}`).join(' ')}${orMode}`,
      });
    }
    if (!takes)
      return this.report(word, {
        code: 'choice',
        found: `.${word.text}`,
        allowed: noStatistic(spec),
      });
    if (words.length > 1)
      return this.report(words[1], {
        code: 'choice',
        found: `.${words[1].text}`,
        allowed: 'one statistic',
      });
    const statistic = statisticOf(word.text, isTimes);
    if (statistic !== undefined && !(isOfEpisodes && statistic.kind === 'end')) return statistic;
    if (isTimes && /^p\d/.test(word.text))
      return this.report(word, {
        code: 'out-of-range',
        allowed: 'above p0, below p100',
        ...nearQuantile(word.text),
      });
    return this.report(word, {
      code: 'choice',
      allowed: known.join(', '),
      ...near(nearestOf(word.text, known)),
    });
  }

  // --- what is not answered yet ------------------------------------------------------------------

  private isAnswered(syntax: MeasureSyntax, spec: MeasureSpec, asked: Asked): boolean {
    if (spec.shape !== 'times' && spec.shape !== 'total' && spec.shape !== 'episodes') return true;
    if (asked.mode !== 'whole')
      this.notModelled(syntax, `${syntax.name.text} at every moment (${asked.mode})`);
    else if (asked.hasWindow) this.notModelled(syntax, `${syntax.name.text} within a window`);
    else return true;
    return false;
  }
}

/** Availability as the counts it is made of, so that it has a value at every moment and in every window. */
function availabilityOf(who: Who): Expression {
  const count = (name: MeasureName): Measure => ({
    kind: 'measure',
    name,
    detail: null,
    who,
    statistic: null,
    quantity: COUNT,
  });
  const right: Expression = {
    kind: 'binary',
    operator: '+',
    left: count('accepted'),
    right: count('failed'),
    quantity: COUNT,
  };
  return { kind: 'binary', operator: '/', left: count('accepted'), right, quantity: SHARE };
}

interface SplitWords {
  readonly detail: Word | undefined;
  readonly statistics: readonly Word[];
}

/** Which word is the detail: the first before the parentheses, and for cost also the one behind. */
function splitWords(syntax: MeasureSyntax, name: MeasureName, spec: MeasureSpec): SplitWords {
  const { before, after, who } = syntax;
  if (name === 'cost')
    return { detail: before[0] ?? after[0], statistics: [...before, ...after].slice(1) };
  if (
    who === null &&
    (spec.details.length === 0 || (before.length === 1 && isStatistic(before[0].text)))
  ) {
    return { detail: undefined, statistics: before };
  }
  return { detail: before[0], statistics: [...before.slice(1), ...after] };
}

function isAsked(thing: NamedThing, name: MeasureName, spec: MeasureSpec): boolean {
  const roles: readonly AskedRole[] = spec.who;
  if (roles.includes('level')) return thing.levels.includes(name);
  return thing.roles.some((role) => roles.includes(role));
}

function isOrigin({ roles }: NamedThing): boolean {
  return roles.some((role) => role === 'traffic' || role === 'queue' || role === 'pusher');
}

function isDestination({ roles }: NamedThing): boolean {
  return roles.some((role) => role === 'queue' || role === 'consumer' || role === 'pusher');
}

function isStatistic(text: string): boolean {
  return statisticOf(text, true) !== undefined || text === 'end';
}

function statisticOf(text: string, isTimes: boolean): Statistic | undefined {
  if (text === 'mean' || text === 'min' || text === 'max') return { kind: text };
  if (text === 'end' && !isTimes) return { kind: text };
  const written = /^p(\d{1,2}(?:\.\d{1,6})?)$/.exec(text)?.[1];
  if (!isTimes || written === undefined) return undefined;
  const quantile = Number(`${written}e-2`);
  return quantile > 0 ? { kind: 'quantile', quantile, written } : undefined;
}

function noStatistic(spec: MeasureSpec): string {
  return spec.shape === 'level'
    ? 'the level itself: with a mode it takes no statistic'
    : 'no statistic: it is one figure';
}

/** People write p999 for p99.9. */
function nearQuantile(text: string): { nearest: string } | Record<string, never> {
  const digits = /^p(\d\d)(\d+)$/.exec(text);
  if (digits === null) return {};
  return { nearest: digits[1] === '10' ? 'max' : `p${digits[1]}.${digits[2]}` };
}

function near(nearest: string | undefined): { nearest: string } | Record<string, never> {
  return nearest === undefined ? {} : { nearest };
}

const MOST_LISTED = 12;

function listed(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'nothing in this scenario';
  const shown = candidates.slice(0, MOST_LISTED).join(', ');
  return candidates.length > MOST_LISTED ? `${shown}, …` : shown;
}

function writtenWho(who: SyntaxWho | null): string {
  if (who === null) return '';
  return who.kind === 'name' ? `(${who.name.text})` : `(${who.from.text} -> ${who.to.text})`;
}
