/** Figures of programs that are nobody's setting. */

import { SECOND } from '../../kernel/time.js';

export const PROGRAM_LIMITS = {
  /** A loop whose receive was refused waits at least this long: assumption, what most pollers do so as not to spin. */
  pauseAfterError: 1 * SECOND,
  /** Sources of one program: they are numbered in a byte. */
  sourcesMax: 255,
} as const;
