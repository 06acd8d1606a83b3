/**
 * What AWS does not publish about buses and schedules: each number with its default per profile. The reasons stand in
 * docs/components/eventbridge.bus.md.
 */

import { assumption, distribution, rate, share, size } from '../settings.js';

const OURS = 'assumption; AWS publishes no figure';

export const retryJitter = assumption(distribution('factor'), {
  ideal: '1x',
  typical: { dist: 'uniform', min: '0.5x', max: '1.5x' },
  doc: 'The factor of the pause before each further attempt.',
  source: `${OURS}; "exponential backoff and jitter" is documented`,
});

export const scheduleDelay = assumption(distribution('duration', { max: '60s' }), {
  ideal: '0s',
  typical: { dist: 'uniform', min: '0s', max: '60s' },
  doc: 'How late within its minute a schedule fires.',
  source: 'EventBridge User Guide: "the precision is one minute", the form is an assumption',
});

export const duplicateInvocation = assumption(share(), {
  ideal: '0%',
  typical: '0.001%',
  adversarial: '1%',
  doc: 'How often a target is invoked twice for one event.',
  source: `${OURS}; "in rare cases" (EventBridge User Guide, eb-troubleshooting)`,
});

export const busAssume = {
  apiLatency: assumption(distribution('duration'), {
    ideal: '0s',
    typical: { p50: '10ms', p99: '40ms' },
    doc: 'How long PutEvents takes, there and back; half of it lies before the effect.',
    source: OURS,
  }),
  latency: assumption(distribution('duration'), {
    ideal: '0s',
    typical: { quantiles: { p10: '80ms', p50: '110ms', p90: '190ms', p99: '340ms' } },
    doc: 'From an event being accepted to its arrival at a target.',
    source:
      'bitesizedserverless.com, Feb 2023: EventBridge to Lambda 113/148/241/387 ms, less what asynchronous ' +
      'invocation takes; AWS publishes p99 129 ms (2024) to the start of an invocation',
  }),
  duplicateInvocation,
  retryJitter,
  scheduleDelay,
  archiveDelay: assumption(distribution('duration'), {
    ideal: '0s',
    typical: { dist: 'uniform', min: '0s', max: '10m' },
    doc: 'From an event being accepted to its being in the archive.',
    source:
      'EventBridge User Guide "eb-archive": wait about ten minutes before a replay; the form is an assumption',
  }),
  replayRate: assumption(rate({ min: '1/s' }), {
    ideal: '1000/s',
    typical: '1000/s',
    doc: 'How many events a second a replay sends on.',
    source: `${OURS}; "based on, but separate from" the quota of PutEvents`,
  }),
  entriesSizeMax: assumption(size(), {
    ideal: '1MiB',
    typical: '1MiB',
    doc: 'The largest call of PutEvents, all entries together.',
    source: 'AWS: 1 MB since January 2026; API texts still say 256 KB',
  }),
};
