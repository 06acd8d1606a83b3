// docs/operations.md: its examples run and print what it says; its lists are complete.

import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { openWorld } from '../src/core.js';
import { runCaseFile } from '../src/experiment/conformance/run-file.js';
import {
  ENVELOPE_EXPECTATIONS,
  OPERATIONS as SNS_STEPS,
} from '../src/experiment/conformance/sns/words.js';
import { EXPECTATIONS, OPERATIONS } from '../src/experiment/conformance/sqs/words.js';
import { SnsOperations } from '../src/experiment/operations/sns.js';
import { SqsOperations } from '../src/experiment/operations/sqs.js';
import { conformanceText } from '../src/report/conformance-text.js';
import { PLAIN } from '../src/report/terminal.js';
import { readText } from './support/source-tree.js';

const PAGE = readText('docs/operations.md');

function blocks(language: string): string[] {
  const found = PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...found].map(([, text]) => text);
}

describe('docs/operations.md', () => {
  test('its world does what it says', () => {
    const code = blocks('js')[0].replace("import { openWorld } from 'wavetank';\n", '');
    expect(code).not.toContain('import');
    let printed = '';
    const log = (...parts: unknown[]): void => {
      printed += `${parts.map(String).join(' ')}\n`;
    };
    runInNewContext(code, { openWorld, console: { log } });
    expect(printed).toBe(blocks('text')[0]);
  });

  test('its case is judged as it says', () => {
    const result = runCaseFile('sqs-example.json', blocks('json')[0]);
    expect(conformanceText(result, PLAIN)).toBe(blocks('text')[1]);
  });

  test('names every operation, and the words of cases', () => {
    const methods = [SqsOperations, SnsOperations].flatMap((one) =>
      Object.getOwnPropertyNames(one.prototype),
    );
    for (const name of methods.filter((one) => one !== 'constructor'))
      expect(PAGE, name).toContain(`\`${name}\``);
    for (const name of Object.keys({ ...OPERATIONS, ...SNS_STEPS, ...ENVELOPE_EXPECTATIONS }))
      expect(PAGE, name).toContain(`\`${name}\``);
    const common = Object.keys(EXPECTATIONS).filter((word) => PAGE.includes(`\`${word}\``));
    expect(common.length).toBeGreaterThan(18);
  });
});
