/**
 * What events of a bucket are about: what the write was about. To rules of an event bus and to filters of a topic that
 * look into the body, an event says which bucket it comes from, and which object.
 */

import type { Leases, Make, Makes } from '../makes.js';
import { NONE } from '../messages.js';
import type { ObjectNames } from '../object-names.js';
import type { FieldValue } from '../patterns/pattern.js';

/** Fields of the event's body, or of its detail (an event bus), by their paths. */
const BUCKET_FIELDS = ['bucket.name', 'Records.s3.bucket.name'];
const KEY_FIELDS = ['object.key', 'Records.s3.object.key'];

/** Makes of a bucket's events: one for each way of naming objects and each make of what is written. */
export class EventMakes {
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly makes: Makes,
    private readonly names: ObjectNames,
    private readonly bucket: string,
  ) {}

  /** The number of the make of events of writes that the make `source` tells of. */
  of(source: number, naming: number): number {
    const pair = naming * 0x1_0000_0000 + source;
    let number = this.numbers.get(pair);
    if (number === undefined) {
      const make = new EventMake(this.makes.of(source), this.names, naming, this.bucket);
      number = this.makes.add(make);
      this.numbers.set(pair, number);
    }
    return number;
  }
}

/** Asked with the numbers that the make of the write is asked with. */
class EventMake implements Make {
  readonly isKeyed: boolean;
  readonly hasBody = true;
  readonly leases?: Leases;

  constructor(
    private readonly write: Make | undefined,
    private readonly names: ObjectNames,
    private readonly naming: number,
    private readonly bucket: string,
  ) {
    // Events come in no order.
    this.isKeyed = false;
    if (write?.leases !== undefined) this.leases = write.leases;
  }

  key(mark0: number, mark1: number): number {
    return this.write?.key(mark0, mark1) ?? NONE;
  }

  attribute(name: string, mark0: number, mark1: number): FieldValue {
    return this.write?.attribute(name, mark0, mark1);
  }

  bodyField(path: string, mark0: number, mark1: number): FieldValue {
    if (BUCKET_FIELDS.includes(path)) return this.bucket;
    if (!KEY_FIELDS.includes(path) || this.write === undefined) return undefined;
    return this.names.textOf(this.naming, this.write.key(mark0, mark1));
  }

  eventField(name: string): FieldValue {
    if (name === 'source') return 'aws.s3';
    return name === 'detail-type' ? 'Object Created' : undefined;
  }
}
