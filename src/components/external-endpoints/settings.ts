/** What a scenario may say about mailboxes, telephones and apps that SNS delivers to. */

import type { SettingsShape } from '../settings.js';
import { assumption, choice, money } from '../settings.js';
import { subscribers } from '../settings/subscribers.js';

export const EMAIL_PAGE = 'docs/components/external.email.md';
export const SMS_PAGE = 'docs/components/external.sms.md';
export const PUSH_PAGE = 'docs/components/external.push.md';

const OUTSIDE_REGIONS = 'it lies outside AWS; whoever sends to it has a region';

export const SMS_TYPES = ['Promotional', 'Transactional'] as const;
export type SmsType = (typeof SMS_TYPES)[number];

export const emailShape = {
  settings: { subscribers },
  assume: {},
  noEffect: { region: OUTSIDE_REGIONS },
} satisfies SettingsShape;

export const smsShape = {
  settings: {
    smsType: choice(SMS_TYPES, {
      default: 'Promotional',
      doc: 'Each type has a rate of its own (AWS.SNS.SMS.SMSType).',
    }),
    subscribers,
  },
  assume: {
    partPrice: assumption(money(), {
      ideal: '0.00645 USD',
      typical: '0.00645 USD',
      doc: 'What one part of 140 bytes costs; AWS has a price for each country and carrier.',
      source: 'memory, unverified: about a message to the United States without fees of carriers',
    }),
  },
  noEffect: {
    region: OUTSIDE_REGIONS,
    senderId: 'who a message seems to be from changes no behaviour',
    maxPrice: 'all parts have one price here: assume.partPrice',
  },
} satisfies SettingsShape;

export const pushShape = {
  settings: { subscribers },
  assume: {},
  notModelled: { ttl: PUSH_PAGE },
  noEffect: { region: OUTSIDE_REGIONS },
} satisfies SettingsShape;
