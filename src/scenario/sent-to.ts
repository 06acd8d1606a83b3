/** Where messages come in: what traffic and steps send to, what is pushed, and where dead letters go. */

import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { sendsOf } from '../components/program/sends-of.js';

export interface Inflow {
  readonly sentTo: ReadonlySet<string>;
  readonly deadLetterQueues: ReadonlySet<string>;
}

export function inflowOf(
  traffic: readonly { readonly target: string }[],
  resources: ReadonlyMap<string, ResourceView>,
  types: readonly ResourceSchema[],
): Inflow {
  const sentTo = new Set(traffic.map(({ target }) => target));
  const deadLetterQueues = new Set<string>();
  for (const view of resources.values()) {
    for (const { target } of sendsOf(view.programs)) sentTo.add(target);
    const type = types.find((candidate) => candidate.type === view.type);
    for (const { target, deadLetter } of type?.pushes?.(view) ?? []) {
      sentTo.add(target);
      if (deadLetter !== undefined) deadLetterQueues.add(deadLetter);
    }
    const policy = view.settings['redrivePolicy'] as { deadLetterTarget?: string } | undefined;
    if (policy?.deadLetterTarget !== undefined) deadLetterQueues.add(policy.deadLetterTarget);
  }
  return { sentTo, deadLetterQueues };
}
