/** What is known of all that is sent to a resource, for checks of its filters. */

import type { CheckContext, TrafficView } from '../settings/resource.js';
import type { TrafficSpec } from '../settings/traffic.js';
import type { Sent } from './never.js';

/**
 * What traffic sends to `target`, default the resource that is checked; undefined: nothing does, or a resource besides
 * these two names it (a step, a rule, a notification, an alarm), and may send anything.
 */
export function knownSenders(
  context: CheckContext,
  target = context.self.name,
): readonly Sent[] | undefined {
  const senders = [...context.traffic.values()].filter((one) => one.target === target);
  if (senders.length === 0 || isNamedElsewhere(context, target)) return undefined;
  return senders.map(sentBy);
}

function sentBy({ name, spec }: TrafficView): Sent {
  return { ...(spec as TrafficSpec), name };
}

function isNamedElsewhere({ self, resources }: CheckContext, target: string): boolean {
  const others = [...resources.values()].filter(
    ({ name }) => name !== self.name && name !== target,
  );
  return others.some(({ written }) => saysName(written, target));
}

function saysName(written: unknown, name: string): boolean {
  if (written === name) return true;
  if (Array.isArray(written)) return written.some((item: unknown) => saysName(item, name));
  if (typeof written !== 'object' || written === null) return false;
  return Object.entries(written).some(([key, value]) => key === name || saysName(value, name));
}
