/**
 * Makes: what messages of a source are about, derived from their marks whenever somebody asks. Nothing of
 * it is stored with a message: what nobody reads costs nothing.
 */

import { check } from '../kernel/check.js';
import type { FieldValue } from './patterns/pattern.js';

export interface Make {
  /** Whom or what the message is about: a label of World.labels; the same for the same mark. */
  key(mark0: number, mark1: number): number;
  /** The value of a message attribute; undefined when messages of this source have no such attribute. */
  attribute(name: string, mark0: number, mark1: number): FieldValue;
  /** Who sends what this make is of, by resource number; absent: the source that it is of. */
  readonly sender?: number;
  /** Whether a message has any attributes; absent: it has. */
  hasAttributes?(mark0: number, mark1: number): boolean;
  /** How many attributes a message has; absent: no more than a queue takes. */
  attributeCount?(mark0: number, mark1: number): number;
  /** Whether its attributes are what they say they are, as lists that can be read; absent: they are. */
  hasValidAttributes?(mark0: number, mark1: number): boolean;
  /** Whether fields of its JSON body are known; absent: no. */
  readonly hasBody?: boolean;
  /** The value of a field of the body, by its path (`order.amount`); undefined: it is not there. */
  bodyField?(path: string, mark0: number, mark1: number): FieldValue;
  /** The value of a field around the detail of an event: `source`, `detail-type`; undefined: the sender's name. */
  eventField?(name: string, mark0: number, mark1: number): FieldValue;
  /**
   * Where messages have real bodies: the body as parsed JSON; undefined: it is no JSON. Then `bodyField` is not
   * asked.
   */
  document?(mark0: number, mark1: number): unknown;
  /** Whether `key` was said: then its messages have an order to keep. */
  readonly isKeyed: boolean;
  /** Payloads that lie in a bucket instead of in the message; null or absent: none do. */
  readonly payloads?: Payloads | null;
  /** Absent: it derives all from marks, and keeps nothing. */
  readonly leases?: Leases;
}

/** A make that keeps something for as long as messages are about it; the first number it is asked with is its row. */
export interface Leases {
  hold(row: number): void;
  drop(row: number): void;
}

/** The claim check: what a consumer has to read from a bucket before it can work. */
export interface Payloads {
  /** The resource number of the bucket. */
  readonly bucket: number;
  /** Bytes of this message's payload in the bucket; 0: it is in the message itself. */
  bytesInBucket(mark0: number, mark1: number): number;
}

/** Above every resource number. */
const OWN_FROM = 0x1_0000;

/** Makes by the resource number of the source; those of steps that say something of their own come above. */
export class Makes {
  private readonly makes: (Make | undefined)[] = [];
  private readonly own: Make[] = [];

  /** While building. */
  set(source: number, make: Make): void {
    check(this.makes[source] === undefined, 'a source makes one kind of message');
    this.makes[source] = make;
  }

  /** While building: a make that belongs to no source. Returns the number to ask `of` with. */
  add(make: Make): number {
    return OWN_FROM + this.own.push(make) - 1;
  }

  /** Whether messages of any source have an order to keep. */
  get isAnyKeyed(): boolean {
    return [...this.makes, ...this.own].some((make) => make?.isKeyed === true);
  }

  /** Whether payloads of any source may lie in a bucket. */
  get hasPayloads(): boolean {
    return this.makes.some((make) => (make?.payloads ?? null) !== null);
  }

  /** undefined: nothing is known of messages of this source. */
  of(source: number): Make | undefined {
    return source < OWN_FROM ? this.makes[source] : this.own[source - OWN_FROM];
  }
}
