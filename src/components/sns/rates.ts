/**
 * How much may be published: an account's messages a second in a region, all topics together; of a FIFO topic also so
 * many messages or bytes a second, and so many messages of one group. Messages count, not calls. As with other rates of
 * this model, each holds in whole seconds from the first use on.
 * Source: AWS General Reference "Amazon SNS endpoints and quotas", Nov 2026.
 */

import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { NO_LABEL } from '../queue-port.js';
import { SNS_LIMITS } from './limits.js';

/** What has been used of a rate in the present second. */
export class PerSecond {
  private begunAt: Micros = NaN;
  used = 0;

  constructor(readonly limit: number) {}

  /** Whether so much more fits. */
  fits(now: Micros, amount: number): boolean {
    if (!(now - this.begunAt < SECOND)) this.begin(now);
    return this.used + amount <= this.limit;
  }

  private begin(now: Micros): void {
    this.begunAt = Number.isNaN(this.begunAt) ? now : now - ((now - this.begunAt) % SECOND);
    this.used = 0;
  }
}

/** What accounts publish, by account and region; one `world.shared(AccountRates)`. */
export class AccountRates {
  private readonly rates = new Map<string, PerSecond>();

  of(account: string, region: string, limit: number): PerSecond {
    const key = `${account}/${region}`;
    let rate = this.rates.get(key);
    if (rate === undefined) {
      rate = new PerSecond(limit);
      this.rates.set(key, rate);
    }
    return rate;
  }
}

/** The rates that one topic feels. A message is taken by all of them, or by none. */
export class TopicRates {
  private readonly messages: PerSecond | null;
  private readonly bytes: PerSecond | null;
  private readonly groups: Map<number, PerSecond> | null;

  /** `scope`: null for a standard topic. */
  constructor(
    private readonly account: PerSecond,
    scope: 'Topic' | 'MessageGroup' | null,
  ) {
    const isWhole = scope === 'Topic';
    this.messages = isWhole ? new PerSecond(SNS_LIMITS.fifoMessagesPerSecond) : null;
    this.bytes = isWhole ? new PerSecond(SNS_LIMITS.fifoBytesPerSecond) : null;
    this.groups = scope === null ? null : new Map();
  }

  admit(now: Micros, size: number, group: number): boolean {
    const { account, messages, bytes } = this;
    const ofGroup = this.groups === null || group === NO_LABEL ? null : this.groupOf(group);
    if (!account.fits(now, 1)) return false;
    if (messages !== null && !messages.fits(now, 1)) return false;
    if (bytes !== null && !bytes.fits(now, size)) return false;
    if (ofGroup !== null && !ofGroup.fits(now, 1)) return false;
    account.used++;
    if (messages !== null) messages.used++;
    if (bytes !== null) bytes.used += size;
    if (ofGroup !== null) ofGroup.used++;
    return true;
  }

  private groupOf(group: number): PerSecond {
    const groups = this.groups!;
    let rate = groups.get(group);
    if (rate === undefined) {
      if (groups.size >= GROUPS_KEPT) groups.clear(); // a second begins anew for those that are asked for again
      rate = new PerSecond(SNS_LIMITS.fifoGroupMessagesPerSecond);
      groups.set(group, rate);
    }
    return rate;
  }
}

/** So many groups are remembered; forgetting a second that has passed changes nothing, and more are not met in one. */
const GROUPS_KEPT = 65_536;
