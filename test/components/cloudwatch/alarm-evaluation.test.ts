// AWS's own example tables ("Configuring how CloudWatch alarms treat missing data"), all 40 cells.

import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Point as PointKind } from '../../../src/components/cloudwatch/alarm-evaluation.js';
import { Point, evaluateAlarm } from '../../../src/components/cloudwatch/alarm-evaluation.js';
import { AlarmState } from '../../../src/components/facts.js';
import { MISSING_DATA } from '../../../src/components/metric-port.js';

const WORDS = {
  OK: AlarmState.Ok,
  ALARM: AlarmState.Alarm,
  INSUFFICIENT: AlarmState.InsufficientData,
} as const;
type Cell = keyof typeof WORDS | 'RETAIN';

/** The legend of the tables: 0 is not breaching, X is, - is missing; oldest first. */
function points(text: string): PointKind[] {
  return text
    .split(' ')
    .map((c) => (c === '-' ? Point.Missing : c === 'X' ? Point.Breaching : Point.Fine));
}

function check(data: string, datapointsToAlarm: number, cells: readonly Cell[]): void {
  MISSING_DATA.forEach((treatMissingData, i) => {
    for (const before of Object.values(WORDS)) {
      const cell = cells[i];
      const expected = cell === 'RETAIN' ? before : WORDS[cell];
      const rule = { evaluationPeriods: 3, datapointsToAlarm, treatMissingData };
      expect(evaluateAlarm(points(data), rule, before), `${data} ${treatMissingData}`).toBe(
        expected,
      );
    }
  });
}

// Columns: missing, ignore, breaching, notBreaching.
const THREE_OF_THREE: [string, Cell[]][] = [
  ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
  ['- - - - 0', ['OK', 'OK', 'OK', 'OK']],
  ['- - - - -', ['INSUFFICIENT', 'RETAIN', 'ALARM', 'OK']],
  ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['- - X - -', ['ALARM', 'RETAIN', 'ALARM', 'OK']],
];
const TWO_OF_THREE: [string, Cell[]][] = [
  ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
  ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
  ['- - - X -', ['ALARM', 'RETAIN', 'ALARM', 'OK']],
];

describe("AWS's tables", () => {
  test.each(THREE_OF_THREE)('3 of 3: %s', (data, cells) => check(data, 3, cells));
  test.each(TWO_OF_THREE)('2 of 3: %s', (data, cells) => check(data, 2, cells));

  test('one breaching point after nothing is no premature alarm', () => {
    check('- - - - X', 3, ['RETAIN', 'RETAIN', 'ALARM', 'OK']);
  });
});

describe('laws', () => {
  const range = fc.array(fc.constantFrom(Point.Missing, Point.Fine, Point.Breaching), {
    minLength: 5,
    maxLength: 5,
  });
  const rule = fc.record({
    evaluationPeriods: fc.constant(3),
    datapointsToAlarm: fc.integer({ min: 1, max: 3 }),
    treatMissingData: fc.constantFrom(...MISSING_DATA),
  });
  const state = fc.constantFrom(...Object.values(WORDS));

  test('with enough points, missing ones and the state before do not matter', () => {
    fc.assert(
      fc.property(range, rule, state, (data, r, before) => {
        const real = data.filter((point) => point !== Point.Missing);
        fc.pre(real.length >= 3);
        expect(evaluateAlarm(data, r, before)).toBe(
          evaluateAlarm(real, r, AlarmState.InsufficientData),
        );
      }),
    );
  });

  test('one more breaching point never ends an alarm', () => {
    fc.assert(
      fc.property(range, rule, state, fc.nat(4), (data, r, before, at) => {
        fc.pre(data[at] === Point.Fine);
        const worse = data.map((point, i) => (i === at ? Point.Breaching : point));
        if (evaluateAlarm(data, r, before) === AlarmState.Alarm) {
          expect(evaluateAlarm(worse, r, before)).toBe(AlarmState.Alarm);
        }
      }),
    );
  });

  test('breaching alarms at least as often as notBreaching', () => {
    fc.assert(
      fc.property(range, rule, state, (data, r, before) => {
        const strict = evaluateAlarm(data, { ...r, treatMissingData: 'notBreaching' }, before);
        const eager = evaluateAlarm(data, { ...r, treatMissingData: 'breaching' }, before);
        if (strict === AlarmState.Alarm) expect(eager).toBe(AlarmState.Alarm);
      }),
    );
  });
});
