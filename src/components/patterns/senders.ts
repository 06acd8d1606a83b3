/** What is known of all that is sent to a resource, for checks of its filters. */

import type { CheckContext, TrafficView } from '../settings/resource.js';
import type { TrafficSpec } from '../settings/traffic.js';
import type { Sent } from './never.js';

/**
 * What traffic sends to this resource; undefined: nothing does, or another resource names it (a step, a rule, a
 * notification, an alarm), and may send anything.
 */
export function knownSenders(context: CheckContext): readonly Sent[] | undefined {
  const { self, traffic } = context;
  const senders = [...traffic.values()].filter(({ target }) => target === self.name);
  return senders.length === 0 || isNamedElsewhere(context) ? undefined : senders.map(sentBy);
}

function sentBy({ name, spec }: TrafficView): Sent {
  return { ...(spec as TrafficSpec), name };
}

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
