// The table of what is refused by name: nothing that is modelled stands in it.

import { expect, test } from 'vitest';
import { traffic } from '../../src/components/settings/traffic.js';
import { BUILT_IN } from '../../src/scenario/built-in.js';
import { fault } from '../../src/scenario/faults.js';
import { head, resourceSchema, topAssume } from '../../src/scenario/frame.js';
import { NOT_MODELLED, NOT_MODELLED_TYPES } from '../../src/scenario/not-modelled.js';
import { operation } from '../../src/scenario/operations.js';
import { quotasBlock } from '../../src/scenario/quotas.js';
import type { SchemaView } from '../../src/scenario/walk.js';
import { viewOf } from '../../src/scenario/walk.js';

/** Every block inside, by its name, with its keys. */
function blocksIn(view: SchemaView, found: Map<string, Set<string>>): void {
  if (view.kind === 'list' || view.kind === 'record') blocksIn(view.item(), found);
  if (view.kind !== 'block') return;
  const keys = found.get(view.notes.name) ?? new Set<string>();
  found.set(view.notes.name, keys);
  for (const key of view.keys()) {
    keys.add(key);
    blocksIn(view.field(key)!, found);
  }
}

const blocks = new Map<string, Set<string>>();
const schemas = [
  traffic,
  fault,
  operation,
  quotasBlock(BUILT_IN),
  topAssume(BUILT_IN),
  ...Object.values(head),
  ...BUILT_IN.types.map(resourceSchema),
];
for (const schema of schemas) blocksIn(viewOf(schema), blocks);

test('no key of a block is listed as not modelled', () => {
  const both = Object.entries(NOT_MODELLED).flatMap(([name, keys]) =>
    keys.filter((key) => blocks.get(name)?.has(key)).map((key) => `${name}.${key}`),
  );
  expect(both).toEqual([]);
});

test('every block that is listed exists, but for those that stand for many', () => {
  const many = ['scenario', 'program'];
  expect(
    Object.keys(NOT_MODELLED).filter((name) => !blocks.has(name) && !many.includes(name)),
  ).toEqual([]);
});

test('what is listed for all resources is a setting of none', () => {
  const types = BUILT_IN.types.map(({ type }) => blocks.get(type)!);
  for (const key of NOT_MODELLED['resource'] ?? []) {
    expect(
      types.some((keys) => keys.has(key)),
      key,
    ).toBe(false);
  }
});

test('no type that is built is listed', () => {
  const built = BUILT_IN.types.map(({ type }) => type);
  expect(NOT_MODELLED_TYPES.filter((type) => built.includes(type))).toEqual([]);
});
