/** Who sends to a bus: nobody, or AWS's own services where they do not. */

import type { CheckContext } from '../settings.js';


export function checkSenders(context: CheckContext): void {
  const { self, traffic } = context;
  const senders = [...traffic.values()].filter(({ target }) => target === self.name);
  const hasSchedule = Object.values(self.settings['rules'] as object).some(
    (rule: { readonly scheduleExpression?: string }) => rule.scheduleExpression !== undefined,
  );
  if (senders.length === 0 && !hasSchedule && !isNamedElsewhere(context))
    context.warn('nobody-sends', 'no traffic, rule or program sends here');
}

/** Whether a rule, a schedule, a notification or a step names it: any other resource that says its name. */
function isNamedElsewhere({ self, resources }: CheckContext): boolean {
  return [...resources.values()].some(
    (other) => other.name !== self.name && saysName(other.written, self.name),
  );
}

function saysName(written: unknown, name: string): boolean {
  if (written === name) return true;
  if (Array.isArray(written)) return written.some((item: unknown) => saysName(item, name));
  if (typeof written !== 'object' || written === null) return false;
  return Object.entries(written).some(([key, value]) => key === name || saysName(value, name));
}

