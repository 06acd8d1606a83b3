/** The rows of the bench, with the budgets that they are held against. */
import { BareHoldModel } from './bare/hold-model.js';
import { BareMultiServer } from './bare/multi-server.js';
import { BarePool } from './bare/pool.js';
import type { Prepare } from './measure.js';
import { figureOf, rates, RUNS } from './measure.js';
import type { Budget, Effort, Row, Side, Unit } from './row.js';
import { wholeProcessRow } from './whole-process.js';
import { Backlog } from './workloads/backlog.js';
import { FanOut } from './workloads/fan-out.js';
import { Fleets } from './workloads/fleets.js';
import { HoldModel } from './workloads/hold-model.js';
import { Matching } from './workloads/matching.js';
import { MultiServer } from './workloads/multi-server.js';
import type { PoolOptions } from './workloads/pool.js';
import { Pool } from './workloads/pool.js';
import { TimerChurn } from './workloads/timer-churn.js';

const MILLION = 1_000_000;

/** How much is done in one run, by effort. */
type Sizes = Readonly<Record<Effort, number>>;

const MESSAGES: Sizes = { full: MILLION, quick: 500_000, tiny: 1000 };
const CUSTOMERS: Sizes = { full: MILLION, quick: 300_000, tiny: 1000 };
const ROUND_TRIPS: Sizes = { full: 300_000, quick: 100_000, tiny: 100 };
const GROUPS: Sizes = { full: 1000, quick: 200, tiny: 2 };
const COPIES: Sizes = { full: 500_000, quick: 200_000, tiny: 1000 };
const FILTERED: Sizes = { full: 5000, quick: 2000, tiny: 10 };
const EVENTS: Sizes = { full: 4 * MILLION, quick: MILLION, tiny: 1000 };

interface RateSpec {
  readonly name: string;
  readonly what: string;
  readonly unit: Unit;
  readonly budget: Budget | null;
  readonly reference: string;
  readonly sizes: Sizes;
  engine(size: number): ReturnType<Prepare>;
  readonly bare: ((size: number) => ReturnType<Prepare>) | null;
}

function rateRow({ sizes, engine, bare, ...row }: RateSpec): Row {
  return {
    ...row,
    measure: (effort) => {
      const size = sizes[effort];
      return rates(() => engine(size), bare === null ? null : () => bare(size), effort);
    },
  };
}

function poolRow(
  name: string,
  what: string,
  budget: Budget,
  options: Omit<PoolOptions, 'messages'>,
): Row {
  return rateRow({
    name,
    what,
    unit: 'messages/s',
    budget,
    reference: 'bare loop',
    sizes: MESSAGES,
    engine: (messages) => new Pool({ ...options, messages }),
    bare: (messages) => new BarePool(options.pools, messages),
  });
}

function holdRow(name: string, pending: number, budget: Budget): Row {
  return rateRow({
    name,
    what: `hold model, ${pending.toLocaleString('en')} events pending`,
    unit: 'events/s',
    budget,
    reference: 'bare 4-ary heap',
    sizes: EVENTS,
    engine: (events) => new HoldModel(pending, events),
    bare: (events) => new BareHoldModel(pending, events),
  });
}

function stationRow(
  name: string,
  what: string,
  servers: number,
  load: number,
  budget: Budget,
): Row {
  return rateRow({
    name,
    what,
    unit: 'customers/s',
    budget,
    reference: 'bare loop',
    sizes: CUSTOMERS,
    engine: (customers) => new MultiServer(servers, load, customers),
    bare: (customers) => new BareMultiServer(servers, load, customers),
  });
}

/**
 * What one message costs a FIFO queue with so many waiting, a tenth as many groups at most; beside it a
 * standard queue with the same backlog. The rows together are the curve.
 */
function backlogRow(name: string, waiting: number): Row {
  const groups = Math.max(100, waiting / 10);
  const few = (messages: number): number => Math.min(waiting, 100 * messages); // for the smoke test
  return rateRow({
    name,
    what: `FIFO queue, ${waiting.toLocaleString('en')} messages of ${groups.toLocaleString('en')} groups waiting`,
    unit: 'messages/s',
    budget: null,
    reference: 'standard queue',
    sizes: ROUND_TRIPS,
    engine: (messages) => new Backlog({ groups, waiting: few(messages), messages }),
    bare: (messages) => new Backlog({ groups: null, waiting: few(messages), messages }),
  });
}

