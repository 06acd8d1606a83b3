/**
 * `client` (docs/scenario.md): how whoever calls a service behaves. One block for traffic and for programs:
 * timeouts, retries, batches, how many processes share the load, large payloads beside the message.
 *
 * `retry` is a word for what an AWS SDK does, or the rules themselves. What a word means in numbers stands in
 * components/client/limits.ts.
 */

import type { z } from 'zod';
import type { Micros } from '../../kernel/time.js';
import { block } from './block.js';
import { isKnownKey } from './known-key.js';
import { count, readCount } from './numbers.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import { readShare } from './rates.js';
import { duration, readTime, size } from './scaled.js';
import { setting } from './setting.js';
import { readChoice, reference } from './words.js';

/** The SDK's modes that are modelled, and none. */
export const RETRY_MODES = ['none', 'standard', 'legacy'] as const;
export type RetryMode = (typeof RETRY_MODES)[number];

export const BACKOFFS = [
  'fullJitter',
  'equalJitter',
  'decorrelatedJitter',
  'exponential',
  'none',
] as const;
export type Backoff = (typeof BACKOFFS)[number];

/** What can be tried again. An answer 4xx that no rate explains is never tried again. */
export const RETRY_REASONS = ['timeout', 'throttle', 'serverError', 'connection'] as const;
export type RetryReason = (typeof RETRY_REASONS)[number];

/** The rules written out. */
export interface RetryRules {
  /** The first attempt included. */
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  /** The first delay, before jitter. */
  readonly base: Micros;
  /** No delay is longer, before jitter. */
  readonly cap: Micros;
  /** At most this share of the requests may be retries; undefined: any. */
  readonly budget: number | undefined;
  readonly on: readonly RetryReason[];
}

export type RetrySpec = RetryMode | RetryRules;

const ADAPTIVE =
  'adaptive is not modelled: its rate limiter differs between SDKs (docs/decisions/007-sdk-retries.md)';
const RULES_KEYS = ['maxAttempts', 'backoff', 'base', 'cap', 'budget', 'on'];
const ALLOWED_RETRY = `${RETRY_MODES.join(' | ')}, or { ${RULES_KEYS.join(', ')} }`;

const readRetry: Read<RetrySpec> = (written, refuse) => {
  if (written === 'adaptive') {
    return refuse({
      code: 'not-modelled',
      found: 'adaptive',
      message: ADAPTIVE,
      allowed: ALLOWED_RETRY,
    });
  }
  if (typeof written === 'string') return readChoice(RETRY_MODES, {})(written, refuse);
  if (isMap(written)) return readRules(written, refuse);
  return refuse({ code: 'wrong-kind', found: show(written), allowed: ALLOWED_RETRY });
};

const DEFAULT_RULES = { maxAttempts: 3, base: 100_000, cap: 20_000_000 } as const;

function readRules(
  written: Readonly<Record<string, unknown>>,
  refuse: Refuse,
): RetryRules | undefined {
  let ok = true;
  for (const key of Object.keys(written)) ok = isKnownKey(key, RULES_KEYS, refuse) && ok;
  const field = <T>(key: string, read: Read<T>, fallback: T): T => {
    if (!Object.hasOwn(written, key)) return fallback;
    const value = read(written[key], below(refuse, key));
    ok &&= value !== undefined;
    return value ?? fallback;
  };
  const rules: RetryRules = {
    maxAttempts: field('maxAttempts', readCount({ min: 1, max: 100 }), DEFAULT_RULES.maxAttempts),
    backoff: field('backoff', readChoice(BACKOFFS, {}), BACKOFFS[0]),
    base: field('base', readTime({ min: '1us', max: '1h' }), DEFAULT_RULES.base),
    cap: field('cap', readTime({ min: '1us', max: '1h' }), DEFAULT_RULES.cap),
    budget: field<number | undefined>('budget', readShare({}), undefined),
    on: field('on', readReasons, RETRY_REASONS),
  };
  if (ok && rules.cap < rules.base)
    return refuse({
      code: 'out-of-range',
      found: show(written['cap'] ?? '20s'),
      message: 'cap is shorter than base',
      allowed: 'base or more',
      path: [Object.hasOwn(written, 'cap') ? 'cap' : 'base'],
    });
  return ok ? rules : undefined;
}

