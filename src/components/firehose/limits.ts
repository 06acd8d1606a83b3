/** AWS's numbers for Firehose. */

import type { Micros } from '../../kernel/time.js';
import { HOUR } from '../../kernel/time.js';

/** One record, bytes before base64. Source: botocore firehose service-2.json, 2026: 1,000 KiB. */
export const RECORD_BYTES_MAX = 1000 * 1024;

/** PutRecordBatch: so many records, so many bytes. Source: botocore firehose service-2.json, 2026: 500, 4 MiB. */
export const BATCH_RECORDS_MAX = 500;
export const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/** Each record is billed by started 5 KB (5,120 bytes). Source: Amazon Data Firehose pricing, 2026. */
export const BILLED_CHUNK = 5120;

/** What cannot be delivered is kept for so long. Source: Firehose Developer Guide "basic-deliver", 2026. */
export const KEPT_MAX: Micros = 24 * HOUR;

/** Below so much buffering, objects come by multipart upload. Source: Firehose Developer Guide "buffering-hints". */
export const PARTS_BELOW_SECONDS = 60;

/** What a delivery stream takes by Direct PUT in a second. */
export interface PutQuota {
  readonly records: number;
  readonly requests: number;
  readonly bytes: number;
}

/** Source: Firehose Developer Guide "limits", 2026. */
const LARGE_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];
const IN_LARGE: PutQuota = { records: 500_000, requests: 2000, bytes: 5 * 1024 * 1024 };
const ELSEWHERE: PutQuota = { records: 100_000, requests: 1000, bytes: 1024 * 1024 };

export function putQuotaOf(region: string): PutQuota {
  return LARGE_REGIONS.includes(region) ? IN_LARGE : ELSEWHERE;
}
