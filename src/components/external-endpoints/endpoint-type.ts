/** What mailboxes, telephones and apps have in common as types: SNS hands them a message, and that is all. */

import type { ResourceSpec } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { NO_PRICES } from '../prices.js';
import type { SettingsShape } from '../settings.js';
import type { World } from '../world.js';
import type { Refuses } from './service.js';
import {
  ENDPOINT_OPERATIONS,
  endpointErrorOfStatus,
  EndpointOperation,
  EndpointService,
} from './service.js';

/** Parts of a ComponentType. */
export const ENDPOINT_TYPE = {
  roles: ['endpoint'],
  isOutside: true,
  operations: ENDPOINT_OPERATIONS,
  levels: [],
  metrics: {},
  prices: NO_PRICES,
  isReachedAtOnce: true,
  errorOfStatus: endpointErrorOfStatus,
} as const;

/** Parts of an Endpoint. */
export function endpointFor({ settings }: EndpointSource) {
  return {
    retries: 'customerManaged',
    takes: { style: 'call', operation: EndpointOperation.Deliver },
    subscribers: settings['subscribers'] as number,
  } as const;
}

/** Builds the service of a resource, and tells pushers how it is delivered to. */
export function buildEndpoint<S extends SettingsShape>(
  world: World,
  id: number,
  spec: ResourceSpec<S>,
  endpoint: Endpoint,
  refuses: Refuses | null = null,
): EndpointService {
  world.shared(Endpoints).set(id, endpoint);
  return new EndpointService(world, id, spec.name, refuses);
}
