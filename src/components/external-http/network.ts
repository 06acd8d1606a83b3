/**
 * The internet between a program in AWS and what it calls: one latency for all, assumed at the top level
 * (`assume: { network: { client: … } }`). See docs/components/external.http.md.
 */

import { distribution as distributionOf } from '../../kernel/distributions/distribution.js';
import type { NetworkAssume } from '../network.js';
import { isConstantZero } from '../settings.js';
import type { World } from '../world.js';
import { Services } from './service.js';

/** After all components have connected: whoever is reached over the internet takes calls from now on. */
export function buildNetwork(world: World, { client }: Pick<NetworkAssume, 'client'>): void {
  const latency = isConstantZero(client) ? null : distributionOf(client);
  for (const service of world.shared(Services).all) service.open(latency);
}
