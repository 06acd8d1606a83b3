/**
 * Where things lie, and what the way between them costs: a call from one region to another takes the round trip
 * between the two on top, half of it forth and half back, and so does one that comes over the internet; payload that
 * crosses from region to region is told, for the bill.
 */

import type { Distribution, DistributionSpec } from '../kernel/distributions/distribution.js';
import { distribution, drawMicros } from '../kernel/distributions/distribution.js';
import type { MarkKey } from '../kernel/random/marks.js';
import type { Streams } from '../kernel/random/streams.js';
import type { Micros } from '../kernel/time.js';
import type { NetworkAssume } from './network.js';
import { INTERNET, OUTSIDE } from './settings/regions.js';

/** Where a thing lies when nobody says. */
const DEFAULT_REGION = 'us-east-1';

/** Places that are no regions, in front of them. */
const FIRST_REGION = 2;

/** A time; constants are drawn without a draw. */
interface WayTime {
  readonly constant: Micros;
  readonly distribution: Distribution | null;
}

const NO_TIME: WayTime = { constant: 0, distribution: null };

export class Ways {
  /** Names of places: the internet, what is outside AWS, then regions in the order in which they occur. */
  private readonly placeNames: string[] = [INTERNET, OUTSIDE];
  /** By number of a name: its place. */
  private readonly places: Uint16Array;
  /** By place of the client · places + place of the target. */
  private times: readonly WayTime[] = [];
  /** By number of the target. */
  private readonly keys: (MarkKey | undefined)[] = [];

  /** `regions`: the place of each name, by number; empty: all lie in one region. */
  constructor(
    private readonly streams: Streams,
    private readonly names: readonly string[],
    regions: readonly string[],
  ) {
    this.places = Uint16Array.from(names, (_, id) => this.numberOf(regions[id] ?? DEFAULT_REGION));
    if (this.placeNames.length === FIRST_REGION) this.placeNames.push(DEFAULT_REGION);
  }

  /** Whether any call can have a way to go: there are several regions, or somebody calls over the internet. */
  get areSeveral(): boolean {
    return this.placeNames.length > FIRST_REGION + 1 || this.places.includes(0);
  }

  /** The region that a name lies in, INTERNET or OUTSIDE; what came later lies in the first region. */
  regionOf(id: number): string {
    return this.placeNames[this.placeOf(id)];
  }

  /** The number of a region for `concerns`, -1 when nothing lies there. */
  placeNamed(region: string): number {
    return this.placeNames.indexOf(region);
  }

  placeOf(id: number): number {
    return id < this.places.length ? this.places[id] : FIRST_REGION;
  }

  /** Whether two resources lie in different regions. */
  crosses(from: number, to: number): boolean {
    const [a, b] = [this.placeOf(from), this.placeOf(to)];
    return a !== b && a >= FIRST_REGION && b >= FIRST_REGION;
  }

  /** µs there and back that a call of `client` to `target` takes on top of its latency; the mark is the call's. */
  time(client: number, target: number, mark0: number, mark1: number, n: number): Micros {
    const at = this.placeOf(client) * this.placeNames.length + this.placeOf(target);
    const { constant, distribution: drawn } = this.times[at] ?? NO_TIME;
    return drawn === null ? constant : drawMicros(drawn, this.keyOf(target).u53(mark0, mark1, n));
  }

  /** After all components exist. */
  take({ client, betweenRegions }: NetworkAssume): void {
    const { placeNames } = this;
    const overInternet = timeOf(client);
    this.times = placeNames.flatMap((from, a) =>
      placeNames.map((to, b): WayTime => {
        if (a === b || b < FIRST_REGION) return NO_TIME; // what is outside AWS has its own way (external.http)
        if (a < FIRST_REGION) return from === INTERNET ? overInternet : NO_TIME;
        const { pairs, others } = betweenRegions;
        const named =
          pairs.find((pair) => pair.from === from && pair.to === to) ??
          pairs.find((pair) => pair.from === to && pair.to === from);
        return timeOf(named?.time ?? others);
      }),
    );
  }

  private keyOf(target: number): MarkKey {
    return (this.keys[target] ??= this.streams.key(this.names[target], 'way'));
  }

  private numberOf(region: string): number {
    const known = this.placeNames.indexOf(region);
    return known >= 0 ? known : this.placeNames.push(region) - 1;
  }
}

function timeOf(spec: DistributionSpec | undefined): WayTime {
  if (spec === undefined) return NO_TIME;
  if (spec.kind === 'constant') return { constant: spec.value, distribution: null };
  return { constant: 0, distribution: distribution(spec) };
}
