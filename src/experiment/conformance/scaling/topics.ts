/** The topics of scaling cases; one that is not here is not expressible. */

import { alarmOutcome } from './alarm.js';
import type { Topic } from './topic.js';

export const TOPICS: Readonly<Record<string, Topic>> = {
  alarm: alarmOutcome,
};
