import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { reportFiles } from '../../src/report/files.js';
import { PLAIN, terminalSummary } from '../../src/report/terminal.js';
import { makeReport } from './fixture.js';

test('reports run in a page, without anything of Node, and give the same bytes', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { reportFiles } from './src/report/files.js';
        import { PLAIN, terminalSummary } from './src/report/terminal.js';
        globalThis.answer = (report) => [...reportFiles(report).values(), terminalSummary(report, 'r', PLAIN)];`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
    logLevel: 'silent',
  });
  const page: { answer?: (report: unknown) => string[] } = {};
  runInNewContext(outputFiles[0].text, page);
  const report = makeReport();
  expect(page.answer!(report)).toEqual([
    ...reportFiles(report).values(),
    terminalSummary(report, 'r', PLAIN),
  ]);
});
