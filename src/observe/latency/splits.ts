/** The split of one latency, as the moments of a hand-out and its past tell it (latency.ts). */

import type { MessageTable } from '../../components/messages.js';
import type { Micros } from '../../kernel/time.js';
import type { Clock } from '../clock.js';
import type { HandOuts } from '../hand-outs.js';
import {
  AT_ARRIVED,
  AT_DELAY,
  AT_HIDDEN,
  AT_POLL_GAP,
  AT_RUN_BEGAN,
  AT_TAKEN,
  AT_WAIT,
} from '../hand-outs.js';
import {
  BATCHING,
  DELAY,
  DELIVERY,
  HANDLER,
  NETWORK,
  PART_COUNT,
  POLL_GAP,
  QUEUE_WAIT,
  VISIBILITY_WAIT,
} from './parts.js';
import type { Pasts } from './pasts.js';

export class Splits {
  /** Parts that only a past has are 0, unless `isDirty`. */
  readonly split = new Float64Array(PART_COUNT);
  isDirty = false;

  constructor(
    private readonly clock: Clock,
    private readonly handOuts: HandOuts,
    private readonly pasts: Pasts,
    private readonly table: MessageTable,
  ) {}

  /** Sets `split` for a hand-out whose run ends well now, or goes on. */
  of(delivery: number, message: number, bornAt: Micros): void {
    const { moments } = this.handOuts;
    const split = this.split;
    const base = delivery << 3;
    const arrivedAt = moments[base + AT_ARRIVED];
    const runBeganAt = moments[base + AT_RUN_BEGAN];
    const wait = moments[base + AT_WAIT];
    const pollGap = moments[base + AT_POLL_GAP];
    const hidden = moments[base + AT_HIDDEN];
    if (hidden < 0) {
      this.addToPast(-1 - hidden, delivery);
      return;
    }
    if (this.isDirty) this.wipe();
    const delay = moments[base + AT_DELAY];
    const buffered = this.table.buffered[message];
    split[HANDLER] = this.clock.now - runBeganAt;
    split[QUEUE_WAIT] = wait - pollGap;
    split[NETWORK] = arrivedAt - wait - hidden - bornAt - buffered;
    split[BATCHING] = buffered + runBeganAt - arrivedAt;
    split[POLL_GAP] = pollGap;
    split[DELIVERY] = hidden - delay;
    split[DELAY] = delay;
  }

  private addToPast(past: number, delivery: number): void {
    const { moments } = this.handOuts;
    const split = this.split;
    const base = delivery << 3;
    this.pasts.read(past, split);
    this.isDirty = true;
    split[NETWORK] += moments[base + AT_ARRIVED] - moments[base + AT_TAKEN];
    split[BATCHING] += moments[base + AT_RUN_BEGAN] - moments[base + AT_ARRIVED];
    split[POLL_GAP] += moments[base + AT_POLL_GAP];
    split[QUEUE_WAIT] += moments[base + AT_WAIT] - moments[base + AT_POLL_GAP];
    split[HANDLER] += this.clock.now - moments[base + AT_RUN_BEGAN];
  }

  /** Clears what a past has left behind. */
  wipe(): void {
    this.isDirty = false;
    for (let part = VISIBILITY_WAIT as number; part < PART_COUNT; part++) this.split[part] = 0;
  }
}
