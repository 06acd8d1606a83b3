/** The JSON Schema of scenario files, for completion and hints in editors. */

import { BUILT_IN } from './built-in.js';
import { jsonSchemaOf } from './json-schema-of.js';

export function jsonSchema(): unknown {
  return jsonSchemaOf(BUILT_IN);
}
