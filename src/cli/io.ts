/**
 * What the command line touches of the outside world besides files, so that commands can be run in
 * a test without a process: two streams, a wall clock, Ctrl-C, a few settings of the environment.
 */

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody looks at the stream: colours on stdout, progress on stderr. */
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Wall clock, milliseconds; only for progress. */
  readonly now: () => number;
  /** Calls back on Ctrl-C until released. */
  readonly onInterrupt: (called: () => void) => Release;
  /** Lets signals and the terminal in between two slices of a run. */
  readonly breathe: () => Promise<void>;
}

export type Release = () => void;

/** The real process. */
export function processIo(): Io {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY,
    errIsTerminal: process.stderr.isTTY,
    environment: process.env,
    now: () => performance.now(),
    onInterrupt: (called) => {
      process.on('SIGINT', called);
      return () => void process.off('SIGINT', called);
    },
    breathe: () => new Promise((resolve) => void setImmediate(resolve)),
  };
}
