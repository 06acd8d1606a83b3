/** s3.bucket: see docs/components/s3.bucket.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType } from '../component.js';
import { CallError } from '../port.js';
import { S3_OPERATIONS, S3Error } from '../s3-port.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import { Bucket } from './bucket.js';
import { S3_PRICES } from './prices.js';
import { bucketShape } from './settings.js';

const FORBIDDEN = 403;
const FIRST_SERVER_ERROR = 500;

const CALLED: CalledService = {
  time: ({ assume }, verb) => {
    const { putLatency, getLatency } = assume as AssumeOf<typeof bucketShape>;
    const time = distribution(verb === 'write' ? putLatency : getLatency);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => false,
};

export const s3Bucket: ComponentType<typeof bucketShape> = {
  type: 's3.bucket',
  summary: 'An Amazon S3 bucket as a plain store, for payloads too large for a message.',
  page: 'docs/components/s3.bucket.md',
  shape: bucketShape,
  roles: ['bucket'],
  called: CALLED,
  operations: S3_OPERATIONS,
  levels: [],
  metrics: {},
  prices: S3_PRICES,
  // S3 refuses a rate by 503 Slow Down: 429 is none of its answers.
  errorOfStatus: (status) => {
    if (status >= FIRST_SERVER_ERROR) return CallError.Unavailable;
    return status === FORBIDDEN ? S3Error.AccessDenied : undefined;
  },
  build: (world, id, { name, assume }) =>
    new Bucket(world, id, {
      name,
      putLatency: unlessZero(assume.putLatency),
      getLatency: unlessZero(assume.getLatency),
      pointerBytes: assume.pointerSize,
    }),
};

/** null for "takes no time", so that nothing is drawn. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
