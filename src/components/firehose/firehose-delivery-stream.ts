/** firehose.deliveryStream: see docs/components/firehose.deliveryStream.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import type { Endpoint } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { CallError } from '../port.js';
import { isConstantZero } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import type { World } from '../world.js';
import { DeliveryStream } from './delivery-stream.js';
import { putQuotaOf } from './limits.js';
import { STREAM_INBOX, STREAM_OPERATIONS, StreamError, StreamOperation } from './operations.js';
import type { StreamOptions } from './options.js';
import { PAGE } from './page.js';
import { FIREHOSE_PRICES } from './prices.js';
import type { StreamAssume, StreamSettings } from './settings.js';
import { streamShape } from './settings.js';

const FORBIDDEN = 403;
const FIRST_SERVER_ERROR = 500;

/** What the names of objects end with, by compressionFormat. Source: Firehose Developer Guide "basic-deliver", 2026. */
const EXTENSIONS = {
  UNCOMPRESSED: '',
  GZIP: '.gz',
  ZIP: '.zip',
  Snappy: '.snappy',
  HADOOP_SNAPPY: '.hsnappy',
} as const;

const CALLED: CalledService = {
  time: ({ assume }) => {
    const time = distribution((assume as StreamAssume).apiLatency);
    return { mean: time.mean, p99: time.quantile(0.99) };
  },
  isLimited: () => true,
};

const ENDPOINT: Endpoint = {
  protocol: 'firehose',
  retries: 'awsManaged',
  takes: { style: 'inbox', operation: StreamOperation.PutRecord },
  subscribers: 1,
  rate: null,
  price: null,
};

export const firehoseDeliveryStream: ComponentType<typeof streamShape> = {
  type: 'firehose.deliveryStream',
  summary: 'An Amazon Data Firehose delivery stream: records are gathered and stored in a bucket.',
  page: PAGE,
  shape: streamShape,
  roles: ['inbox', 'deliveryStream'],
  inbox: STREAM_INBOX,
  called: CALLED,
  operations: STREAM_OPERATIONS,
  levels: ['depth', 'inFlight'],
  metrics: {},
  prices: FIREHOSE_PRICES,
  errorOfStatus: (status) => {
    if (status >= FIRST_SERVER_ERROR) return CallError.Unavailable;
    return status === FORBIDDEN ? StreamError.AccessDenied : undefined;
  },
  endpoint: () => ENDPOINT,
  storesIn: ({ settings }) => {
    const destination = (settings as StreamSettings).extendedS3DestinationConfiguration;
    return [destination.bucket];
  },
  build: (world, id, spec) => {
    world.shared(Endpoints).set(id, ENDPOINT);
    return new DeliveryStream(world, id, optionsOf(world, spec));
  },
};

function optionsOf(
  world: World,
  { name, region, settings, assume }: ResourceSpec<typeof streamShape>,
): StreamOptions {
  const { bucket, bufferingHints, compressionFormat, prefix, fileExtension } =
    settings.extendedS3DestinationConfiguration;
  return {
    name,
    bucket: world.idOf(bucket),
    prefix: prefix ?? '',
    suffix: fileExtension ?? EXTENSIONS[compressionFormat],
    bufferBytes: bufferingHints.sizeInMBs,
    interval: bufferingHints.intervalInSeconds,
    compression: compressionFormat === 'UNCOMPRESSED' ? 1 : assume.compressionRatio,
    quota: putQuotaOf(region),
    apiLatency: unlessZero(assume.apiLatency),
    deliveryLatency: unlessZero(assume.deliveryLatency),
    zeroBufferExtra: unlessZero(assume.zeroBufferExtra),
    duplicates: assume.duplicateDelivery,
    retryInterval: assume.retryInterval,
  };
}

/** null for "takes no time", so that nothing is drawn. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
