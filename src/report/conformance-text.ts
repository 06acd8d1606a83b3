/** What `wavetank conformance` prints of a file: a line per case that did not pass, and the tally. */

import type { CaseResult, FileResult } from '../experiment/conformance/result.js';
import { plain } from './plain.js';
import type { Style } from './terminal.js';

export function conformanceText(result: FileResult, style: Style): string {
  const { file, passed, failed, notExpressible } = result;
  const tally = `${plain(file)}: ${passed} passed, ${failed} failed, ${notExpressible} not expressible`;
  const lines = result.cases
    .filter(({ status }) => status !== 'passed')
    .map((one) => line(one, style));
  return [...lines, tally].map((one) => `${one}\n`).join('');
}

function line({ id, status, step, expected, got, reason }: CaseResult, style: Style): string {
  if (status === 'notExpressible')
    return `${style.quiet('SKIP')} ${plain(id)}: ${plain(reason ?? '')}`;
  const what = `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
  return `${style.bad('FAIL')} ${plain(id)} step ${step ?? 0}: ${plain(what)}`;
}
