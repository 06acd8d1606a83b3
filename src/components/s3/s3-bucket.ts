/** s3.bucket: see docs/components/s3.bucket.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import { CallError } from '../port.js';
import { S3_OPERATIONS, S3Error } from '../s3-port.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import type { World } from '../world.js';
import { Bucket } from './bucket.js';
import { checkBucket } from './checks.js';
import { S3_PRICES } from './prices.js';
import type { NotifierOptions } from './notifier.js';
import { linksOfBucket, rulesOf } from './rules.js';
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
  summary:
    'An Amazon S3 bucket: objects are written and read, and whoever wants to know is told of them.',
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
  checks: checkBucket,
  pushes: linksOfBucket,
  build: (world, id, spec) => {
    const { name, assume } = spec;
    return new Bucket(world, id, {
      name,
      putLatency: unlessZero(assume.putLatency),
      getLatency: unlessZero(assume.getLatency),
      pointerBytes: assume.pointerSize,
      notifier: notifierOf(world, spec),
    });
  },
};

function notifierOf(
  world: World,
  { settings, assume }: ResourceSpec<typeof bucketShape>,
): NotifierOptions | null {
  const rules = rulesOf(settings.notificationConfiguration);
  if (rules.length === 0) return null;
  const isVersioned = settings.versioningConfiguration?.status === 'Enabled';
  return {
    rules: rules.map((rule) => ({ ...rule, target: world.idOf(rule.target), name: rule.target })),
    delay: unlessZero(assume.notificationDelay),
    duplicates: assume.duplicateNotification,
    jitter: distribution(assume.retryJitter),
    coalescing: isVersioned ? 0 : assume.coalescingWindow,
    eventBytes: assume.eventSize,
  };
}

/** null for "takes no time", so that nothing is drawn. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
