// The scenarios that come with the project, and what their headers promise.

import { basename } from 'node:path';
import { listFiles, readText } from './source-tree.js';

/** The line of a header that says that the scenario's expectations fail, and that this is the point. */
const BREAKS = '# This scenario is meant to break its promise: it exits with 1.';

export interface BundledScenario {
  readonly path: string;
  /** `flash-sale`: the name of its folder under reports/. */
  readonly name: string;
  readonly text: string;
  /** What `wavetank run` exits with. */
  readonly exit: 0 | 1;
}

export const BUNDLED_SCENARIOS: readonly BundledScenario[] = listFiles('scenarios')
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => {
    const text = readText(path);
    return {
      path,
      name: basename(path, '.yaml'),
      text,
      exit: text.split('\n').includes(BREAKS) ? 1 : 0,
    };
  });
