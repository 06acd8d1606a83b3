/** What each link of a pusher costs, out of the meters that are its own. */

import { makeBill } from './bill.js';
import type { BillTerms } from './bill.js';
import type { MeterReading } from './meters.js';
import { usdText } from './money.js';

export class LinkCosts {
  constructor(
    private readonly readings: readonly MeterReading[],
    private readonly terms: BillTerms,
  ) {}

  /** For the window, USD; `0` where it has no meter. */
  of(pusher: string, link: number): string {
    const own = this.readings.filter(({ resource, meter }) => {
      return resource.name === pusher && meter.kind === 'counted' && meter.link === link;
    });
    return usdText(makeBill(own, this.terms).windowPico);
  }
}
