/**
 * Encryption with a key of KMS (SSE-KMS), as far as anybody feels it: calls that cost, and calls that KMS
 * refuses.
 *
 * SQS keeps one data key for each queue and principal and uses it again for the reuse period. Without a
 * valid one, a send asks KMS for a new key and has it checked (GenerateDataKey, then Decrypt), a receive
 * has one opened (Decrypt). So a billing period B with reuse period D costs B / D × (2P + C) calls for P
 * principals that send and C that receive; one that does both counts in both.
 * Source: SQS Developer Guide "sqs-key-management" (how to estimate KMS costs).
 *
 * KMS's quota of requests a second is the account's in a region: all queues there share it. As with other
 * rates of this model, it holds in each whole second from the first use on.
 */

import { SECOND } from '../kernel/time.js';
import type { Micros } from '../kernel/time.js';
import type { World } from './world.js';

export interface EncryptionOptions {
  /** How long a data key serves its principal. */
  readonly dataKeyReuse: Micros;
  /** The account's quota of KMS requests in this region, shared by all that it encrypts there. */
  readonly requestsPerSecond: number;
  readonly region: string;
}

export const KeyCall = { GenerateDataKey: 0, Decrypt: 1 } as const;

/** What the account has used of KMS in this second, by region. */
export class KmsUse {
  private readonly regions = new Map<string, RegionUse>();

  of(region: string): RegionUse {
    let use = this.regions.get(region);
    if (use === undefined) {
      use = new RegionUse();
      this.regions.set(region, use);
    }
    return use;
  }
}

class RegionUse {
  /** When the present second began, µs; NaN before the first use. */
  private begunAt: Micros = NaN;
  private requests = 0;

  /** Counts `requests` unless that would be more than `perSecond`: all or none. */
  take(now: Micros, requests: number, perSecond: number): boolean {
    if (!(now - this.begunAt < SECOND)) this.beginSecond(now);
    if (this.requests + requests > perSecond) return false;
    this.requests += requests;
    return true;
  }

  private beginSecond(now: Micros): void {
    const isFirst = Number.isNaN(this.begunAt);
    this.begunAt = isFirst ? now : now - ((now - this.begunAt) % SECOND);
    this.requests = 0;
  }
}

export class Encryption {
  private readonly use: RegionUse;
  /** Until when the data keys of each principal are valid, µs: for its receives, then for its sends. */
  private validUntil = new Float64Array(0);

  constructor(
    private readonly world: World,
    private readonly resource: number,
    private readonly options: EncryptionOptions,
  ) {
    this.use = world.shared(KmsUse).of(options.region);
  }

  /**
   * Whether SQS has, or gets, a data key for a send (or else a receive) on behalf of `client`, a resource
   * number. False: KMS takes no more requests in this second (KmsThrottled).
   */
  admit(client: number, isSend: boolean): boolean {
    const { now } = this.world.kernel;
    const key = 2 * client + (isSend ? 1 : 0);
    if (key >= this.validUntil.length) this.grow(key);
    return now < this.validUntil[key] || this.call(key, client, isSend);
  }

  private call(key: number, client: number, isSend: boolean): boolean {
    const { world, resource, options } = this;
    const { now } = world.kernel;
    if (!this.use.take(now, isSend ? 2 : 1, options.requestsPerSecond)) return false;
    if (isSend) world.facts.keyCalled(resource, KeyCall.GenerateDataKey, client);
    world.facts.keyCalled(resource, KeyCall.Decrypt, client);
    this.validUntil[key] = now + options.dataKeyReuse;
    return true;
  }

  /** Room for one more principal; there are as many as a scenario has resources that call. */
  private grow(key: number): void {
    const grown = new Float64Array(2 * (key + 1));
    grown.set(this.validUntil);
    this.validUntil = grown;
  }
}
