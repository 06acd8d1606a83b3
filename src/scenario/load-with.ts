/** Loads a scenario: file, bases, overrides and data files in; a checked scenario, or all findings, out. */

import { Attacher } from './attach.js';
import type { ReadFile } from './bases.js';
import { mergedTree } from './bases.js';
import { checkedScenario } from './check.js';
import type { Scenario } from './checked.js';
import { inOrder, ScenarioError } from './findings.js';
import type { Finding } from './findings.js';
import type { Registry } from './frame.js';
import type { Override } from './overrides.js';
import { plainOf } from './tree.js';
import type { MapNode } from './tree.js';

export interface LoadOptions {
  /** Gives a file's text; throws an Error that says why not. */
  readonly read: ReadFile;
  /** `path=value`, the value in YAML; applied in order, over everything in the files. */
  readonly set?: readonly string[];
  /** In place of the scenario's own. */
  readonly seed?: string | undefined;
  readonly profile?: string | undefined;
}

/** Throws a ScenarioError that holds every finding. */
export function loadScenarioWith(registry: Registry, path: string, options: LoadOptions): Scenario {
  const findings: Finding[] = [];
  const overrides = overridesOf(options);
  const root = mergedTree(path, options.read, overrides, findings);
  if (root === undefined) throw new ScenarioError(inOrder(findings));
  const plain = new Attacher(root, options.read).attach(plainOf(withSeedText(root)), []);
  try {
    const scenario = checkedScenario(
      path,
      root,
      plain as Readonly<Record<string, unknown>>,
      registry,
      overrides.length > 0,
    );
    if (findings.length === 0) return scenario;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    findings.push(...error.findings);
  }
  throw new ScenarioError(inOrder(findings));
}

function overridesOf({ set, seed, profile }: LoadOptions): Override[] {
  const overrides: Override[] = (set ?? []).map((text, i) => ({
    flag: '--set',
    number: i + 1,
    text,
  }));
  if (seed !== undefined)
    overrides.push({ flag: '--seed', number: 1, text: 'seed', literal: seed });
  if (profile !== undefined)
    overrides.push({ flag: '--profile', number: 1, text: 'profile', literal: profile });
  return overrides;
}

/** A seed counts as it was written: 007 is not 7, and large numbers lose no digit. */
function withSeedText(root: MapNode): MapNode {
  const seed = root.entries.get('seed');
  if (seed?.node.kind !== 'scalar' || typeof seed.node.value !== 'number') return root;
  const entries = new Map(root.entries);
  entries.set('seed', { place: seed.place, node: { ...seed.node, value: seed.node.text } });
  return { ...root, entries };
}
