/**
 * What a scenario may say about a function: CloudFormation's AWS::Lambda::Function in camelCase (and what of its event
 * invoke configuration), and what AWS does not publish. The reasons stand in docs/components/lambda.function.md.
 */

import { z } from 'zod';
import type { SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  choice,
  count,
  distribution,
  duration,
  reference,
  share,
  size,
} from '../settings.js';
import { BY_RUNTIME, coldStartTime } from './cold-start.js';
import { ASYNC_LIMITS, LAMBDA_LIMITS, RUNTIMES } from './limits.js';

export const PAGE = 'docs/components/lambda.function.md';

const API = 'botocore lambda service-2.json, Aug 2026';
const INVALID = 'InvalidParameterValueException';
const OURS = 'assumption; AWS publishes no figure';

const mebibytes = (doc: string, min: string, max: string) =>
  ({ min, max, bare: 'MiB', source: API, awsError: INVALID, doc }) as const;

const snapStart = block(
  { name: 'snapStart', doc: 'Environments start from a snapshot.' },
  {
    applyOn: choice(['None', 'PublishedVersions'], {
      source: API,
      awsError: INVALID,
      doc: 'PublishedVersions: new environments start as SnapStart does it.',
    }),
  },
);

const deadLetterConfig = block(
  {
    name: 'deadLetterConfig',
    doc: 'Where events go that are given up.',
    words: { targetArn: 'target', queue: 'target' },
  },
  { target: reference({ roles: ['queue'], doc: 'A standard queue.' }) },
);

const ephemeralStorage = block(
  { name: 'ephemeralStorage', doc: 'What /tmp holds; it changes only the bill.' },
  {
    size: size({
      ...mebibytes('Of each environment.', '512MiB', `${LAMBDA_LIMITS.storageMax}MiB`),
    }),
  },
);

const eventInvokeConfig = block(
  {
    name: 'eventInvokeConfig',
    doc: 'What happens to events (asynchronous invocations) that fail.',
    words: { retries: 'maximumRetryAttempts', maximumEventAge: 'maximumEventAgeInSeconds' },
    notModelled: { destinationConfig: PAGE },
  },
  {
    maximumRetryAttempts: count({
      max: ASYNC_LIMITS.retriesMax,
      default: ASYNC_LIMITS.retriesMax,
      source: API,
      awsError: INVALID,
      doc: 'Further attempts after a run that failed: a minute after the first, two after the second.',
    }),
    maximumEventAgeInSeconds: duration({
      min: '60s',
      max: '6h',
      default: '6h',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'An event that is older is given up.',
    }),
  },
);

export const functionShape = {
  settings: {
    timeout: duration({
      min: '1s',
      max: '15m',
      default: '3s',
      bare: 's',
      source: API,
      awsError: INVALID,
      doc: 'A run that takes longer is ended, and its environment with it.',
    }),
    memorySize: size({
      ...mebibytes('Of each environment; what a run costs.', '128MiB', '10240MiB'),
      default: '128MiB',
    }),
    runtime: choice(RUNTIMES, {
      default: RUNTIMES[0],
      source: 'Lambda Developer Guide "lambda-runtimes", 2026',
      doc: 'How long environments take to start (assume.coldStart); nodejs24.x is our default.',
    }),
    architectures: z
      .array(
        choice(['x86_64', 'arm64'], { source: API, awsError: INVALID, doc: 'What runs cost.' }),
      )
      .length(1)
      .prefault(['x86_64'])
      .meta({ description: 'One of x86_64, arm64: what runs cost.' }),
    packageType: choice(['Zip', 'Image'], {
      default: 'Zip',
      source: API,
      awsError: INVALID,
      doc: 'How long environments take to start.',
    }),
    snapStart: snapStart.optional(),
    reservedConcurrentExecutions: count({
      source: API,
      awsError: INVALID,
      doc: 'Runs at a time that belong to this function, and beyond which it does not go; 0 stops it.',
    }).optional(),
    ephemeralStorage: ephemeralStorage.optional(),
    deadLetterConfig: deadLetterConfig.optional(),
    eventInvokeConfig: eventInvokeConfig.prefault({} as never),
  },
  assume: {
    coldStart: assumption(coldStartTime(), {
      ideal: BY_RUNTIME,
      typical: BY_RUNTIME,
      doc:
        'How long an environment takes to start. byRuntime, p50/p99: 260/740 ms; Java and .NET 1.2/3.8 s, with ' +
        'SnapStart 200/640 ms; images 0.9/1.8 s; in profile ideal always the p50.',
      source: 'assumption, after measurements (mikhail.io/serverless/coldstarts/aws, 2021)',
    }),
    warmOverhead: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '5ms', p99: '16ms' },
      doc: 'What Lambda needs for each request beside the run.',
      source: OURS,
    }),
    idleTimeout: assumption(distribution('duration'), {
      ideal: '6m',
      typical: { dist: 'uniform', min: '5m', max: '7m' },
      doc: 'How long an environment without requests is kept.',
      source: 'assumption, after measurements (mikhail.io/serverless/coldstarts/aws, 2021)',
    }),
    environmentLife: assumption(distribution('duration'), {
      ideal: '4h',
      typical: { dist: 'uniform', min: '2h', max: '6h' },
      doc: 'How long an environment is used at all.',
      source:
        'assumption; "every few hours" (Lambda Developer Guide "lambda-runtime-environment", 2026)',
    }),
    asyncDispatch: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '50ms', p99: '202ms' },
      doc: 'From an event that was accepted to its first attempt.',
      source: OURS,
    }),
    asyncDuplicate: assumption(share({ max: '100%' }), {
      ideal: '0%',
      typical: '0.001%',
      doc: 'How often an event is there twice, though nothing failed.',
      source:
        'assumption; that it happens is documented (Lambda Developer Guide "invocation-async-error-handling", 2026)',
    }),
    cpuBound: assumption(share({ max: '100%' }), {
      ideal: '0%',
      typical: '0%',
      doc: 'The share of work that is written for a whole CPU (1,769 MiB) and takes longer with less memory.',
      source:
        'assumption; CPU is in proportion to memory (Lambda Developer Guide "configuration-memory", 2026)',
    }),
  },
  programs: ['handler', 'client'],
  notModelled: {
    consumes: PAGE,
    provisionedConcurrencyConfig: PAGE,
    durableConfig: PAGE,
    tenancyConfig: PAGE,
    capacityProviderConfig: PAGE,
    functionScalingConfig: PAGE,
    recursiveLoop: PAGE,
  },
  noEffect: {
    functionName: 'the name in the map is the name',
    code: 'what the code does stands under handler',
    layers: 'what the code does stands under handler',
    imageConfig: 'what the code does stands under handler',
    environment: 'environment variables change no behaviour by themselves',
    role: 'a function may call whatever its handler names',
    codeSigningConfigArn: 'signatures change no behaviour',
    kmsKeyArn: 'environment variables change no behaviour by themselves',
    vpcConfig: 'where it is connected changes no behaviour since 2019',
    fileSystemConfigs: 'what the code does stands under handler',
    tracingConfig: 'traces change no behaviour',
    loggingConfig: 'logs change no behaviour',
    runtimeManagementConfig: 'updates of runtimes are not simulated',
    description: 'only the scenario itself has a description',
    tags: 'tags change no behaviour',
  },
} satisfies SettingsShape;

export type FunctionSettings = SettingsOf<typeof functionShape>;
