import { test } from 'vitest';
import { readFileSync } from 'node:fs';
import { runCaseFile } from '../src/experiment/conformance/run-file.js';
test('x', () => {
  for (const f of ['sns-cases.json', 'own-sns-cases.json', 'sqs-cases.json']) {
    let text: string;
    try {
      text = readFileSync(`test/conformance/${f}`, 'utf8');
    } catch {
      continue;
    }
    const r = runCaseFile(f, text);
    console.log(f, r.passed, r.failed, r.notExpressible);
    for (const c of r.cases) if (c.status !== 'passed') console.log(JSON.stringify(c));
  }
});
