/** What the runner understands of a case's prose. The command lists it (`wavetank conformance --help`). */

/** A queue that a configuration only describes: of a kind, none at all, or the one it is about. */
export type DescribedQueue = 'standard' | 'fifo' | 'missing' | 'itself';

/** The first that fits. */
const QUEUES: readonly (readonly [RegExp, DescribedQueue])[] = [
  [/\b(itself|self|same queue)\b/i, 'itself'],
  [
    /\b(missing|unknown|nope|ghost|dummy|no such|non-?exist\w*|does(n't| not) ?exist)\b/i,
    'missing',
  ],
  [/\bfifo (queue|dlq|dead-letter queue)$/i, 'fifo'],
  [/\bstandard( queue| dlq| dead-letter queue)?$/i, 'standard'],
];

/** What `standard queue`, `a FIFO queue`, `missing queue`, `itself` describe; undefined for other words. */
export function describedQueue(said: string): DescribedQueue | undefined {
  return QUEUES.find(([words]) => words.test(said))?.[1];
}

/** `11 entries`: a batch of so many. */
export const ENTRY_COUNT = /^(\d+) entries$/;
/** `129 characters`: a text of such a length. */
export const TEXT_LENGTH = /^(\d+) (?:characters|chars)$/;

/** All of them, as the help prints them. */
export const PHRASES: readonly string[] = [
  'standard queue',
  'fifo queue',
  'missing queue',
  'itself',
  'N entries',
  'N characters',
];
