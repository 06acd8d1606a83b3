/** The links of a topic as others are told of them: for faults, measures, reports and `explain`. */

import { ENDPOINT_WORDS } from '../delivery/words.js';
import type { ResourceView } from '../settings.js';
import type { PushLink } from '../settings/push-link.js';
import type { TopicSettings } from './settings.js';

export function linksOfTopic({ settings }: ResourceView): PushLink[] {
  const { subscriptions } = settings as TopicSettings;
  return Object.entries(subscriptions).map(([name, one]) => ({
    name,
    target: name,
    deadLetter: one.redrivePolicy?.deadLetterTarget,
    filter:
      one.filterPolicy === undefined
        ? undefined
        : `${one.filterPolicyScope} ${JSON.stringify(one.filterPolicy)}`,
    retries: ENDPOINT_WORDS,
  }));
}
