/**
 * The internet between a program in AWS and what it calls: one latency for all, assumed at the top level
 * (`assume: { network: { client: … } }`). See docs/components/external.http.md.
 */

import { distribution as distributionOf } from '../../kernel/distributions/distribution.js';
import type { AssumeOf, SystemSchema } from '../settings.js';
import { assumption, distribution, isConstantZero } from '../settings.js';
import type { World } from '../world.js';
import { Services } from './service.js';

export const networkSchema = {
  name: 'network',
  assume: {
    client: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '20ms', p99: '51ms' },
      doc: 'Over the internet, there and back; half of it lies before the call takes effect.',
      source: 'assumption; depends on where the two are',
    }),
  },
} satisfies SystemSchema;

export type NetworkAssume = AssumeOf<{
  settings: Record<never, never>;
  assume: typeof networkSchema.assume;
}>;

/** After all components have connected: whoever is reached over the internet takes calls from now on. */
export function buildNetwork(world: World, assume: NetworkAssume): void {
  const latency = isConstantZero(assume.client) ? null : distributionOf(assume.client);
  for (const service of world.shared(Services).all) service.open(latency);
}
