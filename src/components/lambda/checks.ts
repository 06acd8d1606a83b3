/** What no single setting of a function can tell. */

import type { CheckContext, ResourceView } from '../settings.js';
import { isFifoName } from '../settings.js';
import { isHeavy } from './cold-start.js';
import type { FunctionSettings } from './settings.js';

const INVALID = 'InvalidParameterValueException';

export function checkFunction(context: CheckContext): void {
  const settings = context.self.settings as FunctionSettings;
  checkImage(context, settings);
  checkSnapStart(context, settings);
  checkDeadLetters(context, settings);
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
