/** The verbs of faults and of operations: those that are built, and those that the language has besides. */

export const BUILT_FAULTS = [
  'crash',
  'interrupt',
  'down',
  'slow',
  'fail',
  'lose',
  'cut',
  'throttle',
  'hide',
] as const;
export const LATER_FAULTS = ['pause'];
export const ALL_FAULTS = [...BUILT_FAULTS, ...LATER_FAULTS];

export const BUILT_OPERATIONS = ['set', 'redrive', 'purge', 'deploy', 'replay'] as const;
export const LATER_OPERATIONS: readonly string[] = [];
export const ALL_OPERATIONS = [...BUILT_OPERATIONS, ...LATER_OPERATIONS];
