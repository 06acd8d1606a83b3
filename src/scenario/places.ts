/** Where the things of a scenario lie: the region of each name, and what follows from there being several. */

import type { PriceItems } from '../components/prices.js';
import { INTERNET, OUTSIDE } from '../components/settings/regions.js';
import type { ResourceSchema, ResourceView } from '../components/settings/resource.js';
import { originOf } from '../components/settings/traffic.js';
import { TRANSFER_PRICES, transferMeter } from '../components/transfer-prices.js';
import type { MeteredResource } from '../observe/cost/meters.js';
import type { CheckedTraffic } from './checked.js';

interface Things {
  readonly resources: Iterable<ResourceView>;
  readonly traffic: Iterable<CheckedTraffic>;
}

/** By name: its region, INTERNET or OUTSIDE. */
export function placesOf(
  { resources, traffic }: Things,
  types: readonly ResourceSchema[],
): Map<string, string> {
  const places = new Map<string, string>();
  for (const { name, type, region } of resources) {
    const isOutside = types.some((one) => one.type === type && one.isOutside === true);
    places.set(name, isOutside ? OUTSIDE : region);
  }
  for (const spec of traffic)
    places.set(spec.name, originOf(spec, places.get(spec.target) ?? INTERNET));
  return places;
}

/** Whether a place is a region. */
export function isRegion(place: string): boolean {
  return place !== INTERNET && place !== OUTSIDE;
}

/** The regions that occur, in the order of the names. */
export function regionsOf(places: Iterable<string>): string[] {
  return [...new Set(places)].filter(isRegion);
}

/** Where there are several regions, what leaves each is metered, by where it goes. `places`: by number. */
export function withTransfers(
  metered: readonly (MeteredResource | undefined)[],
  names: readonly string[],
  places: readonly string[],
): (MeteredResource | undefined)[] {
  const regions = regionsOf(places);
  return metered.map((own, id) => {
    const from = places[id];
    const others = regions.filter((region) => region !== from);
    if (others.length === 0 || !isRegion(from)) return own;
    const meters = others.map((region) => {
      const there = places.flatMap((place, to) => (place === region ? [to] : []));
      return transferMeter(region, there);
    });
    if (own === undefined)
      return { name: names[id], region: from, prices: TRANSFER_PRICES, meters };
    return { ...own, prices: withTransferPrices(own.prices), meters: [...own.meters, ...meters] };
  });
}

function withTransferPrices(prices: PriceItems): PriceItems {
  return {
    ...prices,
    find: (region, item) => prices.find(region, item) ?? TRANSFER_PRICES.find(region, item),
  };
}
