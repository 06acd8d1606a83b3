// Laws of SQS that hold in every profile, on random stories: what a listener to all facts, and the caller, may
// never see. SEQUENCES and SEED as in sqs.test.ts.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { setting } from './sqs/draws.js';
import { Solo } from './sqs/solo.js';
import type { Setting } from './sqs/step.js';
import type { Story } from './sqs/story.js';
import { play, stories } from './sqs/story.js';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? 300);
const SEED = Number(process.env['SEED'] ?? 42);
/** A few stories of any seed need not come to everything. */
const IS_TELLING = SEED === 42 ? SEQUENCES >= 300 : SEQUENCES >= 3_000;
vi.setConfig({ testTimeout: 60_000 + SEQUENCES * 60 });

const PROFILES = ['ideal', 'typical', 'adversarial'] as const;

describe.each(PROFILES)('the laws hold: %s', (profile) => {
  test.each([
    ['standard queues', false],
    ['FIFO queues', true],
  ])('%s', (_, isFifo) => {
    const seen = { spontaneous: 0, deadLettered: 0, redriven: 0, expired: 0, purged: 0 };
    const judge = (given: Setting, story: Story, seed: number): void => {
      const solo = new Solo(profile === 'adversarial' ? { ...given, noise: true } : given, {
        profile,
        seed: String(seed),
      });
      play(solo, story);
      solo.end();
      for (const tally of solo.watcher.tallies.values()) {
        for (const key of Object.keys(seen) as (keyof typeof seen)[]) seen[key] += tally[key];
      }
    };
    fc.assert(fc.property(setting(isFifo), stories(120), fc.nat(), judge), {
      numRuns: Math.ceil(SEQUENCES / 6),
      seed: SEED,
    });
    // The stories do what they are for.
    if (!IS_TELLING) return;
    const { spontaneous, ...ends } = seen;
    for (const [end, count] of Object.entries(ends)) expect(count, end).toBeGreaterThan(0);
    expect(spontaneous > 0).toBe(profile === 'adversarial' && !isFifo);
  });
});
