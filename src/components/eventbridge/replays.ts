/**
 * Replays of an archive: what it holds goes to the rules of its bus once more, under the obligations of old, so that
 * whoever handles an event again does so because of the replay. Events come by their time in slices of a minute, in no
 * order within a slice, at a rate of their own; they are not archived again. Ten run at a time in an account and
 * region.
 * Source: EventBridge User Guide "eb-replay-archived-event", StartReplay, 2026.
 */

import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { AccountUse } from './account-use.js';
import type { Archive } from './archive.js';
import type { Bus } from './bus.js';
import { EVENTS_LIMITS } from './limits.js';

interface Replay {
  /** Rows of the archive, in the order in which they are sent on. */
  readonly rows: readonly number[];
  readonly startedAt: Micros;
  sent: number;
}

export class Replays {
  private readonly replays: Replay[] = [];
  private readonly next: Handler;
  private readonly orderKey: MarkKey;

  constructor(
    private readonly bus: Bus,
    private readonly archive: Archive,
    private readonly use: AccountUse,
  ) {
    const { kernel, streams } = bus.world;
    this.next = kernel.handler(`${bus.options.name}/replay`, (replay) => this.sendNext(replay));
    this.orderKey = streams.key(bus.options.name, 'replayOrder');
  }

  /** What came from `from` on. Returns AWS's name of the error with which it refuses, or null. */
  start(from: Micros): string | null {
    const { kernel, messages } = this.bus.world;
    if (this.use.replays === EVENTS_LIMITS.replaysMax) return 'LimitExceededException';
    const rows = this.inSlices(this.archive.read(from), from);
    if (rows.length === 0) {
      this.archive.done();
      return null;
    }
    this.use.replays++;
    messages.expect(rows.length);
    const place = this.replays.push({ rows, startedAt: kernel.now, sent: 0 }) - 1;
    kernel.soon(this.next, place);
    return null;
  }

  /** By slices of a minute, shuffled within. */
  private inSlices(rows: readonly number[], from: Micros): number[] {
    const { events } = this.archive;
    const { mark0, mark1 } = this.bus.world.messages.messages;
    const ranked = rows.map((row) => {
      const message = events.message[row];
      const slice = Math.floor((events.at[row] - from) / EVENTS_LIMITS.replaySlice);
      return { row, rank: slice + this.orderKey.u53(mark0[message], mark1[message], 0) };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
  }

  private sendNext(place: number): void {
    const replay = this.replays[place];
    const { kernel, messages } = this.bus.world;
    this.bus.replay(replay.rows[replay.sent++]);
    if (replay.sent === replay.rows.length) {
      this.use.replays--;
      this.archive.done();
    } else {
      const since = (replay.sent * SECOND) / this.archive.options.replaysPerSecond;
      kernel.at(Math.max(kernel.now, replay.startedAt + Math.round(since)), this.next, place);
    }
    messages.expect(-1);
  }
}
