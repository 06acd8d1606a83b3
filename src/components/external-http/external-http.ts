/** external.http: see docs/components/external.http.md. */

import { CALL_OPERATIONS, CallOperation, errorOfStatus } from '../call-port.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import type { Endpoint, EndpointSource } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { CallError } from '../port.js';
import { NO_PRICES } from '../prices.js';
import { handlerOf } from '../program/from-settings.js';
import { handlerTime } from '../program/handler-time.js';
import type { CalledService } from '../settings/called.js';
import { NO_TIME } from '../settings/called.js';
import type { Serves, StepSpec } from '../settings/program.js';
import type { World } from '../world.js';
import { checkHttp } from './checks.js';
import type { HttpOptions } from './options.js';
import { HttpService } from './service.js';
import { httpShape, PAGE } from './settings.js';

export { buildNetwork } from './network.js';

const CALLED: CalledService = {
  // A service that calls on is refused.
  time: ({ programs }) =>
    handlerTime((programs['handler'] ?? []) as readonly StepSpec[], () => NO_TIME),
  isLimited: ({ programs }) => {
    const serves = programs['serves'] as Partial<Serves> | undefined;
    return serves?.concurrency !== undefined || serves?.rateLimit !== undefined;
  },
};

export const externalHttp: ComponentType<typeof httpShape> = {
  type: 'external.http',
  summary: 'An HTTP service outside AWS: a provider, a partner, a card network.',
  page: PAGE,
  shape: httpShape,
  roles: ['callable', 'endpoint'],
  isOutside: true,
  called: CALLED,
  operations: CALL_OPERATIONS,
  levels: [],
  metrics: {},
  prices: NO_PRICES,
  checks: checkHttp,
  errorOfStatus: (status) => {
    const error = errorOfStatus(status);
    return error === CallError.None ? undefined : error;
  },
  endpoint: endpointOf,
  build: (world, id, spec) => {
    world.shared(Endpoints).set(id, endpointOf(spec));
    return new HttpService(world, id, optionsOf(world, spec));
  },
};

/** The answer's status decides: 4xx is for good, anything else that is no success is tried again. */
function endpointOf({ settings }: EndpointSource): Endpoint {
  return {
    protocol: 'http',
    retries: 'http',
    takes: { style: 'call', operation: CallOperation.Call },
    subscribers: settings['subscribers'] as number,
    rate: null,
    price: null,
  };
}

function optionsOf(world: World, { name, programs }: ResourceSpec<typeof httpShape>): HttpOptions {
  const { concurrency, queueLimit, rateLimit } = (programs['serves'] ?? {}) as Partial<Serves>;
  return {
    name,
    concurrency: concurrency ?? Infinity,
    queueLimit: queueLimit ?? 0,
    rateLimit: rateLimit ?? null,
    handler: handlerOf(world, programs),
  };
}
