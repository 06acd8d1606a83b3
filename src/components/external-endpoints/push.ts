/** external.push: see docs/components/external.push.md. */

import type { ComponentType } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { NO_PRICES } from '../prices.js';
import {
  ENDPOINT_OPERATIONS,
  endpointErrorOfStatus,
  EndpointOperation,
  EndpointService,
} from './service.js';
import { PUSH_PAGE, pushShape } from './settings.js';

export const externalPush: ComponentType<typeof pushShape> = {
  type: 'external.push',
  summary: 'Apps on mobile devices that a topic notifies through a push service (APNs, FCM, ADM).',
  page: PUSH_PAGE,
  shape: pushShape,
  roles: ['endpoint'],
  isOutside: true,
  operations: ENDPOINT_OPERATIONS,
  levels: [],
  metrics: {},
  prices: NO_PRICES,
  isReachedAtOnce: true,
  errorOfStatus: endpointErrorOfStatus,
  endpoint: endpointOf,
  build: (world, id, spec) => {
    world.shared(Endpoints).set(id, endpointOf(spec));
    return new EndpointService(world, id, spec.name);
  },
};

function endpointOf({ settings }: EndpointSource): Endpoint {
  return {
    protocol: 'application',
    retries: 'customerManaged',
    takes: { style: 'call', operation: EndpointOperation.Deliver },
    subscribers: settings['subscribers'] as number,
    rate: null,
    price: null,
  };
}
