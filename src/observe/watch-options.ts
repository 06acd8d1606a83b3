/** What a watch has to know of the world before it is built. */
import type { Micros } from '../kernel/time.js';
import type { WatchedFleet } from './control/control-loops.js';
import type { MeteredResource } from './cost/meters.js';

export interface WatchOptions {
  /** How many names the world has. */
  readonly names: number;
  /** Numbers of the resources that store copies, in file order. */
  readonly stores: readonly number[];
  /** Numbers of the resources that consume, in file order. */
  readonly consumers: readonly number[];
  /** Numbers of the stores that keep the order of message groups; default: none. */
  readonly fifo?: readonly number[];
  /** The configured delay of each store, µs, by resource number; 0 elsewhere. */
  readonly delays: Float64Array;
  /** Sources whose messages are done when they are answered: nothing is owed of them. Default: none. */
  readonly askers?: readonly number[];
  /** maxReceiveCount by resource number; Infinity where there is none. */
  readonly maxReceiveCounts: Float64Array;
  /**
   * By resource number: how many subscribers it stands for. What is owed to it, and each run and push, counts as so
   * many. Default: 1 each.
   */
  readonly weights?: Float64Array;
  /** The targets of its links, by resource number of the pusher. Default: none. */
  readonly linkTargets?: readonly (readonly number[] | undefined)[];
  /** What is billed, by resource number. */
  readonly metered: readonly (MeteredResource | undefined)[];
  /** Numbers of the resources that deliver by themselves; default: none. */
  readonly pushers?: readonly number[];
  /** Numbers of the resources that are pushed to and pass on what they take; default: none. */
  readonly relays?: readonly number[];
  /** Groups of instances that consume; default: none. */
  readonly fleets?: readonly WatchedFleet[];
  /** Latencies of messages born before, and levels before, are not counted, µs. */
  readonly warmUp: Micros;
  /** Switches; all on by default. The fingerprint, the ledger and the counts are always on. */
  readonly latency?: boolean;
  readonly levels?: boolean;
  readonly invariants?: boolean;
}
