import { isMap } from '../components/settings/problem.js';
import { INTERNET, REGIONS } from '../components/settings/regions.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import { TRANSFER_PRICES } from '../components/transfer-prices.js';
import type { CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';
import type { NameKinds } from './references.js';

/** Names must not look like a region or a zone: `us-east-1`, `us-east-1a`. */
export const REGION_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]?$/;

/** An Availability Zone: its region and a letter. */
export const ZONE_SHAPE = /^[a-z]{2}(-[a-z]+)+-\d+[a-z]$/;

/** What is held against what is known of regions. */
export interface InRegions {
  /** The top-level region; undefined when it was refused. */
  readonly region: string | undefined;
  /** The types that occur. */
  readonly types: readonly ResourceSchema[];
  readonly kinds: NameKinds;
  /** Every resource of the file as it is written. */
  readonly resources: readonly (readonly [string, unknown])[];
  readonly traffic: readonly CheckedTraffic[];
  /** By name: its region, or another place. */
  readonly places: ReadonlyMap<string, string>;
}

/** A bill without some of its prices would be wrong: every type that occurs is priced in its region. */
export function checkRegions(examiner: Examiner, around: InRegions): void {
  const { region, types, kinds, resources } = around;
  const ofType = (name: string): ResourceSchema | undefined =>
    types.find(({ type }) => type === kinds.get(name));
  const own = ([, body]: readonly [string, unknown]): unknown =>
    isMap(body) ? body['region'] : undefined;
  if (region !== undefined) {
    const near = resources.filter((one) => own(one) === undefined).map(([name]) => kinds.get(name));
    checkPriced(
      examiner,
      region,
      [],
      types.filter(({ type }) => near.includes(type)),
    );
  }
  for (const one of resources) {
    const said = own(one);
    const type = ofType(one[0]);
    if (type === undefined || !REGIONS.some((known) => known === said)) continue;
    checkPriced(examiner, said as string, ['resources', one[0]], [type]);
  }
  checkOrigins(examiner, around);
}

function checkPriced(
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
function checkOrigins(examiner: Examiner, { traffic, places }: InRegions): void {
  for (const { name, from, target } of traffic) {
    if (from === undefined || from === INTERNET) continue;
    if (places.get(target) === from || TRANSFER_PRICES.regions.includes(from)) continue;
    examiner.refuse(['traffic', name, 'from'], {
      code: 'not-modelled',
      found: from,
      message: `prices in ${from} are not known (${TRANSFER_PRICES.service})`,
      allowed: `${TRANSFER_PRICES.regions.join(', ')}, or internet`,
    });
  }
}
