/** What the language is filled with in this release: all component types, and assumptions of no resource. */

import { COMPONENT_TYPES, SYSTEMS } from '../components/registry.js';
import { INVARIANT_NAMES } from '../observe/invariants/invariants.js';
import type { Registry } from './frame.js';

export const BUILT_IN: Registry = {
  types: COMPONENT_TYPES,
  systems: SYSTEMS,
  invariants: INVARIANT_NAMES,
};
