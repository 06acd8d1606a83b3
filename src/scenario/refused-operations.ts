/** What AWS refused of a scenario's operations while it ran, as warnings at the lines that asked for it. */

import { writtenTime } from '../components/settings/units.js';
import type { Scenario } from './checked.js';
import type { Finding } from './findings.js';
import { pathText } from './findings.js';
import type { RefusedOperation } from './operation-schedule.js';

export function refusedFindings(
  scenario: Scenario,
  refused: readonly RefusedOperation[],
): Finding[] {
  return refused.map(({ place, at, times, awsError }) => {
    const operation = scenario.operations[place];
    const path = ['operations', place, operation.verb];
    const { file, line, column } = scenario.where(path);
    const more = times === 1 ? '' : `, and ${times - 1} more time${times === 2 ? '' : 's'}`;
    return {
      severity: 'warning',
      code: 'aws-refuses',
      file,
      line,
      column,
      path: pathText(path),
      found: null,
      allowed: null,
      nearest: null,
      awsError,
      message:
        `the ${operation.verb} of ${operation.on} at ${writtenTime(at)} was refused${more}; ` +
        `AWS answered ${awsError}`,
    };
  });
}
