// The formulas against figures that others computed, and the judge against samples whose verdict is known.

import { describe, expect, test } from 'vitest';
import { admits, expectTheory, interval, tQuantile } from '../support/confidence.js';
import { figure } from './closed-forms.js';
import { burstDrain, erlangC, mg1Sojourn, mmcSojourn, mtMInfinity } from './formulas.js';

describe('formulas', () => {
  test.each([
    ['M/M/1', mmcSojourn(1, 0.7, 1), figure('mm1-rho0.7', 'meanSojourn')],
    ['M/M/2', mmcSojourn(2, 0.9, 1), figure('mm2-rho0.9', 'meanSojourn')],
    ['M/M/5', mmcSojourn(5, 0.8, 1), figure('mm5-rho0.8', 'meanSojourn')],
    ['Erlang C', erlangC(5, 4), figure('mm5-rho0.8', 'probWait')],
    ['M/D/1', mg1Sojourn(0.5, 1, 0), figure('mg1-det-rho0.5', 'meanSojourn')],
    ['M/U/1', mg1Sojourn(0.5, 1, Math.sqrt(1 / 3)), figure('mg1-uniform02-rho0.5', 'meanSojourn')],
    ['burst', burstDrain(200, 20, 1), figure('drain-exp-B200-c20', 'meanLastCompletion')],
  ])('%s', (_, ours, theirs) => expect(ours).toBeCloseTo(theirs, 8));

  test('Mt/M/∞ settles at the offered load, and follows a ramp by one service time', () => {
    expect(mtMInfinity([{ seconds: 1e4, from: 20, to: 20 }], 5)).toBeCloseTo(100, 9);
    expect(mtMInfinity([{ seconds: 1e4, from: 0, to: 1e4 }], 5)).toBeCloseTo(5 * (1e4 - 5), 6);
    const halves = [
      { seconds: 3, from: 2, to: 8 },
      { seconds: 3, from: 8, to: 14 },
    ];
    expect(mtMInfinity(halves, 2)).toBeCloseTo(
      mtMInfinity([{ seconds: 6, from: 2, to: 14 }], 2),
      12,
    );
  });
});

describe('the judge', () => {
  test('takes the quantile of the next smaller number of degrees of freedom', () => {
    expect([1, 9, 19, 22, 500].map(tQuantile)).toEqual([63.657, 3.25, 2.861, 2.845, 2.617]);
    expect(() => tQuantile(0)).toThrow('at least two runs');
  });

  test('computes the textbook interval', () => {
    const found = interval([1, 2, 3, 4, 5]);
    expect(found.mean).toBe(3);
    expect(found.halfWidth).toBeCloseTo(4.604 * Math.sqrt(2.5 / 5), 12);
    expect([admits(found, -1), admits(found, 4), admits(found, 7)]).toEqual([false, true, false]);
  });

  test('refuses a wrong theory, a wide interval, and one that would admit a bias', () => {
    const tight = [99.5, 100, 100.5, 100, 99.9, 100.1];
    expectTheory(tight, 100);
    expect(() => expectTheory(tight, 102)).toThrow('theory 102');
    expect(() => expectTheory([90, 110, 100, 95], 100)).toThrow('half-width');
    expect(() => expectTheory([98, 99, 100, 99, 98.4, 101], 97.5)).toThrow('with 3 % more');
  });
});
