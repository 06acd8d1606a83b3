/**
 * `when` of a step (docs/scenario.md): a pattern over message attributes, fields of the body, `key` and `source`.
 * An attribute goes before a field of the body with the same name.
 */

import type { PatternSpec } from '../patterns/pattern.js';
import { readPattern } from '../patterns/read.js';
import type { Read } from './problem.js';
import { isMap, show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';

export type WhenSpec = PatternSpec;

const EXAMPLE = '{ kind: [placed] }';

const read: Read<WhenSpec> = (written, refuse) => {
  if (!isMap(written)) {
    const allowed = `a pattern such as ${EXAMPLE}`;
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  }
  if (Object.keys(written).length > 0) return readPattern(written, 'when', refuse);
  return refuse({ code: 'missing', message: 'an empty pattern', allowed: EXAMPLE });
};

export function when(options: Docs = {}) {
  return setting(read, { type: 'object' }, options);
}
