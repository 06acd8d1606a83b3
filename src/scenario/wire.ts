/**
 * From a checked scenario to a model that can run: one world, its components wired by name, and the
 * observers that listen. Nothing can be added once it has started.
 */

import type { ComponentType } from '../components/component.js';
import type { Endpoint } from '../components/endpoints.js';
import type { FleetOnQueue } from '../components/settings/program.js';
import type { Facts } from '../components/facts.js';
import { buildSystems, COMPONENT_TYPES } from '../components/registry.js';
import { declareHandler } from '../components/program/from-settings.js';
import { sendsOf } from '../components/program/sends-of.js';
import { declareTraffic, trafficOptions } from '../components/traffic/from-settings.js';
import { TrafficSource } from '../components/traffic/source.js';
import type { Alarm } from '../components/metric-port.js';
import { Metrics } from '../components/metric-port.js';
import { Buckets } from '../components/object-names.js';
import { isFifoName } from '../components/settings.js';
import { World } from '../components/world.js';
import { check } from '../kernel/check.js';
import { Kernel } from '../kernel/kernel.js';
import { Streams } from '../kernel/random/streams.js';
import type { TableOptions } from '../kernel/table.js';
import type { WatchedFleet } from '../observe/control/control-loops.js';
import type { MeteredResource } from '../observe/cost/meters.js';
import { asksMore, AskedObserver } from '../observe/measures/asked.js';
import type { BacklogEnds } from '../observe/measures/backlog.js';
import { askedBacklogs, Backlogs } from '../observe/measures/backlog.js';
import { MonitoredFacts } from '../observe/measures/monitored-facts.js';
import { Monitors } from '../observe/measures/monitors.js';
import { RunReadings } from '../observe/measures/run-readings.js';
import { shownMetrics } from '../observe/measures/shown.js';
import { SeveralFacts } from '../observe/several-facts.js';
import { Watch } from '../observe/watch.js';
import type { CheckedResource, Scenario } from './checked.js';
import { FaultSchedule } from './fault-schedule.js';
import { DEFAULT_ACCOUNT } from './account.js';
import { linksOf } from './links.js';
import { Pushes } from './pushes.js';
import { OperationSchedule } from './operation-schedule.js';
import { placesOf, withTransfers } from './places.js';
import { replayedOf } from './replays.js';
import { scalesBetween } from './scaled-fleets.js';

export interface WireOptions {
  /** Which replication: part of the name of every random stream. Default 0. */
  readonly replication?: number;
  readonly tables?: TableOptions;
  /** A user's own listener. */
  readonly observer?: Facts | undefined;
}

/** A link of a pusher. */
export interface PushedTo {
  readonly name: string;
  /** The number of the target. */
  readonly target: number;
  /** The name of its dead-letter queue; null: none. */
  readonly deadLetter: string | null;
}

/** What names of a scenario are, by number: resources first, then traffic, each in file order. */
export class Cast {
  readonly names: readonly string[];
  readonly resources: readonly number[];
  readonly traffic: readonly number[];
  /** Resources that store copies, and those that consume. */
  readonly stores: readonly number[];
  readonly consumers: readonly number[];
  /** Who polls a resource. */
  readonly consumersOf = new Map<number, number[]>();
  /** What a consumer polls. */
  readonly sourcesOf = new Map<number, number[]>();
  /** Those that deliver by themselves, and the links of each, by number. */
  readonly pushers: readonly number[];
  readonly pushLinks: readonly (readonly PushedTo[])[];
  /** Those that are pushed to and pass on what they take. */
  readonly relays: readonly number[];
  /** The region of each name, INTERNET or OUTSIDE. */
  readonly places: readonly string[];

