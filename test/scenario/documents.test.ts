// What is generated from the schema: the JSON Schema for editors, and the reference pages.

import { describe, expect, test } from 'vitest';
import { jsonSchemaOf } from '../../src/scenario/json-schema-of.js';
import { NOT_MODELLED_PAGE } from '../../src/scenario/not-modelled.js';
import { referencePages } from './fixtures/reference-docs.js';
import { REGISTRY } from './fixtures/registry.js';

interface Schema {
  readonly properties: Record<string, Schema>;
  readonly additionalProperties: Schema & { readonly anyOf: readonly Schema[] };
  readonly [key: string]: unknown;
}

describe('the JSON Schema', () => {
  const schema = jsonSchemaOf(REGISTRY) as Schema;
  test('knows every top-level key and nothing else', () => {
    expect(Object.keys(schema.properties).sort()).toEqual([
      'allow',
      'assume',
      'cost',
      'description',
      'drain',
      'duration',
      'expect',
      'extends',
      'faults',
      'name',
      'operations',
      'profile',
      'quotas',
      'region',
      'resources',
      'seed',
      'start',
      'traffic',
      'warmUp',
    ]);
    expect(schema['additionalProperties']).toBe(false);
  });
  test('carries meaning, default, range and notation of a setting', () => {
    const queue = schema.properties['resources'].additionalProperties.anyOf[0];
    expect(queue.properties['visibilityTimeout']).toEqual({
      anyOf: [{ type: 'string', pattern: '^\\d+(\\.\\d+)?(us|ms|s|m|h|d)$' }, { type: 'number' }],
      default: '30s',
      description: 'How long hidden.',
      'x-form': 'a time',
      'x-range': '0s..12h',
    });
    expect(queue.properties['type']).toEqual({ type: 'string', const: 'sqs.queue' });
    expect(queue['required']).toEqual(['type']);
  });
  test('is JSON, and holds nothing internal', () => {
    const text = JSON.stringify(schema);
    expect(JSON.parse(text)).toEqual(schema);
    expect(text).not.toContain('x-block');
  });
});

describe('the reference pages', () => {
  const pages = referencePages(REGISTRY);
  test('one for the frame, one per type, and the page that findings name', () => {
    expect(pages.map(({ path }) => `docs/${path}`)).toEqual([
      'docs/reference/scenario.md',
      'docs/reference/sqs.queue.md',
      'docs/reference/autoscaling.group.md',
      NOT_MODELLED_PAGE,
    ]);
  });
  test('every key with notation, default and meaning', () => {
    const text = (name: string) => pages.find(({ path }) => path.endsWith(`${name}.md`))!.text;
    expect(text('sqs.queue')).toContain(
      '| `visibilityTimeout` | 0s..12h | `30s` | How long hidden. |',
    );
    expect(text('sqs.queue')).toContain(
      '| `redrivePolicy.maxReceiveCount` | 1..1000 |  | How often at most. |',
    );
    expect(text('sqs.queue')).toContain(
      '| `duplicateOnReceive` | `0%` | `0.0001%` | `1%` | Twice. | our guess |',
    );
    expect(text('autoscaling.group')).toContain(
      '| `consumes.<name>.batchSize` | 1..10 | `1` | MaxNumberOfMessages of each receive. |',
    );
    expect(text('autoscaling.group')).toContain('| `handler[].fail` | 0%..100% |');
    expect(text('scenario')).toContain('| `drain` | a time | `1h` |');
    expect(text('not-modelled')).toContain('- `kinesis.stream`');
    expect(text('not-modelled')).toContain('- `kmsMasterKeyId`');
    expect(text('not-modelled')).not.toContain('- `sqs.queue`');
  });
});
