/**
 * The summary on stdout: the verdict first, then what happened, where the time went, what was
 * doubled or lost, what it cost, how to see more; the fingerprint and the folder last.
 *
 * The same bytes each time: no width, clock or colour of the machine; colours come in as a Style.
 */
import type {
  ByName,
  ConsumerResult,
  Distribution,
  RunReport,
  RunResult,
} from '../experiment/result.js';
import { count, duration, NONE, share, span } from './figures.js';
import { usd, usdOfPico } from './money.js';
import { plain, shortened } from './plain.js';
import {
  asideText,
  costByResource,
  duplicateCauses,
  fleets,
  infinityTexts,
  outcomeTexts,
  partsText,
  perMillionText,
  perMonthText,
  pushTexts,
  stubborn,
} from './sections.js';
import { sparklines } from './sparkline.js';
import { textTable } from './text-table.js';
import { wrapped } from './wrap.js';
import { incompleteLine, verdicts } from './verdicts.js';

/** How words are set off; each takes text and returns it, dressed or not. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly quiet: (text: string) => string;
}

export const PLAIN: Style = {
  good: (text) => text,
  bad: (text) => text,
  heading: (text) => text,
  quiet: (text) => text,
};

/** Rows a section shows at most; the rest is in report.md. */
const MOST_ROWS = 10;
const NAME_WIDTH = 26;
const WIDTH = 96;

