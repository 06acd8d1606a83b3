/** Which archives a run replays, and to which of their links: only those keep what they archive. */

import type { ComponentType } from '../components/component.js';
import { linkOf } from '../components/settings/words.js';
import type { Scenario } from './checked.js';

/** By resource number. A replay that goes to all links names none. */
export function replayedOf(
  { resources, operations }: Scenario,
  typeOf: (resource: number) => ComponentType | undefined,
): ReadonlyMap<number, ReadonlySet<string>> {
  const replayed = new Map<number, Set<string>>();
  const add = (id: number, link: string): void => {
    replayed.set(id, (replayed.get(id) ?? new Set()).add(link));
  };
  const idOf = (name: string): number => resources.findIndex((one) => one.name === name);
  const fromSettings = (id: number, settings: Readonly<Record<string, unknown>>): void => {
    for (const link of typeOf(id)?.replaysBySettings?.(settings) ?? []) add(id, link);
  };
  resources.forEach(({ settings }, id) => fromSettings(id, settings));
  for (const operation of operations) {
    const { verb, on } = operation;
    if (verb === 'set') fromSettings(idOf(on), operation.settings);
    if (verb !== 'replay') continue;
    const link = linkOf(on);
    add(idOf(link?.from ?? on), link?.to ?? '');
  }
  return replayed;
}
