/** Hand-made results that show every form: null, inf, zeros, lost causes, noise of floats, an incomplete run. */
import { CAUSES, LOSSES } from '../../src/components/facts.js';
import { RUN_SCHEMA } from '../../src/experiment/result.js';
import type {
  Causes,
  Distribution,
  Ledger,
  Losses,
  RunReport,
  RunResult,
} from '../../src/experiment/result.js';

export function causes(found: Partial<Causes> = {}): Causes {
  return counted(CAUSES, found);
}

export function losses(found: Partial<Losses> = {}): Losses {
  return counted(LOSSES, found);
}

function counted<Name extends string>(
  names: readonly Name[],
  found: Partial<Record<'total' | Name, number>>,
): Record<'total' | Name, number> {
  const total = names.reduce((sum, name) => sum + (found[name] ?? 0), 0);
  return Object.fromEntries([
    ['total', total],
    ...names.map((name) => [name, found[name] ?? 0]),
  ]) as Record<'total' | Name, number>;
}

export const NOTHING: Distribution = {
  count: 0,
  unfinished: 0,
  meanSeconds: null,
  minSeconds: null,
  p50Seconds: null,
  p90Seconds: null,
  p95Seconds: null,
  p99Seconds: null,
  p999Seconds: null,
  maxSeconds: null,
  parts: {},
};

export const LATENCY: Distribution = {
  count: 137_990,
  unfinished: 10,
  meanSeconds: 4.123457,
  minSeconds: 0.010001,
  p50Seconds: 0.1,
  p90Seconds: 12.3,
  p95Seconds: 20.25,
  p99Seconds: 29.970001,
  p999Seconds: 61.5,
  maxSeconds: 'inf',
  parts: {
    all: { network: 0.000001, queueWait: 4, handler: 0.123456 },
    p99: { network: 0.01, queueWait: 29, pollGap: 0.0001, handler: 0.959901 },
  },
};

const LEDGER: Ledger = {
  owed: 138_000,
  processed: 137_980,
  deadLettered: 3,
  expired: 2,
  unfinished: 10,
  lost: losses({ purge: 4, deletedOnReceipt: 1 }),
};

export function makeResult(change: Partial<RunResult> = {}): RunResult {
  return {
    schema: RUN_SCHEMA,
    engine: '1.2.3',
    scenario: {
      name: 'Flash sale',
      file: 'flash-sale.yaml',
      hash: '00112233aabbccdd',
      seed: '42',
      profile: 'typical',
      region: 'us-east-1',
    },
    complete: true,
    stoppedBy: null,
    fingerprint: '0123456789abcdef',
    events: 1_234_567,
    trafficEndSeconds: 1_800,
    endSeconds: 1_930.5,
    drained: true,
    verdict: 'fail',
    expectations: [
      { text: 'latency(shoppers).p99 < 30s', pass: true, measured: 29.970001, unit: 's' },
      { text: 'lost == 0', pass: false, measured: 5, unit: 'count' },
      { text: 'cost.perMonth < 900 USD', pass: true, measured: '812.219999999999', unit: 'USD' },
      { text: 'latency(videos).p50 < 1s', pass: false, measured: null, unit: 's' },
      { text: 'latency(shoppers).max < 1h', pass: false, measured: 'inf', unit: 's' },
    ],
    invariants: [
      { name: 'at-least-once', on: 'orders', violations: 0, allowed: false },
      { name: 'fifo-order', on: 'audit.fifo', violations: 2, allowed: true },
      { name: 'visibility', on: 'orders', violations: 1, allowed: false },
    ],
    warnings: [
      {
        severity: 'warning',
        code: 'visibility-below-handler',
        file: 'flash-sale.yaml',
        line: 7,
        column: 3,
        path: 'resources.orders.visibilityTimeout',
        found: null,
        allowed: null,
        nearest: null,
        awsError: null,
        message: 'a handler may take longer than the message stays hidden | *really*',
      },
    ],
    ledger: LEDGER,
    unowed: 7,
    traffic: {
      shoppers: {
        sent: 138_000,
        accepted: 138_000,
        failed: 0,
        attempts: 138_010,
        throttled: 0,
        bytes: 314_572_800,
        response: NOTHING,
        latency: LATENCY,
      },
    },
    consumers: {
      workers: {
        ledger: LEDGER,
        runs: 139_000,
        failedRuns: 700,
        duplicates: causes({ visibilityTimeout: 12, crash: 3 }),
        redelivered: causes({ crash: 40 }),
        reordered: 0,
        killed: 1,
        latency: LATENCY,
      },
      'audit-log': {
        ledger: {
          ...LEDGER,
          owed: 0,
          processed: 0,
          deadLettered: 0,
          expired: 0,
          unfinished: 0,
          lost: losses(),
        },
        runs: 0,
        failedRuns: 0,
        duplicates: causes(),
        redelivered: causes(),
        reordered: 0,
        killed: 0,
        latency: NOTHING,
      },
    },
    resources: {
      orders: {
        type: 'sqs.queue',
        requests: { SendMessage: 138_000, ReceiveMessage: 20_000, DeleteMessage: 0 },
        throttled: 0,
        deadLettered: 3,
        expired: 2,
        purged: 4,
        levels: {
          depth: { mean: 0.1 + 0.2, min: 0, max: 54_321, end: 0 },
          inFlight: { mean: 12.5, min: 0, max: 160, end: 0 },
        },
      },
      workers: {
        type: 'autoscaling.group',
        requests: {},
        throttled: 0,
        deadLettered: 0,
        expired: 0,
        purged: 0,
        levels: { instances: { mean: 7.25, min: 2, max: 40, end: 6 } },
      },
    },
    cost: {
      windowSeconds: 1_930.5,
      windowUsd: '0.596',
      perMonthUsd: '812.219999999999',
      perMillionProcessedUsd: '4.319466589361',
      lines: [
        {
          period: 'window',
          resource: 'orders',
          service: 'AmazonSQS',
          region: 'us-east-1',
          item: 'standard requests',
          unit: 'request',
          quantity: 178_000,
          tier: 'first 100 B',
          unitPriceUsd: '0.0000004',
          amountUsd: '0.0712',
        },
        {
          period: 'window',
          resource: 'workers',
          service: 'AmazonEC2',
          region: 'us-east-1',
          item: 'm7g.large',
          unit: 'second',
          quantity: 23_152.5,
          tier: '',
          unitPriceUsd: '0.000022666667',
          amountUsd: '0.5248',
        },
        {
          period: 'month',
          resource: 'orders',
          service: 'AmazonSQS',
          region: 'us-east-1',
          item: 'standard requests',
          unit: 'request',
          quantity: 242_312_354.312354,
          tier: 'first 100 B',
          unitPriceUsd: '0.0000004',
          amountUsd: '96.924941724942',
        },
        {
          period: 'month',
          resource: 'workers',
          service: 'AmazonEC2',
          region: 'us-east-1',
          item: 'm7g.large',
          unit: 'second',
          quantity: 31_517_214.45,
          tier: '',
          unitPriceUsd: '0.000022666667',
          amountUsd: '715.295058275057',
        },
      ],
    },
    ...change,
  };
}