function memoryRow(name: string, what: string, workload: string, budget: Budget): Row {
  return {
    name,
    what,
    unit: 'MiB',
    budget,
    reference: 'bare loop',
    measure: (effort, launcher) => {
      const size = effort === 'tiny' ? 1000 : MILLION; // less than a million would be another figure
      const peak = (of: string): Side => {
        const runs = Array.from({ length: Math.min(3, RUNS[effort]) }, () =>
          launcher.peakMiB(of, size),
        );
        return { cpu: figureOf(runs), wall: null };
      };
      return { engine: peak(workload), bare: peak(`bare-${workload}`) };
    },
  };
}

const TYPICAL = { profile: 'typical', deletes: 'afterBatch', pools: 1 } as const;

export const ROWS: readonly Row[] = [
  poolRow(
    'pool-ideal',
    'queue and worker pool, profile ideal',
    { must: 1.5 * MILLION, aim: 2.5 * MILLION },
    { profile: 'ideal', deletes: 'afterEach', pools: 1 },
  ),
  poolRow(
    'pool-typical',
    'the same, profile typical, deletes after each batch',
    { must: 0.8 * MILLION, aim: 1.3 * MILLION },
    TYPICAL,
  ),
  poolRow(
    'pools-32',
    '32 such pools side by side, profile ideal',
    { must: 1 * MILLION, aim: 1.4 * MILLION },
    { profile: 'ideal', deletes: 'afterEach', pools: 32 },
  ),
  holdRow('hold-10k', 10_000, { must: 5.2 * MILLION, aim: 15 * MILLION }),
  holdRow('hold-1m', MILLION, { must: 2.2 * MILLION, aim: 10 * MILLION }),
  stationRow('mm1', 'M/M/1, load 0.8', 1, 0.8, { must: 4 * MILLION, aim: 12 * MILLION }),
  stationRow('mm50', 'M/M/50, load 0.9', 50, 0.9, { must: 3 * MILLION, aim: 7 * MILLION }),
  rateRow({
    name: 'timer-churn',
    what: 'cancellable timers, 10,000 pending, 9 of 10 cancelled',
    unit: 'settings/s',
    budget: null,
    reference: '',
    sizes: CUSTOMERS,
    engine: (settings) => new TimerChurn(10_000, settings),
    bare: null,
  }),
  backlogRow('fifo-1k', 1000),
  backlogRow('fifo-10k', 10_000),
  backlogRow('fifo-100k', 100_000),
  backlogRow('fifo-1m', MILLION),
  rateRow({
    name: 'loop-pool',
    what: 'pool-typical with two alarms and policies: what a control loop costs',
    unit: 'messages/s',
    budget: null,
    reference: 'the pool without',
    sizes: MESSAGES,
    engine: (messages) => new Pool({ ...TYPICAL, messages, controlled: true }),
    bare: (messages) => new Pool({ ...TYPICAL, messages }),
  }),
  rateRow({
    name: 'fleets',
    what: '1,000 groups that grow from 1 to 100 instances and back',
    unit: 'instances/s',
    budget: null,
    reference: '',
    sizes: GROUPS,
    engine: (groups) => new Fleets(groups),
    bare: null,
  }),
  rateRow({
    name: 'match',
    what: 'messages against 1,000 filter policies, per message and policy',
    unit: 'matches/s',
    budget: { must: MILLION, aim: 10 * MILLION },
    reference: '',
    sizes: FILTERED,
    engine: (messages) => new Matching(messages),
    bare: null,
  }),
  rateRow({
    name: 'fan-out',
    what: 'a topic with 100 queues behind it',
    unit: 'copies/s',
    budget: { must: 500_000, aim: MILLION },
    reference: 'with filters',
    sizes: COPIES,
    engine: (copies) => new FanOut({ copies, filtered: false }),
    bare: (copies) => new FanOut({ copies, filtered: true }),
  }),
  memoryRow('memory-pool', 'a million messages through the pool', 'pool', { must: 120, aim: 70 }),
  memoryRow('memory-timers', 'a million events pending', 'timers', { must: 200, aim: 95 }),
  wholeProcessRow(),
];
