/**
 * Lines that the terminal summary and report.md share: causes, the ledger, latency parts, what else happened,
 * a bill by resource.
 */
import { CAUSES, LOSSES } from '../components/facts.js';
import { PARTS } from '../experiment/result.js';
import type {
  Aside,
  ByName,
  CostResult,
  Counted,
  Distribution,
  LatencyParts,
  Ledger,
  RunReport,
  TrafficResult,
  WorkerRow,
} from '../experiment/result.js';
import { count, share, span } from './figures.js';
import { picoUsd, usd } from './money.js';
import { plain } from './plain.js';

/** `visibilityTimeout 1,200, crash 34`: the causes that occurred, most frequent first. */
export function causesText<Name extends string>(
  found: Counted<Name>,
  names: readonly Name[],
): string {
  return names
    .filter((name) => found[name] > 0)
    .sort((a, b) => found[b] - found[a])
    .map((name) => `${name} ${count(found[name])}`)
    .join(', ');
}

export function duplicateCauses(found: Counted<(typeof CAUSES)[number]>): string {
  return causesText(found, CAUSES);
}

/** `138,000 owed: 137,990 processed, 10 dead-lettered`. */
export function endsText(ledger: Ledger): string {
  const others = [
    [ledger.deadLettered, 'dead-lettered'],
    [ledger.expired, 'expired'],
    [ledger.unfinished, 'unfinished'],
  ] as const;
  const ends = others
    .filter(([amount]) => amount > 0)
    .map(([amount, outcome]) => `${count(amount)} ${outcome}`);
  return `${count(ledger.owed)} owed: ${[`${count(ledger.processed)} processed`, ...ends].join(', ')}`;
}

/** `none lost`, `5 lost: purge 4, deletedOnReceipt 1`; `lost` has a cause, so what expired or waits is not in it. */
export function lossesText(ledger: Ledger): string {
  const { lost, expired, unfinished } = ledger;
  if (lost.total > 0) return `${count(lost.total)} lost: ${causesText(lost, LOSSES)}`;
  const rest = expired + unfinished;
  return rest === 0 ? 'none lost' : `0 lost, but ${count(rest)} expired or unfinished`;
}

/** Where everything ended, and what of it was lost; of traffic that is answered directly what was refused. */
export function outcomeTexts(report: RunReport): string[] {
  const { ledger } = report.result;
  const answered = directTexts(report);
  if (ledger.owed === 0 && answered.length > 0)
    return answered.map((text) => `nothing is owed: ${text}`);
  return [endsText(ledger), lossesText(ledger), ...answered];
}

/** `shops is answered directly; 173,537 of 510,268 were refused for good (34.0 %)`. */
export function directTexts({ direct, result }: RunReport): string[] {
  return direct.map((name) => {
    const { sent, failed } = result.traffic[name];
    const many = `${count(failed)} of ${count(sent)} ${failed === 1 ? 'was' : 'were'} refused for good`;
    const refused =
      failed === 0 ? 'nothing was refused for good' : `${many} (${share(failed / sent)})`;
    return `${plain(name)} is answered directly; ${refused}`;
  });
}

/** What `inf` in a table of latencies says; none where there is no such figure. */
export function infinityTexts(found: readonly Distribution[]): string[] {
  const hasOne = found.some((one) => Object.values(one).includes('inf'));
  return hasOne ? ['inf: falls among those that were never done (or not answered)'] : [];
}

/** `order-events -> partner: 3,849 of 4,791 delivered, 3,311 retries, 942 dead-lettered`: links with trouble first. */
export function pushTexts({ pushers }: RunReport): string[] {
  const lines = pushers.flatMap(({ pusher, links }) =>
    links.map((link) => {
      const { matched, delivered, retries, deadLettered, underWay, lost } = link;
      const others = [
        [retries, 'retries'],
        [deadLettered, 'dead-lettered'],
        [lost.total, 'lost'],
        [underWay, 'under way'],
      ] as const;
      const more = others.filter(([amount]) => amount > 0);
      const counts = more.map(([amount, what]) => `, ${count(amount)} ${what}`);
      const text = `${plain(pusher)} -> ${plain(link.name)}: ${count(delivered)} of ${count(matched)} delivered`;
      return { text: `${text}${counts.join('')}`, trouble: more.length > 0 };
    }),
  );
  const troubled = lines.filter(({ trouble }) => trouble);
  return [...troubled, ...lines.filter(({ trouble }) => !trouble)].map(({ text }) => text);
}

