/** What a scenario may say about an HTTP service outside AWS. */

import { subscribers } from '../settings/subscribers.js';
import type { SettingsShape } from '../settings.js';

export const PAGE = 'docs/components/external.http.md';

export const httpShape = {
  settings: { subscribers },
  assume: {},
  programs: ['serves', 'handler'],
  noEffect: { region: 'it lies outside AWS, as far from all regions (assume.network.client)' },
  notModelled: { client: PAGE },
} satisfies SettingsShape;
