/** Levels that a resource can have over time (docs/scenario.md); observe/levels.ts keeps them. */

export const LEVELS = [
  'depth',
  'delayed',
  'inFlight',
  'instances',
  'desired',
  'busy',
  'pending',
  'concurrency',
] as const;

export type LevelName = (typeof LEVELS)[number];

export function isLevel(name: string): name is LevelName {
  return (LEVELS as readonly string[]).includes(name);
}

/** The number of a level: its place in LEVELS. */
export function levelNumber(name: LevelName): number {
  return LEVELS.indexOf(name);
}
