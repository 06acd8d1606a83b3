/**
 * Makes: what messages of a source are about, derived from their marks whenever somebody asks. Nothing of
 * it is stored with a message: what nobody reads costs nothing.
 */

import { check } from '../kernel/check.js';

export interface Make {
  /** Whom or what the message is about: a label of World.labels; the same for the same mark. */
  key(mark0: number, mark1: number): number;
  /** The value of a message attribute; undefined when messages of this source have no such attribute. */
  attribute(
    name: string,
    mark0: number,
    mark1: number,
  ): string | number | readonly string[] | undefined;
  /** Whether `key` was said: then its messages have an order to keep. */
  readonly isKeyed: boolean;
  /** Payloads that lie in a bucket instead of in the message; null or absent: none do. */
  readonly payloads?: Payloads | null;
}

/** The claim check: what a consumer has to read from a bucket before it can work. */
export interface Payloads {
  /** The resource number of the bucket. */
  readonly bucket: number;
  /** Bytes of this message's payload in the bucket; 0: it is in the message itself. */
  bytesInBucket(mark0: number, mark1: number): number;
}

/** Makes by the resource number of the source. */
export class Makes {
  private readonly makes: (Make | undefined)[] = [];

  /** While building. */
  set(source: number, make: Make): void {
    check(this.makes[source] === undefined, 'a source makes one kind of message');
    this.makes[source] = make;
  }

  /** Whether messages of any source have an order to keep. */
  get isAnyKeyed(): boolean {
    return this.makes.some((make) => make?.isKeyed === true);
  }

  /** undefined: nothing is known of messages of this source. */
  of(source: number): Make | undefined {
    return this.makes[source];
  }
}
