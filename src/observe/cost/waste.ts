/**
 * What idle instances cost: of each fleet, the share of its instances' bill for the window that is the time they
 * were in service with nothing in hand. Launch, boot and shutdown are billed, too, but not idle.
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
  for (const { name } of new Set(instances.map(({ resource }) => resource))) {
    const own = instances.filter(({ resource }) => resource.name === name);
    const items = own.map(({ meter }) => meter.item);
    const seconds = own.reduce((sum, { quantity }) => sum + quantity, 0n);
    const amount = sumOf(
      bill.lines.filter(({ period, resource, item }) => {
        return period === 'window' && resource === name && items.includes(item);
      }),
    );
    const idle = BigInt(Math.round(idleOf(name)));
    waste.set(name, seconds === 0n ? 0n : dividedRounded(amount * idle, seconds * BigInt(SECOND)));
  }
  return waste;
}
