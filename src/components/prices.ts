/**
 * The shape of price data and of meters. A service's folder brings both as data (`prices.ts`); the
 * bill is made of them in src/observe/cost. Prices are AWS's public list prices in USD before tax.
 */

import type { Endpoint } from './endpoints.js';

/** Where a price comes from; `memory`: the author's memory, unverified. */
export type Confidence = 'sourced' | 'memory';

/** What a price costs from one quantity up to the next, in one region and month. */
export interface PriceTier {
  /** The last unit of this tier, counted from the month's first; null: no end. */
  readonly upTo: number | null;
  /** USD per unit, a decimal string. */
  readonly price: string;
}

export interface PriceItem {
  /** USD per unit in the first tier, a decimal string. */
  readonly price: string;
  /** What is counted: `requests`, `instance-hours`. */
  readonly unit: string;
  /** Graduated tiers; empty: one price for all. */
  readonly tiers: readonly PriceTier[];
  readonly source: string;
  /** The date of the source, not of any change of price. */
  readonly sourceDate: string;
  readonly confidence: Confidence;
}

/** Every API call counts as one request per started chunk of payload. */
export interface RequestMeter {
  readonly kind: 'requests';
  /** The name in cost lines: `Requests (standard)`. */
  readonly item: string;
  /** Its price in the list. */
  readonly price: string;
  readonly chunkBytes: number;
  /** Which operations it counts, by their places in the type's list; default all. */
  readonly operations?: readonly number[];
}

/** Each instance counts from `running` until it terminates or dies, in whole seconds. */
export interface InstanceMeter {
  readonly kind: 'instances';
  readonly item: string;
  readonly price: string;
  /** At least so many seconds per launch. */
  readonly minimumSeconds: number;
  /** True: it counts Spot Instances; default those on demand. */
  readonly isSpot?: boolean;
}

/** Each call for a data key (fact `keyCalled`) counts one. */
export interface KeyCallMeter {
  readonly kind: 'keyCalls';
  readonly item: string;
  readonly price: string;
  /** Whose bill it stands on, where that is not the resource's own service: `KMS`. */
  readonly service: string;
}

/** What the resource itself counts (fact `metered`): events in chunks, bytes that it archives. */
export interface CountedMeter {
  readonly kind: 'counted';
  readonly item: string;
  readonly price: string;
  /** The counter's number. */
  readonly counter: number;
  /** So many of what is counted are one unit of the price; default 1. */
  readonly perUnit?: number;
  /** A price of the scenario's own, where AWS's list has none. */
  readonly assumed?: PriceItem;
  /** The link of a pusher whose cost it is. */
  readonly link?: number;
}

/** What stands there for as long as the run lasts, before and after: so much of it, for exactly as long. */
export interface StandingMeter {
  readonly kind: 'standing';
  readonly item: string;
  readonly price: string;
  /** How much of it, a whole number: 1 instance, 100 gigabytes. */
  readonly amount: number;
  /** What its price is for; a month is `cost.month`. */
  readonly per: 'hour' | 'month';
  /** On whose bill it stands, when it is not the resource's own service: `CloudWatch`. */
  readonly service?: string;
}

/** Payload that leaves for another region (fact `crossed`), by the gigabyte. */
export interface TransferMeter {
  readonly kind: 'transfer';
  readonly item: string;
  readonly price: string;
  /** The resources, by number, that lie in the other region. */
  readonly to: readonly number[];
  readonly service: string;
}

/** A resource may have several of a kind: a surcharge is a second meter of the same requests. */
export type MeterSpec =
  | RequestMeter
  | InstanceMeter
  | KeyCallMeter
  | CountedMeter
  | StandingMeter
  | TransferMeter;

/** A link of a pusher, as meters see it. */
export interface MeteredLink {
  readonly name: string;
  /** Where it goes; undefined: to no endpoint. */
  readonly endpoint: Endpoint | undefined;
}

/** What meters are chosen by. */
export interface MeteredSettings {
  readonly name: string;
  /** Whether messages that are sent to it carry a message group. */
  readonly hasGroups: boolean;
  /** The resource's settings, in base units. */
  readonly settings: object;
  /** Its assumptions; default: none. */
  readonly assume?: object;
  /** Its links, where it delivers by itself. */
  readonly links?: readonly MeteredLink[];
}

/** The meters and prices of one resource type. */
export interface PriceItems {
  /** As bills name it: `SQS`, `EC2`. */
  readonly service: string;
  readonly regions: readonly string[];
  /** The price of an item (`RequestMeter.price`) in a region, or undefined when the book has none. */
  find(region: string, item: string): PriceItem | undefined;
  /** What a resource of this type is metered by. */
  metersOf(resource: MeteredSettings): readonly MeterSpec[];
  /** What AWS bills on top and Wavetank does not; for `explain` and the reference. */
  readonly notBilled: readonly string[];
}

/** For types that bill nothing. */
export const NO_PRICES: PriceItems = {
  service: '',
  regions: [],
  find: () => undefined,
  metersOf: () => [],
  notBilled: [],
};
