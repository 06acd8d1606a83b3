/**
 * Processing time in a sliding window: how long copies of a tenant, and of all tenants together, were in
 * flight in the last so many seconds. Exact: a journal of the window remembers every change, and what it
 * drops is what the window leaves behind. So each change costs the same twice, whatever is waiting.
 *
 * In flight now, and in flight when the window began: their difference is how fast the time in the
 * window grows, and it is integrated from change to change.
 */

import type { Micros } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { TenantTable } from './fair-store.js';

const FIRST_CAPACITY = 64; // a power of two

export class FairWindow {
  /** Copies in flight, of all tenants. */
  inFlight = 0;
  private past = 0;
  private spent = 0;
  private since: Micros = 0;
  // the journal, a ring: when, whose (NONE: a tenant of its own), by how many more in flight
  private times = new Float64Array(FIRST_CAPACITY);
  private whose = new Int32Array(FIRST_CAPACITY);
  private changes = new Int32Array(FIRST_CAPACITY);
  private head = 0;
  private size = 0;

  /** `forgotten` is called when the window has left behind all that a tenant did. */
  constructor(
    private readonly tenants: TenantTable,
    private readonly length: Micros,
    private readonly forgotten: (tenant: number) => void,
  ) {}

  /** As many more copies are in flight from now on; the window has been moved to now. */
  change(tenant: number, by: number, now: Micros): void {
    this.integrate(now);
    this.inFlight += by;
    if (tenant !== NONE) {
      this.integrateTenant(tenant, now);
      this.tenants.inFlight[tenant] += by;
      this.tenants.entries[tenant]++;
    }
    this.note(tenant, by, now);
  }

  /** The window ends now. */
  moveTo(now: Micros): void {
    const { times, length } = this;
    while (this.size > 0 && times[this.head] + length <= now) this.drop(times[this.head] + length);
  }

  /** Of one tenant, µs; the window has been moved to now. */
  timeOf(tenant: number, now: Micros): Micros {
    const { inFlight, past, spent, since } = this.tenants;
    return spent[tenant] + (inFlight[tenant] - past[tenant]) * (now - since[tenant]);
  }

  /** Of all together. */
  total(now: Micros): Micros {
    return this.spent + (this.inFlight - this.past) * (now - this.since);
  }

  private integrate(until: Micros): void {
    this.spent = this.total(until);
    this.since = until;
  }

  private integrateTenant(tenant: number, until: Micros): void {
    this.tenants.spent[tenant] = this.timeOf(tenant, until);
    this.tenants.since[tenant] = until;
  }

  /** The window leaves its oldest change behind. */
  private drop(at: Micros): void {
    const { whose, changes, head, tenants } = this;
    const tenant = whose[head];
    const by = changes[head];
    this.head = (head + 1) & (whose.length - 1);
    this.size--;
    this.integrate(at);
    this.past += by;
    if (tenant === NONE) return;
    this.integrateTenant(tenant, at);
    tenants.past[tenant] += by;
    if (--tenants.entries[tenant] === 0) this.forgotten(tenant);
  }

  private note(tenant: number, by: number, now: Micros): void {
    if (this.size === this.times.length) this.grow();
    const place = (this.head + this.size++) & (this.times.length - 1);
    this.times[place] = now;
    this.whose[place] = tenant;
    this.changes[place] = by;
  }

  private grow(): void {
    const { times, whose, changes, head, size } = this;
    const capacity = 2 * size;
    this.times = new Float64Array(capacity);
    this.whose = new Int32Array(capacity);
    this.changes = new Int32Array(capacity);
    for (let i = 0; i < size; i++) {
      const from = (head + i) & (size - 1);
      this.times[i] = times[from];
      this.whose[i] = whose[from];
      this.changes[i] = changes[from];
    }
    this.head = 0;
  }
}
