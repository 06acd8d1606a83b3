/** What a scenario may say about an HTTP service outside AWS. */

import type { SettingsShape } from '../settings.js';

export const PAGE = 'docs/components/external.http.md';

export const httpShape = {
  settings: {},
  assume: {},
  programs: ['serves', 'handler'],
  noEffect: { region: 'it lies outside AWS, as far from all regions (assume.network.client)' },
  notModelled: { subscribers: PAGE, client: PAGE },
} satisfies SettingsShape;
