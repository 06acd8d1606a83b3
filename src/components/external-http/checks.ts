/** What no single setting can tell: steps that a service outside AWS cannot do, limits that contradict each other. */

import type { CheckContext } from '../settings.js';
import type { Serves, StepSpec } from '../settings/program.js';

const VERBS: readonly string[] = ['work', 'send', 'fail'];

export function checkHttp(context: CheckContext): void {
  const { handler, serves } = context.self.programs as {
    readonly handler?: readonly StepSpec[];
    readonly serves?: Serves;
  };
  for (const [i, { verb }] of (handler ?? []).entries()) {
    if (VERBS.includes(verb)) continue;
    context.refuse({
      code: 'not-modelled',
      found: verb,
      message: `${verb} in the handler of an external.http is not modelled`,
      allowed: VERBS.join(', '),
      path: ['handler', i, verb],
      onKey: true,
    });
  }
  if (serves !== undefined && serves.concurrency === undefined && serves.queueLimit > 0) {
    context.refuse({
      code: 'no-effect',
      found: 'queueLimit',
      message: 'queueLimit without concurrency: nobody ever waits',
      allowed: 'concurrency beside it',
      path: ['serves', 'queueLimit'],
      onKey: true,
    });
  }
}
