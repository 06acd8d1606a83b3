/**
 * What AWS refused while a scenario ran, of its operations and of what resources do by themselves, as warnings at the
 * lines that asked for it.
 */

import type { RefusedAct } from '../components/refused.js';
import { writtenTime } from '../components/settings/units.js';
import type { Scenario } from './checked.js';
import type { Finding } from './findings.js';
import { warningAt } from './findings.js';
import type { RefusedOperation } from './operation-schedule.js';

export function refusedFindings(
  scenario: Scenario,
  refused: readonly RefusedOperation[],
): Finding[] {
  return refused.map((one) => {
    const operation = scenario.operations[one.place];
    const { verb, on } = operation;
    return warning(scenario, ['operations', one.place, verb], `the ${verb} of ${on}`, one);
  });
}

export function refusedActFindings(scenario: Scenario, refused: readonly RefusedAct[]): Finding[] {
  return refused.map((one) => {
    const { name } = scenario.resources[one.owner];
    return warning(scenario, ['resources', name, ...one.path], `${one.what} of ${name}`, one);
  });
}

function warning(
  scenario: Scenario,
  path: readonly (string | number)[],
  what: string,
  { at, times, awsError }: Pick<RefusedOperation, 'at' | 'times' | 'awsError'>,
): Finding {
  const more = times === 1 ? '' : `, and ${times - 1} more time${times === 2 ? '' : 's'}`;
  const message = `${what} at ${writtenTime(at)} was refused${more}; AWS answered ${awsError}`;
  return warningAt(scenario.where(path), path, 'aws-refuses', message, awsError);
}
