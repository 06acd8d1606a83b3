/** The steps of a program that send, as a scenario says them. */

import type { StepSpec } from '../settings/program.js';

export type SendSpec = StepSpec & { readonly verb: 'send' };

export function sendsOf(programs: Readonly<Record<string, unknown>>): SendSpec[] {
  const handler = (programs['handler'] ?? []) as readonly StepSpec[];
  return handler.filter((step): step is SendSpec => step.verb === 'send');
}
