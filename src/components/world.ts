/**
 * The world that components are built into: one kernel, one set of tables, one listener of facts.
 * It holds what is shared and nothing that belongs to one kind of component.
 */

import { check } from '../kernel/check.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Streams } from '../kernel/random/streams.js';
import type { Facts } from './facts.js';
import { NOBODY } from './facts.js';
import type { Inbox } from './inbox-port.js';
import { Labels } from './labels.js';
import { Makes } from './makes.js';
import { Messages } from './messages.js';
import type { Breakable, Fleet, Gauge } from './port.js';
import type { QueueControl } from './queue-port.js';
import { Calls } from './port.js';
import { Ways } from './ways.js';

/** What there is to know of names before anything is built. */
export interface Population {
  /** Who polls a resource, by its number: resource numbers in file order. */
  readonly consumers?: ReadonlyMap<number, readonly number[]>;
  /** The AWS account of each name; empty: one for all. */
  readonly accounts?: readonly string[];
  /** Resources whose archives will be replayed: to which of their links by name, where only some are. */
  readonly replayed?: ReadonlyMap<number, ReadonlySet<string>>;
  /** The region of each name, INTERNET or OUTSIDE; empty: one for all. */
  readonly regions?: readonly string[];
  /** Calendar time of virtual time 0, seconds from 1970; default 2026-01-01T00:00Z. */
  readonly startSeconds?: number;
}

/** 2026-01-01T00:00Z. */
const START_SECONDS = 1_767_225_600;

export class World {
  /** Names of resources and traffic; the place is the number that facts carry. */
  readonly names: readonly string[];
  private readonly allNames: string[];
  readonly accounts: readonly string[];
  /** Resources whose archives will be replayed, with the names of links: only they keep what they archive. */
  readonly replayed: ReadonlyMap<number, ReadonlySet<string>>;
  /** Calendar time of virtual time 0, seconds from 1970. */
  readonly startSeconds: number;
  /** In which regions things lie, and how far it is from one to the other. */
  readonly ways: Ways;
  readonly calls: Calls;
  readonly messages: Messages;
  /** Groups, ids and keys as numbers; what messages are about. */
  readonly labels = new Labels();
  readonly makes = new Makes();
  private readonly consumers: ReadonlyMap<number, readonly number[]>;
  private readonly numbers: Map<string, number>;
  private readonly gauges = new Map<string, Gauge>();
  private readonly stores = new Map<unknown, unknown>();
  private readonly breakables = new Map<number, Breakable>();
  private readonly fleets = new Map<number, Fleet>();
  private readonly queues = new Map<number, QueueControl>();
  private readonly inboxes = new Map<number, Inbox>();

  constructor(
    readonly kernel: Kernel,
    readonly streams: Streams,
    readonly facts: Facts,
    names: readonly string[],
    {
      consumers = new Map(),
      accounts = [],
      regions = [],
      replayed = new Map(),
      startSeconds = START_SECONDS,
    }: Population = {},
  ) {
    this.consumers = consumers;
    this.replayed = replayed;
    this.accounts = accounts;
    this.startSeconds = startSeconds;
    check(names.length < 0xffff, 'fewer than 65,535 names');
    this.allNames = [...names];
    this.names = this.allNames;
    this.numbers = new Map(names.map((name, id) => [name, id]));
    this.ways = new Ways(streams, names, regions);
    this.calls = new Calls(kernel, facts);
    if (this.ways.areSeveral) this.calls.ways = this.ways;
    this.messages = new Messages(kernel.tables, facts, this.makes);
  }

  /**
   * A resource that comes later, between two slices of a run. A name that was there before belongs to the
   * new one from now on.
   */
  addName(name: string): number {
    check(this.allNames.length < 0xfffe, 'fewer than 65,535 names');
    const id = this.allNames.push(name) - 1;
    this.numbers.set(name, id);
    return id;
  }

  /** The number of a name; the scenario layer has checked that it exists. */
  idOf(name: string): number {
    const id = this.numbers.get(name);
    check(id !== undefined, 'every reference was checked before building');
    return id;
  }

  /** The region that a resource or a traffic lies in, INTERNET or OUTSIDE (settings/regions.ts). */
  regionOf(id: number): string {
    return this.ways.regionOf(id);
  }

  consumersOf(id: number): readonly number[] {
    return this.consumers.get(id) ?? [];
  }

  /** The one `Store` of this world: state that all components of one folder share. */
  shared<T>(Store: new (world: World) => T): T {
    let store = this.stores.get(Store) as T | undefined;
    if (store === undefined) {
      store = new Store(this);
      this.stores.set(Store, store);
    }
    return store;
  }

  /** The `Store` of this world if anybody has asked for it. */
  existing<T>(Store: new (world: World) => T): T | null {
    return (this.stores.get(Store) as T | undefined) ?? null;
  }

  /** To whom a message is owed that is pushed there: to whoever polls a queue (NOBODY), else to the target itself. */
  consumerOf(target: number): number {
    return this.queues.has(target) ? (this.consumersOf(target)[0] ?? NOBODY) : target;
  }

  /** Memory of the rows that grow with load, bytes. */
  memoryBytes(): number {
    const { messages, obligations, copies, deliveries, entries } = this.messages;
    const tables = [messages, obligations, copies, deliveries, entries, this.calls];
    return tables.reduce((sum, table) => sum + table.memoryBytes, 0);
  }

  addGauge(resource: number, gauge: Gauge): void {
    this.gauges.set(`${resource}/${gauge.name}`, gauge);
  }

  /** A metric's source, or undefined when the resource has no such metric. */
  gauge(resource: number, name: string): Gauge | undefined {
    return this.gauges.get(`${resource}/${name}`);
  }

  addBreakable(resource: number, breakable: Breakable): void {
    this.breakables.set(resource, breakable);
  }

  breakable(resource: number): Breakable | undefined {
    return this.breakables.get(resource);
  }

  /** It is breakable, too. */
  addFleet(resource: number, fleet: Fleet): void {
    this.addBreakable(resource, fleet);
    this.fleets.set(resource, fleet);
  }

  fleet(resource: number): Fleet | undefined {
    return this.fleets.get(resource);
  }

  /** Before anything is built that sends there. */
  addInbox(resource: number, inbox: Inbox): void {
    this.inboxes.set(resource, inbox);
  }

  /** How messages are sent to a resource; undefined: they cannot be. */
  inboxOf(resource: number): Inbox | undefined {
    return this.inboxes.get(resource);
  }

  addQueue(resource: number, queue: QueueControl): void {
    this.queues.set(resource, queue);
  }

  /** What can be done to a queue; undefined when the resource is none. */
  queue(resource: number): QueueControl | undefined {
    return this.queues.get(resource);
  }
}
