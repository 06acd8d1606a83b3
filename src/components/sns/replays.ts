/**
 * Replays: what the archive of a FIFO topic holds goes to one subscription once more, in the order in which it was
 * published, so each message group stays in order. What is published meanwhile is owed to the subscription at once and
 * waits for its turn behind what is replayed; when the replay has caught up, new messages flow as before. A new replay
 * takes the place of the one that runs. A message that the subscription was sent before is due under the obligation of
 * old, so that whoever handles it again does so because of the replay; otherwise it is owed anew.
 * Source: SNS Developer Guide "message-archiving-and-replay-subscriber", 2026.
 */

import type { Handler } from '../../kernel/kernel.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { NONE } from '../messages.js';
import type { ReplayWindow } from '../topic-port.js';
import type { World } from '../world.js';
import type { Archive } from './archive.js';

/** Who sends on what the archive holds. */
export interface ReplayEnd {
  /** Whether a message is for the subscription now. */
  isFor(link: number, message: number): boolean;
  /** Once more. */
  sendAgain(link: number, row: number): void;
  /** For the first time: it was published during the replay. */
  sendHeld(link: number, row: number, obligation: number): void;
}

interface Replay extends ReplayWindow {
  readonly startedAt: Micros;
  sent: number;
  /** The row of the archive that it looks at next. */
  cursor: number;
  /** From this row on messages were published during the replay; NONE: none yet. */
  firstHeld: number;
  /** It has come to those. */
  isAmongHeld: boolean;
  /** An event will go on with it. */
  isDue: boolean;
}

const NOTHING: ReplayWindow = { from: Infinity, until: Infinity };

export class Replays {
  /** By subscription. */
  private readonly running: (Replay | undefined)[] = [];
  private readonly onNext: Handler;

  constructor(
    private readonly world: World,
    name: string,
    private readonly archive: Archive,
    private readonly perSecond: number,
    private readonly end: ReplayEnd,
  ) {
    this.onNext = world.kernel.handler(`${name}/replay`, (link) => this.sendNext(link));
  }

  isRunning(link: number): boolean {
    return this.running[link] !== undefined;
  }

  start(link: number, { from, until }: ReplayWindow): void {
    const { archive, world } = this;
    const before = this.running[link];
    if (before === undefined) {
      archive.expire();
      if (archive.oldest === NONE) return;
      archive.readers++;
      world.messages.expect(1);
    }
    const replay: Replay = {
      from,
      until,
      startedAt: world.kernel.now,
      sent: 0,
      cursor: archive.oldest,
      firstHeld: before === undefined ? NONE : heldFrom(before),
      isAmongHeld: false,
      isDue: before?.isDue === true,
    };
    this.running[link] = replay;
    if (!replay.isDue) this.goOn(link, replay, world.kernel.now);
  }

  /** What has been held back still goes to the subscription. */
  stop(link: number): void {
    if (this.isRunning(link)) this.start(link, NOTHING);
  }

  /** A message was archived that is not replayed but new. */
  archived(row: number): void {
    for (const replay of this.running)
      if (replay !== undefined && replay.firstHeld === NONE) replay.firstHeld = row;
  }

  private goOn(link: number, replay: Replay, at: Micros): void {
    replay.isDue = true;
    this.world.kernel.at(at, this.onNext, link);
  }

  private sendNext(link: number): void {
    const { archive, end } = this;
    const { kernel, messages } = this.world;
    const replay = this.running[link]!;
    replay.isDue = false;
    const row = this.nextOf(link, replay);
    if (row !== NONE) {
      if (replay.isAmongHeld) end.sendHeld(link, row, archive.obligationOf(row, link));
      else end.sendAgain(link, row);
      replay.sent++;
      replay.cursor = archive.rows.next[row];
    }
    if (replay.cursor === NONE) {
      this.running[link] = undefined;
      archive.readers--;
      messages.expect(-1);
      return;
    }
    const since = Math.round((replay.sent * SECOND) / this.perSecond);
    this.goOn(link, replay, Math.max(kernel.now, replay.startedAt + since));
  }

  /** The next row that goes to the subscription; NONE: it has caught up. */
  private nextOf(link: number, replay: Replay): number {
    const { archive } = this;
    for (let row = replay.cursor; row !== NONE; row = archive.rows.next[row]) {
      if (row === replay.firstHeld) replay.isAmongHeld = true;
      replay.cursor = row;
      if (this.isDue(link, replay, row)) return row;
    }
    replay.cursor = NONE;
    return NONE;
  }

  private isDue(link: number, { from, until, isAmongHeld }: Replay, row: number): boolean {
    const { archive } = this;
    if (isAmongHeld) return archive.obligationOf(row, link) !== NONE;
    const at = archive.rows.at[row];
    if (at < from || at >= until || !archive.isFresh(row)) return false;
    return this.end.isFor(link, archive.rows.message[row]);
  }
}

/** The first row that a replay holds back and has not come to. */
function heldFrom({ isAmongHeld, cursor, firstHeld }: Replay): number {
  return isAmongHeld ? cursor : firstHeld;
}