/** The whole summary; `folder` is where the reports went, as the user gave it. */
export function terminalSummary(report: RunReport, folder: string, style: Style): string {
  const { result } = report;
  const opening = [...openingLines(result, style), headline(result, style)];
  const sections = [
    opening,
    section('Latency', latencyLines(result, style), style),
    section(
      'Backlog and fleet',
      sparklines(report).map((line) => `  ${line}`),
      style,
    ),
    section('Deliveries', fitted(deliveryLines(report)), style),
    section('Workers', fitted(fleetLines(report)), style),
    section('Cost', fitted(costLines(result)), style),
    moreLines(style),
    [style.quiet(`fingerprint: ${result.fingerprint}`), style.quiet(`reports: ${folder}`)],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function openingLines(result: RunResult, style: Style): string[] {
  const lines = verdicts(result).map(
    ({ pass, text, measured }) =>
      `${pass ? style.good('PASS') : style.bad('FAIL')} ${text} (${measured})`,
  );
  if (!result.complete) lines.unshift(style.bad(incompleteLine(result)));
  if (lines.length > 0) lines.push('');
  return lines;
}

function headline(result: RunResult, style: Style): string {
  const { name, seed, profile, region } = result.scenario;
  const sent = Object.values(result.traffic).reduce((sum, traffic) => sum + traffic.sent, 0);
  const left = result.drained ? 'drained' : 'not drained';
  const after =
    result.endSeconds > result.trafficEndSeconds
      ? `, traffic until ${span(result.trafficEndSeconds)}, then ${left}`
      : `, ${left}`;
  return (
    `${style.heading(plain(name))}\n` +
    `  ${count(sent)} messages in ${span(result.endSeconds)}${after}\n` +
    style.quiet(`  seed ${plain(seed)}, profile ${plain(profile)}, ${plain(region)}`)
  );
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.heading(title), ...lines];
}

interface LatencyRow {
  readonly label: string;
  readonly distribution: Distribution;
  readonly isConsumer: boolean;
}

function latencyLines(result: RunResult, style: Style): string[] {
  const all = latencyRows(result).filter(
    ({ distribution }) => distribution.count + distribution.unfinished > 0,
  );
  const rows = all.slice(0, MOST_ROWS);
  if (rows.length === 0) return [];
  const table = textTable([
    ['', 'count', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'max'],
    ...rows.map(latencyCells),
  ]);
  const lines = [style.quiet(table[0])];
  rows.forEach((row, i) => {
    lines.push(table[i + 1]);
    const parts = row.isConsumer ? partsText(row.distribution.parts.p99 ?? {}, 4) : '';
    if (parts !== '') lines.push(style.quiet(`    at p99: ${parts}`));
  });
  const notes = infinityTexts(rows.map(({ distribution }) => distribution));
  lines.push(...notes.map((text) => style.quiet(`  ${text}`)));
  return capped(lines, all.length - rows.length);
}

function latencyRows(result: RunResult): LatencyRow[] {
  const rows: LatencyRow[] = [];
  for (const [name, traffic] of Object.entries(result.traffic)) {
    rows.push({ label: `${name}, answered`, distribution: traffic.response, isConsumer: false });
    rows.push({ label: `${name}, all done`, distribution: traffic.latency, isConsumer: false });
  }
  for (const [name, consumer] of Object.entries(result.consumers)) {
    rows.push({ label: name, distribution: consumer.latency, isConsumer: true });
  }
  return rows;
}

function latencyCells({ label, distribution }: LatencyRow): string[] {
  const { meanSeconds, p50Seconds, p90Seconds, p99Seconds, p999Seconds, maxSeconds } = distribution;
  const times = [meanSeconds, p50Seconds, p90Seconds, p99Seconds, p999Seconds, maxSeconds];
  return [
    shortened(plain(label), NAME_WIDTH),
    count(distribution.count),
    ...times.map((time) => duration(time)),
  ];
}

function deliveryLines(report: RunReport): string[] {
  const { result } = report;
  const lines = outcomeTexts(report).map((text) => `  ${text}`);
  if (result.unowed > 0) lines.push(`  ${count(result.unowed)} lay where nobody consumes`);
  const doubled = Object.entries(result.consumers).filter(
    ([, consumer]) => consumer.duplicates.total > 0 || consumer.redelivered.total > 0,
  );
  if (doubled.length === 0) lines.push('  no duplicates, no redeliveries');
  for (const [name, consumer] of doubled.slice(0, MOST_ROWS))
    lines.push(...doubledLines(name, consumer));
  lines.push(...orderLines(result.consumers), ...producerLines(result));
  const pushes = pushTexts(report);
  lines.push(...pushes.slice(0, MOST_ROWS).map((text) => `  ${text}`));
  for (const aside of report.asides.slice(0, MOST_ROWS))
    lines.push(`  ${plain(aside.name)}: ${asideText(aside)}`);
  const hidden = [doubled, pushes].map(({ length }) => Math.max(0, length - MOST_ROWS));
  return capped(lines, hidden[0] + hidden[1]);
}

function doubledLines(name: string, consumer: ConsumerResult): string[] {
  const { duplicates, redelivered, ledger } = consumer;
  const lines: string[] = [];
  if (duplicates.total > 0) {
    const part = ledger.owed === 0 ? NONE : share(duplicates.total / ledger.owed);
    lines.push(
      `  ${plain(name)} handled ${count(duplicates.total)} again after success (${part}): ` +
        `${duplicateCauses(duplicates)}`,
    );
  }
  if (redelivered.total > 0)
    lines.push(
      `  ${plain(name)} got ${count(redelivered.total)} redelivered: ` +
        `${duplicateCauses(redelivered)}`,
    );
  return lines;
}

function orderLines(consumers: ByName<ConsumerResult>): string[] {
  return Object.entries(consumers)
    .filter(([, consumer]) => consumer.reordered > 0)
    .slice(0, MOST_ROWS)
    .map(
      ([name, consumer]) => `  ${plain(name)} handled ${count(consumer.reordered)} out of order`,
    );
}

function producerLines({ traffic }: RunResult): string[] {
  return stubborn(traffic)
    .slice(0, MOST_ROWS)
    .map(([name, { attempts, sent, failed, throttled }]) => {
      const counts = [`${plain(name)}: ${count(attempts - sent)} retries`];
      if (throttled > 0) counts.push(`${count(throttled)} calls throttled`);
      if (failed > 0) counts.push(`${count(failed)} messages given up`);
      return `  ${counts.join(', ')}`;
    });
}

function fleetLines(report: RunReport): string[] {
  const all = fleets(report.workers).filter((fleet) => fleet.workers > 0);
  const lines = all.slice(0, MOST_ROWS).map((fleet) => {
    const busy = fleet.busy === null ? '' : `, busy ${share(fleet.busy)} of their time`;
    const shares =
      fleet.leastShare === null || fleet.workers === 1
        ? ''
        : `, ${share(fleet.leastShare)} to ${share(fleet.mostShare!)} of the work each`;
    const workers = `${count(fleet.workers)} ${fleet.workers === 1 ? 'worker' : 'workers'}`;
    return `  ${plain(fleet.consumer)}: ${workers} in all${busy}${shares}`;
  });
  return capped(lines, all.length - lines.length);
}

function costLines(result: RunResult): string[] {
  const { cost } = result;
  const lines = [
    `  ${usd(cost.windowUsd)} for this window${perMillionText(cost)}`,
    `  ${perMonthText(cost)}`,
  ];
  const dearest = costByResource(cost)
    .filter((one) => one.month > 0n)
    .slice(0, 4);
  const amounts = dearest.map((one) => `${plain(one.resource)} ${usdOfPico(one.month)}`);
  if (amounts.length > 0) lines.push(`  a month: ${amounts.join(', ')}`);
  return lines;
}

function moreLines(style: Style): string[] {
  return [
    'More: report.md has all figures for a reader, latency-parts.csv where each second went,',
    '      timeline.csv every level over time; `npx wavetank explain FILE` all assumptions.',
  ].map(style.quiet);
}

function capped(lines: string[], hidden: number): string[] {
  return hidden > 0 ? [...lines, `  (${count(hidden)} more in report.md)`] : lines;
}

/** Lines no longer than the page: what is too long goes on below, further in. */
function fitted(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    if (line.length <= WIDTH) return [line];
    const [first = '', ...rest] = wrapped(line.trim(), WIDTH, '  ');
    return [first, ...rest.map((more) => `  ${more}`)];
  });
}
