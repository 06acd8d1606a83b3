/**
 * Lifecycle hooks: they hold an instance in Pending:Wait or Terminating:Wait. Whoever completes a hook stands outside
 * the scenario; here the program does, as soon as it can: a launch hook when it has booted, a termination hook when it
 * has finished what it holds. Until then the timeouts run (EC2 Auto Scaling User Guide, "How lifecycle hooks work"): a
 * hook that times out does what its default result says, and of several the first ABANDON decides.
 */

import type { Micros } from '../../../kernel/time.js';

export const HOOK_TRANSITIONS = [
  'autoscaling:EC2_INSTANCE_LAUNCHING',
  'autoscaling:EC2_INSTANCE_TERMINATING',
] as const;

export interface LifecycleHook {
  readonly lifecycleTransition: (typeof HOOK_TRANSITIONS)[number];
  readonly heartbeatTimeout: Micros;
  readonly defaultResult: 'ABANDON' | 'CONTINUE';
}

/** What the hooks of one transition come to when nobody completes them. */
export interface Hold {
  /** How long an instance is held. */
  readonly time: Micros;
  /** Whether it is then given up; on its way out it goes either way. */
  readonly isAbandoned: boolean;
}

/** null: no hook holds this transition. */
export function holdOf(
  hooks: readonly LifecycleHook[],
  transition: LifecycleHook['lifecycleTransition'],
): Hold | null {
  const of = hooks.filter(({ lifecycleTransition }) => lifecycleTransition === transition);
  if (of.length === 0) return null;
  const times = (result: LifecycleHook['defaultResult']): Micros[] =>
    of.flatMap((hook) => (hook.defaultResult === result ? [hook.heartbeatTimeout] : []));
  const abandon = Math.min(...times('ABANDON'));
  if (abandon < Infinity) return { time: abandon, isAbandoned: true };
  return { time: Math.max(...times('CONTINUE')), isAbandoned: false };
}
