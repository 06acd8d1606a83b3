/** From the one zod definition to JSON Schema (draft-07, what the YAML language server reads). */

import { z } from 'zod';
import type { Registry } from './frame.js';
import { scenarioSchema } from './frame.js';

/** Of a whole file; of one that `extends` another it can only say what stands there, not what is missing. */
export function jsonSchemaOf(registry: Registry): unknown {
  const schema = z.toJSONSchema(scenarioSchema(registry), {
    io: 'input',
    target: 'draft-07',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema['x-block'];
    },
  });
  const { $schema, properties, required: _, ...rest } = schema as Record<string, unknown>;
  // A file with a base may say next to nothing; only the merged result is judged.
  const whole = {
    anyOf: [{ required: ['extends'] }, { required: ['name', 'traffic', 'resources'] }],
  };
  const base = {
    type: 'string',
    description: 'Another scenario that this one changes, relative to this file.',
  };
  return {
    $schema,
    title: 'Wavetank scenario',
    ...rest,
    ...whole,
    properties: { ...(properties as object), extends: base },
  };
}
