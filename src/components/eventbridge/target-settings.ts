/** What rules and schedules say alike about whom they invoke: retries, a dead-letter queue, a message group. */

import { block, count, duration, reference, text } from '../settings.js';
import { INVALID } from './page.js';

export const RETRY_ATTEMPTS = 185;

/** AWS gives up after a day, or after 185 retries, whichever comes first. */
export function retryPolicy(source: string) {
  return block(
    {
      name: 'retryPolicy',
      doc: 'How long, and how often, an invocation that failed is tried again.',
    },
    {
      maximumRetryAttempts: count({
        min: 0,
        max: RETRY_ATTEMPTS,
        default: RETRY_ATTEMPTS,
        source,
        awsError: INVALID,
        doc: 'So many further attempts.',
      }),
      maximumEventAgeInSeconds: duration({
        default: '24h',
        min: '1m',
        max: '24h',
        bare: 's',
        source,
        awsError: INVALID,
        doc: 'No further attempt so long after the event.',
      }),
    },
  );
}

export const deadLetterConfig = block(
  {
    name: 'deadLetterConfig',
    doc: 'Where an event goes that could not be delivered.',
    words: { arn: 'target', queue: 'target', deadLetterTarget: 'target' },
  },
  { target: reference({ roles: ['queue'], doc: 'A standard queue of the same region.' }) },
);

export const sqsParameters = block(
  { name: 'sqsParameters', doc: 'What a FIFO queue wants to be told.' },
  {
    messageGroupId: text({
      longest: 100,
      doc: 'The message group: the same text for all events.',
    }),
  },
);

/** What AWS has on targets of both kinds and this release refuses. */
export function laterParameters(page: string): Readonly<Record<string, string>> {
  const keys =
    'input inputPath inputTransformer kinesisParameters ecsParameters batchParameters httpParameters ' +
    'redshiftDataParameters sageMakerPipelineParameters appSyncParameters runCommandParameters';
  return Object.fromEntries(keys.split(' ').map((key) => [key, page]));
}

/** What stands elsewhere, or changes nothing. */
export const NO_EFFECT_ON_TARGETS: Readonly<Record<string, string>> = {
  arn: 'the name in the map is the target',
  id: 'the name in the map is the target',
  roleArn: 'whoever is named may be invoked, unless its own policy says otherwise',
};
