/**
 * Rates that endpoints of a kind share in an account and region (10 e-mails a second): what is too much waits for its
 * turn. A push to so many subscribers takes as many turns, and sets out when the last of them has come.
 */

import type { Micros } from '../../kernel/time.js';
import type { Endpoint } from '../endpoints.js';
import type { Turns } from './pacer.js';
import { Pacer } from './pacer.js';

/** One `world.shared(EndpointPacers)`. */
export class EndpointPacers {
  private readonly pacers = new Map<string, Pacer>();

  /** While building: the turns of an endpoint, for pushers of this account and region; null: it has no rate. */
  of({ rate, subscribers }: Endpoint, account: string, region: string): Turns | null {
    if (rate === null) return null;
    const key = `${account}/${region}/${rate.name}`;
    let pacer = this.pacers.get(key);
    if (pacer === undefined) {
      pacer = new Pacer(rate.perSecond);
      this.pacers.set(key, pacer);
    }
    return subscribers === 1 ? pacer : new SeveralTurns(pacer, subscribers);
  }
}

class SeveralTurns implements Turns {
  constructor(
    private readonly pacer: Pacer,
    private readonly turns: number,
  ) {}

  next(now: Micros): Micros {
    return this.pacer.next(now, this.turns);
  }

  reserve(now: Micros): Micros {
    return this.pacer.reserve(now, this.turns);
  }
}
