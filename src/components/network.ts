/**
 * The network as scenarios say it (`assume: { network: { … } }`): the internet between a program and what lies
 * outside AWS, and the way between two regions. See docs/components/network.md.
 */

import type { BetweenRegions } from './settings/between-regions.js';
import { betweenRegions, withOthers } from './settings/between-regions.js';
import type { AssumeOf, SystemSchema } from './settings.js';
import { assumption, distribution } from './settings.js';

export const networkSchema = {
  name: 'network',
  assume: {
    client: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '20ms', p99: '51ms' },
      doc: 'Over the internet, there and back; half of it lies before the call takes effect.',
      source: 'assumption; depends on where the two are',
    }),
    betweenRegions: assumption(betweenRegions(), {
      ideal: '0s',
      typical: '80ms',
      doc:
        'From a region to another, there and back, on top of what the call takes: one time, or a map such as ' +
        '{ us-west-2 -> ap-northeast-1: 100ms }.',
      source: 'assumption; AWS publishes no table, 60 to 250 ms are usual between continents',
      completed: (own, standard) => withOthers(own as BetweenRegions, standard as BetweenRegions),
    }),
  },
} satisfies SystemSchema;

export type NetworkAssume = AssumeOf<{
  settings: Record<never, never>;
  assume: typeof networkSchema.assume;
}>;
