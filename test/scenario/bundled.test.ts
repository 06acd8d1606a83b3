// The real language: the scenarios that are bundled are free of errors, and the committed reference
// pages are those that the schema makes.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUILT_IN } from '../../src/scenario/built-in.js';
import { lineOfFinding, ScenarioError } from '../../src/scenario/findings.js';
import { jsonSchema } from '../../src/scenario/json-schema.js';
import { loadScenario } from '../../src/scenario/load.js';
import { referencePages } from './fixtures/reference-docs.js';
import { plainOf } from '../../src/scenario/tree.js';
import { parseSource } from '../../src/scenario/source.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const files = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .sort();

test.each(files)('scenarios/%s has no errors', (name) => {
  const errors = (): readonly string[] => {
    try {
      loadScenario(`scenarios/${name}`, { read });
      return [];
    } catch (error) {
      if (error instanceof ScenarioError) return error.findings.map(lineOfFinding);
      throw error;
    }
  };
  expect(errors()).toEqual([]);
});

describe('generated', () => {
  test('the JSON Schema can be made', () => {
    expect(JSON.stringify(jsonSchema())).toContain('visibilityTimeout');
  });
  // A changed page is written by `npx vitest run test/scenario/bundled.test.ts -u`.
  test.each(referencePages(BUILT_IN).map(({ path, text }) => [path, text] as const))(
    'docs/%s is up to date',
    async (path, text) => {
      await expect(text).toMatchFileSnapshot(`../../docs/${path}`);
    },
  );
});

test('defaults of all settings and assumptions can be read', () => {
  // Columns of assumptions are read when a scenario is loaded; each profile in turn.
  const queues = '  q: { type: sqs.queue }\n  q.fifo: { type: sqs.queue }\n';
  const text = `name: x\nduration: 1h\ntraffic: {}\nresources:\n${queues}`;
  for (const profile of ['ideal', 'typical', 'adversarial']) {
    expect(loadScenario('a.yaml', { read: () => text, profile }).profile).toBe(profile);
  }
  expect(plainOf(parseSource(text, { file: 'a.yaml' }).root!)).toMatchObject({ name: 'x' });
});
