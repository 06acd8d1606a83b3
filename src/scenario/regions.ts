import type { ResourceSchema } from '../components/settings/resource.js';
import type { Examiner } from './examine.js';

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

/** Names must not look like a region or a zone: `us-east-1`, `us-east-1a`. */
export const REGION_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]?$/;

/** An Availability Zone: its region and a letter. */
export const ZONE_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/;

/** A bill without some of its prices would be wrong: every type that occurs is priced in the region. */
export function checkPriced(
  examiner: Examiner,
  region: string,
  types: readonly ResourceSchema[],
): void {
  const billing = types.flatMap(({ prices }) =>
    prices === undefined || prices.regions.length === 0 ? [] : [prices],
  );
  const unknown = billing.filter(({ regions }) => !regions.includes(region));
  if (unknown.length === 0) return;
  const known = billing[0].regions.filter((one) =>
    billing.every(({ regions }) => regions.includes(one)),
  );
  const services = [...new Set(unknown.map(({ service }) => service))].join(', ');
  examiner.refuse(['region'], {
    code: 'not-modelled',
    found: region,
    message: `prices in ${region} are not known (${services})`,
    allowed: known.join(', '),
  });
}
