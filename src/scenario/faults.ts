/** Faults (docs/scenario.md): what breaks, when, and on what. */

import { z } from 'zod';
import { block } from '../components/settings/block.js';
import { count } from '../components/settings/numbers.js';
import type { Problem } from '../components/settings/problem.js';
import { share } from '../components/settings/rates.js';
import { duration } from '../components/settings/scaled.js';
import { text } from '../components/settings/words.js';
import type { Micros } from '../kernel/time.js';
import type { Amount, Slowdown, Throttle } from './fault-amounts.js';
import { amount, slowdown, throttle } from './fault-amounts.js';
import type { Moments } from './moments.js';
import { moments, momentsOf } from './moments.js';
import { ALL_FAULTS, BUILT_OPERATIONS } from './verbs.js';

/** What happens, and how much of it. Shares are 0..1. */
export type FaultEffect =
  | { readonly verb: 'crash' | 'interrupt' | 'down'; readonly amount: Amount }
  | { readonly verb: 'slow'; readonly slow: Slowdown }
  | { readonly verb: 'fail'; readonly share: number; readonly status: number }
  | { readonly verb: 'lose' | 'cut' | 'hide'; readonly share: number }
  | { readonly verb: 'throttle'; readonly throttle: Throttle };

/** One fault, checked. `for` undefined: to the end; a crash or an interruption is at once, or spread over `for`. */
export type FaultSpec = Moments & {
  readonly for: Micros | undefined;
  /** A name, a link `a -> b`, an Availability Zone, a region, or the way from one region to another. */
  readonly on: string;
  /** One of AWS's operations; undefined: all. */
  readonly api: string | undefined;
} & FaultEffect;

/** What happens to calls between clients and services. */
export const CALL_FAULTS: readonly string[] = ['slow', 'fail', 'lose', 'cut', 'throttle'];

export const WORDS = {
  target: 'on',
  resource: 'on',
  link: 'on',
  start: 'at',
  duration: 'for',
  time: 'at',
  repeat: 'every',
  operation: 'api',
  action: 'api',
  call: 'api',
  code: 'status',
  kill: 'crash',
  terminate: 'crash',
  slowdown: 'slow',
  delay: 'slow',
  latency: 'slow',
  error: 'fail',
  errors: 'fail',
  drop: 'lose',
  loss: 'lose',
  outage: 'down',
  partition: 'cut',
  disconnect: 'cut',
  limit: 'throttle',
  rateLimit: 'throttle',
  freeze: 'pause',
  reclaim: 'interrupt',
  spot: 'interrupt',
};

const DEFAULT_STATUS = 503;

const faultBlock = block(
  {
    name: 'fault',
    doc: 'Something breaks: when, for how long, on what, and exactly one verb.',
    exactlyOne: [ALL_FAULTS],
    elsewhere: Object.fromEntries(
      BUILT_OPERATIONS.map((verb) => [verb, 'an operation: it stands under operations']),
    ),
    words: WORDS,
  },
  {
    ...moments,
    for: duration({
      min: '1us',
      doc: 'How long; default to the end. A crash or an interruption is spread over it.',
    }).optional(),
    api: text({ doc: "Only calls of this API operation of AWS's: DeleteMessage." }).optional(),
    crash: amount(
      'Instances die for good, with all they hold; the group replaces them.',
    ).optional(),
    interrupt: amount(
      'Spot instances get their notice, and are gone two minutes later.',
    ).optional(),
    down: amount(
      'Instances refuse work and poll nothing, then come back; a service refuses every call; ' +
        'a zone loses its instances; nobody reaches a region, or anything from there.',
    ).optional(),
    slow: slowdown('Work, or a call, takes so many times as long, or so much longer.').optional(),
    fail: share({ doc: 'In this share of the calls the answer is an error.' }).optional(),
    status: count({
      min: 400,
      max: 599,
      doc: `With fail: the status; default ${DEFAULT_STATUS}.`,
    }).optional(),
    lose: share({
      doc: 'In this share of the calls what is asked is done, but the answer never comes.',
    }).optional(),
    cut: share({
      doc: 'This share of the calls never passes: callers wait for their timeouts.',
    }).optional(),
    throttle: throttle(
      'What exceeds so many calls a second, or this share of the calls, is refused because of a rate.',
    ).optional(),
    hide: share({ doc: 'This share of the points of its metrics is never published.' }).optional(),
  },
);
type WrittenFault = z.output<typeof faultBlock>;

const NO_INSTANCES: Amount = { kind: 'count', count: 0 };

function effectOf(written: WrittenFault): FaultEffect {
  const { crash, interrupt, down, slow, fail, status, lose, cut, hide } = written;
  if (slow !== undefined) return { verb: 'slow', slow };
  if (down !== undefined) return { verb: 'down', amount: down };
  if (interrupt !== undefined) return { verb: 'interrupt', amount: interrupt };
  if (fail !== undefined) return { verb: 'fail', share: fail, status: status ?? DEFAULT_STATUS };
  if (lose !== undefined) return { verb: 'lose', share: lose };
  if (cut !== undefined) return { verb: 'cut', share: cut };
  if (hide !== undefined) return { verb: 'hide', share: hide };
  if (written.throttle !== undefined) return { verb: 'throttle', throttle: written.throttle };
  // A fault without a verb has been refused before this is used.
  return { verb: 'crash', amount: crash ?? NO_INSTANCES };
}

export const fault = faultBlock.transform((written, context): FaultSpec => {
  const report = (problem: Problem): void => {
    context.addIssue({ code: 'custom', params: { problem }, path: [...(problem.path ?? [])] });
  };
  const effect = effectOf(written);
  const { verb } = effect;
  const { on, api } = written;
  for (const key of ['lose', 'cut', 'fail', 'hide'] as const) {
    if (written[key] !== 0) continue;
    report({ code: 'never-happens', found: '0%', allowed: 'a share above 0%', path: [key] });
  }
  if (written.status !== undefined && verb !== 'fail')
    report(besides('status', verb, 'status only with fail'));
  if (api !== undefined && !CALL_FAULTS.includes(verb))
    report(besides('api', verb, `api only with ${CALL_FAULTS.join(', ')}`));
  checkRepeat(written, verb, report);
  return { ...momentsOf(written, report), for: written.for, on, api, ...effect };
});

function besides(key: string, verb: string, allowed: string): Problem {
  return { code: 'choice', message: `${key} beside ${verb}`, allowed, path: [key], onKey: true };
}

/** A fault that comes again must be over by then. */
function checkRepeat(
  { every, for: length }: WrittenFault,
  verb: string,
  report: (problem: Problem) => void,
): void {
  if (every === undefined) return;
  if (length === undefined && verb !== 'crash' && verb !== 'interrupt') {
    report({
      code: 'missing',
      message: 'a fault that comes again does not say how long it lasts: for is missing',
      allowed: 'for, at most as long as every',
      path: ['for'],
    });
  } else if (length !== undefined && length > every) {
    report({
      code: 'out-of-range',
      message: 'the fault comes again before it is over',
      allowed: 'for, at most as long as every',
      path: ['for'],
    });
  }
}

export const faults = z.array(fault);
