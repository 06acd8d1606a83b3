/**
 * The calls that clients make to a bucket: what each field of a call row means. Objects are not kept: a bucket
 * takes and gives what its clients say it holds.
 *
 * - PutObject, GetObject: `a` is the size of the object, bytes, `b` how it is named (object-names.ts), `first` the
 *   message that it is written or read for, or NONE when nobody knows, `c` the caller's own number of this try. In the
 *   answer of PutObject `carries` is 1 once the object is stored, also when that answer never comes.
 * - DeleteObject: nothing else.
 *
 * Every answer has an `error`, 0 for success: a place in S3_ERRORS.
 */
export const S3_OPERATIONS = ['PutObject', 'GetObject', 'DeleteObject'] as const;

export const S3Operation = { PutObject: 0, GetObject: 1, DeleteObject: 2 } as const;

/** The operation of a verb. */
export const OBJECT_OPERATIONS = { write: 'PutObject', read: 'GetObject' } as const;
export function objectOperationOf(verb: 'write' | 'read'): 0 | 1 {
  return verb === 'write' ? S3Operation.PutObject : S3Operation.GetObject;
}

/** AWS's names; those that a client tells apart stand where `CallError` has them. */
export const S3_ERRORS = [
  '',
  'EntityTooLarge',
  '',
  '',
  '',
  'SlowDown',
  '',
  '',
  'KMS.ThrottlingException',
  'AccessDenied',
  'ServiceUnavailable',
  'RequestTimeout',
] as const;

/** What a message says in place of a payload that lies in a bucket; reached by `world.shared(Pointers)`. */
export class Pointers {
  /** By the resource number of the bucket. */
  private readonly bytes: number[] = [];

  /** While building, by the bucket. */
  set(bucket: number, bytes: number): void {
    this.bytes[bucket] = bytes;
  }

  /** Bytes of one pointer into this bucket. */
  of(bucket: number): number {
    return this.bytes[bucket];
  }
}

export const S3Error = { None: 0, EntityTooLarge: 1, SlowDown: 5, AccessDenied: 9 } as const;
