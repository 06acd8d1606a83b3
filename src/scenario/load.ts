/** Loads a scenario of this release's language; see load-with.ts. */

import { BUILT_IN } from './built-in.js';
import type { Scenario } from './checked.js';
import type { LoadOptions } from './load-with.js';
import { loadScenarioWith } from './load-with.js';

export type { Scenario } from './checked.js';
export type { LoadOptions } from './load-with.js';

/** Reads and checks a scenario. Throws a ScenarioError with all its findings. */
export function loadScenario(path: string, options: LoadOptions): Scenario {
  return loadScenarioWith(BUILT_IN, path, options);
}
