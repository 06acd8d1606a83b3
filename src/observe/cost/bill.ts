/**
 * Makes a bill of what the meters counted: for the window that was simulated, and for a month of
 * such windows back to back.
 *
 * - The window is billed at the first tier; no account's month is that short.
 * - The month's quantities are the window's × month ÷ window, exactly (they need not be whole); its
 *   tiers are graduated and fill up per region and price over all resources in file order, as AWS adds
 *   up an account. A line that reaches into the next tier becomes two.
 * - There is no free tier, no tax, and nothing is rounded to cents. The one rounding is that of each line's
 *   amount, to 1e-12 USD, halves up; totals are sums of lines.
 */

import type { PriceItem, PriceTier } from '../../components/prices.js';
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { HOUR } from '../../kernel/time.js';
import type { MeterReading } from './meters.js';
import { decimalText, dividedRounded, picoOf, usdText } from './money.js';

/** A line of cost.csv. */
export interface CostLine {
  readonly period: 'window' | 'month';
  readonly resource: string;
  readonly service: string;
  readonly region: string;
  readonly item: string;
  readonly unit: string;
  /** At most 6 decimals. */
  readonly quantity: number;
  /** `1`, `2`, … of a graduated price; `all` of a single one. */
  readonly tier: string;
  readonly unitPriceUsd: string;
  readonly amountUsd: string;
}

export interface Bill {
  readonly lines: readonly CostLine[];
  /** Sums of the lines, 1e-12 USD. */
  readonly windowPico: bigint;
  readonly perMonthPico: bigint;
}

export interface BillTerms {
  /** Length of what was simulated. */
  readonly windowMicros: Micros;
  /** Length of a month (`cost.month`). */
  readonly monthMicros: Micros;
  /** 0..1, of every price (`cost.discount`). */
  readonly discount: number;
}

/** Discounts are whole numbers of these. */
const DISCOUNT_PARTS = 1_000_000_000n;
const UNIT_PRICE_DECIMALS = 21;
const QUANTITY_PARTS = 1_000_000n;
const SECONDS_PER_HOUR = 3_600n;
const BYTES_PER_GB = 1_073_741_824n;

/** A quantity as a fraction of priced units. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A quantity within one tier. */
interface TierPart {
  readonly tier: string;
  readonly price: string;
  readonly quantity: Fraction;
}

export function makeBill(readings: readonly MeterReading[], terms: BillTerms): Bill {
  const window = readings.flatMap((reading) => {
    const { price } = priceOf(reading);
    return lineOf(
      'window',
      reading,
      { tier: firstTier(reading), price, quantity: inUnits(reading, terms) },
      terms,
    );
  });
  const month = terms.windowMicros === 0 ? [] : monthLines(readings, terms);
  return { lines: [...window, ...month], windowPico: sumOf(window), perMonthPico: sumOf(month) };
}

/** The sum of lines, 1e-12 USD. */
export function sumOf(lines: readonly CostLine[]): bigint {
  return lines.reduce((sum, line) => sum + picoOf(line.amountUsd), 0n);
}

function monthLines(readings: readonly MeterReading[], terms: BillTerms): CostLine[] {
  // Of each price in each region: how much of it earlier lines have used, × the common denominator.
  const used = new Map<string, bigint>();
  return readings.flatMap((reading) => {
    const quantity = scaled(inUnits(reading, terms), terms);
    const { resource, meter } = reading;
    const key = `${serviceOf(reading)}/${resource.region}/${meter.price}`;
    const start = used.get(key) ?? 0n;
    used.set(key, start + quantity.over);
    const parts = tierParts(priceOf(reading), start, quantity);
    return parts.flatMap((part) => lineOf('month', reading, part, terms));
  });
}

function priceOf({ resource, meter }: MeterReading): PriceItem {
  const own = meter.kind === 'counted' ? meter.assumed : undefined;
  const price = own ?? resource.prices.find(resource.region, meter.price);
  check(price !== undefined, 'what has no price is refused before the run');
  return price;
}

/** On whose bill the line stands: a queue's data keys are on that of KMS, a group's alarms on that of CloudWatch. */
function serviceOf({ resource, meter }: MeterReading): string {
  const own = 'service' in meter ? meter.service : undefined;
  return own ?? resource.prices.service;
}

/**
 * Bytes are priced by the GB. Instances are counted in seconds and priced by the hour; what stands in µs, so that a
 * month of it is exact.
 */
function inUnits({ meter, quantity }: MeterReading, { monthMicros }: BillTerms): Fraction {
  if (meter.kind === 'standing')
    return { over: quantity, under: BigInt(meter.per === 'month' ? monthMicros : HOUR) };
  if (meter.kind === 'counted') return { over: quantity, under: BigInt(meter.perUnit ?? 1) };
  if (meter.kind === 'transfer') return { over: quantity, under: BYTES_PER_GB };
  return { over: quantity, under: meter.kind === 'instances' ? SECONDS_PER_HOUR : 1n };
}

function scaled({ over, under }: Fraction, terms: BillTerms): Fraction {
  return { over: over * BigInt(terms.monthMicros), under: under * BigInt(terms.windowMicros) };
}

function firstTier(reading: MeterReading): string {
  return priceOf(reading).tiers.length === 0 ? 'all' : '1';
}

/** Cuts what lies between `start` and `start + quantity` at the ends of tiers. */
export function tierParts(item: PriceItem, start: bigint, quantity: Fraction): TierPart[] {
  const { over, under } = quantity;
  if (item.tiers.length === 0) return [{ tier: 'all', price: item.price, quantity }];
  const parts: TierPart[] = [];
  let at = start;
  const end = start + over;
  item.tiers.forEach(({ upTo, price }: PriceTier, i) => {
    const tierEnd = upTo === null ? end : BigInt(upTo) * under;
    const next = end < tierEnd ? end : tierEnd;
    if (next <= at) return;
    parts.push({ tier: String(i + 1), price, quantity: { over: next - at, under } });
    at = next;
  });
  check(at === end, 'the last tier has no end');
  return parts;
}

/** One line, or none where nothing was used. */
function lineOf(
  period: CostLine['period'],
  reading: MeterReading,
  part: TierPart,
  terms: BillTerms,
): CostLine[] {
  const { over, under } = part.quantity;
  if (over === 0n) return [];
  const { resource, meter } = reading;
  const unitPrice =
    picoOf(part.price) *
    (DISCOUNT_PARTS - BigInt(Math.round(terms.discount * Number(DISCOUNT_PARTS))));
  const amount = dividedRounded(over * unitPrice, under * DISCOUNT_PARTS);
  return [
    {
      period,
      resource: resource.name,
      service: serviceOf(reading),
      region: resource.region,
      item: meter.item,
      unit: priceOf(reading).unit,
      quantity: Number(dividedRounded(over * QUANTITY_PARTS, under)) / Number(QUANTITY_PARTS),
      tier: part.tier,
      unitPriceUsd: decimalText(unitPrice, UNIT_PRICE_DECIMALS),
      amountUsd: usdText(amount),
    },
  ];
}
