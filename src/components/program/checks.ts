/** What no single setting of a program can tell: what nobody would feel. */

import type { CheckContext } from '../settings.js';
import type { CallerClient, StepSpec } from '../settings/program.js';
import { sendsOf } from './sends-of.js';

export function checkProgram(context: CheckContext): void {
  const { programs } = context.self;
  const handler = (programs['handler'] ?? []) as readonly StepSpec[];
  for (const [i, step] of handler.entries()) checkStatus(context, step, i);
  checkBatch(context);
}

/** What is collected is messages. */
function checkBatch(context: CheckContext): void {
  const { programs } = context.self;
  const client = programs['client'] as CallerClient | undefined;
  if (client?.batch === undefined || sendsOf(programs).length > 0) return;
  context.refuse({
    code: 'no-effect',
    message: 'batch would have no effect: no step of this program sends',
    allowed: 'a step send in its handler',
    path: ['client', 'batch'],
    onKey: true,
  });
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
