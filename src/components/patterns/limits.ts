/**
 * What AWS allows of patterns.
 * Sources: SNS Developer Guide "Amazon SNS subscription filter policies" and "Filter policy constraints",
 * EventBridge User Guide "Amazon EventBridge quotas" and "Event patterns", all 2026.
 */

/** Names at the top of a filter policy. */
export const POLICY_KEYS_MAX = 5;

/** Combinations of values of a filter policy; each counts as often as it is deep. */
export const POLICY_COMBINATIONS_MAX = 150;

/** A filter policy as JSON, bytes. */
export const POLICY_BYTES_MAX = 262_144;

/** An event pattern as JSON, characters. */
export const EVENT_PATTERN_CHARACTERS_MAX = 2048;

/** A pattern of a pipe's filter as JSON, characters (botocore pipes service-2.json, 2026). */
export const PIPE_PATTERN_CHARACTERS_MAX = 4096;

/** Alternatives that the `$or` of an event pattern make together. */
export const OR_COMBINATIONS_MAX = 1000;
