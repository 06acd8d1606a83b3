/** What a delivery stream is built from: plain values in base units. */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import type { Micros } from '../../kernel/time.js';
import type { PutQuota } from './limits.js';

export interface StreamOptions {
  readonly name: string;
  /** The resource number of the bucket. */
  readonly bucket: number;
  /** What the keys of objects begin and end with. */
  readonly prefix: string;
  readonly suffix: string;
  /** The buffer becomes an object when it holds so many bytes, or so long after its first record; 0: see below. */
  readonly bufferBytes: number;
  readonly interval: Micros;
  /** How many times smaller objects are than their records. */
  readonly compression: number;
  readonly quota: PutQuota;
  /** null: no time. */
  readonly apiLatency: Distribution | null;
  readonly deliveryLatency: Distribution | null;
  /** In place of an interval of 0; null: no time. */
  readonly zeroBufferExtra: Distribution | null;
  /** How often a record is stored twice, 0..1. */
  readonly duplicates: number;
  /** Between two attempts to put an object. */
  readonly retryInterval: Micros;
}
