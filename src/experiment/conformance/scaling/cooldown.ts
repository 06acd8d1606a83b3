/** Cooldowns and warm-ups: which one holds, from when, and whom it holds back. Times in seconds. */

import { Activities } from '../../../components/autoscaling/activities.js';
import { AUTOSCALING_LIMITS } from '../../../components/autoscaling/limits.js';
import { warmupOf } from '../../../components/autoscaling/policies/policies-of.js';
import { Cooldown, cooldownOf } from '../../../components/autoscaling/policies/simple-scaling.js';
import { SECOND } from '../../../kernel/time.js';
import { NotExpressible } from '../result.js';
import type { Given, Outcome } from './topic.js';
import { numberOf } from './topic.js';
import { isGiven, numberOr, onlyWords } from './words.js';

const DEFAULT = AUTOSCALING_LIMITS.cooldownDefault / SECOND;
const GROUP_WORDS = ['defaultCooldown', 'groupCooldown'];
const POLICY_WORDS = ['policyCooldown', 'cooldown'];
const WARMUP_WORDS = ['estimatedInstanceWarmup', 'defaultInstanceWarmup'];
const TIME_WORDS = ['inCooldown', 'activityInProgress', 'finishedAt', 'now'];

/** Who acts → whether a cooldown holds it back. */
const WAITS: Readonly<Record<string, boolean>> = {
  simple: true,
  SimpleScaling: true,
  step: false,
  StepScaling: false,
  'target-tracking': false,
  TargetTrackingScaling: false,
  predictive: false,
  PredictiveScaling: false,
  scheduled: false,
  manual: false,
  'simple scaling': true,
  'step scaling': false,
  'target tracking': false,
  'predictive scaling': false,
  'scheduled action': false,
  'scheduled scaling': false,
  'manual scaling': false,
  'health replacement': false,
  'unhealthy replacement': false,
  'unhealthy instance': false,
};

export function cooldownOutcome(given: Given): Outcome {
  const who = ['policyType', 'trigger'];
  onlyWords(given, [...GROUP_WORDS, ...POLICY_WORDS, ...WARMUP_WORDS, ...TIME_WORDS, ...who]);
  const ofGroup = numberOr(given, GROUP_WORDS, DEFAULT);
  const cooldown = cooldownOf(numberOr(given, POLICY_WORDS, undefined), ofGroup);
  const warmup = warmupOf(
    { estimatedInstanceWarmup: numberOr(given, ['estimatedInstanceWarmup'], undefined) },
    {
      defaultInstanceWarmup: numberOr(given, ['defaultInstanceWarmup'], undefined),
      cooldown: ofGroup,
    },
  );
  return {
    effectiveCooldown: cooldown,
    effectiveWarmup: warmup,
    effectiveInstanceWarmup: warmup,
    ...blockedOutcome(given, cooldown),
  };
}

/** Whether an action now is held back; nothing when the case does not ask. */
function blockedOutcome(given: Given, cooldown: number): Outcome {
  if (!TIME_WORDS.some((word) => isGiven(given, word))) return {};
  const said = given['policyType'] ?? given['trigger'];
  if (typeof said !== 'string' || !Object.hasOwn(WAITS, said))
    throw new NotExpressible(`given: no phrase for ${JSON.stringify(said) ?? 'who acts'}`);
  const blocked = WAITS[said] && isHeldBack(given, cooldown);
  return { blocked, ignored: blocked, acts: !blocked };
}

function isHeldBack(given: Given, cooldown: number): boolean {
  const { inCooldown, activityInProgress, finishedAt } = given;
  if (typeof inCooldown === 'boolean') return inCooldown;
  if (activityInProgress === true) return true;
  if (!Array.isArray(finishedAt)) throw new NotExpressible('given: no phrase for when it began');
  return !isOverAt(numberOf(given, 'now'), finishedAt as readonly number[], cooldown);
}

/** Instances of one activity that were finished at these times; the last one counts. */
function isOverAt(now: number, finishedAt: readonly number[], cooldown: number): boolean {
  const clock = { now: 0 };
  const activities = new Activities();
  const one = new Cooldown(clock, activities);
  one.startAfter(cooldown);
  for (let i = 0; i < finishedAt.length; i++) activities.begin();
  for (const at of [...finishedAt].sort((a, b) => a - b)) {
    if (at > now) return false;
    clock.now = at;
    activities.end(at);
  }
  clock.now = now;
  return one.isOver;
}
