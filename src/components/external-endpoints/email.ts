/** external.email: see docs/components/external.email.md. */

import type { ComponentType } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { NO_PRICES } from '../prices.js';
import { ENDPOINT_LIMITS } from './limits.js';
import {
  ENDPOINT_OPERATIONS,
  endpointErrorOfStatus,
  EndpointOperation,
  EndpointService,
} from './service.js';
import { EMAIL_PAGE, emailShape } from './settings.js';

export const externalEmail: ComponentType<typeof emailShape> = {
  type: 'external.email',
  summary: 'Mailboxes that a topic writes e-mail to.',
  page: EMAIL_PAGE,
  shape: emailShape,
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
    protocol: 'email',
    retries: 'customerManaged',
    takes: { style: 'call', operation: EndpointOperation.Deliver },
    subscribers: settings['subscribers'] as number,
    rate: { name: 'email', perSecond: ENDPOINT_LIMITS.emailsPerSecond },
    price: null,
  };
}
