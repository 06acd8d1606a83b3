// Metric math: from the text of a metric to figures, point by point.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricExpression } from '../../src/components/metric-math.js';
import {
  calculated,
  metricExpression,
  metricOf,
  metricsRead,
  operandsOf,
} from '../../src/components/metric-math.js';
import { MINUTE, SECOND } from '../../src/kernel/time.js';

const NAMES = ['orders', 'letters.fifo', 'workers'];
const VISIBLE = 'ApproximateNumberOfMessagesVisible';

function read(text: string, period = MINUTE): MetricExpression {
  return metricExpression(text, { idOf: (name) => NAMES.indexOf(name), groupOf: () => 2, period });
}

/** The figures, with the points of metrics by their name and resource. */
function figures(expression: MetricExpression, points: Record<string, number[]>): number[] {
  const [{ length }] = Object.values(points);
  return [
    ...calculated(expression, length, ({ metric, resource }) => points[`${metric} ${resource}`]),
  ];
}

describe('what is written', () => {
  test('one metric', () => {
    expect(read(`${VISIBLE}(orders)`)).toEqual(metricOf(0, VISIBLE));
    expect(read(` ( ${VISIBLE}( letters.fifo ) ) `)).toEqual(metricOf(1, VISIBLE));
  });

  test('sums bind weaker than products, a sign stronger', () => {
    const points = { [`${VISIBLE} 0`]: [10], 'NumberOfMessagesSent 1': [4] };
    const value = (text: string) => figures(read(text), points)[0];
    const [a, b] = [`${VISIBLE}(orders)`, 'NumberOfMessagesSent(letters.fifo)'];
    expect(value(`${a} + 2 * ${b}`)).toBe(18);
    expect(value(`(${a} + 2) * ${b}`)).toBe(48);
    expect(value(`${a} / ${b} / 5`)).toBe(0.5);
    expect(value(`-${a} - ${b}`)).toBe(-14);
  });

  test('the backlog recipe: visible messages through instances in service', () => {
    const recipe = read('backlogPerInstance(orders)');
    expect(operandsOf(recipe)).toEqual([
      metricOf(0, VISIBLE),
      metricOf(2, 'GroupInServiceInstances'),
    ]);
    // AWS's example: 1500 messages and 10 instances are a backlog of 150 each.
    const points = { [`${VISIBLE} 0`]: [1500], 'GroupInServiceInstances 2': [10] };
    expect(figures(recipe, points)).toEqual([150]);
  });

  test('below a minute it repeats both', () => {
    const isFilled = (period: number) =>
      operandsOf(read('backlogPerInstance(orders) + 1', period)).map((one) => one.isFilled);
    expect(isFilled(30 * SECOND)).toEqual([true, true]);
    expect(isFilled(MINUTE)).toEqual([false, false]);
    expect(operandsOf(read(`${VISIBLE}(orders)`, 10 * SECOND))[0].isFilled).toBe(false);
  });

  test.each([
    ['GroupMinSize(workers)', 1],
    [`${VISIBLE}(orders) + ${VISIBLE}(orders) / 2`, 1],
    [`${VISIBLE}(orders) + ${VISIBLE}(letters.fifo)`, 2],
    ['backlogPerInstance(orders)', 2],
    [`backlogPerInstance(orders) + ${VISIBLE}(orders)`, 2],
    ['1 +', 0],
  ])('%s reads %d metrics', (text, count) => expect(metricsRead(text)).toBe(count));
});

describe('missing points', () => {
  const ratio = read('backlogPerInstance(orders)');
  const points = (messages: number[], instances: number[]) => ({
    [`${VISIBLE} 0`]: messages,
    'GroupInServiceInstances 2': instances,
  });

  test('a missing operand, or a division by 0, leaves no point', () => {
    expect(figures(ratio, points([6, NaN, 6, 0], [2, 2, NaN, 0]))).toEqual([3, NaN, NaN, NaN]);
  });

  test('FILL(m, REPEAT): the last one before, and nothing before the first', () => {
    const filled = read('backlogPerInstance(orders)', 10 * SECOND);
    const messages = [NaN, 6, NaN, NaN, 8, NaN];
    const instances = [2, NaN, NaN, 1, NaN, NaN];
    expect(figures(filled, points(messages, instances))).toEqual([NaN, 3, 3, 6, 8, 8]);
  });

  test('numbers alone are there in every period', () => {
    expect(calculated({ kind: 'number', value: 7 }, 3, () => [])).toEqual([7, 7, 7]);
  });

  const value = fc.oneof(fc.constant(NaN), fc.integer({ min: -5, max: 5 }));
  const column = fc.array(value, { minLength: 4, maxLength: 4 });

  test('a figure is a number, or no point: never infinite', () => {
    const sum = read(`(${VISIBLE}(orders) - 1) / NumberOfMessagesSent(orders) + 2`);
    fc.assert(
      fc.property(column, column, (a, b) => {
        const all = figures(sum, { [`${VISIBLE} 0`]: a, 'NumberOfMessagesSent 0': b });
        all.forEach((one, i) => {
          expect(Number.isNaN(one)).toBe(Number.isNaN(a[i]) || Number.isNaN(b[i]) || b[i] === 0);
          expect(Math.abs(one)).not.toBe(Infinity);
        });
      }),
    );
  });

  test('filling changes no point that is there', () => {
    const filled = { ...metricOf(0, VISIBLE), isFilled: true };
    fc.assert(
      fc.property(column, (points) => {
        figures(filled, { [`${VISIBLE} 0`]: points }).forEach((one, i) => {
          if (!Number.isNaN(points[i])) expect(one).toBe(points[i]);
        });
      }),
    );
  });
});
