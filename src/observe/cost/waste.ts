/**
 * What time of instances cost: their bill for the window by the second, so that of each fleet the time in service with
 * nothing in hand has a price, and launch, boot and shutdown, which are billed, too, but not idle, have theirs.
 */
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Bill } from './bill.js';
import { sumOf } from './bill.js';
import type { MeterReading } from './meters.js';
import { dividedRounded } from './money.js';

/** 1e-12 USD by name of the resource, for those whose instances are billed. */
export function wasteOf(
  readings: readonly MeterReading[],
  bill: Bill,
  idleOf: (resource: string) => Micros,
): Map<string, bigint> {
  const waste = new Map<string, bigint>();
  const instances = readings.filter(({ meter }) => meter.kind === 'instances');
  for (const { name } of new Set(instances.map(({ resource }) => resource)))
    waste.set(name, costOf(billedTimeOf(name, readings, bill), idleOf(name)));
  return waste;
}

/** The instances of one resource on the bill of the window. */
export interface BilledTime {
  /** Of all of them together. */
  readonly seconds: bigint;
  /** 1e-12 USD. */
  readonly amount: bigint;
}

export function billedTimeOf(
  name: string,
  readings: readonly MeterReading[],
  bill: Bill,
): BilledTime {
  const own = readings.filter(({ meter, resource }) => {
    return meter.kind === 'instances' && resource.name === name;
  });
  const items = own.map(({ meter }) => meter.item);
  const amount = sumOf(
    bill.lines.filter(({ period, resource, item }) => {
      return period === 'window' && resource === name && items.includes(item);
    }),
  );
  return { seconds: own.reduce((sum, { quantity }) => sum + quantity, 0n), amount };
}

/** What so long of the billed time cost, 1e-12 USD: on demand and Spot at their mean price. */
export function costOf({ seconds, amount }: BilledTime, micros: Micros): bigint {
  if (seconds === 0n) return 0n;
  return dividedRounded(amount * BigInt(Math.round(micros)), seconds * BigInt(SECOND));
}
