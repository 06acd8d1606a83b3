/**
 * What the words of `client.retry` mean, in numbers, and how a retry budget is kept.
 *
 * standard: AWS SDKs and Tools Reference Guide, "Retry behavior", edition of 2026 (opt-in since May 2026,
 * default from November 2026): three attempts, full jitter over 50 ms (1 s after a throttle) times two to the
 * number of retries, at most 20 s, and a quota of 500 tokens. The costs of a retry, 14 and 5 tokens, and what
 * comes back: aws-sdk-go-v2 pull request 3400, botocore retries/standard.py, 2026.
 *
 * legacy differs from SDK to SDK; this is Boto3's: five attempts, a random share of 1, 2, 4, 8 s, no quota.
 * Boto3 guide "Retries", 2026; botocore data/_retry.json.
 */

import { MILLISECOND, SECOND } from '../../kernel/time.js';

export const SDK_RETRY = {
  standard: {
    maxAttempts: 3,
    base: 50 * MILLISECOND,
    throttleBase: 1 * SECOND,
    cap: 20 * SECOND,
    /** Tokens that each client (each process) has at first, and at most. */
    quota: 500,
    /** What a retry takes; it comes back when the retry succeeds. */
    cost: 14,
    throttleCost: 5,
    /** What a request that succeeds at once brings. */
    reward: 1,
  },
  legacy: {
    maxAttempts: 5,
    base: 1 * SECOND,
    throttleBase: 1 * SECOND,
    cap: 20 * SECOND,
  },
} as const;

/**
 * `budget` of a retry rule, ours: each first attempt earns the share of a retry, each retry takes a whole one,
 * and this many may be saved up; a client starts with them.
 */
export const BUDGET_RESERVE = 10;
