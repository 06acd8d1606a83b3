/**
 * What the buses of an account share in a region: a quota of calls of PutEvents, beyond which calls are refused, and a
 * quota of invocations, beyond which events wait. As with other rates that refuse, the first holds in each whole
 * second from the first call on.
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { Pacer } from '../delivery/pacer.js';
import type { World } from '../world.js';
import type { Bus } from './bus.js';

export class AccountUse {
  readonly invocations: Pacer;
  /** Replays under way. */
  replays = 0;
  private begunAt: Micros = NaN;
  private calls = 0;

  constructor(
    private readonly putEventsPerSecond: number,
    invocationsPerSecond: number,
  ) {
    this.invocations = new Pacer(invocationsPerSecond);
  }

  /** Whether one more call of PutEvents is let in; then it is counted. */
  admit(now: Micros): boolean {
    if (!(now - this.begunAt < SECOND)) {
      this.begunAt = Number.isNaN(this.begunAt) ? now : now - ((now - this.begunAt) % SECOND);
      this.calls = 0;
    }
    if (this.calls >= this.putEventsPerSecond) return false;
    this.calls++;
    return true;
  }
}

/** `world.shared(Accounts)`: all accounts and regions that have buses; which resources are buses. */
export class Accounts {
  private readonly uses = new Map<string, AccountUse>();
  private readonly buses = new Map<number, Bus>();
  /** The message group that marks what a bus forwards to another, so that the other forwards it no further. */
  readonly forwarded: number;

  constructor(world: World) {
    this.forwarded = world.labels.fresh();
  }

  /** The quotas are the same wherever they are asked for. */
  useOf(account: string, region: string, putEvents: number, invocations: number): AccountUse {
    const key = `${account}/${region}`;
    const use = this.uses.get(key) ?? new AccountUse(putEvents, invocations);
    this.uses.set(key, use);
    return use;
  }

  addBus(bus: Bus): void {
    this.buses.set(bus.id, bus);
  }

  busOf(id: number): Bus {
    return this.buses.get(id)!;
  }

  isBus(id: number): boolean {
    return this.buses.has(id);
  }
}
