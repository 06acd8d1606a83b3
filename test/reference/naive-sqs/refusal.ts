/** A refused call. Inside the twin it is thrown; callers see it in the answer. */
export class Refusal extends Error {
  constructor(
    /** AWS's error name. */
    readonly code: string,
    reason = '',
  ) {
    super(`${code}: ${reason}`);
  }
}

/** Refuses unless `holds`. */
export function demand(holds: boolean, code: string, reason: string): asserts holds {
  if (!holds) throw new Refusal(code, reason);
}
