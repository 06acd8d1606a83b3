/** external.http: see docs/components/external.http.md. */

import { CALL_OPERATIONS, errorOfStatus } from '../call-port.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { CallError } from '../port.js';
import { NO_PRICES } from '../prices.js';
import { handlerOf } from '../program/from-settings.js';
import type { Serves } from '../settings/program.js';
import type { World } from '../world.js';
import { checkHttp } from './checks.js';
import type { HttpOptions } from './options.js';
import { HttpService } from './service.js';
import { httpShape, PAGE } from './settings.js';

export { buildNetwork, networkSchema } from './network.js';
export type { NetworkAssume } from './network.js';

export const externalHttp: ComponentType<typeof httpShape> = {
  type: 'external.http',
  summary: 'An HTTP service outside AWS: a provider, a partner, a card network.',
  page: PAGE,
  shape: httpShape,
  operations: CALL_OPERATIONS,
  levels: [],
  prices: NO_PRICES,
  checks: checkHttp,
  errorOfStatus: (status) => {
    const error = errorOfStatus(status);
    return error === CallError.None ? undefined : error;
  },
  build: (world, id, spec) => new HttpService(world, id, optionsOf(world, spec)),
};

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
