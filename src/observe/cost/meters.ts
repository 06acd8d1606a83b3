/**
 * Meters: what AWS would count, as exact integers, out of facts. Requests by started chunk of their
 * payload; instances by the second; what stands for the whole run as long as that is; data keys by the call; what a
 * service counts by itself as it tells.
 */

import type { MeterSpec, PriceItems, RequestMeter } from '../../components/prices.js';
import { InstanceState } from '../../components/facts.js';
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Clock } from '../clock.js';

/** A resource that is billed; its place in the list of Meters is its resource number. */
export interface MeteredResource {
  readonly name: string;
  readonly region: string;
  readonly prices: PriceItems;
  readonly meters: readonly MeterSpec[];
}

/** What one meter has counted. */
export interface MeterReading {
  readonly resource: MeteredResource;
  readonly meter: MeterSpec;
  /** Requests, calls for data keys, instance seconds, what was counted, or µs times the amount of what stands. */
  readonly quantity: bigint;
}

/** Requests of one API call with so much payload: 64 KiB are one, a byte more is two, nothing is one. */
export function chunksOf(bytes: number, chunkBytes: number): number {
  return bytes <= chunkBytes ? 1 : Math.ceil(bytes / chunkBytes);
}

class RequestCount {
  private requests = 0;
  private readonly chunkBytes: number;
  /** Where meters count operations apart: requests by operation. */
  private readonly byOperation: Map<number, number> | null;

  /** The meters of one resource that count requests: each has the same figure. */
  constructor(meters: readonly RequestMeter[]) {
    this.chunkBytes = meters[0].chunkBytes;
    check(
      meters.every(({ chunkBytes }) => chunkBytes === this.chunkBytes),
      'a resource counts its requests in one way',
    );
    this.byOperation = meters.some(({ operations }) => operations !== undefined) ? new Map() : null;
  }

  add(bytes: number, operation: number): void {
    const chunks = chunksOf(bytes, this.chunkBytes);
    this.requests += chunks;
    const { byOperation } = this;
    if (byOperation !== null)
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + chunks);
  }

  /** An answer with payload: the request that asked for it is counted already. */
  addAnswer(bytes: number): void {
    this.requests += chunksOf(bytes, this.chunkBytes) - 1;
  }

  /** What one of the meters shows. */
  of({ operations }: RequestMeter): number {
    const { byOperation } = this;
    if (operations === undefined || byOperation === null) return this.requests;
    return operations.reduce((sum, operation) => sum + (byOperation.get(operation) ?? 0), 0);
  }
}

/** The instances of one resource, of both purchase options. */
class InstanceTime {
  /** Seconds of instances that are gone: on demand, Spot. */
  private readonly seconds: [number, number] = [0, 0];
  /** By worker: since when it is billed, µs, or -1. */
  private readonly since: number[] = [];
  private readonly spot = new Set<number>();

  constructor(private readonly minimumSeconds: number) {}

  isSpot(worker: number): void {
    this.spot.add(worker);
  }

  state(worker: number, state: InstanceState, now: Micros): void {
    while (this.since.length <= worker) this.since.push(-1);
    const since = this.since[worker];
    const begins = state === InstanceState.Running || state === InstanceState.InService;
    if (begins && since < 0) this.since[worker] = now;
    // What is told to go before it ran costs nothing.
    if (begins || since < 0 || state === InstanceState.Terminating) return;
    this.seconds[Number(this.spot.has(worker))] += this.billed(now - since);
    this.since[worker] = -1;
  }

  total(isSpot: boolean, now: Micros): number {
    let seconds = this.seconds[Number(isSpot)];
    this.since.forEach((since, worker) => {
      if (since >= 0 && since < now && this.spot.has(worker) === isSpot)
        seconds += this.billed(now - since);
    });
    return seconds;
  }

  private billed(micros: Micros): number {
    return Math.max(this.minimumSeconds, Math.ceil(micros / SECOND));
  }
}

/** Listens to the facts that cost money. */
export class Meters {
  private readonly requests: (RequestCount | undefined)[];
  private readonly instances: (InstanceTime | undefined)[];
  private readonly keyCalls: Float64Array;
  /** By resource and counter. */
  private readonly counted: number[][];
  /** Bytes, by number of the resource they leave · names + the one they go to. */
  private readonly crossings = new Map<number, number>();

  constructor(
    private readonly clock: Clock,
    /** By resource number; undefined where nothing is billed. */
    private readonly resources: readonly (MeteredResource | undefined)[],
    /** How many names the world has. */
    private readonly names = resources.length,
  ) {
    this.requests = resources.map((resource) => {
      const meters = resource?.meters.filter((one) => one.kind === 'requests') ?? [];
      return meters.length === 0 ? undefined : new RequestCount(meters);
    });
    this.instances = resources.map((resource) => {
      const meter = resource?.meters.find((one) => one.kind === 'instances');
      return meter === undefined ? undefined : new InstanceTime(meter.minimumSeconds);
    });
    this.keyCalls = new Float64Array(names);
    this.counted = Array.from({ length: names }, () => []);
  }

  /** The fact of the same name. */
  request(resource: number, bytes: number, operation = 0): void {
    this.requests[resource]?.add(bytes, operation);
  }

  /** The fact of the same name. */
  response(resource: number, bytes: number): void {
    this.requests[resource]?.addAnswer(bytes);
  }

  /** The fact of the same name. */
  keyCalled(resource: number): void {
    this.keyCalls[resource]++;
  }

  /** The fact of the same name. */
  metered(resource: number, counter: number, quantity: number): void {
    const own = this.counted[resource];
    own[counter] = (own[counter] ?? 0) + quantity;
  }

  crossed(from: number, to: number, bytes: number): void {
    const pair = from * this.names + to;
    this.crossings.set(pair, (this.crossings.get(pair) ?? 0) + bytes);
  }

  /** Calls for data keys, whether or not they are billed. */
  keyCallsOf(resource: number): number {
    return this.keyCalls[resource];
  }

  /** The fact of the same name. */
  spot(group: number, worker: number): void {
    this.instances[group]?.isSpot(worker);
  }

  /** The fact of the same name. */
  instance(group: number, worker: number, state: InstanceState): void {
    this.instances[group]?.state(worker, state, this.clock.now);
  }

  /** What stands on the meters right now, in file order. */
  readings(): MeterReading[] {
    return this.resources.flatMap((resource, id) => {
      if (resource === undefined) return [];
      return resource.meters.map((meter) => {
        return { resource, meter, quantity: this.count(id, meter) };
      });
    });
  }

  private count(id: number, meter: MeterSpec): bigint {
    switch (meter.kind) {
      case 'requests':
        return BigInt(this.requests[id]!.of(meter));
      case 'instances':
        return BigInt(this.instances[id]!.total(meter.isSpot === true, this.clock.now));
      case 'keyCalls':
        return BigInt(this.keyCalls[id]);
      case 'counted':
        return BigInt(this.counted[id][meter.counter] ?? 0);
      case 'transfer': {
        const bytes = meter.to.map((to) => this.crossings.get(id * this.names + to) ?? 0);
        return bytes.reduce((sum, one) => sum + BigInt(one), 0n);
      }
      case 'standing':
        return BigInt(meter.amount) * BigInt(this.clock.now);
    }
  }
}
