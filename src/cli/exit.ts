/** Exit codes, and the errors that lead to them. Documented in `--help`; other programs rely on them. */

export const Exit = {
  Fine: 0,
  Failed: 1,
  BadInput: 2,
  Limit: 3,
  Bug: 70,
  Interrupted: 130,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

/** A command line that cannot be understood: exit code 2, with a pointer to the help. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    /** The command whose help to point to, if any. */
    readonly command: string | null = null,
  ) {
    super(message);
  }
}

/** A file or folder that cannot be used: exit code 2. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
