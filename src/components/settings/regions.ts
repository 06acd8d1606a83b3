/** Regions and what else a thing can lie in. */

import { choice } from './words.js';

/** AWS's commercial regions (AWS General Reference, Nov 2026; opt-in regions included). */
export const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-south-1',
  'eu-south-2',
  'eu-north-1',
  'il-central-1',
  'me-south-1',
  'me-central-1',
  'mx-central-1',
  'sa-east-1',
  'us-gov-east-1',
  'us-gov-west-1',
] as const;

/** Where traffic comes from that is in no region. */
export const INTERNET = 'internet';

/** Where a thing lies that is no part of AWS, as a provider's HTTP service: it is reached over the internet. */
export const OUTSIDE = 'outside AWS';

/** `region` of any resource. */
export function regionOfResource() {
  return choice(REGIONS, { doc: "Where it lies; default the scenario's region." }).optional();
}

/** `from` of traffic. */
export function originOfTraffic() {
  return choice([...REGIONS, INTERNET], {
    doc: 'Where it comes from: a region, or internet; default the region of what it sends to.',
  }).optional();
}
