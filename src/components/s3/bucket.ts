/**
 * A bucket: it takes objects and gives them back, each call in its own time, and tells of those that it has stored
 * (notifier.ts). What lies in it is not kept: whoever gets an object says which, and has put it before.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { Component } from '../component.js';
import type { ApiLatency, Port } from '../port.js';
import { Buckets } from '../object-names.js';
import { NONE } from '../messages.js';
import { Pointers, S3_OPERATIONS, S3Error, S3Operation } from '../s3-port.js';
import type { World } from '../world.js';
import { PUT_BYTES_MAX } from './limits.js';
import type { NotifierOptions } from './notifier.js';
import { Notifier } from './notifier.js';

export interface BucketOptions {
  readonly name: string;
  /** There and back; null: no time. A delete takes as long as a put. */
  readonly putLatency: Distribution | null;
  readonly getLatency: Distribution | null;
  /** What a message says in place of a payload that lies here. */
  readonly pointerBytes: number;
  /** null: it tells nobody of its objects. */
  readonly notifier: NotifierOptions | null;
}

export class Bucket implements Component, Port {
  readonly handlers: readonly Handler[];
  readonly latency = null;
  readonly latencies: readonly (ApiLatency | null)[];
  private readonly notifier: Notifier | null;

  constructor(
    private readonly world: World,
    readonly id: number,
    options: BucketOptions,
  ) {
    const { kernel, streams } = world;
    const { name, putLatency, getLatency, pointerBytes, notifier } = options;
    world.shared(Pointers).set(id, pointerBytes);
    world.shared(Buckets).declare(id);
    this.notifier = notifier && new Notifier(world, id, name, notifier);
    const run = [
      (call: number) => this.put(call),
      (call: number) => this.take(call, world.calls.a[call]),
      (call: number) => this.take(call, 0),
    ];
    this.handlers = S3_OPERATIONS.map((operation, i) =>
      kernel.handler(`${name}/${operation}`, run[i]),
    );
    const of = (distribution: Distribution | null, operation: string): ApiLatency | null =>
      distribution && { distribution, key: streams.key(name, operation) };
    this.latencies = [
      of(putLatency, 'putLatency'),
      of(getLatency, 'getLatency'),
      of(putLatency, 'deleteLatency'),
    ];
    world.calls.open(id, this);
  }

  private put(call: number): void {
    const { calls } = this.world;
    if (calls.a[call] > PUT_BYTES_MAX) calls.error[call] = S3Error.EntityTooLarge;
    else {
      calls.carries[call] = 1;
      const message = calls.first[call];
      if (this.notifier !== null && message !== NONE)
        this.notifier.stored(message, calls.b[call], calls.c[call]);
    }
    this.take(call, calls.a[call]);
  }

  private take(call: number, bytes: number): void {
    const { calls, facts } = this.world;
    const operation = calls.operation[call];
    const isPut = operation === S3Operation.PutObject;
    facts.request(this.id, operation, isPut ? bytes : 0);
    if (isPut) calls.brought(call, bytes);
    else calls.returns(call, bytes);
    calls.answer(call);
  }
}
