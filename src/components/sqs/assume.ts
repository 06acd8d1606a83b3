/**
 * What AWS does not publish about queues (docs/scenario.md): each number with its default per profile. The
 * reasons stand in docs/components/sqs.queue.md.
 */

import { assumption, choice, count, distribution, duration, rate, share } from '../settings.js';

const OURS = 'assumption; AWS publishes no figure';

const MEASURED = 'bitesizedserverless.com, Sept 2022';

export const queueAssume = {
  apiLatency: assumption(distribution('duration'), {
    ideal: '0s',
    typical: { p50: '8ms', p99: '60ms' },
    fifo: { typical: { p50: '14ms', p99: '600ms' } },
    doc: 'How long one API call takes, there and back; half of it lies before the effect.',
    source:
      `${OURS}; AWS's own example is 20 ms (SQS Developer Guide, horizontal scaling); FIFO: about 1.7 ` +
      `times as long, with the tail measured by ${MEASURED}`,
  }),
  propagation: assumption(distribution('duration'), {
    ideal: '0s',
    typical: { quantiles: { p10: '2ms', p50: '5ms', p90: '15ms', p99: '50ms' } },
    doc: 'From stored to visible on all hosts.',
    source: `${OURS}; keeps SQS to Lambda near the 16 ms measured by ${MEASURED}`,
  }),
  duplicateOnReceive: assumption(share(), {
    ideal: '0%',
    typical: '0.0001%',
    adversarial: '1%',
    fifo: { typical: '0%', adversarial: '0%' },
    only: 'standard',
    doc: 'How often a message that is handed out is shown to a second consumer too.',
    source: `${OURS}; one third party reports 1e-8 to 1e-6 per message (awsi.click)`,
  }),
  duplicateAfterDelete: assumption(share(), {
    ideal: '0%',
    typical: '0.0001%',
    adversarial: '1%',
    fifo: { typical: '0%', adversarial: '0%' },
    only: 'standard',
    doc: 'How often a deleted message comes back once, 1 to 60 seconds later.',
    source: `${OURS}; the mechanism is documented (at-least-once delivery)`,
  }),
  lostReceive: assumption(share(), {
    ideal: '0%',
    typical: '0%',
    adversarial: '0.1%',
    doc: 'How often the answer of a receive is lost: its messages are hidden, nobody has them.',
    source: `${OURS}; documented as a reason against maxReceiveCount 1`,
  }),
  falseEmpty: assumption(share(), {
    ideal: '0%',
    typical: '0.01%',
    fifo: { typical: '0%' },
    only: 'standard',
    doc: 'How often a long poll of less than 10 s sees nothing although messages are there.',
    source: `${OURS}; "in rare cases" (short and long polling, 2023 edition)`,
  }),
  storageShards: assumption(count({ min: 1, max: 32 }), {
    ideal: 1,
    typical: 16,
    fifo: { typical: 1 },
    only: 'standard',
    doc: 'On how many hosts the messages lie; order is kept on each.',
    source: `${OURS}; with 8 of 16 sampled, one message is missed by half of the short polls`,
  }),
  shortPollShards: assumption(count({ min: 1, max: 32 }), {
    ideal: 1,
    typical: 8,
    fifo: { typical: 1 },
    only: 'standard',
    doc: 'How many of the hosts a short poll asks.',
    source: `${OURS}; "a weighted random subset of servers"`,
  }),
  staleDelete: assumption(choice(['ignored', 'deletes']), {
    ideal: 'ignored',
    typical: 'ignored',
    only: 'standard',
    doc: 'What a delete does with the receipt of an earlier receive: it succeeds, and "might not" delete.',
    source: 'botocore sqs DeleteMessage, Aug 2026: both are allowed',
  }),
  pollChoice: assumption(choice(['random', 'longestWaiting']), {
    ideal: 'longestWaiting',
    typical: 'random',
    doc: 'Which of several waiting long polls gets the next message.',
    source: `${OURS}; AWS documents no order`,
  }),
  metricLag: assumption(distribution('duration', { max: '60s' }), {
    ideal: '0s',
    typical: { dist: 'uniform', min: '0s', max: '60s' },
    doc: 'How long GetQueueAttributes may go on telling the counts that it told last.',
    source: `${OURS}; "at least 1 minute after the producers stop sending messages"`,
  }),
  fairWindow: assumption(duration({ min: '1s', max: '1h' }), {
    ideal: '60s',
    typical: '60s',
    only: 'standard',
    doc: "Over how long a tenant's share of the processing time is taken (fair queues).",
    source: `${OURS}; "recent"`,
  }),
  partitionRamp: assumption(duration({ max: '1h' }), {
    ideal: '0s',
    typical: '0s',
    adversarial: '60s',
    only: 'fifo',
    doc: 'High throughput: how long a queue that grows needs for the next partition.',
    source: `${OURS}; "automatically, when the request rate nears capacity"`,
  }),
  redriveRate: assumption(rate({ min: '1/s', max: '500/s' }), {
    ideal: '500/s',
    typical: '500/s',
    doc: 'How fast a redrive goes that says no MaxNumberOfMessagesPerSecond.',
    source: `${OURS}: "system optimized"; 500 is the most that can be asked for`,
  }),
} as const;
