/** The CSV file that only runs have in which something delivers by itself (docs: outputs). */
import type { LinkResult } from '../experiment/push-types.js';
import type { RunReport } from '../experiment/result.js';
import type { Column } from './csv.js';
import { figureColumn, textColumn, toCsv } from './csv.js';

interface Row extends LinkResult {
  readonly pusher: string;
}

const DELIVERIES: readonly Column<Row>[] = [
  textColumn('pusher', (row) => row.pusher),
  textColumn('link', (row) => row.name),
  textColumn('target', (row) => row.target),
  textColumn('dead_letter', (row) => row.deadLetter ?? ''),
  figureColumn('matched', (row) => row.matched),
  figureColumn('filtered', (row) => row.filtered),
  figureColumn('attempts', (row) => row.attempts),
  figureColumn('retries', (row) => row.retries),
  figureColumn('failed_attempts', (row) => row.failedAttempts),
  figureColumn('delivered', (row) => row.delivered),
  figureColumn('dead_lettered', (row) => row.deadLettered),
  figureColumn('lost', (row) => row.lost.total),
  figureColumn('delivery_exhausted', (row) => row.lost.deliveryExhausted),
  figureColumn('delivery_refused', (row) => row.lost.deliveryRefused),
  figureColumn('under_way', (row) => row.underWay),
  textColumn('cost_usd', (row) => row.costUsd),
  figureColumn('mean_s', (row) => row.latency.meanSeconds),
  figureColumn('min_s', (row) => row.latency.minSeconds),
  figureColumn('p50_s', (row) => row.latency.p50Seconds),
  figureColumn('p90_s', (row) => row.latency.p90Seconds),
  figureColumn('p95_s', (row) => row.latency.p95Seconds),
  figureColumn('p99_s', (row) => row.latency.p99Seconds),
  figureColumn('p999_s', (row) => row.latency.p999Seconds),
  figureColumn('max_s', (row) => row.latency.maxSeconds),
];

export function pushFiles({ pushers }: RunReport): Map<string, string> {
  if (pushers.length === 0) return new Map();
  const rows = pushers.flatMap(({ pusher, links }) => links.map((link) => ({ pusher, ...link })));
  return new Map([['deliveries.csv', toCsv(DELIVERIES, rows)]]);
}
