/** Where messages come in: what traffic and steps send to, what is pushed, and where dead letters go. */

import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { sendsOf } from '../components/program/sends-of.js';
import { subscribedByOperations } from './operation-checks.js';
import type { OperationSpec } from './operations.js';

export interface Inflow {
  readonly sentTo: ReadonlySet<string>;
  readonly deadLetterQueues: ReadonlySet<string>;
}

export function inflowOf(
  traffic: readonly { readonly target: string }[],
  resources: ReadonlyMap<string, ResourceView>,
  types: readonly ResourceSchema[],
  operations: readonly (OperationSpec | undefined)[],
): Inflow {
  const later = subscribedByOperations(operations);
  const sentTo = new Set([...traffic.map(({ target }) => target), ...later.targets]);
  const deadLetterQueues = new Set<string>(later.deadLetters);
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
