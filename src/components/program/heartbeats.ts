/**
 * Heartbeats: while a consumer has a message in hand, ChangeMessageVisibility keeps it hidden.
 *
 * With one timeout it is asked for every `every`, counted from the message's arrival. With a list, the receive
 * asks for the first, and each next one is asked for `every` before the running one ends, counted from when it
 * was asked for; the last repeats. One call per message is under way at a time: an unanswered one is given up
 * when the next is due. An error that passes (throttled, 5xx) is tried again as the client does, then left to
 * the next beat; one that does not (the message is gone, or was hidden for twelve hours) ends the heartbeat.
 */

import { Deadlines } from '../../kernel/deadlines.js';
import type { Handler, Kernel } from '../../kernel/kernel.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import { GIVE_UP } from '../client/retry.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { CallError } from '../port.js';
import { QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';
import type { Attempts } from './attempts.js';
import { isPassing } from './attempts.js';
import type { PollingParts } from './polling-calls.js';
import type { Named } from './named.js';
import type { HeartbeatOptions } from './options.js';
import type { LoopTable } from './tables.js';

/** Columns of deliveries, shared by all programs: each writes those of its own. */
class Beats extends Extension {
  /** 1: it is kept hidden. Set for all deliveries in the hands of a source with heartbeats. */
  readonly beats = this.u8('beats');
  /** The loop that has it in hand, its instance and its queue. */
  readonly loop = this.i32('loop');
  readonly worker = this.i32('worker');
  readonly queue = this.u16('queue');
  /** The call under way, or NONE. */
  readonly call = this.i32('call');
  /** How that has gone so far: see Tried in attempts.ts. */
  readonly tries = this.u8('tries');
  readonly lastError = this.u8('lastError');
  readonly pause = this.f64('pause');
  /** The place in the list of the timeout that was asked for last. */
  readonly asked = this.u8('asked');
  /** When the next is asked for. */
  readonly dueAt = this.f64('dueAt');
  /** The next beat, or the next try of the last. */
  readonly deadline = this.links('heartbeat');
}

class SharedBeats {
  readonly columns: Beats;

  constructor(world: World) {
    this.columns = new Beats(world.messages.deliveries);
  }
}

export class Heartbeats {
  private readonly kernel: Kernel;
  private readonly calls: Calls;
  private readonly columns: Beats;
  private readonly deadlines: Deadlines;
  private readonly answered: Handler;

  private readonly attempts: Attempts;
  private readonly loops: LoopTable;
  private readonly named: Named;

  /** `name`: of the program and its source; `consumer`: the program's resource number. */
  constructor(
    world: World,
    name: string,
    private readonly consumer: number,
    private readonly options: HeartbeatOptions,
    parts: PollingParts,
  ) {
    this.attempts = parts.attempts;
    this.loops = parts.loops;
    this.named = parts.named;
    this.kernel = world.kernel;
    this.calls = world.calls;
    this.columns = world.shared(SharedBeats).columns;
    this.deadlines = new Deadlines(
      world.kernel,
      `${name}/heartbeat`,
      this.columns.deadline,
      (delivery) => this.beat(delivery),
    );
    this.answered = world.kernel.handler(`${name}/heartbeat answered`, (call) =>
      this.onAnswer(call),
    );
  }

  /** The delivery has reached the loop, which keeps it hidden until `stop`. */
  begin(delivery: number, loop: number, queue: number): void {
    const { columns, options } = this;
    columns.beats[delivery] = 1;
    columns.loop[delivery] = loop;
    columns.worker[delivery] = this.loops.worker[loop];
    columns.queue[delivery] = queue;
    columns.call[delivery] = NONE;
    columns.asked[delivery] = 0;
    columns.tries[delivery] = 0;
    this.nextIn(delivery, this.pauseAfter(options.timeouts[0]));
  }

  /** The consumer is through with the delivery, or about to delete it. */
  stop(delivery: number): void {
    const { columns } = this;
    if (columns.beats[delivery] === 0) return;
    columns.beats[delivery] = 0;
    if (this.deadlines.has(delivery)) this.deadlines.clear(delivery);
    if (columns.call[delivery] !== NONE) this.abandon(delivery);
  }

  /** From one extension to the next. */
  private pauseAfter(timeout: Micros): Micros {
    const { every, isProgressive } = this.options;
    return isProgressive ? timeout - every : every;
  }

  private nextIn(delivery: number, delay: Micros): void {
    this.columns.dueAt[delivery] = this.kernel.now + delay;
    this.deadlines.set(delivery, delay);
  }

  private beat(delivery: number): void {
    const { columns, kernel, options } = this;
    if (columns.tries[delivery] > 0 && columns.call[delivery] === NONE) {
      this.ask(delivery);
      this.deadlines.set(delivery, columns.dueAt[delivery] - kernel.now);
      return;
    }
    if (columns.call[delivery] !== NONE) this.abandon(delivery);
    this.attempts.begun(columns, delivery);
    const last = options.timeouts.length - 1;
    const place = Math.min(columns.asked[delivery] + 1, last);
    columns.asked[delivery] = place;
    this.ask(delivery);
    this.nextIn(delivery, this.pauseAfter(options.timeouts[place]));
  }

  private ask(delivery: number): void {
    const { calls, columns, loops, named } = this;
    const call = calls.begin(
      this.consumer,
      columns.queue[delivery],
      QueueOperation.ChangeMessageVisibility,
      this.answered,
      delivery,
    );
    calls.first[call] = delivery;
    calls.carries[call] = 1;
    calls.a[call] = this.options.timeouts[columns.asked[delivery]];
    columns.call[delivery] = call;
    named.name(delivery);
    const loop = columns.loop[delivery];
    calls.go(call, loops.mark0[loop], loops.mark1[loop], loops.callsMade[loop]++);
  }

  private onAnswer(call: number): void {
    const { calls, columns } = this;
    const delivery = calls.context[call];
    const error = calls.error[call];
    const isLate = calls.abandoned[call] === 1;
    calls.free(call);
    if (!isLate) {
      columns.call[delivery] = NONE;
      this.settle(delivery, error);
    }
    this.named.unname(delivery);
  }

  /** One attempt is over. */
  private settle(delivery: number, error: number): void {
    const { attempts, columns, deadlines, kernel, loops, options } = this;
    if (error === CallError.None) {
      attempts.succeeded(columns, delivery);
      columns.tries[delivery] = 0;
      return;
    }
    if (!isPassing(error)) {
      this.stop(delivery);
      return;
    }
    const loop = columns.loop[delivery];
    const { mark0, mark1, callsMade } = loops;
    const u = attempts.draw(mark0[loop], mark1[loop], callsMade[loop]);
    const pause = attempts.failed(columns, delivery, error, u);
    const left = columns.dueAt[delivery] - kernel.now;
    if (pause !== GIVE_UP && pause < left) {
      deadlines.clear(delivery);
      deadlines.set(delivery, pause);
      return;
    }
    columns.tries[delivery] = 0;
    // The running timeout goes on without this extension: the next beat must not come too late for it.
    if (options.every < left) {
      deadlines.clear(delivery);
      this.nextIn(delivery, options.every);
    }
  }

  /** Nobody waits for the call under way any more. */
  private abandon(delivery: number): void {
    const call = this.columns.call[delivery];
    this.columns.call[delivery] = NONE;
    if (!this.calls.abandon(call)) return;
    this.calls.free(call);
    this.named.unname(delivery);
  }
}
