/**
 * A sender: takes messages to a queue, one by one or in batches, or statements to a database, as its client is set:
 * timeouts, retries, a claim check for large payloads, several processes. Used by whatever sends messages.
 *
 * The usual way costs one call and nothing else: an attempt that fails, or is not answered in time, makes a row
 * in `sends` that lives until the last of its calls is over. What is told: `retried` as each further attempt
 * starts, then `answered` or `gaveUp`, once for each message.
 */

import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { Facts } from '../facts.js';
import type { EntryTable, Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { CallError } from '../port.js';
import { Pointers } from '../s3-port.js';
import type { World } from '../world.js';
import { Buffers } from './buffers.js';
import { Composer } from './composer.js';
import type { SenderOptions } from './options.js';
import { Owned } from './owned.js';
import { GIVE_UP, isThrottle, RetryPolicy } from './retry.js';
import { copyOf, freeList, SendKind, SendTable } from './sends.js';
import { Timeouts } from './timeouts.js';

export class Sender {
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly entries: EntryTable;
  private readonly facts: Facts;
  private readonly source: number;
  private readonly target: number;
  private readonly compose: Composer;
  private readonly sends: SendTable;
  private readonly buffers: Buffers | null;
  private readonly retry: RetryPolicy | null;
  private readonly timeouts: Timeouts | null;
  private readonly owned: Owned | null;
  /** Whether a message can be stored twice. */
  private readonly mayRepeat: boolean;
  /** Whether each attempt has another deduplication id. */
  private readonly changesIds: boolean;
  /** What a message says in place of a payload. */
  private readonly pointerBytes: number;
  private readonly backoffKey: MarkKey;
  private readonly onAnswer: Handler;
  private readonly onBatchAnswer: Handler;
  private readonly onPut: Handler;
  private readonly onRetryAnswer: Handler;
  private readonly onBackoff: Handler;

  constructor(
    private readonly world: World,
    private readonly options: SenderOptions,
  ) {
    const { kernel, streams } = world;
    const { name, client } = options;
    this.calls = world.calls;
    this.messages = world.messages;
    this.entries = world.messages.entries;
    this.facts = world.facts;
    this.source = options.source;
    this.target = options.target;
    this.compose = new Composer(world, options);
    this.sends = new SendTable(kernel.tables);
    this.retry = client.retry && new RetryPolicy(client.retry, client.senders);
    this.pointerBytes =
      options.payloads === null ? 0 : world.shared(Pointers).of(options.payloads.bucket);
    this.backoffKey = streams.key(name, 'backoff');
    const on = (event: string, run: (row: number) => void) =>
      kernel.handler(`${name}/${event}`, run);
    this.onAnswer = on('answer', (call) => this.takeAnswer(call));
    this.onBatchAnswer = on('batchAnswer', (call) => this.takeBatchAnswer(call));
    this.onPut = on('putAnswer', (call) => this.takePutAnswer(call));
    this.onRetryAnswer = on('retryAnswer', (call) => this.takeRetryAnswer(call));
    this.onBackoff = on('backoff', (row) => this.tryAgain(row));
    this.owned =
      options.owner === undefined ? null : new Owned(world, options.source, options.owner);
    this.timeouts =
      client.timeout === null && this.owned === null
        ? null
        : new Timeouts(world, name, client.timeout ?? Infinity, (call) => this.timeOut(call));
    this.mayRepeat = client.timeout !== null && this.retry?.repeatsUnknown === true;
    this.changesIds = options.ids?.changesByAttempt === true;
    this.buffers =
      client.batch === null
        ? null
        : new Buffers(world, name, client.senders, client.batch, (process, first, count) =>
            this.sendBatch(process, first, count),
          );
  }

  /** A message was born with this mark: it goes out, as soon as its payload and its company are there. */
  send(message: number, mark0: number, mark1: number): void {
    const { payloads } = this.options;
    if (this.mayRepeat) this.messages.mayRepeat(message);
    if (payloads !== null) {
      const bytes = payloads.bytesInBucket(mark0, mark1);
      if (bytes > 0) {
        this.messages.messages.size[message] = this.pointerBytes;
        this.begin(this.compose.put(message, this.onPut, message), mark0, mark1, 0, NONE);
        return;
      }
    }
    this.proceed(message, mark0, mark1);
  }

  private proceed(message: number, mark0: number, mark1: number): void {
    const { buffers } = this;
    if (buffers !== null) {
      buffers.add(this.compose.processOf(message), message);
      return;
    }
    if (this.retry?.countsAttempts === true) this.retry.begun(this.compose.processOf(message));
    this.begin(this.compose.first(message, mark0, mark1, this.onAnswer), mark0, mark1, 0, NONE);
  }

  private sendBatch(process: number, first: number, count: number): void {
    const { entries, compose } = this;
    for (let row = first; row !== NONE; row = entries.next[row]) compose.stamp(row);
    this.retry?.begun(process);
    const call = this.compose.batch(first, count, this.onBatchAnswer, first);
    const message = entries.message[first];
    const { mark0, mark1 } = this.messages.messages;
    this.begin(call, mark0[message], mark1[message], 0, NONE);
  }

  /** Attempt number `n`, from 0, goes out; `send` is its row in `sends`, if it has one. */
  private begin(call: number, mark0: number, mark1: number, n: number, send: number): void {
    this.timeouts?.start(call, send);
    this.owned?.carry(call);
    this.calls.go(call, mark0, mark1, n);
  }

  // --- answers to first attempts -------------------------------------------------------------------

  private takeAnswer(call: number): void {
    const { calls } = this;
    if (this.timeouts !== null && this.isLate(call)) return;
    const message = calls.context[call];
    const error = calls.error[call];
    calls.free(call);
    if (error === CallError.None) this.succeed(message);
    else this.fail(this.sends.begin(SendKind.One, this.compose.entryOf(message)), error);
  }

  /** The message was accepted at once. */
  private succeed(message: number): void {
    if (this.retry !== null) this.retry.succeeded(this.compose.processOf(message), CallError.None);
    this.facts.answered(this.source, message);
    this.owned?.owner.settled(message, CallError.None);
    this.messages.release(message);
  }

  private takeBatchAnswer(call: number): void {
    const { calls } = this;
    if (this.timeouts !== null && this.isLate(call)) return;
    const first = calls.context[call];
    const error = calls.error[call];
    calls.free(call);
    const send = this.sends.begin(SendKind.Batch, first);
    if (error !== CallError.None) this.fail(send, error);
    else this.settle(send);
  }

  private takePutAnswer(call: number): void {
    const { calls } = this;
    if (this.timeouts !== null && this.isLate(call)) return;
    const message = calls.context[call];
    const error = calls.error[call];
    calls.free(call);
    if (error === CallError.None) this.stored(message);
    else this.fail(this.sends.begin(SendKind.Put, this.compose.entryOf(message)), error);
  }

  /** The payload lies in its bucket. */
  private stored(message: number): void {
    const { mark0, mark1 } = this.messages.messages;
    this.proceed(message, mark0[message], mark1[message]);
  }

  // --- timeouts ------------------------------------------------------------------------------------

  /** No answer came in time: the call goes on alone, and the client goes on without it. */
  private timeOut(call: number): void {
    const { calls, sends } = this;
    const { send } = this.timeouts!.columns;
    if (send[call] === NONE) send[call] = this.sendOf(call);
    const row = send[call];
    if (sends.kind[row] === SendKind.Batch)
      sends.first[row] = copyOf(this.entries, calls.first[call]);
    if (calls.abandon(call)) this.callOver(call, row);
    this.fail(row, CallError.Timeout);
  }

  /** A row for the send whose first attempt this call is. */
  private sendOf(call: number): number {
    const { calls, sends } = this;
    const first = calls.context[call];
    let row: number;
    if (calls.target[call] !== this.target)
      row = sends.begin(SendKind.Put, this.compose.entryOf(first));
    else if (this.buffers !== null && calls.carries[call] > 0)
      row = sends.begin(SendKind.Batch, first);
    else row = sends.begin(SendKind.One, this.compose.entryOf(first));
    sends.calls[row] = 1;
    return row;
  }

  /** Whether the client had stopped waiting for this answer; then the call is over. */
  private isLate(call: number): boolean {
    if (this.calls.abandoned[call] === 0) {
      this.timeouts!.stop(call);
      return false;
    }
    const send = this.timeouts!.columns.send[call];
    this.callOver(call, send);
    this.endIfOver(send);
    return true;
  }

  /** A call that was not waited for is over, with the list it carried. */
  private callOver(call: number, send: number): void {
    const { calls } = this;
    if (this.sends.kind[send] === SendKind.Batch) freeList(this.entries, calls.first[call]);
    calls.free(call);
    this.sends.calls[send]--;
  }

  // --- further attempts ----------------------------------------------------------------------------

  /** An attempt failed, for all that is still to be sent. */
  private fail(send: number, error: number): void {
    const { sends, retry, entries } = this;
    sends.error[send] = error;
    const message = entries.message[sends.first[send]];
    const isOver = retry === null || this.owned?.isOver(sends.first[send]) === true;
    const wait = isOver ? GIVE_UP : this.waitOf(retry, send, message, error);
    if (wait === GIVE_UP) {
      this.giveUp(send);
    } else {
      sends.waited[send] = wait;
      this.world.kernel.after(wait, this.onBackoff, send);
    }
  }

  private waitOf(retry: RetryPolicy, send: number, message: number, error: number): Micros {
    const { sends } = this;
    const { mark0, mark1 } = this.messages.messages;
    const retries = sends.retries[send];
    const u = this.backoffKey.u53(mark0[message], mark1[message], retries);
    const process = this.compose.processOf(message);
    return retry.delay(retries, error, u, sends.waited[send], process);
  }

  private tryAgain(send: number): void {
    const { sends, entries } = this;
    if (this.owned?.isOver(sends.first[send]) === true) {
      this.giveUp(send);
      return;
    }
    const n = ++sends.retries[send];
    const throttled = isThrottle(sends.error[send]) ? 1 : 0;
    let count = 0;
    for (let row = sends.first[send]; row !== NONE; row = entries.next[row]) {
      this.facts.retried(this.source, entries.message[row], throttled);
      if (this.changesIds) this.compose.stamp(row);
      entries.error[row] = CallError.None;
      count++;
    }
    const message = entries.message[sends.first[send]];
    const { mark0, mark1 } = this.messages.messages;
    sends.calls[send]++;
    this.begin(this.callFor(send, message, count), mark0[message], mark1[message], n, send);
  }

  private callFor(send: number, message: number, count: number): number {
    const { sends } = this;
    const first = sends.first[send];
    const kind = sends.kind[send];
    if (kind === SendKind.Batch) return this.compose.batch(first, count, this.onRetryAnswer, send);
    if (kind === SendKind.Put) return this.compose.put(message, this.onRetryAnswer, send);
    return this.compose.again(first, sends.retries[send], this.onRetryAnswer, send);
  }

  private takeRetryAnswer(call: number): void {
    const { calls, sends } = this;
    if (this.timeouts !== null && this.isLate(call)) return;
    const send = calls.context[call];
    const error = calls.error[call];
    calls.free(call);
    sends.calls[send]--;
    if (error !== CallError.None) this.fail(send, error);
    else this.settle(send);
  }

  // --- ends ----------------------------------------------------------------------------------------

  /** An attempt was answered: each entry with its own result. */
  private settle(send: number): void {
    const { sends, entries } = this;
    this.refund(send);
    let left = NONE;
    let last = NONE;
    let error: number = CallError.None;
    for (let row = sends.first[send]; row !== NONE;) {
      const next = entries.next[row];
      const own = entries.error[row];
      entries.next[row] = NONE;
      if (own !== CallError.None && this.retry?.isRetryable(own) === true) {
        if (last === NONE) left = row;
        else entries.next[last] = row;
        last = row;
        error = own;
      } else this.end(send, row, own);
      row = next;
    }
    sends.first[send] = left;
    if (left !== NONE) this.fail(send, error);
    else this.endIfOver(send);
  }

  private refund(send: number): void {
    if (this.retry === null) return;
    const { sends, entries } = this;
    const message = entries.message[sends.first[send]];
    this.retry.succeeded(this.compose.processOf(message), sends.error[send]);
  }

  private giveUp(send: number): void {
    const { sends, entries } = this;
    const error = sends.error[send];
    for (let row = sends.first[send]; row !== NONE;) {
      const next = entries.next[row];
      this.end(send, row, error);
      row = next;
    }
    sends.first[send] = NONE;
    this.endIfOver(send);
  }

  /** The client knows what became of one message. */
  private end(send: number, entry: number, error: number): void {
    const { sends, entries, facts } = this;
    const message = entries.message[entry];
    if (error === CallError.None && sends.kind[send] === SendKind.Put) {
      entries.free(entry);
      this.stored(message);
      return;
    }
    if (error === CallError.None) facts.answered(this.source, message);
    else facts.gaveUp(this.source, message);
    this.owned?.owner.settled(message, error);
    if (sends.calls[send] === 0) {
      entries.free(entry);
      this.messages.release(message);
    } else {
      entries.next[entry] = sends.kept[send];
      sends.kept[send] = entry;
    }
  }

  /** Nothing is to be sent and no call under way: the messages are let go. */
  private endIfOver(send: number): void {
    const { sends, entries } = this;
    if (sends.calls[send] > 0 || sends.first[send] !== NONE) return;
    for (let row = sends.kept[send]; row !== NONE; row = entries.next[row])
      this.messages.release(entries.message[row]);
    freeList(entries, sends.kept[send]);
    sends.free(send);
  }

  // --- processes that may die ----------------------------------------------------------------------

  /** A process begins. */
  open(process: number): void {
    this.retry?.open(process);
    this.buffers?.open(process);
  }

  /** The message's process is gone, as `owner.isGone` says: what was sent takes its course, nothing is tried again. */
  abandon(message: number): void {
    const call = this.owned!.owner.callOf(message);
    if (call === NONE) return; // in a buffer, or between two attempts, whose event finds out
    this.timeouts!.stop(call);
    this.timeOut(call);
  }

  /** The process is gone, with what it had in its buffer. */
  close(process: number): void {
    this.owned?.lose(this.buffers?.drop(process) ?? NONE);
  }
}
