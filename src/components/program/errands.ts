/** What a lane asks of a service in the middle of a run: the calls of a step, or the payload of its message. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { CallOperation } from '../call-port.js';
import { check } from '../../kernel/check.js';
import type { DatabaseOperation } from '../database-port.js';
import type { Messages } from '../messages.js';
import { NONE } from '../messages.js';
import type { Calls } from '../port.js';
import { S3Operation } from '../s3-port.js';
import type { World } from '../world.js';
import type { CallerOptions } from './attempts.js';
import { Attempts } from './attempts.js';
import type { LaneTable } from './tables.js';

export interface Errand {
  readonly operation: number;
  /** So many calls, one after the other. */
  readonly count: number;
  /** A call that fails for good does not fail the run. */
  readonly ignoresErrors: boolean;
  readonly client: CallerOptions;
  readonly attempts: Attempts;
  /** Of its draws. */
  readonly key: MarkKey;
  /** The resource number of the service. */
  targetOf(lanes: LaneTable, lane: number): number;
  /** Writes into the call what it says. `number` is the caller's own for this try. */
  fill(calls: Calls, call: number, lanes: LaneTable, lane: number, number: number): void;
}

/** What a step writes to a bucket, or reads from it. */
export interface ObjectOptions {
  /** PutObject or GetObject. */
  readonly operation: 0 | 1;
  /** Bytes; null: as the message in hand. */
  readonly size: Distribution | null;
  /** See object-names.ts. */
  readonly naming: number;
}

/** The steps `call`, `write` and `read`. */
export interface CallOptions {
  /** Resource number of the service, or of the database. */
  readonly target: number;
  /** Of `write` and `read`: the operation of the database. */
  readonly statement?: DatabaseOperation;
  /** The same of a bucket. */
  readonly object?: ObjectOptions;
  readonly count: number;
  readonly client: CallerOptions;
  readonly ignoresErrors: boolean;
}

class StepCall implements Errand {
  readonly operation: number = CallOperation.Call;
  readonly count: number;
  readonly ignoresErrors: boolean;
  readonly client: CallerOptions;
  readonly attempts: Attempts;

  constructor(
    private readonly messages: Messages,
    private readonly options: CallOptions,
    readonly key: MarkKey,
  ) {
    this.count = options.count;
    this.ignoresErrors = options.ignoresErrors;
    this.client = options.client;
    this.attempts = new Attempts(options.client, key);
  }

  targetOf(): number {
    return this.options.target;
  }

  fill(calls: Calls, call: number, lanes: LaneTable, lane: number, number: number): void {
    calls.a[call] = lanes.mark0[lane];
    calls.b[call] = lanes.mark1[lane];
    calls.c[call] = number;
    calls.carries[call] = lanes.sender[lane];
    if (this.messages.lineage !== null) calls.first[call] = lanes.message[lane];
  }
}

/** A statement to a database, in a connection of the lane's process. */
export class StepStatement extends StepCall {
  constructor(
    messages: Messages,
    options: CallOptions,
    override readonly operation: DatabaseOperation,
    key: MarkKey,
  ) {
    super(messages, options, key);
  }

  override fill(calls: Calls, call: number, lanes: LaneTable, lane: number, number: number): void {
    calls.a[call] = lanes.mark0[lane];
    calls.b[call] = lanes.mark1[lane];
    calls.c[call] = number;
    calls.carries[call] = lanes.worker[lane];
  }
}

/** The draw of an object's size: no try of a call has this number. */
const SIZE = -1;
/** The size of what comes of a call without a message: that of a call, 1 KiB as of traffic. */
const SIZE_OF_CALL = 1024;

/** An object of a bucket, named after what the message in hand is about. */
export class StepObject extends StepCall {
  override readonly operation: number;

  constructor(
    private readonly rows: Messages,
    options: CallOptions,
    private readonly object: ObjectOptions,
    key: MarkKey,
  ) {
    super(rows, options, key);
    this.operation = object.operation;
  }

  override fill(calls: Calls, call: number, lanes: LaneTable, lane: number, number: number): void {
    calls.first[call] = lanes.message[lane];
    calls.a[call] = this.bytesFor(lanes, lane);
    calls.b[call] = this.object.naming;
    calls.c[call] = number;
  }

  private bytesFor({ message, mark0, mark1 }: LaneTable, lane: number): number {
    const { size } = this.object;
    if (size === null)
      return message[lane] === NONE ? SIZE_OF_CALL : this.rows.messages.size[message[lane]];
    return Math.max(1, Math.round(size.quantile(this.key.u53(mark0[lane], mark1[lane], SIZE))));
  }
}

/** What a step calls. */
export function errandOf(messages: Messages, options: CallOptions, key: MarkKey): Errand {
  const { statement, object } = options;
  if (object !== undefined) return new StepObject(messages, options, object, key);
  return statement === undefined
    ? new StepCall(messages, options, key)
    : new StepStatement(messages, options, statement, key);
}

/** The claim check: a payload that lies in a bucket is read before the first step. */
export class PayloadRead implements Errand {
  readonly operation = S3Operation.GetObject;
  readonly count = 1;
  readonly ignoresErrors = false;
  readonly attempts: Attempts;

  constructor(
    private readonly world: World,
    readonly client: CallerOptions,
    readonly key: MarkKey,
  ) {
    this.attempts = new Attempts(client, key);
  }

  /** Bytes of the payload of the lane's message that lie in a bucket; 0: none. */
  bytesFor({ source, about0, about1 }: LaneTable, lane: number): number {
    const payloads = this.world.makes.of(source[lane])?.payloads;
    return payloads?.bytesInBucket(about0[lane], about1[lane]) ?? 0;
  }

  targetOf(lanes: LaneTable, lane: number): number {
    const payloads = this.world.makes.of(lanes.source[lane])?.payloads;
    check(payloads !== undefined && payloads !== null, 'only what lies in a bucket is read');
    return payloads.bucket;
  }

  fill(calls: Calls, call: number, lanes: LaneTable, lane: number): void {
    calls.a[call] = this.bytesFor(lanes, lane);
  }
}
