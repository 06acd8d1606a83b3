/** Figures of programs that are nobody's setting. */

import { SECOND } from '../../kernel/time.js';

export const PROGRAM_LIMITS = {
  /** A loop whose receive was refused waits at least this long: assumption, what most pollers do so as not to spin. */
  pauseAfterError: 1 * SECOND,
  /**
   * A client without a timeout of its own notices after so long that an answer got lost, assumption: the read
   * timeout of botocore (Config.read_timeout, 2026). Other SDKs wait for 30 s, or for good.
   */
  answerTimeout: 60 * SECOND,
  /** WaitTimeSeconds of a receive, at most. Source: botocore sqs service-2.json, Aug 2026. */
  longestWait: 20 * SECOND,
  /** Sources of one program: they are numbered in a byte. */
  sourcesMax: 255,
} as const;
