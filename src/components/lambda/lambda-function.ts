/** lambda.function: see docs/components/lambda.function.md. */

import type { DistributionSpec } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import { errorOfStatus } from '../call-port.js';
import type { ComponentType, ResourceSpec } from '../component.js';
import type { Endpoint } from '../endpoints.js';
import { Endpoints } from '../endpoints.js';
import { CallError } from '../port.js';
import { programOf } from '../program/from-settings.js';
import { handlerTime } from '../program/handler-time.js';
import type { AssumeOf } from '../settings.js';
import { isConstantZero } from '../settings.js';
import type { CalledService } from '../settings/called.js';
import { NO_TIME } from '../settings/called.js';
import type { StepSpec } from '../settings/program.js';
import type { World } from '../world.js';
import { checkFunction } from './checks.js';
import { coldStartOf } from './cold-start.js';
import { LambdaFunction } from './function.js';
import { LAMBDA_LIMITS } from './limits.js';
import type { FunctionOptions } from './options.js';
import { LAMBDA_INBOX, LAMBDA_OPERATIONS, LambdaError, LambdaOperation } from './port.js';
import { billedOf, LAMBDA_PRICES } from './prices.js';
import { accountConcurrency, CONCURRENT_EXECUTIONS } from './quotas.js';
import { functionShape, PAGE } from './settings.js';

const FORBIDDEN = 403;
const MIB = 1_048_576;

const CALLED: CalledService = {
  // What it calls on in turn is not added up.
  time: ({ programs }) =>
    handlerTime((programs['handler'] ?? []) as readonly StepSpec[], () => NO_TIME),
  isLimited: () => true,
};

/** For services that push: it has an event as soon as it is accepted; what becomes of it there is Lambda's. */
const ENDPOINT: Endpoint = {
  protocol: 'lambda',
  retries: 'awsManaged',
  takes: { style: 'inbox', operation: LambdaOperation.InvokeAsync },
  subscribers: 1,
  rate: null,
  price: null,
};

export const lambdaFunction: ComponentType<typeof functionShape> = {
  type: 'lambda.function',
  summary: 'An AWS Lambda function that takes events and calls.',
  page: PAGE,
  shape: functionShape,
  roles: ['function', 'inbox', 'callable'],
  inbox: LAMBDA_INBOX,
  called: CALLED,
  isReachedAtOnce: true,
  operations: LAMBDA_OPERATIONS,
  levels: ['depth', 'delayed', 'inFlight', 'concurrency'],
  metrics: {},
  quotas: [CONCURRENT_EXECUTIONS],
  prices: LAMBDA_PRICES,
  checks: checkFunction,
  pushes: ({ settings }) => {
    const { deadLetterConfig } = settings as { deadLetterConfig?: { readonly target: string } };
    if (deadLetterConfig === undefined) return undefined;
    const { target } = deadLetterConfig;
    return [{ name: target, target, deadLetter: target }];
  },
  errorOfStatus: (status) => {
    if (status === FORBIDDEN) return LambdaError.AccessDenied;
    const error = errorOfStatus(status);
    return error === CallError.None ? undefined : error;
  },
  endpoint: () => ENDPOINT,
  build: (world, id, spec) => {
    world.shared(Endpoints).set(id, ENDPOINT);
    return new LambdaFunction(world, id, optionsOf(world, id, spec));
  },
};

function optionsOf(
  world: World,
  id: number,
  spec: ResourceSpec<typeof functionShape>,
): FunctionOptions {
  const { name, account, region, settings, assume, programs } = spec;
  const { eventInvokeConfig, deadLetterConfig } = settings;
  const { handler, client } = programOf(world, id, programs);
  return {
    name,
    account,
    region,
    accountConcurrency: accountConcurrency(spec),
    reserved: settings.reservedConcurrentExecutions ?? null,
    timeout: settings.timeout,
    workFactor: workFactor(settings.memorySize / MIB, assume.cpuBound),
    billed: billedOf(settings),
    handler,
    client,
    environments: environmentsOf(spec),
    overhead: unlessZero(assume.warmOverhead),
    events: {
      retries: eventInvokeConfig.maximumRetryAttempts,
      ageMax: eventInvokeConfig.maximumEventAgeInSeconds,
      deadLetter: deadLetterConfig === undefined ? null : world.idOf(deadLetterConfig.target),
      dispatch: unlessZero(assume.asyncDispatch),
      duplicates: assume.asyncDuplicate,
    },
  };
}

function environmentsOf({ settings, assume, profile }: ResourceSpec<typeof functionShape>) {
  const { runtime, packageType, snapStart } = settings;
  const packaging = {
    runtime,
    isImage: packageType === 'Image',
    hasSnapStart: snapStart?.applyOn === 'PublishedVersions',
  };
  const { idleTimeout, environmentLife }: AssumeOf<typeof functionShape> = assume;
  return {
    start: distribution(assume.coldStart ?? coldStartOf(packaging, profile)),
    rest: distribution(idleTimeout),
    life: distribution(environmentLife),
  };
}

/** With less than a whole CPU its share of work takes longer. */
function workFactor(mebibytes: number, share: number): number {
  const { memoryOfOneCpu } = LAMBDA_LIMITS;
  if (mebibytes >= memoryOfOneCpu) return 1;
  return 1 - share + (share * memoryOfOneCpu) / mebibytes;
}

/** null for "takes no time", so that nothing is drawn. */
function unlessZero(spec: DistributionSpec) {
  return isConstantZero(spec) ? null : distribution(spec);
}
