/** Prices by region as one line of text each: the regions whose prices are known, and how a line is read. */

export const PRICED_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'eu-north-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-south-1',
  'ca-central-1',
  'sa-east-1',
] as const;

/** By item: a cell for each of PRICED_REGIONS, in that order; `-`: not offered there, or no source. */
export type PriceTable = Readonly<Record<string, string>>;

/** The cell of an item in a region; undefined: there is none. */
export function cellOf(table: PriceTable, region: string, item: string): string | undefined {
  const cells = Object.hasOwn(table, item) ? table[item] : undefined;
  const cell = cells?.split(' ')[PRICED_REGIONS.findIndex((known) => known === region)];
  return cell === '-' ? undefined : cell;
}
