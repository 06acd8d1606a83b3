import { INTERNET, REGIONS } from '../components/settings/regions.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import { TRANSFER_PRICES } from '../components/transfer-prices.js';
import type { CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';

/** Names must not look like a region or a zone: `us-east-1`, `us-east-1a`. */
export const REGION_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]?$/;

/** An Availability Zone: its region and a letter. */
export const ZONE_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/;

/** What a bill needs to know of each thing's region. */
export interface Priced {
  /** Whether the top-level region was read. */
  readonly region: string | undefined;
  readonly types: readonly ResourceSchema[];
  /** Every resource of the file: its type, and the region it says, when it says one that exists. */
  readonly resources: readonly {
    readonly name: string;
    readonly type: string | undefined;
    readonly region: unknown;
  }[];
}

/** A bill without some of its prices would be wrong: every type that occurs is priced in its region. */
export function checkPriced(examiner: Examiner, { region, types, resources }: Priced): void {
  const typesOf = (some: Priced['resources']): ResourceSchema[] =>
    types.filter(({ type }) => some.some((one) => one.type === type));
  if (region !== undefined)
    check(examiner, region, [], typesOf(resources.filter((one) => one.region === undefined)));
  for (const one of resources) {
    const { name, region: own } = one;
    if (!REGIONS.some((known) => known === own)) continue;
    check(examiner, own as string, ['resources', name], typesOf([one]));
  }
}

function check(
  examiner: Examiner,
  region: string,
  path: readonly string[],
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
  examiner.refuse([...path, 'region'], {
    code: 'not-modelled',
    found: region,
    message: `prices in ${region} are not known (${services})`,
    allowed: known.join(', '),
  });
}

/** What traffic sends to another region is billed where it leaves. */
export function checkOrigins(examiner: Examiner, traffic: readonly (CheckedTraffic | undefined)[], places: ReadonlyMap<string, string>): void {
  for (const one of traffic) {
    if (one?.from === undefined || one.from === INTERNET) continue;
    const { name, from, target } = one;
    if (places.get(target) === from || TRANSFER_PRICES.regions.includes(from)) continue;
    examiner.refuse(['traffic', name, 'from'], {
      code: 'not-modelled',
      found: from,
      message: `prices in ${from} are not known (${TRANSFER_PRICES.service})`,
      allowed: `${TRANSFER_PRICES.regions.join(', ')}, or internet`,
    });
  }
}