/** What a count beside the results means: `1,234 messages redriven`. */
export function asideText({ what, count: amount }: Aside): string {
  const many = (one: string, more: string): string =>
    `${count(amount)} ${amount === 1 ? one : more}`;
  switch (what) {
    case 'redriven':
      return `${many('message', 'messages')} redriven`;
    case 'deduplicated':
      return `${many('send', 'sends')} taken for a duplicate: nothing stored`;
    case 'keyCalls':
      return `${many('call', 'calls')} to KMS for a data key`;
    case 'skipped':
      return `${many('run', 'runs')} skipped, since the message had been seen before`;
    case 'connections':
      return `${many('connection', 'connections')} open at a time, at most`;
    case 'connectionsRefused':
      return `${many('statement', 'statements')} refused: too many connections`;
    case 'coldStarts':
      return `${many('environment', 'environments')} started (cold starts)`;
  }
}

/** Traffic whose producers had to try again, or were refused because of a rate. */
export function stubborn(traffic: ByName<TrafficResult>): [string, TrafficResult][] {
  return Object.entries(traffic).filter(([, { attempts, sent, throttled }]) => {
    return attempts > sent || throttled > 0;
  });
}

/** A part below this share of the whole is not worth a reader's time. */
const LEAST_SHARE = 0.001;

/** `queueWait 92 %, handler 7.1 %`: the largest parts of a latency, as shares of the whole. */
export function partsText(parts: LatencyParts, most: number): string {
  const named = PARTS.map((name) => ({ name, mean: parts[name] ?? 0 })).filter(
    (part) => part.mean > 0,
  );
  const total = named.reduce((sum, part) => sum + part.mean, 0);
  return named
    .filter((part) => part.mean / total >= LEAST_SHARE)
    .sort((a, b) => b.mean - a.mean)
    .slice(0, most)
    .map((part) => `${part.name} ${share(part.mean / total)}`)
    .join(', ');
}

/** `, 4.70 USD per million processed`; empty when nothing was processed. */
export function perMillionText({ perMillionProcessedUsd }: CostResult): string {
  return perMillionProcessedUsd === null
    ? ''
    : `, ${usd(perMillionProcessedUsd)} per million processed`;
}

/** `1,375.61 USD a month if this run of 30m 52s were repeated back to back`. */
export function perMonthText({ perMonthUsd, windowSeconds }: CostResult): string {
  return `${usd(perMonthUsd)} a month if this run of ${span(windowSeconds)} were repeated back to back`;
}

export interface ResourceCost {
  readonly resource: string;
  readonly window: bigint;
  readonly month: bigint;
}

/** The bill by resource in 1e-12 USD, the dearest month first. */
export function costByResource(cost: CostResult): ResourceCost[] {
  const sums = new Map<string, { window: bigint; month: bigint }>();
  for (const line of cost.lines) {
    const sum = sums.get(line.resource) ?? { window: 0n, month: 0n };
    sum[line.period] += picoUsd(line.amountUsd);
    sums.set(line.resource, sum);
  }
  return [...sums]
    .map(([resource, sum]) => ({ resource, ...sum }))
    .sort((a, b) => compare(b.month, a.month) || compare(b.window, a.window));
}

export interface FleetSummary {
  readonly consumer: string;
  readonly workers: number;
  /** Shares of the least and the most loaded worker; null when nothing was processed. */
  readonly leastShare: number | null;
  readonly mostShare: number | null;
  /** Busy time over time in service; null without any. */
  readonly busy: number | null;
}

/** One line per fleet: how many workers it had in all, and how evenly they shared the work. */
export function fleets(rows: readonly WorkerRow[]): FleetSummary[] {
  const byConsumer = new Map<string, WorkerRow[]>();
  for (const row of rows) {
    const known = byConsumer.get(row.consumer);
    if (known === undefined) byConsumer.set(row.consumer, [row]);
    else known.push(row);
  }
  return [...byConsumer].map(([consumer, workers]) => fleet(consumer, workers));
}

function fleet(consumer: string, workers: readonly WorkerRow[]): FleetSummary {
  const shares = workers.flatMap((worker) => (worker.share === null ? [] : [worker.share]));
  const inService = workers.reduce((sum, worker) => sum + worker.inServiceSeconds, 0);
  const busy = workers.reduce((sum, worker) => sum + worker.busySeconds, 0);
  return {
    consumer,
    workers: workers.length,
    leastShare: shares.length === 0 ? null : shares.reduce((least, one) => Math.min(least, one)),
    mostShare: shares.length === 0 ? null : shares.reduce((most, one) => Math.max(most, one)),
    busy: inService === 0 ? null : busy / inService,
  };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
