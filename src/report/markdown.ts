/**
 * `report.md`: the figures of one run for a reader, in the order in which one asks: did it hold,
 * how long did it take, what was doubled or lost, who did the work, what did it cost, what did it
 * look like over time. No paths but base names, no date: the same bytes each time.
 */
import { LOSSES } from '../components/facts.js';
import type { Distribution, Ledger, RunReport, RunResult, Seconds } from '../experiment/result.js';
import { count, duration, NONE, share, span } from './figures.js';
import { loopSections } from './loop-section.js';
import { code, markdownTable, markdownText } from './markdown-text.js';
import { usd, usdOfPico } from './money.js';
import { pushSections } from './push-section.js';
import {
  asideText,
  causesText,
  costByResource,
  directTexts,
  duplicateCauses,
  fleets,
  infinityTexts,
  partsText,
  perMillionText,
  perMonthText,
  stubborn,
} from './sections.js';
import { LEAST, sparklines } from './sparkline.js';
import { incompleteLine, verdicts } from './verdicts.js';

/** The whole file. */
export function reportMarkdown(report: RunReport): string {
  const { result } = report;
  const blocks: string[][] = [
    result.complete ? [] : [incompleteLine(result)],
    [`# ${markdownText(result.scenario.name)}`],
    introduction(result),
    section('Verdict', verdictLines(result)),
    section('Latency', latencyLines(report)),
    section('Where each obligation ended', ledgerLines(report)),
    section('Producers', producerLines(result)),
    section('Duplicates and redeliveries', duplicateLines(report)),
    ...pushSections(report),
    section('What happens when', happeningLines(report)),
    section('Over time', timelineLines(report)),
    ...loopSections(report),
    section('Workers', workerLines(report)),
    section('Resources', resourceLines(report)),
    section('Cost', costLines(result)),
    section('Warnings', warningLines(result)),
    section('Assumptions', assumptionLines(result)),
    [`Fingerprint: ${code(result.fingerprint)}`],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines];
}

function introduction(result: RunResult): string[] {
  const { file, hash, seed, profile, region } = result.scenario;
  return markdownTable(
    2,
    ['', ''],
    [
      ['scenario', `${code(file)}, hash ${code(hash)}`],
      ['seed, profile, region', `${code(seed)}, ${code(profile)}, ${code(region)}`],
      ['engine', `wavetank ${code(result.engine)}`],
      [
        'virtual time',
        `${span(result.endSeconds)}, traffic until ${span(result.trafficEndSeconds)}, ` +
          `${result.drained ? 'drained' : 'not drained'}`,
      ],
      ['events', count(result.events)],
    ],
  );
}

function verdictLines(result: RunResult): string[] {
  const found = verdicts(result);
  if (found.length === 0) return ['The scenario expects nothing, and no invariant was broken.'];
  return markdownTable(
    3,
    ['', 'expected', 'measured'],
    found.map(({ pass, text, measured }) => [
      pass ? 'PASS' : '**FAIL**',
      code(text),
      markdownText(measured),
    ]),
  );
}

const LATENCY_HEADER = [
  'of',
  'count',
  'unfinished',
  'mean',
  'min',
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
  'max',
];

function latencyLines(report: RunReport): string[] {
  const rows = latencyRows(report).filter(([, found]) => found.count + found.unfinished > 0);
  if (rows.length === 0) return [];
  const table = markdownTable(
    1,
    LATENCY_HEADER,
    rows.map(([label, found]) => [
      label,
      count(found.count),
      count(found.unfinished),
      ...timesOf(found).map((time) => duration(time)),
    ]),
  );
  const notes = infinityTexts(rows.map(([, found]) => found)).flatMap((text) => ['', `${text}.`]);
  return [...table, ...notes, ...partLines(rows)];
}

function timesOf(found: Distribution): Seconds[] {
  return [
    found.meanSeconds,
    found.minSeconds,
    found.p50Seconds,
    found.p90Seconds,
    found.p95Seconds,
    found.p99Seconds,
    found.p999Seconds,
    found.maxSeconds,
  ];
}

function latencyRows(report: RunReport): (readonly [label: string, found: Distribution])[] {
  const { traffic, consumers } = report.result;
  return [
    ...Object.entries(traffic).map(
      ([name, found]) => [`${code(name)} until all is done`, found.latency] as const,
    ),
    ...Object.entries(traffic).map(
      ([name, found]) => [`${code(name)} until answered`, found.response] as const,
    ),
    ...Object.entries(consumers).map(([name, found]) => [code(name), found.latency] as const),
    ...Object.entries(report.links).map(([name, found]) => [code(name), found] as const),
  ];
}

const POINTS = [
  ['all', 'on average'],
  ['p50', 'at p50'],
  ['p90', 'at p90'],
  ['p99', 'at p99'],
  ['p999', 'at p99.9'],
] as const;

function partLines(rows: readonly (readonly [label: string, found: Distribution])[]): string[] {
  const split = rows.flatMap(([label, found]) =>
    POINTS.flatMap(([point, words]) => {
      const text = partsText(found.parts[point] ?? {}, 6);
      return text === '' ? [] : [[label, words, text]];
    }),
  );
  if (split.length === 0) return [];
  const intro =
    'Where the time goes, among the messages at each point (all parts are in `latency-parts.csv`):';
  return ['', intro, '', ...markdownTable(3, ['of', '', 'parts'], split)];
}

