/** The CSV files of one run: their names, columns and rows (docs: outputs). Zeros are rows too. */
import { CAUSES, LOSSES } from '../components/facts.js';
import { PART_POINTS, PARTS } from '../experiment/result.js';
import type {
  ByName,
  Causes,
  CostLine,
  Distribution,
  Ledger,
  RunReport,
  TimelineRow,
  WorkerRow,
} from '../experiment/result.js';
import { figureColumn, textColumn, toCsv } from './csv.js';
import type { Cell, Column } from './csv.js';

interface Scoped {
  readonly scope: 'traffic' | 'response' | 'consumer' | 'link';
  readonly name: string;
  readonly distribution: Distribution;
}

const LATENCY: readonly Column<Scoped>[] = [
  textColumn('scope', (row) => row.scope),
  textColumn('name', (row) => row.name),
  figureColumn('count', (row) => row.distribution.count),
  figureColumn('unfinished', (row) => row.distribution.unfinished),
  figureColumn('mean_s', (row) => row.distribution.meanSeconds),
  figureColumn('min_s', (row) => row.distribution.minSeconds),
  figureColumn('p50_s', (row) => row.distribution.p50Seconds),
  figureColumn('p90_s', (row) => row.distribution.p90Seconds),
  figureColumn('p95_s', (row) => row.distribution.p95Seconds),
  figureColumn('p99_s', (row) => row.distribution.p99Seconds),
  figureColumn('p999_s', (row) => row.distribution.p999Seconds),
  figureColumn('max_s', (row) => row.distribution.maxSeconds),
];

interface PartRow {
  readonly scope: string;
  readonly name: string;
  readonly at: string;
  readonly part: string;
  readonly mean: number;
}

const PART_COLUMNS: readonly Column<PartRow>[] = [
  textColumn('scope', (row) => row.scope),
  textColumn('name', (row) => row.name),
  textColumn('at', (row) => row.at),
  textColumn('part', (row) => row.part),
  figureColumn('mean_s', (row) => row.mean),
];

interface DuplicateRow {
  readonly consumer: string;
  readonly cause: string;
  readonly duplicates: number;
  readonly redelivered: number;
}

const DUPLICATES: readonly Column<DuplicateRow>[] = [
  textColumn('consumer', (row) => row.consumer),
  textColumn('cause', (row) => row.cause),
  figureColumn('duplicates', (row) => row.duplicates),
  figureColumn('redelivered', (row) => row.redelivered),
];

interface LedgerRow {
  readonly consumer: string;
  readonly outcome: string;
  readonly cause: Cell;
  readonly obligations: number;
}

const LEDGER: readonly Column<LedgerRow>[] = [
  textColumn('consumer', (row) => row.consumer),
  textColumn('outcome', (row) => row.outcome),
  figureColumn('cause', (row) => row.cause),
  figureColumn('obligations', (row) => row.obligations),
];

const WORKERS: readonly Column<WorkerRow>[] = [
  textColumn('consumer', (row) => row.consumer),
  textColumn('worker', (row) => row.worker),
  figureColumn('processed', (row) => row.processed),
  figureColumn('share', (row) => row.share),
  figureColumn('busy_s', (row) => row.busySeconds),
  figureColumn('in_service_s', (row) => row.inServiceSeconds),
];

const COST: readonly Column<CostLine>[] = [
  textColumn('period', (row) => row.period),
  textColumn('resource', (row) => row.resource),
  textColumn('service', (row) => row.service),
  textColumn('region', (row) => row.region),
  textColumn('item', (row) => row.item),
  textColumn('unit', (row) => row.unit),
  figureColumn('quantity', (row) => row.quantity),
  textColumn('tier', (row) => row.tier),
  figureColumn('unit_price_usd', (row) => row.unitPriceUsd),
  figureColumn('amount_usd', (row) => row.amountUsd),
];

const TIMELINE: readonly Column<TimelineRow>[] = [
  figureColumn('time_s', (row) => row.timeSeconds),
  textColumn('resource', (row) => row.resource),
  textColumn('level', (row) => row.level),
  figureColumn('mean', (row) => row.mean),
  figureColumn('min', (row) => row.min),
  figureColumn('max', (row) => row.max),
  figureColumn('end', (row) => row.end),
];

/** Text of each CSV file, by file name, in the order of the documentation. */
export function csvFiles(report: RunReport): Map<string, string> {
  const { result } = report;
  const scoped = [...scopedDistributions(report)];
  return new Map([
    ['latency.csv', toCsv(LATENCY, scoped)],
    ['latency-parts.csv', toCsv(PART_COLUMNS, scoped.flatMap(partRows))],
    [
      'duplicates.csv',
      toCsv(
        DUPLICATES,
        named(result.consumers, (consumer, found) =>
          duplicateRows(consumer, found.duplicates, found.redelivered),
        ),
      ),
    ],
    [
      'ledger.csv',
      toCsv(
        LEDGER,
        named(result.consumers, (consumer, found) => ledgerRows(consumer, found.ledger)),
      ),
    ],
    ['workers.csv', toCsv(WORKERS, report.workers)],
    ['cost.csv', toCsv(COST, result.cost.lines)],
    ['timeline.csv', toCsv(TIMELINE, report.timeline)],
  ]);
}

function* scopedDistributions(report: RunReport): Generator<Scoped> {
  const { traffic, consumers } = report.result;
  for (const [name, found] of Object.entries(traffic))
    yield { scope: 'traffic', name, distribution: found.latency };
  for (const [name, found] of Object.entries(traffic))
    yield { scope: 'response', name, distribution: found.response };
  for (const [name, found] of Object.entries(consumers))
    yield { scope: 'consumer', name, distribution: found.latency };
  for (const [name, distribution] of Object.entries(report.links))
    yield { scope: 'link', name, distribution };
}

function partRows({ scope, name, distribution }: Scoped): PartRow[] {
  const rows: PartRow[] = [];
  for (const at of PART_POINTS) {
    for (const part of PARTS) {
      const mean = distribution.parts[at]?.[part];
      if (mean !== undefined) rows.push({ scope, name, at, part, mean });
    }
  }
  return rows;
}

function duplicateRows(consumer: string, duplicates: Causes, redelivered: Causes): DuplicateRow[] {
  return CAUSES.map((cause) => ({
    consumer,
    cause,
    duplicates: duplicates[cause],
    redelivered: redelivered[cause],
  }));
}

function ledgerRows(consumer: string, ledger: Ledger): LedgerRow[] {
  const ends = (['processed', 'deadLettered', 'expired', 'unfinished'] as const).map((outcome) => ({
    consumer,
    outcome,
    cause: null,
    obligations: ledger[outcome],
  }));
  return [
    ...ends,
    ...LOSSES.map((cause) => ({
      consumer,
      outcome: 'lost',
      cause,
      obligations: ledger.lost[cause],
    })),
  ];
}

function named<T, Row>(map: ByName<T>, rows: (name: string, found: T) => Row[]): Row[] {
  return Object.entries(map).flatMap(([name, found]) => rows(name, found));
}
