/** Target tracking: rounding, the proportional rule, several policies, and what holds scaling in back. */

import {
  proportional,
  roundUp,
  wantedByAll,
  wantedOut,
} from '../../../components/autoscaling/policies/target-tracking.js';
import { isMap } from '../../../components/settings/problem.js';
import { NotExpressible } from '../result.js';
import type { Given, Outcome } from './topic.js';
import { numberOf } from './topic.js';
import {
  CAPACITY_WORDS,
  capacityOf,
  direction,
  MAX_WORDS,
  MIN_WORDS,
  numberOr,
  onlyWords,
} from './words.js';

export function trackingOutcome(given: Given): Outcome {
  if ('rawChange' in given) return roundingOutcome(given);
  if ('request' in given) return requestOutcome(given);
  if ('policies' in given || 'wants' in given) return policiesOutcome(given);
  if (typeof given['metric'] === 'string') return missingOutcome(given);
  return proportionalOutcome(given);
}

function roundingOutcome(given: Given): Outcome {
  onlyWords(given, ['rawChange']);
  const change = roundUp(numberOf(given, 'rawChange'));
  return { change, roundedChange: change };
}

/** A scale-in cannot begin while a scale-out is in progress, or while instances warm up. */
function requestOutcome(given: Given): Outcome {
  onlyWords(given, ['inProgress', 'request', 'warming']);
  const { request, inProgress = 'none', warming = false } = given;
  const isWarming = warming === true || (typeof warming === 'number' && warming > 0);
  const isKnown = ['scale-out', 'none'].includes(String(inProgress)) || request === 'scale-out';
  if (!isKnown || !['scale-out', 'scale-in'].includes(String(request)))
    throw new NotExpressible(`given: no phrase for ${String(request)} in ${String(inProgress)}`);
  const blocked = request === 'scale-in' && (isWarming || inProgress === 'scale-out');
  return { blocked, allowed: !blocked };
}

const NO_DATA = /insufficient|missing|no data/i;

/** Without data nothing is done. */
function missingOutcome(given: Given): Outcome {
  onlyWords(given, [...CAPACITY_WORDS, 'metric', 'target', 'disableScaleIn']);
  if (!NO_DATA.test(String(given['metric'])))
    throw new NotExpressible(`given: no phrase for the metric ${String(given['metric'])}`);
  const { desired } = capacityOf(given);
  const none = direction(desired, desired);
  return { newDesired: desired, action: none, direction: none };
}

function policiesOutcome(given: Given): Outcome {
  onlyWords(given, [...CAPACITY_WORDS, 'policies', 'wants', 'disableScaleIn']);
  const { desired, min, max } = capacityOf(given);
  const policies = 'policies' in given ? given['policies'] : [given];
  if (!Array.isArray(policies)) throw new NotExpressible('given: no phrase for the policies');
  const wants = policies.flatMap((policy: unknown) => wantsOf(policy, desired));
  const to = Math.min(max, Math.max(min, wantedByAll(desired, wants)));
  const action = direction(desired, to);
  return { newDesired: to, action, direction: action };
}

/** What one policy asks for; nothing from one that may not scale in and would. */
function wantsOf(policy: unknown, desired: number): number[] {
  if (!isMap(policy)) throw new NotExpressible('given: no phrase for a policy');
  if (!('currentCapacity' in policy)) onlyWords(policy, ['wants', 'disableScaleIn', 'name']);
  const { wants, disableScaleIn } = policy;
  const isMissing = wants === null || (typeof wants === 'string' && NO_DATA.test(wants));
  const wanted = isMissing ? NaN : numberOf(policy, 'wants');
  return disableScaleIn === true && !(wanted > desired) ? [] : [wanted];
}

/** How far in it goes is told only as an upper bound: where the lower alarm lies is no rule of AWS's. */
function proportionalOutcome(given: Given): Outcome {
  const more = ['metric', 'target', 'targetValue', 'disableScaleIn'];
  onlyWords(given, [...CAPACITY_WORDS, ...more]);
  const capacity = capacityOf(given);
  const { desired, warm, max } = capacity;
  const metric = numberOf(given, 'metric');
  const target = numberOf(given, 'target' in given ? 'target' : 'targetValue');
  const exact = proportional(warm, metric, target);
  const ifScaling = Math.min(max, Math.max(numberOr(given, MIN_WORDS, 0), roundUp(exact)));
  const mayScaleIn = given['disableScaleIn'] !== true && !capacity.isWarming;
  const to = ifScaling < desired && !mayScaleIn ? desired : ifScaling;
  const isOut = ifScaling >= desired || !mayScaleIn;
  return {
    proportionalCapacity: exact,
    newDesiredIfScaling: ifScaling,
    direction: direction(desired, to),
    ...(isOut
      ? {
          newDesired: Math.min(
            numberOr(given, MAX_WORDS, Infinity),
            wantedOut(capacity, metric, target),
          ),
        }
      : {}),
  };
}
