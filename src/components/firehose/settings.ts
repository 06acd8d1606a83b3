/** What a scenario may say about a delivery stream: CloudFormation's AWS::KinesisFirehose::DeliveryStream. */

import type { AssumeOf, SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  distribution,
  duration,
  number,
  reference,
  share,
  size,
  text,
} from '../settings.js';
import { PAGE } from './page.js';

const HINTS = 'Firehose Developer Guide "buffering-hints", 2026';
const nothing = Object.freeze({}); // all defaults
/** The longest prefix of a delivery stream, characters. Source: botocore firehose service-2.json, 2026. */
const PREFIX_MAX = 1024;
const EXTENSION_MAX = 128;

const bufferingHints = block(
  {
    name: 'bufferingHints',
    doc: 'When records in the buffer become an object: whichever comes first.',
    words: { size: 'sizeInMBs', interval: 'intervalInSeconds', seconds: 'intervalInSeconds' },
  },
  {
    sizeInMBs: size({
      min: '1MiB',
      max: '128MiB',
      bare: 'MiB',
      default: '5MiB',
      awsError: 'InvalidArgumentException',
      source: HINTS,
      doc: 'So many bytes, before compression.',
    }),
    intervalInSeconds: duration({
      min: '0s',
      max: '900s',
      bare: 's',
      default: '300s',
      awsError: 'InvalidArgumentException',
      source: HINTS,
      doc: 'So long after the first record; 0s: as soon as it can.',
    }),
  },
);

const extendedS3 = block(
  {
    name: 'extendedS3DestinationConfiguration',
    doc: 'Where the objects go, and how large they grow.',
    words: { bucketArn: 'bucket', buffer: 'bufferingHints', compression: 'compressionFormat' },
    notModelled: {
      processingConfiguration: PAGE,
      dynamicPartitioningConfiguration: PAGE,
      dataFormatConversionConfiguration: PAGE,
      s3BackupMode: PAGE,
      s3BackupConfiguration: PAGE,
      encryptionConfiguration: PAGE,
    },
    noEffect: {
      roleArn: 'everybody who names the bucket may use it',
      cloudWatchLoggingOptions: 'logs change no behaviour',
      errorOutputPrefix: 'nothing that is modelled goes there',
      customTimeZone: 'the time in names of objects is not modelled',
    },
  },
  {
    bucket: reference({ roles: ['bucket'], doc: 'Where objects are put.' }),
    bufferingHints: bufferingHints.prefault(nothing as never),
    compressionFormat: choice(['UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'], {
      default: 'UNCOMPRESSED',
      awsError: 'InvalidArgumentException',
      doc: 'Objects are smaller by `assume.compressionRatio`; the bill counts records as they come.',
    }),
    prefix: text({
      longest: PREFIX_MAX,
      doc: "What the keys of objects begin with; filters of the bucket's notifications look at it.",
    }).optional(),
    fileExtension: text({
      longest: EXTENSION_MAX,
      doc: 'What the keys of objects end with; default by compressionFormat (.gz, .zip, .snappy).',
    }).optional(),
  },
);

/** Destinations of AWS's that are not built. */
const OTHER_DESTINATIONS = [
  's3DestinationConfiguration',
  'redshiftDestinationConfiguration',
  'amazonopensearchserviceDestinationConfiguration',
  'amazonOpenSearchServerlessDestinationConfiguration',
  'elasticsearchDestinationConfiguration',
  'splunkDestinationConfiguration',
  'httpEndpointDestinationConfiguration',
  'icebergDestinationConfiguration',
  'snowflakeDestinationConfiguration',
];

const OURS = 'assumption; AWS publishes no figure';

export const streamShape = {
  settings: {
    deliveryStreamType: choice(['DirectPut'], {
      default: 'DirectPut',
      notModelled: {
        KinesisStreamAsSource: PAGE,
        MSKAsSource: PAGE,
        DatabaseAsSource: PAGE,
      },
      doc: 'Where records come from: producers, topics and rules put them.',
    }),
    extendedS3DestinationConfiguration: extendedS3,
  },
  assume: {
    apiLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '12ms', p99: '38ms' },
      doc: 'How long a PutRecord or PutRecordBatch takes, there and back.',
      source: OURS,
    }),
    deliveryLatency: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '100ms', p99: '320ms' },
      doc: "From the end of buffering to the PutObject, which takes the bucket's own time on top.",
      source: OURS,
    }),
    zeroBufferExtra: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '2s', p99: '5s' },
      doc: 'How long records wait for company where intervalInSeconds is 0.',
      source: `assumption; AWS: "within seconds" (${HINTS})`,
    }),
    duplicateDelivery: assumption(share(), {
      ideal: '0%',
      typical: '0.001%',
      adversarial: '1%',
      doc: 'How often a record is stored in a second object, too.',
      source: `${OURS}; "at least once" is documented`,
    }),
    retryInterval: assumption(duration({ min: '1s', max: '1h' }), {
      ideal: '30s',
      typical: '30s',
      doc: 'The pause before an object is put again that the bucket did not take.',
      source: `${OURS}; retries for up to 24 hours are documented`,
    }),
    compressionRatio: assumption(number({ min: 1, max: 1000 }), {
      ideal: 1,
      typical: 1,
      doc: 'How many times smaller objects are with a compressionFormat; it depends on the data.',
      source: 'assumption; 1 changes nothing',
    }),
  },
  notModelled: {
    consumes: PAGE,
    kinesisStreamSourceConfiguration: PAGE,
    mskSourceConfiguration: PAGE,
    databaseSourceConfiguration: PAGE,
    directPutSourceConfiguration: PAGE,
    deliveryStreamEncryptionConfigurationInput: PAGE,
    ...Object.fromEntries(OTHER_DESTINATIONS.map((key) => [key, PAGE])),
  },
  noEffect: {
    deliveryStreamName: 'the name in the map is the name',
    tags: 'tags change no behaviour',
  },
} satisfies SettingsShape;

export type StreamSettings = SettingsOf<typeof streamShape>;
export type StreamAssume = AssumeOf<typeof streamShape>;
