/**
 * Observers: who watches a run, and what they say when it is over. Which fact goes to whom is in watch.ts.
 *
 * Built in two steps, since the world needs its listener: `new Watch`, `new World`, `attach`. Once all
 * components are there, `begin`.
 */
import type { Facts } from '../components/facts.js';
import { NOBODY } from '../components/facts.js';
import type { Makes } from '../components/makes.js';
import type {
  CopyTable,
  DeliveryTable,
  Messages,
  MessageTable,
  ObligationTable,
} from '../components/messages.js';
import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import type { Clock } from './clock.js';
import {
  DatabaseCounter,
  FunctionCounter,
  RequestCounter,
  StoreCounter,
  TrafficCounter,
} from './counts.js';
import { ControlLoops } from './control/control-loops.js';
import { InstanceCounts } from './control/instance-counts.js';
import { ScalingLog } from './control/scaling-log.js';
import { Meters } from './cost/meters.js';
import { Fingerprint } from './fingerprint.js';
import { GapClocks } from './gap-clock.js';
import { HandOuts } from './hand-outs.js';
import type { Broken } from './invariants/broken.js';
import { Invariants } from './invariants/invariants.js';
import { Latency } from './latency/latency.js';
import type { Scopes } from './latency/scopes.js';
import { LedgerBook } from './ledger.js';
import { Levels } from './levels.js';
import { Order } from './order/order.js';
import { ObligationMemory } from './rows.js';
import { PushCounter } from './push-counts.js';
import { Runs } from './runs.js';
import type { WatchOptions } from './watch-options.js';
import { Workers } from './workers.js';

export abstract class Observers {
  readonly fingerprint: Fingerprint;
  readonly traffic: TrafficCounter;
  readonly requests: RequestCounter;
  readonly stores: StoreCounter;
  readonly pushes: PushCounter;
  readonly databases: DatabaseCounter;
  readonly functions: FunctionCounter;
  readonly ledger: LedgerBook;
  readonly levels: Levels;
  readonly workers: Workers;
  readonly meters: Meters;
  readonly loops: ControlLoops;
  /** Of fleets that can scale. */
  readonly instances: InstanceCounts;
  readonly log: ScalingLog;
  /** One more listener, told after all others. */
  extra: Facts | null = null;

  // Set by `attach`.
  messages!: Messages;
  protected table!: MessageTable;
  protected obligations!: ObligationTable;
  protected copies!: CopyTable;
  protected deliveries!: DeliveryTable;
  latency!: Latency;
  runs!: Runs;
  order!: Order;
  invariants!: Invariants;

  /** By resource: as how many what is owed to it counts. */
  protected readonly weights: Float64Array;
  protected readonly handOuts = new HandOuts();
  protected readonly gaps: GapClocks;
  protected readonly latencyOn: boolean;
  protected readonly levelsOn: boolean;
  protected readonly invariantsOn: boolean;
  /** Whether anything has an order to keep: a queue, or what a source sends. */
  protected orderOn = false;
  private broken: readonly Broken[] = [];

  constructor(
    protected readonly clock: Clock,
    private readonly options: WatchOptions,
  ) {
    const { names } = options;
    this.weights = options.weights ?? new Float64Array(names).fill(1);
    this.latencyOn = options.latency ?? true;
    this.levelsOn = options.levels ?? true;
    this.invariantsOn = options.invariants ?? true;
    this.fingerprint = new Fingerprint(clock);
    this.traffic = new TrafficCounter(names);
    this.requests = new RequestCounter(names);
    this.stores = new StoreCounter(names);
    this.pushes = new PushCounter(clock, { ...options, weights: this.weights });
    this.databases = new DatabaseCounter(names);
    this.functions = new FunctionCounter(names);
    this.ledger = new LedgerBook(names, this.weights, options.relays);
    this.levels = new Levels(clock, names, options.warmUp);
    this.workers = new Workers(clock);
    this.meters = new Meters(clock, options.metered, names);
    this.gaps = new GapClocks(clock, names);
    const fleets = options.fleets ?? [];
    const scaled = fleets.flatMap(({ id, scales }) => {
      return scales === null ? [] : [{ id, bounds: scales }];
    });
    this.loops = new ControlLoops(clock, this.gaps, fleets, options.warmUp);
    this.instances = new InstanceCounts(scaled);
    this.log = new ScalingLog(
      clock,
      scaled.map(({ id }) => id),
    );
  }

  /** The world exists: before anything is told. */
  attach(messages: Messages): void {
    const { options } = this;
    this.messages = messages;
    this.pushes.attach(messages);
    this.table = messages.messages;
    this.obligations = messages.obligations;
    this.copies = messages.copies;
    this.deliveries = messages.deliveries;
    this.latency = new Latency(this.clock, messages, this.handOuts, this.gaps, options);
    const memory = new ObligationMemory(messages.obligations);
    this.runs = new Runs(options.names, messages, memory, this.weights);
    this.order = new Order(messages, options);
    this.orderOn = this.order.isOn;
    this.invariants = new Invariants(this.clock, messages, this.order, options);
  }

  /** All components exist, none has started: what is known of messages from now on. */
  begin(makes: Makes): void {
    this.latency.begin();
    this.order.begin(makes);
    this.orderOn = this.order.isOn;
  }

  /** The run is over: it covered [0, end). Results may be read from now on. */
  finish(end: Micros): void {
    const { messages } = this;
    check(end >= this.clock.now, 'a run ends when it is over');
    this.levels.finish(end);
    this.workers.finish(end);
    this.loops.finish(end);
    const { obligations } = messages;
    for (let row = 0; row < obligations.bound; row++) {
      if (obligations.isLive(row) && !messages.isDone(row)) this.neverDone(row);
    }
    const open = this.ledger.close(messages);
    if (this.invariantsOn) this.broken = this.invariants.results(this, open, this.levelsOn);
  }

  /** What each invariant found, once the run is over. */
  invariantResults(): readonly Broken[] {
    return this.broken;
  }

  /** Latencies, once the run is over. */
  get latencies(): Scopes {
    return this.latency.scopes;
  }

  protected neverDone(obligation: number): void {
    const { obligations } = this;
    const consumer = obligations.consumer[obligation];
    if (this.latencyOn && consumer !== NOBODY)
      this.latency.neverDone(consumer, obligations.message[obligation]);
  }
}