/** One of each. */
export const ASIDES: RunReport['asides'] = [
  { name: 'orders', what: 'redriven', count: 1 },
  { name: 'orders', what: 'deduplicated', count: 1_234 },
  { name: 'orders', what: 'keyCalls', count: 2 },
  { name: 'workers', what: 'skipped', count: 5 },
];

export function makeReport(change: Partial<RunResult> = {}): RunReport {
  return {
    result: makeResult(change),
    workers: [
      {
        consumer: 'workers',
        worker: 'workers-0',
        processed: 80_000,
        share: 0.579794,
        busySeconds: 1_500.25,
        inServiceSeconds: 1_930.5,
      },
      {
        consumer: 'workers',
        worker: 'workers-1',
        processed: 57_980,
        share: 0.420206,
        busySeconds: 1_000,
        inServiceSeconds: 1_200,
      },
      {
        consumer: 'audit-log',
        worker: 'audit-log-0',
        processed: 0,
        share: null,
        busySeconds: 0,
        inServiceSeconds: 1_930.5,
      },
    ],
    timeline: timeline(),
    links: { 'orders -> workers': LATENCY },
    direct: [],
    happenings: [],
    asides: [],
    loops: [],
    scaling: [],
    pushers: [],
  };
}

/** Sixteen steps of two minutes: a wave of backlog, and a fleet that follows. */
function timeline(): RunReport['timeline'] {
  const rows = [];
  const wave = [0, 0, 10, 40, 400, 9_000, 30_000, 54_321, 50_000, 30_000, 8_000, 400, 3, 0, 0, 0];
  for (let i = 0; i < wave.length; i++) {
    const depth = wave[i];
    const fleet = Math.min(40, 2 + Math.floor(depth / 1_000));
    rows.push({
      timeSeconds: i * 120,
      resource: 'orders',
      level: 'depth',
      mean: depth / 3,
      min: 0,
      max: depth,
      end: depth,
    });
    rows.push({
      timeSeconds: i * 120,
      resource: 'orders',
      level: 'inFlight',
      mean: 1,
      min: 0,
      max: 160,
      end: 0,
    });
    rows.push({
      timeSeconds: i * 120,
      resource: 'orders-dlq',
      level: 'depth',
      mean: 0,
      min: 0,
      max: 0,
      end: 0,
    });
    rows.push({
      timeSeconds: i * 120,
      resource: 'workers',
      level: 'instances',
      mean: fleet,
      min: 2,
      max: fleet,
      end: fleet,
    });
  }
  return rows;
}
