/** The topics of scaling cases; one that is not here is not expressible. */

import { adjustmentOutcome, stepOutcome } from './adjustment.js';
import { alarmOutcome } from './alarm.js';
import { cooldownOutcome } from './cooldown.js';
import type { Given, Outcome, Topic } from './topic.js';
import { trackingOutcome } from './tracking.js';
import { validationOutcome } from './validation.js';

/** Cases of bounds and of adjustments come with and without steps. */
function scalingOutcome(given: Given): Outcome {
  return 'steps' in given ? stepOutcome(given) : adjustmentOutcome(given);
}

export const TOPICS: Readonly<Record<string, Topic>> = {
  alarm: alarmOutcome,
  step: scalingOutcome,
  rounding: scalingOutcome,
  'min-adjustment': scalingOutcome,
  'adjustment-type': scalingOutcome,
  limits: scalingOutcome,
  validation: validationOutcome,
  'target-tracking': trackingOutcome,
  cooldown: cooldownOutcome,
};
