/** Figures that AWS publishes for some regions, with one for all others. */

export interface ByRegion {
  readonly regions: Readonly<Record<string, number>>;
  readonly elsewhere: number;
}

/** `perRegion(300, [30_000, 'us-east-1'], [1_500, 'us-east-2 us-west-1'])`. */
export function perRegion(
  elsewhere: number,
  ...tiers: readonly (readonly [number, string])[]
): ByRegion {
  const entries = tiers.flatMap(([figure, names]) =>
    names.split(' ').map((name) => [name, figure] as const),
  );
  return { regions: Object.fromEntries(entries), elsewhere };
}

export function inRegion({ regions, elsewhere }: ByRegion, region: string): number {
  return Object.hasOwn(regions, region) ? regions[region] : elsewhere;
}
