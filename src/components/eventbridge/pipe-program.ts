/**
 * A pipe as a program: it polls its queue, and for each message that its filters let through it asks the enrichment
 * and sends to the target. Nothing is tried again by the pipe itself: what fails comes back after the queue's
 * visibility timeout. Source: EventBridge User Guide "eb-pipes-error-troubleshooting", 2026.
 */

import { SECOND } from '../../kernel/time.js';
import type { FleetOnQueue, StepSpec } from '../settings/program.js';
import type { ResourceView } from '../settings.js';
import { isConstantZero } from '../settings.js';
import { EVENTS_LIMITS, PIPES_LIMITS } from './limits.js';
import type { PipeSettings, PipeSource } from './pipe-settings.js';
import { patternOf } from './pipe-settings.js';

/** WaitTimeSeconds: an assumption, the longest there is. */
const WAIT = 20 * SECOND;

type Resources = ReadonlyMap<string, ResourceView>;

export function pipeProgram(
  { settings, assume }: ResourceView,
  resources: Resources,
): { consumes: Record<string, FleetOnQueue>; handler: StepSpec[] } {
  const { consumes, enrichment, target } = settings as PipeSettings;
  const sources = Object.entries(consumes);
  const when = sources.length === 0 ? undefined : patternOf(sources[0][1]);
  const common = { chance: 1, per: 'attempt', when } as const;
  const handler: StepSpec[] = [];
  const time = assume['overhead'] as (StepSpec & { readonly verb: 'work' })['time'];
  if (!isConstantZero(time)) handler.push({ ...common, verb: 'work', time });
  if (enrichment !== undefined) handler.push({ ...common, ...callOf(enrichment, resources) });
  handler.push({ ...common, ...goOn(target, resources) });
  return {
    consumes: Object.fromEntries(sources.map(([queue, source]) => [queue, pollingOf(source)])),
    handler,
  };
}

/** As an API destination, with its timeout, if it is no part of AWS. */
function callOf(target: string, resources: Resources) {
  const isInAws = resources.get(target)?.roles.includes('function') === true;
  const timeout = isInAws ? PIPES_LIMITS.executionTime : EVENTS_LIMITS.apiDestinationTimeout;
  const client = { timeout, retry: 'none' } as const;
  return { verb: 'call', target, count: 1, client, onError: 'fail' } as const;
}

function goOn(target: string, resources: Resources) {
  const taker = resources.get(target);
  if (taker !== undefined && !taker.roles.includes('inbox')) return callOf(target, resources);
  return {
    verb: 'send',
    target,
    count: 1,
    client: { timeout: PIPES_LIMITS.executionTime, retry: 'none' },
    onError: 'fail',
    size: undefined,
    key: undefined,
    attributes: {},
    body: undefined,
    source: undefined,
    detailType: undefined,
    messageGroupId: undefined,
    messageDeduplicationId: undefined,
    delaySeconds: undefined,
  } as const;
}

function pollingOf({ batchSize }: PipeSource): FleetOnQueue {
  return {
    batchSize: Math.min(batchSize, PIPES_LIMITS.receiveMax),
    waitTimeSeconds: WAIT,
    concurrency: 1,
    idleTimeBetweenReads: 0,
    inBatch: 'parallel',
    deletes: 'afterBatch',
    onFailure: { group: 'stop' },
    receiveRequestAttemptId: false,
  };
}
