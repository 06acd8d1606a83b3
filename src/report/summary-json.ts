/**
 * `summary.json`: the RunResult, its keys in the documented order whoever built the object, 2 spaces,
 * a final newline. Only the documented keys come through.
 */
import { CAUSES, LOSSES } from '../components/facts.js';
import { PART_POINTS, PARTS, rounded } from '../experiment/result.js';
import type {
  ConsumerResult,
  CostResult,
  Counted,
  Distribution,
  LatencyParts,
  Ledger,
  LevelResult,
  PartName,
  PartPoint,
  ReportedFinding,
  ResourceResult,
  RunResult,
  Seconds,
  TrafficResult,
} from '../experiment/result.js';
import { check } from '../kernel/check.js';

/** The text of summary.json, which `run --json` prints too. */
export function summaryJson(result: RunResult): string {
  return jsonText(ordered(result));
}

/** Any JSON that Wavetank writes: 2 spaces, a final newline, and no figure that JSON cannot hold. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, found: unknown) => {
      if (typeof found === 'number') check(Number.isFinite(found), 'figures in JSON are finite');
      return found;
    },
    2,
  );
  return `${text}\n`;
}

/** A finding with its keys in the documented order. */
export function orderedFinding(finding: ReportedFinding): ReportedFinding {
  return pick(finding, [
    'severity',
    'code',
    'file',
    'line',
    'column',
    'path',
    'found',
    'allowed',
    'nearest',
    'awsError',
    'message',
  ]);
}

function ordered(result: RunResult): RunResult {
  return {
    schema: result.schema,
    engine: result.engine,
    scenario: pick(result.scenario, ['name', 'file', 'hash', 'seed', 'profile', 'region']),
    complete: result.complete,
    stoppedBy: result.stoppedBy,
    fingerprint: result.fingerprint,
    events: result.events,
    trafficEndSeconds: rounded(result.trafficEndSeconds),
    endSeconds: rounded(result.endSeconds),
    drained: result.drained,
    verdict: result.verdict,
    expectations: result.expectations.map((found) =>
      pick(found, ['text', 'pass', 'measured', 'unit']),
    ),
    invariants: result.invariants.map((found) =>
      pick(found, ['name', 'on', 'violations', 'allowed']),
    ),
    warnings: result.warnings.map(orderedFinding),
    ledger: ledger(result.ledger),
    unowed: result.unowed,
    traffic: mapped(result.traffic, traffic),
    consumers: mapped(result.consumers, consumer),
    resources: mapped(result.resources, resource),
    cost: cost(result.cost),
  };
}

function traffic(found: TrafficResult): TrafficResult {
  return {
    ...pick(found, ['sent', 'accepted', 'failed', 'attempts', 'throttled', 'bytes']),
    response: distribution(found.response),
    latency: distribution(found.latency),
  };
}

function consumer(found: ConsumerResult): ConsumerResult {
  return {
    ledger: ledger(found.ledger),
    runs: found.runs,
    failedRuns: found.failedRuns,
    duplicates: counted(found.duplicates, CAUSES),
    redelivered: counted(found.redelivered, CAUSES),
    reordered: found.reordered,
    killed: found.killed,
    latency: distribution(found.latency),
  };
}

function resource(found: ResourceResult): ResourceResult {
  return {
    type: found.type,
    requests: found.requests,
    ...pick(found, ['throttled', 'deadLettered', 'expired', 'purged']),
    levels: mapped(found.levels, level),
  };
}

function level(found: LevelResult): LevelResult {
  return {
    mean: rounded(found.mean),
    min: rounded(found.min),
    max: rounded(found.max),
    end: rounded(found.end),
  };
}

function cost(found: CostResult): CostResult {
  return {
    windowSeconds: rounded(found.windowSeconds),
    ...pick(found, ['windowUsd', 'perMonthUsd', 'perMillionProcessedUsd']),
    lines: found.lines.map((line) => ({
      ...pick(line, ['period', 'resource', 'service', 'region', 'item', 'unit']),
      quantity: rounded(line.quantity),
      ...pick(line, ['tier', 'unitPriceUsd', 'amountUsd']),
    })),
  };
}

function ledger(found: Ledger): Ledger {
  return {
    ...pick(found, ['owed', 'processed', 'deadLettered', 'expired', 'unfinished']),
    lost: counted(found.lost, LOSSES),
  };
}

function distribution(found: Distribution): Distribution {
  const parts: Partial<Record<PartPoint, LatencyParts>> = {};
  for (const at of PART_POINTS) {
    const split = found.parts[at];
    if (split !== undefined) parts[at] = orderedParts(split);
  }
  return {
    count: found.count,
    unfinished: found.unfinished,
    meanSeconds: found.meanSeconds === null ? null : rounded(found.meanSeconds),
    minSeconds: found.minSeconds === null ? null : rounded(found.minSeconds),
    p50Seconds: time(found.p50Seconds),
    p90Seconds: time(found.p90Seconds),
    p95Seconds: time(found.p95Seconds),
    p99Seconds: time(found.p99Seconds),
    p999Seconds: time(found.p999Seconds),
    maxSeconds: time(found.maxSeconds),
    parts,
  };
}

function orderedParts(split: LatencyParts): LatencyParts {
  const parts: Partial<Record<PartName, number>> = {};
  for (const part of PARTS) {
    const mean = split[part];
    if (mean !== undefined) parts[part] = rounded(mean);
  }
  return parts;
}

function time(found: Seconds): Seconds {
  return typeof found === 'number' ? rounded(found) : found;
}

function counted<Name extends string>(found: Counted<Name>, names: readonly Name[]): Counted<Name> {
  return pick(found, ['total', ...names]);
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  const picked: Partial<T> = {};
  for (const key of keys) {
    check(from[key] !== undefined, 'every documented key of a result is there');
    picked[key] = from[key];
  }
  return picked as Pick<T, Key>;
}

function mapped<V>(map: Readonly<Record<string, V>>, change: (value: V) => V): Record<string, V> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}
