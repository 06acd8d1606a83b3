/**
 * A delivery stream: it takes records, gathers them in a buffer, and stores each buffer as one object in a bucket. A
 * record is owed to the delivery stream itself, and done when its object is stored.
 *
 * A record that is accepted is in the stream's hands at once: what it waits in the buffer is time spent on a batch.
 */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Component } from '../component.js';
import { CopyStage } from '../facts.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { ApiLatency, Calls, Port } from '../port.js';
import type { World } from '../world.js';
import { Buffer } from './buffer.js';
import { BATCH_BYTES_MAX, BILLED_CHUNK, RECORD_BYTES_MAX } from './limits.js';
import { ObjectDelivery } from './object-delivery.js';
import { ObjectMake } from './object-make.js';
import { STREAM_OPERATIONS, StreamError } from './operations.js';
import type { StreamOptions } from './options.js';
import { PutGate } from './put-gate.js';
import { RecordColumns } from './record-columns.js';

const WORKER = 0;
/** Of prices.ts: bytes that are billed. */
const BILLED = 0;

export class DeliveryStream implements Component, Port {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly records: RecordColumns;
  private readonly gate: PutGate;
  private readonly buffer: Buffer;
  private readonly extraKey: MarkKey;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: StreamOptions,
  ) {
    const { kernel, streams } = world;
    const { name, apiLatency, bufferBytes } = options;
    this.calls = world.calls;
    this.messages = world.messages;
    this.records = world.shared(RecordColumns);
    this.gate = new PutGate(options.quota);
    this.extraKey = streams.key(name, 'zeroBufferExtra');
    const objects = new ObjectDelivery(world, id, options, (obligation, copy) =>
      this.store(world.messages.addCopy(obligation), this.records.bytes[copy], 1),
    );
    this.buffer = new Buffer(kernel, world.messages.deliveries, {
      name,
      bytesMax: bufferBytes,
      wait: (delivery) => this.waitFor(delivery),
      onFull: (first, bytes) => objects.begin(first, bytes),
    });
    world.makes.set(id, new ObjectMake(world, name));
    const run = [(call: number) => this.takeOne(call), (call: number) => this.takeBatch(call)];
    this.handlers = STREAM_OPERATIONS.map((operation, i) =>
      kernel.handler(`${name}/${operation}`, run[i]),
    );
    this.latency = apiLatency && {
      distribution: apiLatency,
      key: streams.key(name, 'apiLatency'),
    };
    world.calls.open(id, this);
  }

  private waitFor(delivery: number): number {
    const { interval, zeroBufferExtra } = this.options;
    if (interval > 0) return interval;
    if (zeroBufferExtra === null) return 0;
    const { obligations, deliveries, messages } = this.messages;
    const message = obligations.message[deliveries.obligation[delivery]];
    const u = this.extraKey.u53(messages.mark0[message], messages.mark1[message], 0);
    return drawMicros(zeroBufferExtra, u);
  }

  // --- calls -----------------------------------------------------------------------------------------

  private takeOne(call: number): void {
    const { calls, messages, world } = this;
    const message = calls.first[call];
    const bytes = messages.messages.size[message] + calls.envelope[call];
    world.facts.request(this.id, calls.operation[call], bytes);
    const now = world.kernel.now;
    let error: number = StreamError.None;
    if (bytes > RECORD_BYTES_MAX) error = StreamError.InvalidArgument;
    else if (!this.gate.passes(now) || !this.gate.takes(bytes, now)) error = StreamError.Throttled;
    else this.accept(message, bytes, calls.pushed[call]);
    this.answer(call, error);
  }

  /** Records of a batch pass or are refused one by one; a batch that is too large is refused as a whole. */
  private takeBatch(call: number): void {
    const { calls, messages, world } = this;
    const { entries } = messages;
    const { size } = messages.messages;
    const now = world.kernel.now;
    let bytes = 0;
    for (let row = calls.first[call]; row !== NONE; row = entries.next[row])
      bytes += size[entries.message[row]];
    world.facts.request(this.id, calls.operation[call], bytes);
    if (bytes > BATCH_BYTES_MAX) this.answer(call, StreamError.InvalidArgument);
    else if (!this.gate.passes(now)) this.answer(call, StreamError.Throttled);
    else {
      let isThrottled = false;
      for (let row = calls.first[call]; row !== NONE; row = entries.next[row]) {
        entries.error[row] = this.takeEntry(entries.message[row], now);
        if (entries.error[row] === StreamError.Throttled) isThrottled = true;
      }
      if (isThrottled) world.facts.throttled(this.id, calls.operation[call], calls.client[call]);
      calls.answer(call);
    }
  }

  private takeEntry(message: number, now: number): number {
    const bytes = this.messages.messages.size[message];
    if (bytes > RECORD_BYTES_MAX) return StreamError.InvalidArgument;
    if (!this.gate.takes(bytes, now)) return StreamError.Throttled;
    this.accept(message, bytes, NONE);
    return StreamError.None;
  }

  private answer(call: number, error: number): void {
    const { calls, world } = this;
    calls.error[call] = error;
    if (error === StreamError.Throttled)
      world.facts.throttled(this.id, calls.operation[call], calls.client[call]);
    calls.answer(call);
  }

  // --- records ---------------------------------------------------------------------------------------

  /** `pushed`: the obligation that it comes under, or NONE. */
  private accept(message: number, bytes: number, pushed: number): void {
    const { messages, world } = this;
    const copy = messages.addTaken(message, pushed, this.id, this.id);
    const billed = Math.ceil(bytes / BILLED_CHUNK) * BILLED_CHUNK;
    this.store(copy, bytes, 0);
    world.facts.metered(this.id, BILLED, billed);
  }

  /** The record is in the buffer. `before`: how often it was before. */
  private store(copy: number, bytes: number, before: number): void {
    const { id, messages, world } = this;
    const { facts } = world;
    const { copies } = messages;
    this.records.bytes[copy] = bytes;
    facts.stored(id, copy, CopyStage.Visible);
    copies.receiveCount[copy] = before + 1;
    const delivery = messages.addDelivery(copy, copies.receiveCount[copy], id);
    facts.taken(id, delivery);
    facts.loopFree(id, id, WORKER);
    facts.arrived(id, id, WORKER, delivery);
    this.buffer.add(delivery, bytes);
  }
}
