/** external.push: see docs/components/external.push.md. */

import type { ComponentType } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { buildEndpoint, ENDPOINT_TYPE, endpointFor } from './endpoint-type.js';
import { PUSH_PAGE, pushShape } from './settings.js';

export const externalPush: ComponentType<typeof pushShape> = {
  type: 'external.push',
  summary: 'Apps on mobile devices that a topic notifies through a push service (APNs, FCM, ADM).',
  page: PUSH_PAGE,
  shape: pushShape,
  ...ENDPOINT_TYPE,
  endpoint: endpointOf,
  build: (world, id, spec) => buildEndpoint(world, id, spec, endpointOf(spec)),
};

function endpointOf(source: EndpointSource): Endpoint {
  return {
    ...endpointFor(source),
    protocol: 'application',
    rate: null,
    price: null,
  };
}
