/**
 * From a full buffer to the bucket: the records of one buffer become one object, which is put until the bucket has it,
 * for up to a day; then they are lost. For a record that time is its run: it is done when its object is stored.
 */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { ANSWER_PATIENCE } from '../delivery/limits.js';
import { Cause, CopyStage, Outcome, RunEnd } from '../facts.js';
import { NONE } from '../messages.js';
import { ObjectNames } from '../object-names.js';
import { CallError } from '../port.js';
import { S3Operation } from '../s3-port.js';
import type { World } from '../world.js';
import { KEPT_MAX, PARTS_BELOW_SECONDS } from './limits.js';
import { ObjectTable } from './object-table.js';
import type { StreamOptions } from './options.js';
import { SECOND } from '../../kernel/time.js';

/** Delivery streams have no instances: all that they do, they do as one. */
const WORKER = 0;
/** Sizes of messages are kept in 32 bits. */
const SIZE_MAX = 0xffff_ffff;

export class ObjectDelivery {
  private readonly objects: ObjectTable;
  private readonly naming: number;
  private readonly births: MarkKey;
  private readonly latencyKey: MarkKey;
  private readonly duplicateKey: MarkKey;
  private readonly onPut: Handler;
  private readonly onAnswer: Handler;

  /** `again`: the record is stored once more. */
  constructor(
    private readonly world: World,
    private readonly id: number,
    private readonly options: StreamOptions,
    private readonly again: (obligation: number, bytesOf: number) => void,
  ) {
    const { kernel, streams } = world;
    const { name, prefix, suffix, interval } = options;
    this.objects = new ObjectTable(kernel.tables);
    const isInParts = interval < PARTS_BELOW_SECONDS * SECOND;
    this.naming = world.shared(ObjectNames).add(prefix, suffix, isInParts);
    this.births = streams.key(name, 'object');
    this.latencyKey = streams.key(name, 'deliveryLatency');
    this.duplicateKey = streams.key(name, 'duplicateDelivery');
    this.onPut = kernel.handler(`${name}/put`, (object) => this.put(object));
    this.onAnswer = kernel.handler(`${name}/put answered`, (call) => this.takeAnswer(call));
    world.calls.setPatience(id, ANSWER_PATIENCE);
  }

  /** A buffer is full: the deliveries from `first` on, `bytes` together. */
  begin(first: number, bytes: number): void {
    const { births, latencyKey, objects, options, world } = this;
    const { messages, kernel, facts } = world;
    for (let row = first; row !== NONE; row = messages.deliveries.next[row]) {
      messages.beginRun(row);
      facts.runBegan(this.id, row, WORKER);
    }
    const { copy, obligation } = messages.deliveries;
    const record = messages.obligations.message[obligation[first]];
    const { mark0, mark1 } = messages.messages;
    births.hash(mark0[record], mark1[record], messages.copies.receiveCount[copy[first]]);
    const { h0, h1 } = births;
    const size = Math.min(SIZE_MAX, Math.max(1, Math.ceil(bytes / options.compression)));
    const object = objects.add();
    objects.first[object] = first | 0;
    objects.bytes[object] = size;
    objects.tries[object] = 0;
    objects.message[object] = messages.born(this.id, kernel.now, h0, h1, size);
    facts.born(this.id, objects.message[object]);
    const latency = options.deliveryLatency;
    const wait = latency === null ? 0 : drawMicros(latency, latencyKey.u53(h0, h1, 0));
    objects.since[object] = kernel.now + wait;
    kernel.after(wait, this.onPut, object);
  }

  private put(object: number): void {
    const { objects, world } = this;
    const { calls, messages } = world;
    const message = objects.message[object];
    const n = objects.tries[object]++;
    const { bucket } = this.options;
    const call = calls.begin(this.id, bucket, S3Operation.PutObject, this.onAnswer, object);
    calls.first[call] = message;
    calls.a[call] = objects.bytes[object];
    calls.b[call] = this.naming;
    calls.c[call] = n;
    calls.go(call, messages.messages.mark0[message], messages.messages.mark1[message], n);
  }

  private takeAnswer(call: number): void {
    const { calls } = this.world;
    const object = calls.context[call];
    const error = calls.error[call];
    const isStored = calls.carries[call] === 1;
    calls.free(call);
    if (error === CallError.None) this.stored(object);
    else this.failed(object, isStored);
  }

  private stored(object: number): void {
    const { objects, world } = this;
    this.endAll(object, RunEnd.Ok);
    world.facts.answered(this.id, objects.message[object]);
    world.messages.release(objects.message[object]);
    objects.free(object);
  }

  /** `isStored`: the bucket has the object all the same, and will have it twice. */
  private failed(object: number, isStored: boolean): void {
    const { objects, options, world } = this;
    if (isStored) this.storeAgain(object);
    if (world.kernel.now + options.retryInterval - objects.since[object] <= KEPT_MAX) {
      world.facts.retried(this.id, objects.message[object], 0);
      world.kernel.after(options.retryInterval, this.onPut, object);
      return;
    }
    this.endAll(object, RunEnd.Failed);
    world.facts.gaveUp(this.id, objects.message[object]);
    world.messages.release(objects.message[object]);
    objects.free(object);
  }

  // --- records ---------------------------------------------------------------------------------------

  /** One run of each record has ended well, and the next begins. */
  private storeAgain(object: number): void {
    const { messages, facts } = this.world;
    const { next, obligation } = messages.deliveries;
    for (let row = this.objects.first[object]; row !== NONE; row = next[row]) {
      messages.endRunWell(row);
      facts.runEnded(this.id, row, WORKER, RunEnd.Ok);
      messages.blame(obligation[row], Cause.DeliveryRetry);
      messages.beginRun(row);
      facts.runBegan(this.id, row, WORKER);
    }
  }

  private endAll(object: number, end: RunEnd): void {
    const { next } = this.world.messages.deliveries;
    for (let row = this.objects.first[object]; row !== NONE;) {
      const after = next[row];
      this.end(row, end);
      row = after;
    }
  }

  /** The record leaves: it is stored, or lost. */
  private end(delivery: number, end: RunEnd): void {
    const { messages, facts } = this.world;
    const { deliveries } = messages;
    const copy = deliveries.copy[delivery];
    const obligation = deliveries.obligation[delivery];
    const isTwin = messages.copies.receiveCount[copy] > 1;
    if (end === RunEnd.Ok) messages.endRunWell(delivery);
    else {
      messages.endRunFailed(delivery);
      messages.fate(obligation, Outcome.BufferLost);
    }
    facts.runEnded(this.id, delivery, WORKER, end);
    if (end === RunEnd.Ok && !isTwin && this.isMadeTwice(obligation)) {
      messages.blame(obligation, Cause.SpontaneousCopy);
      this.again(obligation, copy);
    }
    messages.storeReleases(delivery);
    facts.deleted(this.id, copy, CopyStage.InFlight);
    messages.dropCopy(copy);
    messages.consumerReleases(delivery);
  }

  private isMadeTwice(obligation: number): boolean {
    const { duplicates } = this.options;
    if (duplicates === 0) return false;
    const { obligations, messages } = this.world.messages;
    const message = obligations.message[obligation];
    const u = this.duplicateKey.u53(messages.mark0[message], messages.mark1[message], 0);
    return u < duplicates;
  }
}
