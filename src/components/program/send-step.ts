/** One step `send` of a program: the children that it makes, and who waits for each. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import { Extension } from '../../kernel/table.js';
import type { ClientOptions, SendOwner } from '../client/options.js';
import { Sender } from '../client/sender.js';
import type { Lineage } from '../lineage.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { IdOptions } from './child-ids.js';
import { idsOf } from './child-ids.js';
import type { ChildMakeOptions } from './child-make.js';
import { ChildMakes } from './child-make.js';
import type { LaneTable } from './tables.js';

/** A checked step `send`, in base units. */
export interface SendOptions
  extends IdOptions, Omit<ChildMakeOptions, 'name' | 'sender' | 'saysSize'> {
  /** The resource number of what it sends to. */
  readonly target: number;
  readonly count: number;
  /** Bytes; null: as the message in hand. */
  readonly size: Distribution | null;
  /** µs, or QUEUE_DEFAULT. */
  readonly delay: number;
  readonly client: ClientOptions;
  readonly ignoresErrors: boolean;
}

/** Columns of messages that exist only where handlers send. */
class SentColumns extends Extension {
  /** The lane that waits, or NONE: its process is gone. */
  readonly lane = this.i32('lane');
  readonly worker = this.i32('worker');
  /** The call under way that carries it, or NONE. */
  readonly call = this.i32('call');

  constructor(world: World) {
    super(world.messages.messages);
  }
}

/** A size that the message in hand does not tell: that of a call, 1 KiB as of traffic. */
const SIZE_OF_CALL = 1024;
/** More than a step has children. */
const CHILDREN = 1024;

/** What the steps of a program have in common. */
export interface SendParts {
  readonly world: World;
  /** The resource number of the program. */
  readonly source: number;
  readonly lanes: LaneTable;
  /** The message that the lane waits for was acknowledged (0), or is given up. */
  readonly settled: (lane: number, error: number) => void;
}

export class SendStep implements SendOwner {
  private readonly world: World;
  private readonly source: number;
  private readonly lanes: LaneTable;
  private readonly onSettled: (lane: number, error: number) => void;
  private readonly sender: Sender;
  private readonly make: ChildMakes | null;
  private readonly lineage: Lineage;
  private readonly birth: MarkKey;
  private readonly sizeKey: MarkKey;
  private readonly sent: SentColumns;
  /** Processes that have sent something. */
  private readonly open = new Set<number>();

  constructor(
    { world, source, lanes, settled }: SendParts,
    name: string,
    readonly options: SendOptions,
  ) {
    this.world = world;
    this.source = source;
    this.lanes = lanes;
    this.onSettled = settled;
    const { target, client, delay, key, attributes, body, event, size } = options;
    this.lineage = world.messages.keepLineage();
    this.birth = world.streams.key(name, 'mark');
    this.sizeKey = world.streams.key(name, 'size');
    const hasAttributes = Object.keys(attributes).length > 0;
    const isPlain = key === null && !hasAttributes && body === null && size === null;
    const said = { key, attributes, body, event, saysSize: size !== null };
    this.make =
      isPlain && event === null ? null : new ChildMakes(world, { name, sender: source, ...said });
    this.sent = world.shared(SentColumns);
    const ids = idsOf(world, name, options);
    const how = { client, ids, delay, statement: null, payloads: null, owner: this };
    this.sender = new Sender(world, { name, source, target, ...how });
  }

  /** Child number `k` of the lane's run. */
  send(lane: number, k: number): void {
    const { birth, lanes, lineage, sent, world } = this;
    const { messages } = world;
    const parent = lanes.message[lane];
    const worker = lanes.worker[lane];
    birth.hash(lanes.mark0[lane], lanes.mark1[lane], Math.imul(lanes.run[lane], CHILDREN) + k);
    const { h0, h1 } = birth;
    const message = messages.born(this.source, world.kernel.now, h0, h1, this.sizeOf(parent));
    if (parent !== NONE) lineage.descends(message, parent);
    else lineage.says(message, lanes.source[lane], lanes.about0[lane], lanes.about1[lane]);
    this.make?.tell(lineage, message, h0, h1);
    sent.lane[message] = lane;
    sent.worker[message] = worker;
    sent.call[message] = NONE;
    lanes.sent[lane] = message;
    if (!this.open.has(worker)) {
      this.open.add(worker);
      this.sender.open(worker);
    }
    world.facts.born(this.source, message);
    this.sender.send(message, h0, h1);
  }

  private sizeOf(parent: number): number {
    const { size } = this.options;
    if (size !== null) {
      const { h0, h1 } = this.birth;
      return Math.max(1, Math.round(size.quantile(this.sizeKey.u53(h0, h1, 0))));
    }
    return parent === NONE ? SIZE_OF_CALL : this.world.messages.messages.size[parent];
  }

  /** The lane's process is gone. */
  drop(lane: number): void {
    const message = this.lanes.sent[lane];
    this.sent.lane[message] = NONE;
    this.sender.abandon(message);
  }

  /** The process is gone, and all its lanes have been dropped. */
  forget(worker: number): void {
    if (this.open.delete(worker)) this.sender.close(worker);
  }

  // --- SendOwner -----------------------------------------------------------------------------------

  processOf(message: number): number {
    return this.sent.worker[message];
  }

  settled(message: number, error: number): void {
    const lane = this.sent.lane[message];
    if (lane !== NONE) this.onSettled(lane, error);
  }

  carried(message: number, call: number): void {
    this.sent.call[message] = call | 0;
  }

  callOf(message: number): number {
    return this.sent.call[message];
  }

  isGone(message: number): boolean {
    return this.sent.lane[message] === NONE;
  }
}
