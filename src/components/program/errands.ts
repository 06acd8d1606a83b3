/** What a lane asks of a service in the middle of a run: the calls of a step, or the payload of its message. */

import type { MarkKey } from '../../kernel/random/marks.js';
import { CallOperation } from '../call-port.js';
import { check } from '../../kernel/check.js';
import type { DatabaseOperation } from '../database-port.js';
import type { Messages } from '../messages.js';
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

/** The steps `call`, `write` and `read`. */
export interface CallOptions {
  /** Resource number of the service, or of the database. */
  readonly target: number;
  /** Of `write` and `read`: the operation of the database. */
  readonly statement?: DatabaseOperation;
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

/** What a step calls. */
export function errandOf(messages: Messages, options: CallOptions, key: MarkKey): Errand {
  const { statement } = options;
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
