/** The parts that a latency is split into, exhaustively (DESIGN §5). */

/** Names in the order of results. */
export const PARTS = [
  'network', 'producerRetry', 'throttleWait', 'delivery', 'delay', 'queueWait', 'groupWait', 'pollGap', 'batching',
  'coldStart', 'handler', 'backOff', 'visibilityWait', 'shardWait', 'deadLetterStay',
] as const;
export type PartName = (typeof PARTS)[number];

export const PART_COUNT = PARTS.length;

/** The number of a part: those that most latencies have come first (see Breakdown). */
export const Part = {
  Handler: 0, QueueWait: 1, Network: 2, Batching: 3, PollGap: 4, Delivery: 5, Delay: 6, VisibilityWait: 7,
  ProducerRetry: 8, ThrottleWait: 9, GroupWait: 10, ColdStart: 11, BackOff: 12, ShardWait: 13, DeadLetterStay: 14,
} as const;

/** The number of each name. */
export const PART_NUMBERS: Readonly<Record<PartName, number>> = {
  network: Part.Network, producerRetry: Part.ProducerRetry, throttleWait: Part.ThrottleWait, delivery: Part.Delivery,
  delay: Part.Delay, queueWait: Part.QueueWait, groupWait: Part.GroupWait, pollGap: Part.PollGap,
  batching: Part.Batching, coldStart: Part.ColdStart, handler: Part.Handler, backOff: Part.BackOff,
  visibilityWait: Part.VisibilityWait, shardWait: Part.ShardWait, deadLetterStay: Part.DeadLetterStay,
};