  constructor(readonly scenario: Scenario) {
    const { resources, traffic } = scenario;
    const pushes = new Pushes(resources, COMPONENT_TYPES, scenario.operations);
    this.names = [...resources, ...traffic].map(({ name }) => name);
    const places = placesOf(scenario, COMPONENT_TYPES);
    this.places = this.names.map((name) => places.get(name)!);
    this.resources = resources.map((_, id) => id);
    this.traffic = traffic.map((_, i) => resources.length + i);
    this.stores = this.resources.filter((id) => typeOf(resources[id]).levels.includes('depth'));
    this.consumers = this.resources.filter((id) => pushes.isConsumer(resources[id]));
    this.pushers = this.resources.filter((id) => pushes.linksOf(this.names[id]) !== undefined);
    this.relays = this.pushers.filter((id) => pushes.isRelay(resources[id]));
    this.pushLinks = this.names.map((name) => {
      const links = pushes.linksOf(name) ?? [];
      return links.map((link) => ({
        name: link.name,
        target: this.names.indexOf(link.target),
        deadLetter: link.deadLetter ?? null,
      }));
    });
    for (const id of this.consumers) {
      for (const source of Object.keys(consumesOf(resources[id]))) {
        const target = this.names.indexOf(source);
        this.consumersOf.set(target, [...(this.consumersOf.get(target) ?? []), id]);
        this.sourcesOf.set(id, [...(this.sourcesOf.get(id) ?? []), target]);
      }
    }
  }

  /** The targets of the links of each name, as facts number them; none of what does not push. */
  get linkTargets(): readonly (readonly number[])[] {
    return this.pushLinks.map((links) => links.map(({ target }) => target));
  }

  /** As how many subscribers each name counts. */
  get weights(): Float64Array {
    return Float64Array.from(this.names, (_, id) => this.endpointOf(id)?.subscribers ?? 1);
  }

  /** What services that push know of a resource; undefined: nothing is pushed there. */
  endpointOf(id: number): Endpoint | undefined {
    const resource = this.scenario.resources[id];
    return resource === undefined ? undefined : typeOf(resource).endpoint?.(resource);
  }

  /** The type of a resource; traffic has none. */
  typeOf(id: number): ComponentType | undefined {
    const resource = this.scenario.resources[id];
    return resource === undefined ? undefined : typeOf(resource);
  }

  /** Groups of instances, and the queues that each polls. */
  get fleets(): WatchedFleet[] {
    return this.consumers
      .filter((id) => this.typeOf(id)!.levels.includes('instances'))
      .map((id) => ({
        id,
        queues: this.sourcesOf.get(id) ?? [],
        scales: scalesBetween(this.scenario, id),
      }));
  }

  /** Whose messages and whose instances the backlog per instance of a queue or a fleet is made of. */
  backlogOf(id: number): BacklogEnds {
    return this.stores.includes(id)
      ? { queues: [id], fleets: this.consumersOf.get(id) ?? [] }
      : { queues: this.sourcesOf.get(id) ?? [], fleets: [id] };
  }

  /** Where traffic sends; undefined for resources. */
  targetOf(id: number): number | undefined {
    const traffic = this.scenario.traffic[this.traffic.indexOf(id)];
    return traffic === undefined ? undefined : this.names.indexOf(traffic.target);
  }

  /** AWS's operations of a resource; none for traffic. */
  operationsOf(id: number): readonly string[] {
    return this.typeOf(id)?.operations ?? [];
  }
}

function typeOf(resource: CheckedResource): ComponentType {
  const type = COMPONENT_TYPES.find((candidate) => candidate.type === resource.type);
  check(type !== undefined, 'a checked resource has a type of the registry');
  return type;
}

