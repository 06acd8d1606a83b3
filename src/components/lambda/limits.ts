/** Lambda's numbers, as AWS documents them. */

import { MINUTE, SECOND } from '../../kernel/time.js';

const MIB = 1_048_576;

/** Source: Lambda Developer Guide "gettingstarted-limits", 2026, unless another page is named. */
export const LAMBDA_LIMITS = {
  memoryMax: 10_240,
  /** One virtual CPU; "configuration-memory". */
  memoryOfOneCpu: 1_769,
  /** MiB of /tmp that cost nothing. */
  storageIncluded: 512,
  storageMax: 10_240,
  /** Payload of an asynchronous invocation, bytes. */
  asyncPayloadMax: MIB,
  /** Executions at a time in an account and region; raised on request. */
  accountConcurrency: 1_000,
  /** So many stay for functions without reserved concurrency; "configuration-concurrency". */
  unreservedMin: 100,
  /** Requests a second, by executions at a time; "lambda-concurrency". */
  requestsPerConcurrency: 10,
  /** New environments of one function: so many at once, and so many more each second; "scaling-behavior". */
  scalingBurst: 1_000,
  scalingPerSecond: 100,
} as const;

/** Of asynchronous invocations. Source: Lambda Developer Guide "invocation-async-error-handling", 2026. */
export const ASYNC_LIMITS = {
  retriesMax: 2,
  /** Before the second and the third attempt of an event that a function failed. */
  retryWaits: [1 * MINUTE, 2 * MINUTE],
  /** After a refusal (429, 5xx): from the first to the last; in between it is assumed to double. */
  backOffFirst: 1 * SECOND,
  backOffMost: 5 * MINUTE,
} as const;

/** How runs are billed. Source: AWS Lambda pricing, 2026. */
export const BILLING = {
  /** An event is one request up to here, and one more for each started chunk beyond. */
  firstBytes: 262_144,
  chunkBytes: 65_536,
} as const;

/** Managed runtimes, by how they start. Source: Lambda Developer Guide "lambda-runtimes", 2026. */
export const RUNTIMES = [
  'nodejs24.x',
  'nodejs22.x',
  'nodejs20.x',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'ruby3.4',
  'ruby3.3',
  'provided.al2023',
  'provided.al2',
  'java25',
  'java21',
  'java17',
  'java11',
  'java8.al2',
  'dotnet10',
  'dotnet8',
] as const;