const readReasons: Read<readonly RetryReason[]> = (written, refuse) => {
  const allowed = `a list of ${RETRY_REASONS.join(', ')}`;
  if (!Array.isArray(written) || written.length === 0)
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const read = readChoice(RETRY_REASONS, {});
  const reasons = written.map((item: unknown, i) => read(item, below(refuse, i)));
  return reasons.includes(undefined) ? undefined : (reasons as RetryReason[]);
};

const SDK_SOURCE = 'AWS SDKs and Tools Reference Guide, "Retry behavior", 2026';

/** Attempts of one request after the first; what is called decides the default. */
function retryRules() {
  return setting(
    readRetry,
    {
      anyOf: [{ type: 'string', enum: [...RETRY_MODES] }, { type: 'object' }],
      'x-form': 'a word, or rules',
    },
    {
      source: SDK_SOURCE,
      doc:
        'Further attempts: none, as the SDK does (standard, legacy), or { maxAttempts 3, backoff fullJitter, ' +
        'base 100ms, cap 20s, budget (none), on [timeout, throttle, serverError, connection] }. ' +
        'Default: standard towards APIs of AWS; none for calls over HTTP and for databases.',
    },
  );
}

const timeout = duration({
  min: '1ms',
  max: '1d',
  doc: 'How long an attempt waits for its answer; none by default: it waits for good.',
});

/** SendMessageBatch takes ten. */
const batch = block(
  {
    name: 'batch',
    doc: 'The producer, each process of it, collects messages and sends them in one call.',
    words: { max: 'size', linger: 'wait', delay: 'wait' },
  },
  {
    size: count({
      min: 1,
      max: 500,
      awsError: 'TooManyEntriesInBatchRequest',
      source: 'AWS: SendMessageBatch, at most 10 entries; PutRecordBatch of Firehose, 500',
      doc: 'A batch of so many goes out at once: 10 at most, 500 to a delivery stream.',
    }),
    wait: duration({
      max: '1h',
      doc: 'A batch goes out so long after its first message, full or not.',
    }),
  },
);

/** The claim check. */
const largePayloads = block(
  {
    name: 'largePayloads',
    doc: 'Payloads above a size go to a bucket; the message says where.',
    words: { s3: 'bucket', threshold: 'above', over: 'above', limit: 'above' },
  },
  {
    bucket: reference({ roles: ['bucket'], doc: 'Where large payloads are put.' }),
    above: size({ max: '1GiB', doc: 'Messages larger than this.' }),
  },
);

const CLIENT_WORDS = {
  retries: 'retry',
  retryMode: 'retry',
  retryPolicy: 'retry',
  batching: 'batch',
  deadline: 'timeout',
  apiCallAttemptTimeout: 'timeout',
  requestTimeout: 'timeout',
  processes: 'senders',
  producers: 'senders',
  claimCheck: 'largePayloads',
} as const;

/** `client` of traffic. */
export const trafficClient = block(
  { name: 'client', doc: "The producer's own behaviour.", words: CLIENT_WORDS },
  {
    timeout: timeout.optional(),
    retry: retryRules().optional(),
    batch: batch.optional(),
    senders: count({
      min: 1,
      max: 100_000,
      default: 1,
      doc: 'How many processes share the load, each with a batch and a retry quota of its own.',
    }),
    largePayloads: largePayloads.optional(),
  },
);
export type TrafficClient = z.output<typeof trafficClient>;

/** What a caller without a block of its own is like. */
export const NO_CLIENT: TrafficClient = {
  timeout: undefined,
  retry: undefined,
  batch: undefined,
  senders: 1,
  largePayloads: undefined,
};

/** The keys of `client` that any caller has: for blocks of programs and steps, which have no default of their own. */
export const callerFields = {
  timeout: timeout.optional(),
  retry: retryRules().optional(),
  batch: batch.optional(),
} as const;