function consumesOf(resource: CheckedResource): Readonly<Record<string, FleetOnQueue>> {
  return (resource.programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>;
}

/** A model and its observers, ready to run. */
export interface Model {
  readonly cast: Cast;
  readonly kernel: Kernel;
  readonly world: World;
  readonly watch: Watch;
  readonly readings: RunReadings;
  readonly monitors: Monitors;
  readonly asked: AskedObserver | null;
  readonly operations: OperationSchedule;
}

export function wire(scenario: Scenario, options: WireOptions = {}): Model {
  const cast = new Cast(scenario);
  const kernel = new Kernel(options.tables === undefined ? {} : { tables: options.tables });
  const watch = new Watch(kernel, {
    names: cast.names.length,
    stores: cast.stores,
    fifo: cast.stores.filter((id) => isFifoName(cast.names[id])),
    consumers: cast.consumers,
    fleets: cast.fleets,
    warmUp: scenario.warmUp,
    delays: delaysOf(cast),
    askers: cast.traffic.filter((_, i) => scenario.traffic[i].verb !== 'send'),
    maxReceiveCounts: perResource(cast, Infinity, maxReceiveCountOf),
    metered: withTransfers(meteredOf(cast), cast.names, cast.places),
    pushers: cast.pushers,
    relays: cast.relays,
    weights: cast.weights,
    linkTargets: cast.linkTargets,
  });
  const readings = new RunReadings(watch, {
    names: cast.names,
    traffic: cast.traffic,
    queues: cast.stores,
    consumers: cast.consumers,
    pushers: cast.pushers,
    linkTargets: cast.linkTargets,
    operations: (id) => cast.operationsOf(id),
    backlogOf: (id) => cast.backlogOf(id),
  });
  readings.shown = shownMetrics(cast.names, scenario.expectations, scenario.warmUp, () =>
    monitors.beforeChange(),
  );
  const monitors = new Monitors(kernel, scenario.expectations, readings);
  const facts = monitors.isEmpty ? watch : new MonitoredFacts(watch, monitors);
  const streams = new Streams(scenario.seed, options.replication ?? 0);
  const accounts = cast.names.map((_, id) => scenario.resources[id]?.account ?? DEFAULT_ACCOUNT);
  const world = new World(kernel, streams, facts, cast.names, {
    consumers: cast.consumersOf,
    accounts,
    regions: cast.places,
    startSeconds: scenario.startSeconds,
    replayed: replayedOf(scenario, (id) => cast.typeOf(id)),
  });
  watch.attach(world.messages);
  const asked = askedObserver(cast, world);
  readings.asked = asked;
  readings.backlogs = backlogsOf(cast, kernel, watch);
  watch.extra = allOf([asked, readings.backlogs, options.observer ?? null]);
  for (const shown of readings.shown) world.shared(Metrics).show(shown);
  if (watch.log.isOn) world.shared(Metrics).onEvaluated = (alarm) => logMetric(watch, alarm);
  const operations = build(cast, world, watch);
  return { cast, kernel, world, watch, readings, monitors, asked, operations };
}

/** Builds, connects and starts everything, in file order. */
function build(cast: Cast, world: World, watch: Watch): OperationSchedule {
  const { scenario } = cast;
  declareTraffic(world, scenario.traffic);
  for (const { programs } of scenario.resources) declareHandler(world, programs);
  for (const id of cast.resources) {
    const { inbox, roles } = typeOf(scenario.resources[id]);
    if (inbox !== undefined) world.addInbox(id, inbox);
    if (roles.includes('bucket')) world.shared(Buckets).declare(id);
  }
  const components = cast.resources.map((id) =>
    typeOf(scenario.resources[id]).build(world, id, specOf(scenario.resources[id])),
  );
  for (const component of components) component.connect?.();
  const sources = scenario.traffic.map((spec, i) => {
    return new TrafficSource(
      world,
      cast.traffic[i],
      trafficOptions(world, spec.name, spec, scenario.duration),
    );
  });
  const systems = buildSystems(world, scenario.systems);
  const faults = new FaultSchedule(world, {
    faults: scenario.faults,
    links: linksOf(
      scenario.traffic,
      new Map(scenario.resources.map((resource) => [resource.name, resource])),
      COMPONENT_TYPES,
    ),
    errorOf: (target, status) => {
      const error = cast.typeOf(world.idOf(target))?.errorOfStatus?.(status);
      check(error !== undefined, 'the status of a fault was checked when the scenario was loaded');
      return error;
    },
    operationsOf: (target) => cast.operationsOf(world.idOf(target)),
    inZone: (zone) =>
      cast.resources.filter((id) => {
        const zones = cast.typeOf(id)?.zonesOf?.(scenario.resources[id]) ?? [];
        return zones.includes(zone);
      }),
    inRegion: (region) => cast.resources.filter((id) => cast.places[id] === region),
  });
  const operations = new OperationSchedule(world, scenario.operations, (id) => cast.typeOf(id));
  watch.begin(world.makes);
  // What breaks, or is done, at an instant comes before what else happens then: a fault at 0s is there from the start.
  faults.start();
  operations.start();
  for (const component of components) component.start?.();
  for (const source of sources) source.start();
  for (const system of systems) system.start();
  return operations;
}

/** The scenario layer has checked that settings and assumptions have the shape that their type declares. */
function specOf(resource: CheckedResource): Parameters<ComponentType['build']>[2] {
  return resource;
}

function askedObserver(cast: Cast, world: World): AskedObserver | null {
  const { expectations, warmUp } = cast.scenario;
  if (!asksMore(expectations)) return null;
  const names = {
    names: cast.names,
    isTraffic: (id: number) => cast.traffic.includes(id),
    isQueue: (id: number) => cast.stores.includes(id) && !cast.consumers.includes(id),
    targetOf: (id: number) => cast.targetOf(id),
    relays: cast.relays,
    linkTargets: cast.linkTargets,
  };
  return new AskedObserver(world.kernel, world.messages, names, expectations, warmUp);
}

function logMetric({ log }: Watch, { definition, values }: Alarm): void {
  log.metric(definition.owner, definition.number, values.at(-1) ?? NaN);
}

function backlogsOf(cast: Cast, kernel: Kernel, watch: Watch): Backlogs | null {
  const { expectations, warmUp } = cast.scenario;
  const asked = askedBacklogs(cast.names, expectations);
  if (asked.length === 0) return null;
  return new Backlogs(kernel, watch.levels, asked, (id) => cast.backlogOf(id), warmUp);
}

function allOf(listeners: readonly (Facts | null)[]): Facts | null {
  const present = listeners.filter((one) => one !== null);
  return present.length > 1 ? new SeveralFacts(present) : (present[0] ?? null);
}

// --- what observers know of settings ---------------------------------------------------------------

interface QueueLike {
  readonly delaySeconds?: number;
  readonly redrivePolicy?: { readonly maxReceiveCount: number } | undefined;
}

/** The largest value that a resource ever has: as it starts, and after each `set`. */
function perResource(
  cast: Cast,
  fallback: number,
  of: (settings: QueueLike) => number | undefined,
): Float64Array {
  const { resources, operations } = cast.scenario;
  const values = new Float64Array(cast.names.length).fill(fallback);
  for (const id of cast.resources) {
    const { name, settings } = resources[id];
    const sets = operations.flatMap((one) => {
      return one.verb === 'set' && one.on === name ? [{ ...settings, ...one.settings }] : [];
    });
    values[id] = Math.max(...[settings, ...sets].map((one) => of(one as QueueLike) ?? fallback));
  }
  return values;
}

/** As each store is built: it tells of every copy that had another delay. */
function delaysOf({ names, scenario }: Cast): Float64Array {
  return Float64Array.from(names, (_, id) => {
    const settings: QueueLike | undefined = scenario.resources[id]?.settings;
    return settings?.delaySeconds ?? 0;
  });
}

function maxReceiveCountOf({ redrivePolicy }: QueueLike): number | undefined {
  return redrivePolicy?.maxReceiveCount;
}

function meteredOf(cast: Cast): (MeteredResource | undefined)[] {
  return cast.names.map((name, id) => {
    const type = cast.typeOf(id);
    if (type === undefined) return undefined;
    const { region, settings, assume } = cast.scenario.resources[id];
    const links = cast.pushLinks[id].map((link) => {
      return { name: link.name, endpoint: cast.endpointOf(link.target) };
    });
    const metered = { name, settings, assume, links, hasGroups: hasGroups(cast, name) };
    return { name, region, prices: type.prices, meters: type.prices.metersOf(metered) };
  });
}

/**
 * Whether messages with a message group are sent there; those of a dead-letter queue keep theirs, and a standard topic
 * passes them on.
 */
function hasGroups(cast: Cast, name: string, seen: readonly string[] = []): boolean {
  const { traffic, resources } = cast.scenario;
  if (seen.includes(name)) return false;
  if (traffic.some((one) => one.target === name && one.messageGroupId !== undefined)) return true;
  return resources.some(({ name: source, settings, programs }, id) => {
    const sends = sendsOf(programs).filter(({ target }) => target === name);
    if (sends.some((one) => one.messageGroupId !== undefined)) return true;
    const policy = settings['redrivePolicy'] as { readonly deadLetterTarget: string } | undefined;
    const isTopic = cast.typeOf(id)!.roles.includes('topic') && !isFifoName(source);
    const passes = isTopic && cast.linkTargets[id].some((target) => cast.names[target] === name);
    const keeps = policy?.deadLetterTarget === name;
    return (passes || keeps) && hasGroups(cast, source, [...seen, name]);
  });
}
