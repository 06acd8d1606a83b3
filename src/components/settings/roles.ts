/**
 * What a resource can be to others. A type says its roles; references, faults, expectations and warnings ask for a
 * role, never for a type by its name.
 */

export const RESOURCE_ROLES = ['queue', 'fleet', 'callable', 'database', 'bucket', 'bus'] as const;

/**
 * `queue`: messages are sent to it, and programs poll it. `fleet`: instances that run a program. `callable`: the step
 * `call` may name it. `database`: `write` and `read` may. `bucket`: it takes payloads that are too large for a message.
 * `bus`: what is sent to it is an event.
 */
export type ResourceRole = (typeof RESOURCE_ROLES)[number];

/** What a name may have to be. */
export type WantedRole = ResourceRole | 'traffic';

/** For findings about what is no name at all. */
export const ROLE_WORDS: Readonly<Record<WantedRole, string>> = {
  queue: 'queue',
  fleet: 'fleet',
  callable: 'service',
  database: 'database',
  bucket: 'bucket',
  bus: 'event bus',
  traffic: 'traffic',
};

interface HasRoles {
  readonly type: string;
  readonly roles?: readonly ResourceRole[];
}

/** The types that have one of these roles; `traffic` stands for itself. */
export function kindsWith(types: readonly HasRoles[], wanted: readonly WantedRole[]): string[] {
  return wanted.flatMap((role) => {
    if (role === 'traffic') return [role];
    return types.filter(({ roles }) => roles?.includes(role) === true).map(({ type }) => type);
  });
}