function ledgerLines(report: RunReport): string[] {
  const { result } = report;
  const answered = directTexts(report).map((text) => `- ${markdownText(text)}.`);
  if (result.ledger.owed === 0 && answered.length > 0) return ['Nothing is owed.', '', ...answered];
  const consumers = Object.entries(result.consumers).map(([name, found]) =>
    ledgerCells(code(name), found.ledger),
  );
  const all = ledgerCells('all', result.ledger);
  const table = markdownTable(
    1,
    ['owed to', 'owed', 'processed', 'dead-lettered', 'expired', 'unfinished', 'lost'],
    [...consumers, all],
  );
  const causes = causesText(result.ledger.lost, LOSSES);
  return [
    ...table,
    ...(causes === '' ? [] : ['', `Lost by: ${causes}.`]),
    ...(result.unowed === 0
      ? []
      : ['', `${count(result.unowed)} lay where nobody consumes: owed to nobody.`]),
    ...(answered.length === 0 ? [] : ['', ...answered]),
  ];
}

function ledgerCells(label: string, found: Ledger): string[] {
  const ends = [
    found.owed,
    found.processed,
    found.deadLettered,
    found.expired,
    found.unfinished,
    found.lost.total,
  ];
  return [label, ...ends.map(count)];
}

function producerLines({ traffic }: RunResult): string[] {
  const rows = stubborn(traffic).map(([name, found]) => {
    const { sent, accepted, failed, attempts, throttled } = found;
    return [code(name), ...[sent, accepted, failed, attempts - sent, throttled].map(count)];
  });
  const header = ['traffic', 'sent', 'accepted', 'given up', 'retries', 'calls throttled'];
  return rows.length === 0 ? [] : markdownTable(1, header, rows);
}

/** What else happened to these, a line each, behind an empty one. */
function asideLines({ asides }: RunReport, names: readonly string[]): string[] {
  const lines = asides
    .filter(({ name }) => names.includes(name))
    .map((aside) => `- ${code(aside.name)}: ${asideText(aside)}`);
  return lines.length === 0 ? [] : ['', ...lines];
}

function duplicateLines(report: RunReport): string[] {
  const { consumers } = report.result;
  const rows = Object.entries(consumers).map(([name, found]) => [
    code(name),
    duplicateCauses(found.duplicates),
    duplicateCauses(found.redelivered),
    count(found.runs),
    count(found.failedRuns),
    count(found.duplicates.total),
    count(found.redelivered.total),
    count(found.reordered),
    count(found.killed),
  ]);
  if (rows.length === 0) return [];
  const table = markdownTable(
    3,
    [
      'consumer',
      'duplicates by cause',
      'redelivered by cause',
      'runs',
      'failed',
      'duplicates',
      'redelivered',
      'reordered',
      'killed',
    ],
    rows.map((cells) => cells.map((cell) => (cell === '' ? NONE : cell))),
  );
  return [...table, ...asideLines(report, Object.keys(consumers))];
}

function happeningLines({ happenings }: RunReport): string[] {
  return happenings.map((text) => `- ${markdownText(text)}`);
}

function timelineLines(report: RunReport): string[] {
  const lines = sparklines(report);
  if (lines.length === 0) return [];
  const legend = 'Each line has its own scale; a column shows the highest value in its span';
  const hasLeast = lines.some((line) => line.startsWith(LEAST));
  const least = hasLeast ? `, ${code(LEAST)} the lowest, to the scale of the line above` : '';
  return ['```text', ...lines, '```', '', `${legend}${least}.`];
}

function workerLines(report: RunReport): string[] {
  const rows = fleets(report.workers).map((fleet) => [
    code(fleet.consumer),
    count(fleet.workers),
    fleet.busy === null ? NONE : share(fleet.busy),
    fleet.leastShare === null ? NONE : share(fleet.leastShare),
    fleet.mostShare === null ? NONE : share(fleet.mostShare),
  ]);
  return rows.length === 0
    ? []
    : markdownTable(
        1,
        ['consumer', 'workers in all', 'busy while in service', 'least share', 'largest share'],
        rows,
      );
}

function resourceLines(report: RunReport): string[] {
  const { resources, consumers } = report.result;
  const others = Object.keys(resources).filter((name) => !Object.hasOwn(consumers, name));
  const table = markdownTable(
    3,
    ['resource', 'type', 'requests', 'throttled', 'dead-lettered', 'expired', 'purged'],
    Object.entries(resources).map(([name, found]) => {
      const requests = Object.entries(found.requests).filter(([, amount]) => amount > 0);
      const text = requests
        .map(([operation, amount]) => `${markdownText(operation)} ${count(amount)}`)
        .join(', ');
      const counts = [found.throttled, found.deadLettered, found.expired, found.purged].map(count);
      return [code(name), code(found.type), text === '' ? NONE : text, ...counts];
    }),
  );
  return [...table, ...asideLines(report, others)];
}

function costLines(result: RunResult): string[] {
  const { cost } = result;
  const intro =
    `${usd(cost.windowUsd)} for this window of ${span(cost.windowSeconds)}${perMillionText(cost)}; ` +
    `${perMonthText(cost)}.`;
  const rows = costByResource(cost).map((one) => [
    code(one.resource),
    usdOfPico(one.window),
    usdOfPico(one.month),
  ]);
  if (rows.length === 0) return [intro];
  const note =
    'Rounded for reading; `cost.csv` has every line with its quantity, tier and unit price.';
  return [intro, '', ...markdownTable(1, ['resource', 'this window', 'a month'], rows), '', note];
}

function warningLines(result: RunResult): string[] {
  return result.warnings.map(
    (found) => `- ${code(found.code)} ${markdownText(`${found.path}: ${found.message}`)}`,
  );
}

function assumptionLines(result: RunResult): string[] {
  const profile = code(result.scenario.profile);
  const explain = code(`wavetank explain ${result.scenario.file}`);
  return [
    `What AWS does not publish is assumed, by the profile ${profile} where the scenario says nothing else.`,
    `${explain} lists every assumption in force with its source.`,
  ];
}
