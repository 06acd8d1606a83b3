// The queues against their slow twin (test/reference/naive-sqs), on random stories by the profile `ideal`: every
// answer, when it came, and how many messages are in which state after each step.
//
// `SEQUENCES=100000 SEED=7 npx vitest run test/properties/sqs.test.ts` plays more of them, and others.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { setting } from './sqs/draws.js';
import { Pair } from './sqs/pair.js';
import { play, stories } from './sqs/story.js';
import { modelOf } from './sqs/subject.js';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? 300);
const SEED = Number(process.env['SEED'] ?? 42);
/** A few stories of any seed need not come to everything. */
const IS_TELLING = SEED === 42 ? SEQUENCES >= 300 : SEQUENCES >= 3_000;
vi.setConfig({ testTimeout: 60_000 + SEQUENCES * 60 });

/** What stories must come to, or they would not be worth telling: a part of what is answered. */
const BOTH = [
  'r1: waits',
  '"approximateReceiveCount":3',
  '"deadLetterQueueSource"',
  '"approximateNumberOfMessagesMoved":',
  '{"messages":[]}',
  'PurgeQueueInProgress',
  'BatchRequestTooLong',
  'EmptyBatchRequest',
  'ReceiptHandleIsInvalid',
  'InvalidParameterValue',
  'MissingParameter',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
  ' 2 delayed',
];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  standard: [...BOTH, 'OverLimit'],
  FIFO: [...BOTH, '"sequenceNumber"'],
};

describe('the model and its twin tell the same story', () => {
  test.each(['standard', 'FIFO'])('%s queues', (type) => {
    const unseen = new Set(PARTS[type]);
    fc.assert(
      fc.property(setting(type === 'FIFO'), stories(120), (given, story) => {
        const pair = new Pair(given, modelOf(given));
        play(pair, story);
        for (const part of unseen)
          if (pair.told.some((line) => line.includes(part))) unseen.delete(part);
      }),
      { numRuns: Math.ceil(SEQUENCES / 2), seed: SEED },
    );
    if (IS_TELLING) expect([...unseen]).toEqual([]);
  });
});
