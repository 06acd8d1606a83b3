/** What no single setting of a program can tell: what nobody would feel. */

import type { CheckContext } from '../settings.js';
import type { StepSpec } from '../settings/program.js';

export function checkProgram(context: CheckContext): void {
  const { programs } = context.self;
  const handler = (programs['handler'] ?? []) as readonly StepSpec[];
  for (const [i, step] of handler.entries()) checkStatus(context, step, i);
}

/** A status is for whoever calls; a fleet that only polls has no callers. */
function checkStatus(context: CheckContext, step: StepSpec, i: number): void {
  if (step.verb !== 'fail' || step.status === undefined) return;
  context.refuse({
    code: 'no-effect',
    found: 'status',
    message: 'status would have no effect: nobody calls this program',
    allowed: 'chance, per, when',
    path: ['handler', i, 'status'],
    onKey: true,
  });
}
