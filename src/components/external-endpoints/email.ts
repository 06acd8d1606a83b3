/** external.email: see docs/components/external.email.md. */

import type { ComponentType } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { ENDPOINT_LIMITS } from './limits.js';
import { buildEndpoint, ENDPOINT_TYPE, endpointFor } from './endpoint-type.js';
import { EMAIL_PAGE, emailShape } from './settings.js';

export const externalEmail: ComponentType<typeof emailShape> = {
  type: 'external.email',
  summary: 'Mailboxes that a topic writes e-mail to.',
  page: EMAIL_PAGE,
  shape: emailShape,
  ...ENDPOINT_TYPE,
  endpoint: endpointOf,
  build: (world, id, spec) => buildEndpoint(world, id, spec, endpointOf(spec)),
};

function endpointOf(source: EndpointSource): Endpoint {
  return {
    ...endpointFor(source),
    protocol: 'email',
    rate: { name: 'email', perSecond: ENDPOINT_LIMITS.emailsPerSecond },
    price: null,
  };
}
