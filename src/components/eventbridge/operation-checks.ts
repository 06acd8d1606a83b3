/** What AWS would refuse of operations on a bus: a replay without an archive, or of what is still to come. */

import type { CheckContext, PlannedOperation } from '../settings.js';
import { INVALID } from './page.js';
import type { BusSettings } from './settings.js';

export function checkBusOperations(
  context: CheckContext,
  operations: readonly PlannedOperation[],
): void {
  const { name, settings } = context.self;
  for (const { on, verb, place, at, from } of operations) {
    if (on !== name || verb !== 'replay') continue;
    if ((settings as BusSettings).archive === undefined) {
      context.refuse({
        code: 'aws-refuses',
        found: name,
        message: `${name} has no archive`,
        allowed: 'a bus with archive: { retentionDays: 30 }',
        awsError: 'ResourceNotFoundException',
        path: [place, 'on'],
      });
    } else if (from !== undefined && from >= at && from > 0) {
      context.refuse({
        code: 'aws-refuses',
        found: 'startingPositionTimestamp',
        message: 'a replay of what is still to come',
        allowed: 'a time before the operation',
        awsError: INVALID,
        path: [place, 'replay', 'startingPositionTimestamp'],
      });
    }
  }
}
