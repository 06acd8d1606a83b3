/** Account limits that topics feel, and that AWS raises on request: `quotas` of a scenario. */

import type { Quota } from '../settings.js';
import { count } from '../settings.js';
import { publishPerSecond } from './limits.js';

const DOC = 'Messages published a second, all topics of an account in a region together.';

export const MESSAGES_PER_SECOND: Quota = {
  service: 'sns',
  name: 'messagesPerSecond',
  schema: count({ min: 1, max: 1_000_000_000, doc: DOC }),
  byDefault: publishPerSecond,
  doc: DOC,
  source: 'AWS General Reference "Amazon SNS endpoints and quotas", Nov 2026: by region',
};
