/** From the observers of a run that is over to its RunReport: base units become those of results. */

import { CAUSES, LOSSES } from '../components/facts.js';
import type { LevelName } from '../components/levels.js';
import { levelNumber } from '../components/levels.js';
import { Refused } from '../components/refused.js';
import { QUEUE_OPERATIONS, QueueOperation } from '../components/queue-port.js';
import type { Micros } from '../kernel/time.js';
import { makeBill } from '../observe/cost/bill.js';
import { LinkCosts } from '../observe/cost/link-costs.js';
import { costSummary } from '../observe/cost/summary.js';
import { wasteOf } from '../observe/cost/waste.js';
import { WHOLE } from '../observe/invariants/broken.js';
import type { LedgerSummary } from '../observe/ledger.js';
import { judge, verdictOf } from '../observe/measures/judge.js';
import type { Scenario } from '../scenario/checked.js';
import { forReport } from '../scenario/findings.js';
import { happeningTexts } from '../scenario/happening-text.js';
import { refusedActFindings, refusedFindings } from '../scenario/refused-operations.js';
import type { Model } from '../scenario/wire.js';
import { counted } from './counted.js';
import { loopsOf, scalingRows } from './loop-result.js';
import { distributionOf, linkDistributionOf } from './latency-result.js';
import { pushersOf } from './push-result.js';
import type {
  Aside,
  Asides,
  ByName,
  ConsumerResult,
  Distribution,
  InvariantResult,
  Ledger,
  LevelResult,
  ResourceResult,
  RunReport,
  RunResult,
  StoppedBy,
  TimelineRow,
  TrafficResult,
  WorkerRow,
} from './result.js';
import { rounded, RUN_SCHEMA, seconds } from './result.js';
import { ENGINE_VERSION } from './version.js';

/** Operations that are listed only where they were called: somebody does them by hand. */
const SELDOM: readonly string[] = QUEUE_OPERATIONS.slice(QueueOperation.PurgeQueue);

export interface Ending {
  readonly end: Micros;
  readonly drained: boolean;
  readonly stoppedBy: StoppedBy | null;
}

export function assembleReport(scenario: Scenario, model: Model, ending: Ending): RunReport {
  const { watch, monitors, asked, readings, kernel } = model;
  monitors.finish();
  asked?.finish();
  watch.finish(ending.end);
  const windowMicros = ending.end;
  const { month, discount } = scenario.cost;
  const metered = watch.meters.readings();
  const terms = { windowMicros, monthMicros: month, discount };
  const bill = makeBill(metered, terms);
  const waste = wasteOf(metered, bill, (fleet) => idleOf(model, model.world.idOf(fleet)));
  readings.endings = { end: ending.end, trafficEnd: scenario.duration, bill, waste };
  const expectations = judge(scenario.expectations, readings, monitors);
  const ledger = watch.ledger.total();
  const result: RunResult = {
    schema: RUN_SCHEMA,
    engine: ENGINE_VERSION,
    scenario: {
      name: scenario.name,
      file: scenario.file,
      hash: scenario.hash,
      seed: scenario.seed,
      profile: scenario.profile,
      region: scenario.region,
    },
    complete: ending.stoppedBy === null,
    stoppedBy: ending.stoppedBy,
    fingerprint: watch.fingerprint.hex(),
    events: kernel.eventCount,
    trafficEndSeconds: seconds(Math.min(scenario.duration, ending.end)),
    endSeconds: seconds(ending.end),
    drained: ending.drained,
    verdict: verdictOf(expectations),
    expectations,
    invariants: invariantsOf(scenario, model),
    warnings: [
      ...scenario.warnings,
      ...refusedFindings(scenario, model.operations.refused()),
      ...refusedActFindings(scenario, model.world.shared(Refused).all),
    ].map(forReport),
    ledger: ledgerOf(ledger),
    unowed: watch.ledger.unowed,
    traffic: byName(model, model.cast.traffic, (id) => trafficOf(model, id)),
    consumers: byName(model, model.cast.consumers, (id) => consumerOf(model, id)),
    resources: byName(model, model.cast.resources, (id) => resourceOf(model, id)),
    cost: costSummary(bill, windowMicros, ledger.processed),
  };
  return {
    result,
    workers: workerRows(model),
    timeline: timelineRows(model),
    links: linksOf(model),
    direct: scenario.traffic.filter(({ verb }) => verb !== 'send').map(({ name }) => name),
    happenings: happeningTexts(scenario),
    asides: asidesOf(model),
    loops: loopsOf(model),
    scaling: scalingRows(scenario, model),
    pushers: pushersOf(model, new LinkCosts(metered, terms)),
  };
}

function byName<T>({ cast }: Model, ids: readonly number[], of: (id: number) => T): ByName<T> {
  return Object.fromEntries(ids.map((id) => [cast.names[id], of(id)]));
}

// --- sections --------------------------------------------------------------------------------------

function invariantsOf(scenario: Scenario, { cast, watch }: Model): InvariantResult[] {
  return watch.invariantResults().map(({ name, on, violations }) => {
    const who = on === WHOLE ? 'all' : cast.names[on];
    const allowed = scenario.allow.some(
      (one) => one.code === name && (one.on === undefined || one.on === who),
    );
    return { name, on: who, violations, allowed };
  });
}

