/**
 * CloudWatch is no resource of a scenario: it is there when alarms are, and its assumptions stand at the
 * top level (`assume: { cloudwatch: { … } }`). See docs/components/cloudwatch.alarm.md.
 */

import { distribution as distributionOf } from '../../kernel/distributions/distribution.js';
import type { AssumeOf, SystemSchema } from '../settings.js';
import { assumption, distribution } from '../settings.js';
import type { World } from '../world.js';
import { CloudWatch } from './cloudwatch.js';

const OURS = 'assumption; AWS publishes no figure';

export const cloudWatchSchema = {
  name: 'cloudwatch',
  assume: {
    publishDelay: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '20s', p99: '64s' },
      doc: 'From the end of a period to its data point being visible to alarms.',
      source: OURS,
    }),
    evaluationPhase: assumption(distribution('duration', { max: '60s' }), {
      ideal: '0s',
      typical: { dist: 'uniform', min: '0s', max: '60s' },
      doc: 'When in the minute an alarm is evaluated; drawn once per alarm.',
      source: OURS,
    }),
    activationDelay: assumption(distribution('duration', { max: '15m' }), {
      ideal: '0s',
      typical: { dist: 'uniform', min: '0s', max: '15m' },
      doc: 'From an inactive queue becoming active to its metrics being published again.',
      source:
        'SQS Developer Guide, "Monitoring Amazon SQS queues using CloudWatch": up to 15 min; its shape: assumption',
    }),
  },
} satisfies SystemSchema;

export type CloudWatchAssume = AssumeOf<{
  settings: Record<never, never>;
  assume: typeof cloudWatchSchema.assume;
}>;

/** After all components have connected; then `start`, after theirs. */
export function buildCloudWatch(world: World, assume: CloudWatchAssume): CloudWatch {
  return new CloudWatch(world, {
    publishDelay: distributionOf(assume.publishDelay),
    evaluationPhase: distributionOf(assume.evaluationPhase),
    activationDelay: distributionOf(assume.activationDelay),
  });
}
