/** Who may use a queue: those whom its policy names; without one, everybody in its own account. */

import type { World } from '../world.js';

/** Resource and traffic numbers, or null when nobody is kept out. */
export function allowedUsers(
  world: World,
  queue: number,
  named: readonly string[] | undefined,
): ReadonlySet<number> | null {
  if (named !== undefined) return new Set(named.map((name) => world.idOf(name)));
  const { accounts } = world;
  if (accounts.every((account) => account === accounts[queue])) return null;
  const own = accounts.flatMap((account, id) => (account === accounts[queue] ? [id] : []));
  return new Set(own);
}
