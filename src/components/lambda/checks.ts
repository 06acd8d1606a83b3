/** What no single setting of a function can tell. */

import type { CheckContext, ResourceView } from '../settings.js';
import { isFifoName } from '../settings.js';
import { isHeavy } from './cold-start.js';
import { LAMBDA_LIMITS } from './limits.js';
import { accountConcurrency } from './quotas.js';
import type { FunctionSettings } from './settings.js';

const INVALID = 'InvalidParameterValueException';

export function checkFunction(context: CheckContext): void {
  const settings = context.self.settings as FunctionSettings;
  checkImage(context, settings);
  checkSnapStart(context, settings);
  checkDeadLetters(context, settings);
  checkReserved(context, settings);
}

/** An image brings its own runtime. */
function checkImage(context: CheckContext, { packageType }: FunctionSettings): void {
  if (packageType !== 'Image' || context.self.written['runtime'] === undefined) return;
  context.refuse({
    code: 'aws-refuses',
    found: 'runtime',
    message: 'a function of packageType Image has no runtime',
    allowed: 'packageType: Zip, or no runtime',
    path: ['runtime'],
    onKey: true,
    awsError: INVALID,
  });
}

function checkSnapStart(context: CheckContext, settings: FunctionSettings): void {
  const { snapStart, runtime, packageType } = settings;
  if (snapStart?.applyOn !== 'PublishedVersions') return;
  const isTaken = packageType === 'Zip' && (isHeavy(runtime) || runtime.startsWith('python'));
  if (isTaken) return;
  context.refuse({
    code: 'aws-refuses',
    found: packageType === 'Zip' ? runtime : packageType,
    message: 'SnapStart takes Java, Python and .NET in packages of type Zip',
    allowed: 'runtime: java25, python3.14, dotnet10 and the like',
    path: ['snapStart', 'applyOn'],
    awsError: INVALID,
  });
}

function checkDeadLetters(context: CheckContext, { deadLetterConfig }: FunctionSettings): void {
  const name = deadLetterConfig?.target;
  if (name === undefined) return;
  const queue: ResourceView | undefined = context.resources.get(name);
  if (queue === undefined || !isFifoName(name)) return;
  context.refuse({
    code: 'aws-refuses',
    found: name,
    message: `${name} is a FIFO queue`,
    allowed: 'a standard queue',
    path: ['deadLetterConfig', 'target'],
    awsError: INVALID,
  });
}

/** At least 100 are left for functions that reserve none. */
function checkReserved(context: CheckContext, settings: FunctionSettings): void {
  const { self } = context;
  const own = settings.reservedConcurrentExecutions;
  if (own === undefined || own === 0) return;
  const others = [...context.resources.values()].filter(
    ({ name, type, account, region }) =>
      name !== self.name &&
      type === self.type &&
      account === self.account &&
      region === self.region,
  );
  const taken = others.reduce((sum, other) => {
    return sum + ((other.settings as FunctionSettings).reservedConcurrentExecutions ?? 0);
  }, 0);
  const most = accountConcurrency({ quotas: self.quotas ?? {}, region: self.region });
  const left = Math.max(0, most - LAMBDA_LIMITS.unreservedMin - taken);
  if (own <= left) return;
  context.refuse({
    code: 'aws-refuses',
    found: String(own),
    message: `less than ${LAMBDA_LIMITS.unreservedMin} of the account's ${most} would be left for all other functions`,
    allowed: `at most ${left}; quotas: { lambda: { concurrentExecutions } } for more`,
    path: ['reservedConcurrentExecutions'],
    awsError: INVALID,
  });
}
