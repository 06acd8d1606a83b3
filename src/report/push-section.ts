/** The part of report.md about what a topic, a bus, notifications or a schedule delivered, link by link. */
import { LOSSES } from '../components/facts.js';
import type { LinkResult, PusherResult } from '../experiment/push-types.js';
import type { RunReport } from '../experiment/result.js';
import { count, duration } from './figures.js';
import { usd } from './money.js';
import { code, markdownTable } from './markdown-text.js';
import { causesText, infinityTexts } from './sections.js';

const MOST_ROWS = 40;

const HEADER = [
  'to',
  'for it',
  'filtered out',
  'delivered',
  'attempts',
  'retried',
  'dead-lettered',
  'lost',
  'under way',
  'cost',
  'p50',
  'p99',
  'max',
];

/** One block of lines per pusher, with its heading. */
export function pushSections({ pushers }: RunReport): string[][] {
  return pushers.map(({ pusher, links }) => [
    `## Deliveries of ${code(pusher)}`,
    '',
    ...linkLines(links),
  ]);
}

function linkLines(links: PusherResult['links']): string[] {
  if (links.length === 0) return ['Nobody is subscribed: what it accepts goes nowhere.'];
  const shown = links.slice(0, MOST_ROWS);
  const hidden = links.length - shown.length;
  return [
    ...markdownTable(1, HEADER, shown.map(cells)),
    ...shown.flatMap(lossLines),
    ...infinityTexts(shown.map(({ latency }) => latency)).flatMap((text) => ['', `${text}.`]),
    ...(hidden > 0 ? ['', `… and ${count(hidden)} more in ${code('deliveries.csv')}.`] : []),
  ];
}

function cells(link: LinkResult): string[] {
  const { matched, filtered, delivered, attempts, retries, deadLettered, underWay } = link;
  const { p50Seconds, p99Seconds, maxSeconds } = link.latency;
  return [
    labelOf(link),
    ...[matched, filtered, delivered, attempts, retries, deadLettered].map(count),
    count(link.lost.total),
    count(underWay),
    usd(link.costUsd),
    ...[p50Seconds, p99Seconds, maxSeconds].map((time) => duration(time)),
  ];
}

/** A subscription is called as its target; a rule's target is not. */
function labelOf({ name, target }: LinkResult): string {
  return name === target ? code(name) : `${code(name)} → ${code(target)}`;
}

function lossLines(link: LinkResult): string[] {
  const { lost, deadLettered, deadLetter } = link;
  const lines: string[] = [];
  if (lost.total > 0) lines.push(`- ${labelOf(link)}: lost by ${causesText(lost, LOSSES)}.`);
  if (deadLettered > 0 && deadLetter !== null)
    lines.push(`- ${labelOf(link)}: ${count(deadLettered)} went to ${code(deadLetter)}.`);
  return lines.length === 0 ? [] : ['', ...lines];
}