function ledgerOf({
  owed,
  processed,
  deadLettered,
  expired,
  unfinished,
  lost,
}: LedgerSummary): Ledger {
  return { owed, processed, deadLettered, expired, unfinished, lost: counted(LOSSES, lost) };
}

function trafficOf({ watch }: Model, id: number): TrafficResult {
  const { sent, accepted, failed, attempts, throttled, bytes } = watch.traffic.of(id);
  return {
    sent,
    accepted,
    failed,
    attempts,
    throttled,
    bytes,
    response: distributionOf(watch.latencies.responseSummary(id)),
    latency: distributionOf(watch.latencies.trafficSummary(id)),
  };
}

function consumerOf({ watch }: Model, id: number): ConsumerResult {
  const runs = watch.runs.of(id);
  return {
    ledger: ledgerOf(watch.ledger.of(id)),
    runs: runs.runs,
    failedRuns: runs.failedRuns,
    duplicates: counted(CAUSES, runs.duplicates),
    redelivered: counted(CAUSES, runs.redelivered),
    reordered: watch.order.reorderedOf(id),
    killed: runs.killed,
    latency: distributionOf(watch.latencies.consumerSummary(id)),
  };
}

function resourceOf(model: Model, id: number): ResourceResult {
  const { watch, cast } = model;
  const type = cast.typeOf(id)!;
  const { deadLettered, expired, purged } = watch.stores.of(id);
  const requests = type.operations
    .map((operation, i) => [operation, watch.requests.count(id, i)] as const)
    .filter(([operation, amount]) => amount > 0 || !SELDOM.includes(operation));
  return {
    type: type.type,
    requests: Object.fromEntries(requests),
    throttled: watch.requests.throttledCalls(id),
    deadLettered,
    expired,
    purged,
    levels: Object.fromEntries(type.levels.map((level) => [level, levelOf(model, id, level)])),
  };
}

function levelOf({ watch }: Model, id: number, level: LevelName): LevelResult {
  const { mean, min, max, end } = watch.levels.summary(id, levelNumber(level));
  return { mean: rounded(mean), min, max, end };
}

// --- tables beside the result ------------------------------------------------------------------------

function workerRows({ cast, watch }: Model): WorkerRow[] {
  // Whoever is only pushed to has no instances.
  const fleets = cast.consumers.filter((id) => cast.typeOf(id)!.levels.includes('instances'));
  return fleets.flatMap((id) => {
    const workers = watch.workers.of(id);
    const all = workers.reduce((sum, { processed }) => sum + processed, 0);
    return workers.map(({ processed, busy, inService }, worker) => ({
      consumer: cast.names[id],
      worker: String(worker),
      processed,
      share: all === 0 ? null : rounded(processed / all),
      busySeconds: seconds(busy),
      inServiceSeconds: seconds(inService),
    }));
  });
}

function timelineRows({ cast, watch }: Model): TimelineRow[] {
  const columns = cast.resources.flatMap((id) =>
    cast.typeOf(id)!.levels.map((level) => ({
      resource: cast.names[id],
      level,
      steps: watch.levels.timeline(id, levelNumber(level)),
    })),
  );
  const length = columns.reduce((longest, { steps }) => Math.max(longest, steps.length), 0);
  const rows: TimelineRow[] = [];
  for (let i = 0; i < length; i++) {
    for (const { resource, level, steps } of columns) {
      if (i >= steps.length) continue;
      const { mean, min, max, end } = steps[i];
      rows.push({
        timeSeconds: seconds(i * watch.levels.stepLength),
        resource,
        level,
        mean: rounded(mean),
        min,
        max,
        end,
      });
    }
  }
  return rows;
}

/** Counts that no other program relies on: for the reader of report.md. */
function asidesOf({ cast, watch }: Model): Asides {
  const counts = (id: number): Aside[] => {
    const { redriven, deduplicated } = watch.stores.of(id);
    return [
      { name: cast.names[id], what: 'redriven', count: redriven },
      { name: cast.names[id], what: 'deduplicated', count: deduplicated },
      { name: cast.names[id], what: 'keyCalls', count: watch.meters.keyCallsOf(id) },
      { name: cast.names[id], what: 'connections', count: watch.databases.mostOpen[id] },
      { name: cast.names[id], what: 'connectionsRefused', count: watch.databases.refused[id] },
      { name: cast.names[id], what: 'coldStarts', count: watch.functions.coldStarts[id] },
    ];
  };
  const skips = cast.consumers.map((id): Aside => {
    return { name: cast.names[id], what: 'skipped', count: watch.runs.of(id).skipped };
  });
  return [...cast.resources.flatMap(counts), ...skips].filter(({ count }) => count > 0);
}

function linksOf({ asked }: Model): ByName<Distribution> {
  const links = asked?.namedLinks() ?? [];
  return Object.fromEntries(links.map(([name, link]) => [name, linkDistributionOf(link)]));
}

/** µs that instances of a fleet were in service with nothing in hand. */
function idleOf({ watch }: Model, fleet: number): Micros {
  return watch.workers.of(fleet).reduce((sum, { idle }) => sum + idle, 0);
}
