/** The invariants that hold in every run, together. Each lives in its own file. */
import type { CopyStage, Outcome } from '../../components/facts.js';
import type { Messages } from '../../components/messages.js';
import type { Clock } from '../clock.js';
import type { InstanceCounts } from '../control/instance-counts.js';
import type { StoreCounter } from '../counts.js';
import type { LedgerBook } from '../ledger.js';
import type { Levels } from '../levels.js';
import type { Order } from '../order/order.js';
import { AtLeastOnce } from './at-least-once.js';
import type { Broken } from './broken.js';
import { Conservation } from './conservation.js';
import { DeliveriesEnd } from './deliveries.js';
import { fifoOrder } from './fifo-order.js';
import { ReceiveCount } from './receive-count.js';
import { TimeForward } from './time.js';
import { ExclusiveVisibility } from './visibility.js';

/** All invariants, as results and `allow` name them. */
export const INVARIANT_NAMES = [
  'conservation',
  'exclusive-visibility',
  'receive-count',
  'at-least-once',
  'deliveries',
  'fifo-order',
  'time-forward',
  'instance-conservation',
  'capacity-bounds',
] as const;

export interface InvariantOptions {
  readonly names: number;
  readonly stores: readonly number[];
  readonly consumers: readonly number[];
  readonly maxReceiveCounts: Float64Array;
  /** Stores that keep the order of message groups. */
  readonly fifo?: readonly number[];
  /** Those that deliver by themselves, and those among them to which others deliver. */
  readonly pushers?: readonly number[];
  readonly relays?: readonly number[];
}

/** What conservation compares, of messages and of instances. */
export interface Sums {
  readonly stores: StoreCounter;
  readonly levels: Levels;
  readonly ledger: LedgerBook;
  readonly instances: InstanceCounts;
}

export class Invariants {
  private readonly visibility: ExclusiveVisibility;
  private readonly receiveCount: ReceiveCount;
  private readonly atLeastOnce: AtLeastOnce;
  private readonly deliveries: DeliveriesEnd;
  private readonly time: TimeForward;

  constructor(
    clock: Clock,
    private readonly messages: Messages,
    private readonly order: Order,
    private readonly options: InvariantOptions,
  ) {
    this.visibility = new ExclusiveVisibility(options.names, messages);
    this.receiveCount = new ReceiveCount(messages, options.maxReceiveCounts);
    this.atLeastOnce = new AtLeastOnce(options.names);
    this.deliveries = new DeliveriesEnd(options.names, messages);
    this.time = new TimeForward(clock);
  }

  stored(resource: number, copy: number, stage: CopyStage): void {
    this.time.look();
    this.visibility.stored(copy, stage);
    this.receiveCount.stored(resource, copy, stage);
  }

  visible(resource: number, copy: number): void {
    this.visibility.visible(resource, copy);
  }

  taken(resource: number, copy: number): void {
    this.time.look();
    this.visibility.taken(resource, copy);
    this.receiveCount.taken(resource, copy);
  }

  /** A visible copy was hidden without being handed out. */
  hidden(resource: number, copy: number): void {
    this.visibility.taken(resource, copy);
  }

  returned(resource: number, copy: number): void {
    this.visibility.returned(resource, copy);
  }

  left(resource: number, copy: number, stage: CopyStage): void {
    this.visibility.left(resource, copy, stage);
    this.receiveCount.left(copy);
  }

  runEnded(): void {
    this.time.look();
  }

  owed(obligation: number): void {
    this.deliveries.owed(obligation);
  }

  settled(consumer: number, obligation: number, outcome: Outcome): void {
    this.atLeastOnce.settled(consumer, outcome);
    this.deliveries.settled(obligation);
  }

  /** A pusher has accepted it for a link. */
  dispatched(pusher: number, obligation: number, link: number): void {
    this.time.look();
    this.deliveries.dispatched(pusher, obligation, link);
  }

  /** An attempt to push it sets out, or has failed. */
  pushed(pusher: number, obligation: number, link: number): void {
    this.time.look();
    this.deliveries.pushed(pusher, obligation, link);
  }

  /** The pusher is through with it. */
  pushOver(pusher: number, obligation: number, link: number): void {
    this.deliveries.over(pusher, obligation, link);
  }

  /** By invariant, each in file order; `open` obligations are in the tables. */
  results(sums: Sums, open: number, hasLevels: boolean): Broken[] {
    const { stores, consumers, fifo, pushers = [], relays = [] } = this.options;
    const levels = hasLevels ? sums.levels : null;
    const conservation = new Conservation(sums.stores, levels, sums.ledger);
    return [
      ...conservation.result(this.messages, open, stores),
      ...this.visibility.result(stores),
      ...this.receiveCount.result(stores),
      ...this.atLeastOnce.result([...consumers, ...relays]),
      ...this.deliveries.result(pushers),
      ...fifoOrder(this.order, fifo ?? []),
      ...this.time.result(),
      ...sums.instances.results(levels),
    ];
  }
}
