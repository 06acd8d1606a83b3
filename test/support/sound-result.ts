// What is true of every result, whatever the scenario: sums, orders and bounds.

import { expect } from 'vitest';
import type {
  ConsumerResult,
  Distribution,
  Ledger,
  ResourceResult,
  RunReport,
} from '../../src/core.js';

export function expectSound(report: RunReport, warmUp = 0): void {
  const { result } = report;
  for (const { name, on, violations } of result.invariants)
    expect(violations, `${name} on ${on}`).toBe(0);
  const consumers = Object.values(result.consumers);
  expectLedger(result.ledger);
  for (const { sent, accepted, failed, response } of Object.values(result.traffic)) {
    if (result.drained) expect(accepted + failed).toBe(sent);
    else expect(accepted + failed).toBeLessThanOrEqual(sent);
    if (warmUp === 0) expect(response.count).toBe(accepted);
  }
  expect(sum(consumers.map(({ ledger }) => ledger.owed))).toBe(result.ledger.owed);
  expect(sum(consumers.map(({ ledger }) => ledger.processed))).toBe(result.ledger.processed);
  if (result.drained) expect(result.ledger.unfinished).toBe(0);
  for (const consumer of consumers) expectConsumer(consumer, warmUp);
  for (const { latency, response } of Object.values(result.traffic))
    [latency, response].forEach(expectDistribution);
  for (const resource of Object.values(result.resources)) expectLevels(resource);
  expectWorkers(report);
  expectCost(report);
  expect(result.endSeconds).toBeGreaterThanOrEqual(result.trafficEndSeconds);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** The causes after the total add up to it. */
function expectCounted(counted: Readonly<Record<string, number>>): void {
  const { total, ...causes } = counted;
  expect(sum(Object.values(causes))).toBe(total);
}

function expectLedger({ owed, processed, deadLettered, expired, unfinished, lost }: Ledger): void {
  expectCounted(lost);
  expect(processed + deadLettered + expired + unfinished + lost.total).toBe(owed);
}

function expectConsumer(
  { ledger, runs, failedRuns, duplicates, redelivered, latency, ...rest }: ConsumerResult,
  warmUp: number,
): void {
  expectLedger(ledger);
  expectCounted(duplicates);
  expectCounted(redelivered);
  expect(ledger.processed + duplicates.total + failedRuns + rest.killed).toBeLessThanOrEqual(runs);
  expectDistribution(latency);
  if (warmUp > 0) return;
  expect(latency.count).toBe(ledger.processed);
  expect(latency.unfinished).toBe(ledger.owed - ledger.processed);
}

const number = (value: number | 'inf' | null): number =>
  value === 'inf' ? Infinity : (value ?? NaN);

export function expectDistribution(distribution: Distribution): void {
  const { count, meanSeconds, minSeconds, maxSeconds, parts } = distribution;
  if (count + distribution.unfinished === 0) {
    expect([meanSeconds, minSeconds, maxSeconds, parts]).toEqual([null, null, null, {}]);
    return;
  }
  const quantiles = [
    minSeconds,
    distribution.p50Seconds,
    distribution.p90Seconds,
    distribution.p95Seconds,
    distribution.p99Seconds,
    distribution.p999Seconds,
    maxSeconds,
  ].map(number);
  const exist = quantiles.filter((value) => !Number.isNaN(value));
  expect(exist, 'quantiles in order').toEqual([...exist].sort((a, b) => a - b));
  if (count === 0) return;
  expect(number(meanSeconds)).toBeGreaterThanOrEqual(number(minSeconds));
  if (maxSeconds !== 'inf')
    expect(number(meanSeconds)).toBeLessThanOrEqual(number(maxSeconds) + 1e-6);
  for (const [point, split] of Object.entries(parts)) {
    for (const [part, seconds] of Object.entries(split))
      expect(seconds, `${point} ${part}`).toBeGreaterThanOrEqual(0);
  }
  if (parts.all !== undefined) {
    expect(
      Math.abs(sum(Object.values(parts.all)) - number(meanSeconds)),
      'parts add up',
    ).toBeLessThan(2e-6);
  }
}

function expectLevels({ levels }: ResourceResult): void {
  for (const [name, { mean, min, max, end }] of Object.entries(levels)) {
    expect(min, name).toBeGreaterThanOrEqual(0);
    expect(end, name).toBeGreaterThanOrEqual(0);
    expect(mean, name).toBeGreaterThanOrEqual(min - 1e-6);
    expect(mean, name).toBeLessThanOrEqual(max + 1e-6);
  }
}

function expectWorkers({ result, workers }: RunReport): void {
  for (const { busySeconds, inServiceSeconds } of workers) {
    expect(busySeconds).toBeLessThanOrEqual(inServiceSeconds + 1e-6);
    expect(inServiceSeconds).toBeLessThanOrEqual(result.endSeconds);
  }
  for (const [name, { ledger }] of Object.entries(result.consumers)) {
    // Who has no instances has no workers: functions, and who is only pushed to.
    if (result.resources[name].levels['instances'] === undefined) continue;
    const own = workers.filter(({ consumer }) => consumer === name);
    const all = sum(own.map(({ processed }) => processed));
    expect(all, `workers of ${name}`).toBeGreaterThanOrEqual(ledger.processed);
    // Each to its sixth decimal: the sum of hundreds of rounded shares says less.
    for (const { processed, share } of own)
      expect(share).toBe(all === 0 ? null : Math.round((processed / all) * 1e6) / 1e6);
  }
}

/** Decimal strings as exact integers of 1e-12 USD; a finer one fails. */
function picoUsd(text: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  expect(whole, text).toBeDefined();
  return BigInt(`${sign}${whole}${fraction.padEnd(12, '0')}`);
}

function expectCost({ result }: RunReport): void {
  const { cost } = result;
  const totals = { window: cost.windowUsd, month: cost.perMonthUsd };
  for (const [period, total] of Object.entries(totals)) {
    const lines = cost.lines.filter((line) => line.period === period);
    const amount = lines.reduce((all, line) => all + picoUsd(line.amountUsd), 0n);
    expect(amount, `${period} adds up`).toBe(picoUsd(total));
    for (const { quantity, unitPriceUsd, amountUsd } of lines) {
      // Hours are printed with six decimals; the amount is that of the exact time.
      const price = Number(unitPriceUsd);
      const distance = Math.abs(Number(amountUsd) - quantity * price);
      expect(distance).toBeLessThanOrEqual(0.5e-6 * price + quantity * price * 1e-12 + 1e-12);
    }
  }
}
