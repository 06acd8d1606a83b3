/**
 * Meters: what AWS would count, as exact integers, out of facts. Requests by started chunk of their
 * payload; instances by the second.
 */

import type {
  InstanceMeter,
  MeterSpec,
  PriceItems,
  RequestMeter,
} from '../../components/prices.js';
import { InstanceState } from '../../components/facts.js';
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
  /** Requests, or instance seconds. */
  readonly quantity: bigint;
}

/** Requests of one API call with so much payload: 64 KiB are one, a byte more is two, nothing is one. */
export function chunksOf(bytes: number, chunkBytes: number): number {
  return bytes <= chunkBytes ? 1 : Math.ceil(bytes / chunkBytes);
}

class RequestCount {
  requests = 0;

  constructor(readonly meter: RequestMeter) {}

  add(bytes: number): void {
    this.requests += chunksOf(bytes, this.meter.chunkBytes);
  }

  /** An answer with payload: the request that asked for it is counted already. */
  addAnswer(bytes: number): void {
    this.requests += chunksOf(bytes, this.meter.chunkBytes) - 1;
  }
}

class InstanceTime {
  /** Seconds of instances that are gone. */
  private seconds = 0;
  /** By worker: since when it is billed, µs, or -1. */
  private readonly since: number[] = [];

  constructor(readonly meter: InstanceMeter) {}

  state(worker: number, state: InstanceState, now: Micros): void {
    while (this.since.length <= worker) this.since.push(-1);
    const isBilled =
      state !== InstanceState.Pending &&
      state !== InstanceState.Terminated &&
      state !== InstanceState.Failed;
    const since = this.since[worker];
    if (isBilled && since < 0) this.since[worker] = now;
    if (isBilled || since < 0) return;
    this.seconds += this.billed(now - since);
    this.since[worker] = -1;
  }

  total(now: Micros): number {
    let seconds = this.seconds;
    for (const since of this.since) {
      if (since >= 0 && since < now) seconds += this.billed(now - since);
    }
    return seconds;
  }

  private billed(micros: Micros): number {
    return Math.max(this.meter.minimumSeconds, Math.ceil(micros / SECOND));
  }
}

/** Listens to the facts that cost money. */
export class Meters {
  private readonly requests: (RequestCount | undefined)[];
  private readonly instances: (InstanceTime | undefined)[];

  constructor(
    private readonly clock: Clock,
    /** By resource number; undefined where nothing is billed. */
    private readonly resources: readonly (MeteredResource | undefined)[],
  ) {
    this.requests = resources.map((resource) => {
      const meter = resource?.meters.find((one) => one.kind === 'requests');
      return meter === undefined ? undefined : new RequestCount(meter);
    });
    this.instances = resources.map((resource) => {
      const meter = resource?.meters.find((one) => one.kind === 'instances');
      return meter === undefined ? undefined : new InstanceTime(meter);
    });
  }

  /** The fact of the same name. */
  request(resource: number, bytes: number): void {
    this.requests[resource]?.add(bytes);
  }

  /** The fact of the same name. */
  response(resource: number, bytes: number): void {
    this.requests[resource]?.addAnswer(bytes);
  }

  /** The fact of the same name. */
  instance(group: number, worker: number, state: InstanceState): void {
    this.instances[group]?.state(worker, state, this.clock.now);
  }

  /** What stands on the meters right now, in file order. */
  readings(): MeterReading[] {
    return this.resources.flatMap((resource, i) => {
      if (resource === undefined) return [];
      const readings: MeterReading[] = [];
      const requests = this.requests[i];
      if (requests !== undefined)
        readings.push({ resource, meter: requests.meter, quantity: BigInt(requests.requests) });
      const instances = this.instances[i];
      if (instances === undefined) return readings;
      readings.push({
        resource,
        meter: instances.meter,
        quantity: BigInt(instances.total(this.clock.now)),
      });
      return readings;
    });
  }
}
