/**
 * Rows of running programs: processes (one per instance), poll loops, and lanes (who handles a message or a
 * call).
 *
 * A loop or a lane may be named by one event or call that is still to come (a pause, the end of some
 * work, an answer). Such a row outlives its process: it is marked, and freed when that one comes.
 */

import { Extension, Table } from '../../kernel/table.js';

/** Columns of the host's table of instances: the program on each of them. */
export class ProcessColumns extends Extension {
  /** Its loops: row + 1 of the first, 0: none. */
  readonly firstLoop = this.i32('firstLoop');
  /** Loops that have not ended. */
  readonly loops = this.u32('loops');
  /** How often the program was started. */
  readonly starts = this.u32('starts');
  /** 1: loops end instead of polling again. */
  readonly stopping = this.u8('stopping');
  /** How many faults hold it down: it polls nothing meanwhile. */
  readonly held = this.u16('held');
}

/**
 * What a loop waits for. With Poll a call names its row; with Pause, Backoff and Delete an event or a call
 * does, which frees the row if its process is gone by then. Release: it is held.
 */
export const Wait = { Nothing: 0, Poll: 1, Pause: 2, Delete: 3, Release: 4, Backoff: 5 } as const;

export class LoopTable extends Table {
  /** The instance. */
  readonly worker = this.i32('worker');
  /** Which of the program's sources it polls. */
  readonly source = this.u8('source');
  readonly waitsFor = this.u8('waitsFor');
  /** 1 while it was last told as free. */
  readonly isFree = this.u8('isFree');
  /** 1: its process is gone, the row only waits for what still names it. */
  readonly gone = this.u8('gone');
  /** What to blame for messages that reach a loop that is gone. */
  readonly cause = this.u8('cause');
  /** Lanes that handle a message; while a batch begins, one more. */
  readonly active = this.u16('active');
  /** Messages in hand whose turn has not come: a list of deliveries, or NONE. */
  readonly inHand = this.i32('inHand');
  /** Messages handled well that wait for the batch's delete: a list of deliveries, or NONE. */
  readonly done = this.i32('done');
  readonly doneCount = this.u32('doneCount');
  /** Its lanes: row + 1 of the first. */
  readonly firstLane = this.i32('firstLane');
  /** With Wait.Poll and Wait.Delete: the call. */
  readonly call = this.i32('call');
  /** How the call under way has gone so far: see Tried in attempts.ts. */
  readonly tries = this.u8('tries');
  readonly lastError = this.u8('lastError');
  readonly pause = this.f64('pause');
  /** The attempt id of the receive under way, a label, or NO_LABEL. */
  readonly attempt = this.f64('attempt');
  /** Next loop of the process: row + 1, 0: none. */
  readonly sibling = this.i32('sibling');
  /** The loop's own mark and the number of its next call: the key of API latencies. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  readonly callsMade = this.u32('callsMade');
  /** How long its client waits for an answer. */
  readonly patience = this.links('patience');
}

/**
 * Who runs the handler, for one message or call at a time: one lane in a sequential loop, one per message of a
 * batch in a parallel one, one per call that is served.
 */
export class LaneTable extends Table {
  /**
   * Its loop (where calls are served: 0), or NONE: its process is gone, the row only waits for what still
   * names it.
   */
  readonly loop = this.i32('loop');
  /** What it handles or gets rid of: a delivery, or a call that is served; or NONE. */
  readonly job = this.i32('job');
  readonly worker = this.i32('worker');
  /**
   * The number of the run, from 0, and the step that comes next; while the lane gets rid of a message, the
   * operation that does it.
   */
  readonly run = this.u32('run');
  readonly step = this.u16('step');
  /** The mark of the message in hand: draws come from it. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  /** Where steps ask for it: its row (NONE: a call without one), who sent it, what it is about (lineage.ts). */
  readonly message = this.i32('message');
  readonly sender = this.u16('sender');
  readonly source = this.i32('source');
  readonly about0 = this.i32('about0');
  readonly about1 = this.i32('about1');
  /** The call under way, or NONE: of a step, or what gets rid of the message. */
  readonly call = this.i32('call');
  /** The message whose acknowledgement a step waits for, or NONE. */
  readonly sent = this.i32('sent');
  /** How that has gone so far: see Tried in attempts.ts. */
  readonly tries = this.u8('tries');
  readonly lastError = this.u8('lastError');
  readonly pause = this.f64('pause');
  /** How often the step still calls or sends, this time included. */
  readonly callsLeft = this.u16('callsLeft');
  /** A run that ends well remembers this id (once.ts) if `remembers` is 1. */
  readonly id0 = this.i32('id0');
  readonly id1 = this.i32('id1');
  readonly remembers = this.u8('remembers');
  /** Next lane of the loop: row + 1, 0: none. */
  readonly sibling = this.i32('sibling');
  /** How long its client waits for an answer. */
  readonly patience = this.links('patience');
}
