/** What no single setting of a pipe can tell, and what of batches is not modelled. */

import { neverMatches } from '../patterns/never.js';
import { knownSenders } from '../patterns/senders.js';
import type { CheckContext } from '../settings.js';
import { PIPES_LIMITS } from './limits.js';
import { INVALID, PIPE_PAGE } from './page.js';
import type { PipeSettings, PipeSource } from './pipe-settings.js';
import { patternOf } from './pipe-settings.js';

export function checkPipe(context: CheckContext): void {
  const { consumes } = context.self.settings as PipeSettings;
  const sources = Object.keys(consumes);
  if (sources.length !== 1) {
    context.refuse({
      code: sources.length === 0 ? 'missing' : 'aws-refuses',
      found: sources.length === 0 ? 'no queue' : sources.join(', '),
      message: 'a pipe has one source',
      allowed: 'exactly one queue; another pipe for each other one',
      path: ['consumes'],
      onKey: true,
      awsError: INVALID,
    });
  }
  for (const [queue, source] of Object.entries(consumes)) {
    checkBatch(context, queue, source);
    checkFilter(context, queue, source);
  }
}

function checkBatch(context: CheckContext, queue: string, source: PipeSource): void {
  const { batchSize, maximumBatchingWindowInSeconds: window } = source;
  const path = ['consumes', queue];
  if (window > 0)
    context.refuse({
      code: 'not-modelled',
      message: 'batching windows of pipes are not modelled',
      allowed: `0s; see ${PIPE_PAGE}`,
      path: [...path, 'maximumBatchingWindowInSeconds'],
    });
  if (batchSize <= PIPES_LIMITS.receiveMax) return;
  const common = { found: String(batchSize), path: [...path, 'batchSize'] };
  if (window === 0)
    context.refuse({
      code: 'aws-refuses',
      ...common,
      message: 'a batchSize above 10 needs a batching window of 1s or more',
      allowed: '1..10',
      awsError: INVALID,
    });
  else
    context.refuse({
      code: 'not-modelled',
      ...common,
      message: 'batches of more than one receive are not modelled',
      allowed: `1..10; see ${PIPE_PAGE}`,
    });
}

/** Where only traffic sends to the queue, it is known what there is to filter. */
function checkFilter(context: CheckContext, queue: string, source: PipeSource): void {
  const pattern = patternOf(source);
  const sent = knownSenders(context, queue);
  if (pattern === undefined || sent === undefined || !neverMatches(pattern, sent)) return;
  const why = `no message that is sent to ${queue} matches: the pipe deletes them all`;
  context.warn('filter-never-matches', why, ['consumes', queue, 'filterCriteria']);
}
