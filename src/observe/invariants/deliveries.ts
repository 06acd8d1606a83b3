/**
 * Invariant `deliveries`: what a pusher has accepted for a link is delivered, dead-lettered or lost, once, or is
 * under way when the run ends. Nothing is told of it before it was accepted or after its end, nor of another link, and
 * no obligation is over while its push is under way.
 */
import type { Messages } from '../../components/messages.js';
import { Extension } from '../../kernel/table.js';
import { brokenOn } from './broken.js';
import type { Broken } from './broken.js';

/** Beside messages.obligations, in worlds in which something is pushed. */
class PushState extends Extension {
  /** Pushes of it that are under way: more than one if its producer sent it again. */
  readonly open = this.u16('open');
  /** Whose link it is for. */
  readonly pusher = this.u16('pusher');
  readonly link = this.u16('link');

  /** Nothing: `owed` sets what counts. */
  override wipe(): void {
    // See above.
  }
}

export class DeliveriesEnd {
  private readonly violations: Float64Array;
  /** Pushes under way, by pusher. */
  private readonly underWay: Float64Array;
  private state: PushState | null = null;

  constructor(
    names: number,
    private readonly messages: Messages,
  ) {
    this.violations = new Float64Array(names);
    this.underWay = new Float64Array(names);
  }

  /** An obligation begins its life. */
  owed(obligation: number): void {
    if (this.state !== null) this.state.open[obligation] = 0;
  }

  dispatched(pusher: number, obligation: number, link: number): void {
    const state = (this.state ??= new PushState(this.messages.obligations));
    if (state.open[obligation] > 0) this.look(pusher, obligation, link);
    state.pusher[obligation] = pusher;
    state.link[obligation] = link;
    state.open[obligation]++;
    this.underWay[pusher]++;
  }

  /** An attempt sets out, or has failed. */
  pushed(pusher: number, obligation: number, link: number): void {
    this.look(pusher, obligation, link);
  }

  /** Delivered, dead-lettered or lost. */
  over(pusher: number, obligation: number, link: number): void {
    if (!this.look(pusher, obligation, link)) return;
    this.state!.open[obligation]--;
    this.underWay[pusher]--;
  }

  /** The obligation is over. */
  settled(obligation: number): void {
    const { state } = this;
    if (state !== null && state.open[obligation] > 0) this.violations[state.pusher[obligation]]++;
  }

  /** The run is over: what is under way is in the tables. */
  result(pushers: readonly number[]): Broken[] {
    const { obligations } = this.messages;
    const { state, underWay } = this;
    const live = new Float64Array(underWay.length);
    for (let row = 0; state !== null && row < obligations.bound; row++)
      if (obligations.isLive(row) && state.open[row] > 0)
        live[state.pusher[row]] += state.open[row];
    for (const pusher of pushers) if (live[pusher] !== underWay[pusher]) this.violations[pusher]++;
    return brokenOn('deliveries', pushers, this.violations);
  }

  /** Whether it is under way on this link. */
  private look(pusher: number, obligation: number, link: number): boolean {
    const { state } = this;
    const holds =
      state !== null &&
      state.open[obligation] > 0 &&
      state.pusher[obligation] === pusher &&
      state.link[obligation] === link;
    if (!holds) this.violations[pusher]++;
    return holds;
  }
}
