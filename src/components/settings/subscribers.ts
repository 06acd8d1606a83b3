/** How many subscribers of one kind a resource outside AWS stands for. */

import { count } from './numbers.js';

/** As SNS takes subscriptions of a topic. Source: AWS General Reference "sns", 2026. */
const SUBSCRIPTIONS_MAX = 12_500_000;

export const subscribers = count({
  min: 1,
  max: SUBSCRIPTIONS_MAX,
  default: 1,
  doc: 'How many subscribers it stands for: each push to it counts, and is billed, as so many.',
});
