/** How long a handler takes for one message or one call, as its steps say, when nothing fails. */

import { distribution } from '../../kernel/distributions/distribution.js';
import type { TakenTime } from '../settings/called.js';
import { NO_TIME } from '../settings/called.js';
import type { StepSpec } from '../settings/program.js';

/** A step that asks somebody else. */
export type AskingStep = StepSpec & { readonly verb: 'send' | 'call' | 'write' | 'read' };

const RARE = 0.01;

/** `others`: what one call or statement of a step takes. */
export function handlerTime(
  steps: readonly StepSpec[],
  others: (step: AskingStep) => TakenTime,
): TakenTime {
  let mean = 0;
  let p99 = 0;
  for (const step of steps) {
    const time = stepTime(step, others);
    mean += step.chance * time.mean;
    if (step.chance > RARE) p99 += time.p99;
  }
  return { mean, p99 };
}

function stepTime(step: StepSpec, others: (step: AskingStep) => TakenTime): TakenTime {
  if (step.verb === 'work') {
    const time = distribution(step.time);
    return { mean: time.mean, p99: time.quantile(0.99) };
  }
  return asks(step) ? repeated(step.count, others(step)) : NO_TIME;
}

function asks(step: StepSpec): step is AskingStep {
  return ['send', 'call', 'write', 'read'].includes(step.verb);
}

/** So many, one after the other, of which one is slow. */
function repeated(count: number, { mean, p99 }: TakenTime): TakenTime {
  return { mean: count * mean, p99: (count - 1) * mean + p99 };
}
