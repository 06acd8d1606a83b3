/**
 * Assertions for programmer errors. They stay on in production: one costs about a nanosecond.
 *
 * What users can get wrong (a scenario file, an operations request) is reported by other means;
 * what fails here is a bug of the program, and the command line ends with exit code 70.
 */

/** A bug of the program: an assumption that the code states about itself does not hold. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/**
 * Throws a BugError unless `ok`. `why` must be a constant string: a template literal would be built
 * on every call, at twenty times the price of the check.
 */
export function check(ok: boolean, why: string): asserts ok {
  if (!ok) throw new BugError(why);
}
