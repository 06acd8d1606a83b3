/**
 * What a resource can be to others. A type says its roles; references, faults, expectations and warnings ask for a
 * role, never for a type by its name.
 */

export const RESOURCE_ROLES = [
  'inbox',
  'queue',
  'topic',
  'bus',
  'function',
  'deliveryStream',
  'endpoint',
  'fleet',
  'callable',
  'database',
  'bucket',
] as const;

/**
 * `inbox`: messages are sent to it. `queue`: programs poll it, too. `topic`, `bus`: it passes them on; what is sent to
 * a bus is an event. `function`: it runs a program for each. `deliveryStream`: it stores them elsewhere. `endpoint`:
 * outside AWS, and messages are pushed to it. `fleet`: instances that run a program. `callable`: the step `call` may
 * name it. `database`: `write` and `read` may. `bucket`: they may, too, and it takes payloads that are
 * too large for a message.
 */
export type ResourceRole = (typeof RESOURCE_ROLES)[number];

/** What a name may have to be. */
export type WantedRole = ResourceRole | 'traffic';

/** For findings about what is no name at all. */
export const ROLE_WORDS: Readonly<Record<WantedRole, string>> = {
  inbox: 'what messages can be sent to',
  queue: 'queue',
  topic: 'topic',
  bus: 'event bus',
  function: 'function',
  deliveryStream: 'delivery stream',
  fleet: 'fleet',
  callable: 'service',
  database: 'database',
  bucket: 'bucket',
  endpoint: 'endpoint',
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
