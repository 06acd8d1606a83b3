// A world for tests of components: facts that are counted or kept, and a queue that is as simple as the
// contract of queue-port.ts allows. It is slow and obvious on purpose.

import {
  QUEUE_OPERATIONS,
  QUEUE_DEFAULT,
  QueueOperation,
} from '../../src/components/queue-port.js';
import { Kernel } from '../../src/kernel/kernel.js';
import type { TableOptions } from '../../src/kernel/table.js';
import type { Handler } from '../../src/kernel/kernel.js';
import type { Distribution } from '../../src/kernel/distributions/distribution.js';
import { Streams } from '../../src/kernel/random/streams.js';
import { SECOND } from '../../src/kernel/time.js';
import type { Facts } from '../../src/components/facts.js';
import { Cause, CopyStage } from '../../src/components/facts.js';
import { Holder, NONE } from '../../src/components/messages.js';
import type { ApiLatency, Port } from '../../src/components/port.js';
import { World } from '../../src/components/world.js';
import { SilentFacts } from '../../src/observe/silent-facts.js';

export { SilentFacts };

/** Facts that nobody hears. */
export class NoFacts extends SilentFacts {}

/** Tables as small as they get, poisoned on growth: stale references show at once. */
export const HARSH_TABLES: TableOptions = { capacity: 1, poison: true };

export interface FakeWorldOptions {
  readonly facts?: Facts;
  readonly seed?: string;
  readonly tables?: TableOptions;
}

export function fakeWorld(names: readonly string[], options: FakeWorldOptions = {}): World {
  const kernel = new Kernel({ tables: options.tables ?? HARSH_TABLES });
  const streams = new Streams(options.seed ?? '1', 0);
  return new World(kernel, streams, options.facts ?? new NoFacts(), names);
}

interface Stored {
  readonly copy: number;
  readonly message: number;
  serial: number;
  state: 'visible' | 'hidden' | 'gone';
  /** The delivery that hides it. */
  delivery: number;
}

interface Waiting {
  readonly call: number;
  readonly serial: number;
}

/** First in, first out; visibility timeouts and long polls by plain events. */
export class FakeQueue implements Port {
  readonly handlers: readonly Handler[];
  readonly latency: ApiLatency | null;
  readonly visible: Stored[] = [];
  hidden = 0;
  deletes = 0;
  /** Why the entry of a delete is refused, by its number from 0; 0: it is not. */
  refuses: (entry: number) => number = () => 0;
  private entries = 0;
  staleDeletes = 0;
  receives = 0;
  private readonly copies = new Map<number, Stored>();
  private readonly waiting: Waiting[] = [];
  private readonly timeouts: { stored: Stored; serial: number }[] = [];
  private serials = 0;
  private readonly timeOut: Handler;
  private readonly giveUp: Handler;

  constructor(
    private readonly world: World,
    private readonly id: number,
    private readonly consumer: number,
    private readonly visibilityTimeout = 30 * SECOND,
    latency: Distribution | null = null,
  ) {
    const name = world.names[id];
    const taken = world.kernel.handler(`${name}/call`, (call) => this.take(call));
    this.handlers = QUEUE_OPERATIONS.map(() => taken);
    this.timeOut = world.kernel.handler(`${name}/timeout`, (i) => this.comeBack(i));
    this.giveUp = world.kernel.handler(`${name}/wait`, (serial) => this.endWait(serial));
    this.latency = latency && { distribution: latency, key: world.streams.key(name, 'apiLatency') };
    world.calls.open(id, this);
    world.addGauge(id, {
      name: 'ApproximateNumberOfMessagesVisible',
      read: () => this.visible.length,
    });
  }

  /** A message appears in the queue, out of nowhere. */
  put(mark0: number, mark1: number, source = 0): void {
    const { messages, kernel, facts } = this.world;
    const message = messages.born(source, kernel.now, mark0, mark1, 1024);
    const obligation = messages.owe(message, this.consumer);
    const copy = messages.addCopy(obligation);
    const stored: Stored = { copy, message, serial: 0, state: 'visible', delivery: NONE };
    this.copies.set(copy, stored);
    facts.stored(this.id, copy, CopyStage.Visible);
    messages.release(message);
    this.visible.push(stored);
    this.serve();
  }

