/** Who may use a queue or a topic: those whom its policy names; without one, everybody in its own account. */

import type { World } from './world.js';

/** Resource and traffic numbers, or null when nobody is kept out. */
export function allowedUsers(
  world: World,
  resource: number,
  named: readonly string[] | undefined,
): ReadonlySet<number> | null {
  if (named !== undefined) return new Set(named.map((name) => world.idOf(name)));
  const { accounts } = world;
  if (accounts.every((account) => account === accounts[resource])) return null;
  const own = accounts.flatMap((account, id) => (account === accounts[resource] ? [id] : []));
  return new Set(own);
}
