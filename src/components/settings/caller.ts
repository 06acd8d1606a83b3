/** `client` of a program, for all its calls, and of one step, where it wins key by key. */

import type { z } from 'zod';
import { block } from './block.js';
import { callerFields } from './client.js';

export const callerClient = block(
  {
    name: 'client',
    doc:
      'How calls are made. Timeout: none by default. Retry: standard towards AWS, none over HTTP and to databases ' +
      'by default. Batch: of the step send only.',
    words: {
      batching: 'batch',
      retries: 'retry',
      retryMode: 'retry',
      retryPolicy: 'retry',
      deadline: 'timeout',
      requestTimeout: 'timeout',
      apiCallAttemptTimeout: 'timeout',
    },
  },
  callerFields,
);
export type CallerClient = z.output<typeof callerClient>;