  private take(call: number): void {
    const { calls } = this.world;
    const operation = calls.operation[call];
    if (operation === QueueOperation.ReceiveMessage) this.receive(call);
    else if (
      operation === QueueOperation.DeleteMessage ||
      operation === QueueOperation.DeleteMessageBatch
    )
      this.delete(call);
    else throw new Error('the fake queue knows only receives and deletes');
  }

  private receive(call: number): void {
    const { calls, facts, kernel } = this.world;
    this.receives++;
    facts.pollOpened(this.id, calls.client[call], QueueOperation.ReceiveMessage);
    const wait = Math.max(0, calls.a[call]);
    if (this.visible.length > 0 || wait === 0) {
      this.answer(call);
      return;
    }
    const serial = this.serials++;
    this.waiting.push({ call, serial });
    kernel.after(wait, this.giveUp, serial);
  }

  private endWait(serial: number): void {
    const at = this.waiting.findIndex((waiting) => waiting.serial === serial);
    if (at < 0) return;
    const [{ call }] = this.waiting.splice(at, 1);
    this.answer(call);
  }

  private serve(): void {
    while (this.visible.length > 0 && this.waiting.length > 0)
      this.answer(this.waiting.shift()!.call);
  }

  private answer(call: number): void {
    const { calls, messages, facts } = this.world;
    const wanted = calls.abandoned[call] === 1 ? 0 : calls.carries[call];
    const asked = calls.b[call];
    const timeout = asked === QUEUE_DEFAULT ? this.visibilityTimeout : asked;
    let first = NONE;
    let last = NONE;
    let count = 0;
    while (count < wanted && this.visible.length > 0) {
      const delivery = this.hide(this.visible.shift()!, calls.client[call], timeout);
      if (last === NONE) first = delivery;
      else messages.deliveries.next[last] = delivery;
      last = delivery;
      count++;
    }
    facts.pollClosed(this.id, calls.client[call], count, 0);
    calls.first[call] = first;
    calls.carries[call] = count;
    calls.answer(call);
  }

  private hide(stored: Stored, client: number, timeout: number): number {
    const { messages, facts, kernel } = this.world;
    stored.state = 'hidden';
    stored.serial = ++this.serials;
    stored.delivery = messages.addDelivery(stored.copy, stored.serial, client);
    this.hidden++;
    facts.taken(this.id, stored.delivery);
    kernel.after(timeout, this.timeOut, this.timeouts.push({ stored, serial: stored.serial }) - 1);
    return stored.delivery;
  }

  private comeBack(at: number): void {
    const { stored, serial } = this.timeouts[at];
    if (stored.state !== 'hidden' || stored.serial !== serial) return;
    const { messages, facts } = this.world;
    const obligation = messages.copies.obligation[stored.copy];
    const isHeld = (messages.deliveries.holders[stored.delivery] & Holder.Consumer) !== 0;
    if (isHeld) messages.blame(obligation, Cause.VisibilityTimeout);
    stored.state = 'visible';
    this.hidden--;
    facts.returned(this.id, stored.delivery);
    messages.storeReleases(stored.delivery);
    this.visible.push(stored);
    this.serve();
  }

  private delete(call: number): void {
    const { calls, messages, facts } = this.world;
    for (
      let delivery = calls.first[call];
      delivery !== NONE;
      delivery = messages.deliveries.next[delivery]
    ) {
      const error = this.refuses(this.entries++);
      messages.deliveries.error[delivery] = error;
      if (error !== 0) continue;
      const stored = this.copies.get(messages.deliveries.copy[delivery]);
      if (stored?.serial !== messages.deliveries.receipt[delivery]) {
        this.staleDeletes++;
        continue;
      }
      this.deletes++;
      this.copies.delete(stored.copy);
      const stage = stored.state === 'hidden' ? CopyStage.InFlight : CopyStage.Visible;
      if (stored.state === 'hidden') {
        this.hidden--;
        messages.storeReleases(stored.delivery);
      } else {
        this.visible.splice(this.visible.indexOf(stored), 1);
      }
      stored.state = 'gone';
      facts.deleted(this.id, stored.copy, stage);
      messages.dropCopy(stored.copy);
    }
    calls.answer(call);
  }
}
