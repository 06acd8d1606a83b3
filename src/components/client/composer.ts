/** How a sender composes its calls: what goes into a row of world.calls, and the ids that messages carry. */

import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { check } from '../../kernel/check.js';
import type { DatabaseOperation } from '../database-port.js';
import type { Inbox } from '../inbox-port.js';
import type { EntryTable, MessageTable } from '../messages.js';
import { NONE } from '../messages.js';
import { PLAIN_NAMES } from '../object-names.js';
import type { Calls } from '../port.js';
import { NO_LABEL } from '../queue-port.js';
import { S3Operation } from '../s3-port.js';
import type { World } from '../world.js';
import type { SenderOptions } from './options.js';

export class Composer {
  private readonly calls: Calls;
  private readonly messages: MessageTable;
  private readonly entries: EntryTable;
  private readonly processKey: MarkKey;
  /** How the target takes messages; null: it is a database or a bucket. */
  private readonly inbox: Inbox | null;

  constructor(
    world: World,
    private readonly options: SenderOptions,
  ) {
    this.calls = world.calls;
    this.messages = world.messages.messages;
    this.entries = world.messages.entries;
    this.processKey = world.streams.key(options.name, 'process');
    this.inbox = world.inboxOf(options.target) ?? null;
    check(
      (this.inbox === null) === (options.statement !== null),
      'messages go to an inbox, statements to a database or a bucket',
    );
  }

  // --- calls ---------------------------------------------------------------------------------------

  /** The first attempt for a single message. */
  first(message: number, mark0: number, mark1: number, answerTo: Handler): number {
    const { statement } = this.options;
    if (statement !== null) return this.ask(statement, message, 0, answerTo, message);
    const call = this.one(message, answerTo, message);
    this.identify(call, message, mark0, mark1);
    return call;
  }

  /** Further attempt number `n` for the single message of an entry. */
  again(entry: number, n: number, answerTo: Handler, context: number): number {
    const { calls, entries } = this;
    const { statement } = this.options;
    const message = entries.message[entry];
    if (statement !== null) return this.ask(statement, message, n, answerTo, context);
    const call = this.one(message, answerTo, context);
    calls.a[call] = entries.group[entry];
    calls.b[call] = entries.id[entry];
    return call;
  }

  /** A statement to a database, or an object: what each field means is written in database-port.ts and s3-port.ts. */
  private ask(
    statement: DatabaseOperation,
    message: number,
    n: number,
    answerTo: Handler,
    context: number,
  ): number {
    const { calls } = this;
    const { mark0, mark1, size } = this.messages;
    const { source, target, naming } = this.options;
    const call = calls.begin(source, target, statement, answerTo, context);
    if (naming !== undefined) {
      calls.first[call] = message;
      calls.a[call] = size[message];
      calls.b[call] = naming;
      calls.c[call] = n;
      return call;
    }
    calls.a[call] = mark0[message];
    calls.b[call] = mark1[message];
    calls.c[call] = n;
    calls.carries[call] = this.processOf(message);
    return call;
  }

  /** One message, without its group (`a`) and its deduplication id (`b`). */
  private one(message: number, answerTo: Handler, context: number): number {
    const { calls } = this;
    const { source, target, delay } = this.options;
    const call = calls.begin(source, target, this.inbox!.one, answerTo, context);
    calls.first[call] = message;
    calls.c[call] = delay;
    return call;
  }

  batch(first: number, count: number, answerTo: Handler, context: number): number {
    const { calls } = this;
    const { source, target } = this.options;
    const call = calls.begin(source, target, this.inbox!.batch!, answerTo, context);
    calls.first[call] = first;
    calls.carries[call] = count;
    return call;
  }

  /** PutObject of the message's payload. */
  put(message: number, answerTo: Handler, context: number): number {
    const { calls } = this;
    const { source } = this.options;
    const payloads = this.options.payloads!;
    const { mark0, mark1 } = this.messages;
    const call = calls.begin(source, payloads.bucket, S3Operation.PutObject, answerTo, context);
    calls.first[call] = message;
    calls.a[call] = payloads.bytesInBucket(mark0[message], mark1[message]);
    calls.b[call] = PLAIN_NAMES;
    calls.c[call] = 0;
    return call;
  }

  /** The ids of a single message, drawn from its mark, into its call. */
  private identify(call: number, message: number, mark0: number, mark1: number): void {
    const { calls } = this;
    const { ids } = this.options;
    calls.a[call] = ids === null ? NO_LABEL : ids.group.label(mark0, mark1, message);
    calls.b[call] = ids === null ? NO_LABEL : ids.id.label(mark0, mark1, message);
  }

  // --- entries -------------------------------------------------------------------------------------

  /** An entry for a message that had none. */
  entryOf(message: number): number {
    const entry = this.entries.addFor(message, NONE);
    this.stamp(entry);
    return entry;
  }

  /** What an entry says besides its message. */
  stamp(entry: number): void {
    const { entries } = this;
    const { ids, delay } = this.options;
    const { mark0, mark1 } = this.messages;
    const message = entries.message[entry];
    entries.delay[entry] = delay;
    if (ids === null) return;
    entries.group[entry] = ids.group.label(mark0[message], mark1[message], message);
    entries.id[entry] = ids.id.label(mark0[message], mark1[message], message);
  }

  // --- processes -----------------------------------------------------------------------------------

  /** Which process has the message with this mark: load balancing at random. */
  private processFor(mark0: number, mark1: number): number {
    const { senders } = this.options.client;
    return senders === 1 ? 0 : Math.floor(this.processKey.u53(mark0, mark1, 0) * senders);
  }

  processOf(message: number): number {
    const { owner } = this.options;
    if (owner !== undefined) return owner.processOf(message);
    if (this.options.client.senders === 1) return 0;
    return this.processFor(this.messages.mark0[message], this.messages.mark1[message]);
  }
}
