/** The spend threshold of SMS, which AWS raises on request: `quotas: { sns: { smsMonthlySpendUsd: 500 } }`. */

import type { Quota } from '../settings.js';
import { count } from '../settings.js';
import { ENDPOINT_LIMITS } from './limits.js';

const DOC = 'USD that an account may spend on SMS messages in a month; beyond, SNS sends none.';

export const SMS_MONTHLY_SPEND: Quota = {
  service: 'sns',
  name: 'smsMonthlySpendUsd',
  schema: count({ min: 1, max: 1_000_000_000, doc: DOC }),
  byDefault: () => ENDPOINT_LIMITS.smsMonthlySpendUsd,
  doc: DOC,
  source: 'SNS Developer Guide "sms_preferences", 2026: 1 USD in a new account',
};
