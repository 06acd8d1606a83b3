/** The parts that a latency is split into, exhaustively (docs/architecture.md). */

/** Names in the order of results. */
export const PARTS = [
  'network',
  'producerRetry',
  'throttleWait',
  'delivery',
  'delay',
  'queueWait',
  'groupWait',
  'pollGap',
  'batching',
  'coldStart',
  'handler',
  'backOff',
  'visibilityWait',
  'shardWait',
  'deadLetterStay',
] as const;
export type PartName = (typeof PARTS)[number];

export const PART_COUNT = PARTS.length;

// The numbers of the parts: those that most latencies have come first (see Breakdown).
export const HANDLER = 0;
export const QUEUE_WAIT = 1;
export const NETWORK = 2;
export const BATCHING = 3;
export const POLL_GAP = 4;
export const DELIVERY = 5;
export const DELAY = 6;
export const VISIBILITY_WAIT = 7;
export const PRODUCER_RETRY = 8;
export const THROTTLE_WAIT = 9;
export const GROUP_WAIT = 10;
export const COLD_START = 11;
export const BACK_OFF = 12;
export const SHARD_WAIT = 13;
export const DEAD_LETTER_STAY = 14;

/** The number of each name. */
export const PART_NUMBERS: Readonly<Record<PartName, number>> = {
  network: NETWORK,
  producerRetry: PRODUCER_RETRY,
  throttleWait: THROTTLE_WAIT,
  delivery: DELIVERY,
  delay: DELAY,
  queueWait: QUEUE_WAIT,
  groupWait: GROUP_WAIT,
  pollGap: POLL_GAP,
  batching: BATCHING,
  coldStart: COLD_START,
  handler: HANDLER,
  backOff: BACK_OFF,
  visibilityWait: VISIBILITY_WAIT,
  shardWait: SHARD_WAIT,
  deadLetterStay: DEAD_LETTER_STAY,
};
