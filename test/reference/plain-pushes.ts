// What became of pushes, counted out of the list of all facts: the twin of src/observe/push-counts.ts.

import { LOSSES } from '../../src/components/facts.js';
import type { Fact, PlainObligation } from './plain-facts.js';

/** The facts of one link. */
export function plainLink(facts: readonly Fact[], pusher: number, link: number, warmUp: number) {
  const ours = facts.filter(({ args }) => args[0] === pusher && args[1] === link);
  const of = (kind: string) => ours.filter((fact) => fact.kind === kind);
  const accepted = new Map<PlainObligation, number>();
  for (const { obligation, time } of of('dispatched'))
    if (!accepted.has(obligation!)) accepted.set(obligation!, time);
  const took = new Map<PlainObligation, number>();
  for (const { obligation, time } of of('delivered'))
    if (!took.has(obligation!)) took.set(obligation!, time - accepted.get(obligation!)!);
  const counted = ([one]: [PlainObligation, number]) => one.message.bornAt >= warmUp;
  const times = [...took].filter(counted).map(([, time]) => time);
  return {
    dispatched: of('dispatched').length,
    filtered: of('filtered').length,
    attempts: of('pushed').length,
    failedAttempts: of('pushFailed').length,
    retries: retriesOf(ours),
    delivered: of('delivered').length,
    deadLettered: of('diverted').length,
    lost: LOSSES.map((_, i) => of('dropped').filter(({ args }) => args[2] === 4 + i).length),
    times,
    undelivered: [...accepted].filter(counted).length - times.length,
  };
}

/** Attempts after one of the same obligation that failed, each failure counting for one. */
function retriesOf(facts: readonly Fact[]): number {
  const failed = new Set<PlainObligation>();
  let retries = 0;
  for (const { kind, obligation } of facts) {
    if (kind === 'pushFailed') failed.add(obligation!);
    if (kind === 'pushed' && failed.delete(obligation!)) retries++;
    if (kind === 'diverted' || kind === 'dropped') failed.delete(obligation!);
  }
  return retries;
}
