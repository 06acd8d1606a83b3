import { describe, expect, test } from 'vitest';
import { writtenMeasure } from '../../../src/observe/measures/expression.js';
import type { Expression } from '../../../src/observe/measures/expression.js';
import { readExpectation } from '../../../src/scenario/expect/check.js';
import { NAMES } from './names.js';

function shown(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text;
    case 'measure':
      return writtenMeasure(expression);
    case 'negation':
      return `-${shown(expression.of)}`;
    case 'binary':
      return `[${shown(expression.left)} ${expression.operator} ${shown(expression.right)}]`;
  }
}

function read(text: string): string {
  const { expectation, problems } = readExpectation(text, NAMES);
  if (expectation === undefined)
    return problems.map((problem) => `${problem.offset} ${problem.code}`).join(', ');
  const { left, comparison, right, unit } = expectation;
  return `${shown(left)} ${comparison} ${shown(right)} ${unit}`;
}

describe('what can be measured', () => {
  test.each([
    ['latency(shoppers).p99 < 30s', 'latency(shoppers).p99 < 30s s'],
    ['latency(workers).p99.9 < 30s', 'latency(workers).p99.9 < 30s s'],
    ['latency(shoppers -> workers).mean < 30s', 'latency(shoppers -> workers).mean < 30s s'],
    ['latency(orders -> workers).max < 30s', 'latency(orders -> workers).max < 30s s'],
    ['latency.p50 < 30s', 'latency.p50 < 30s s'],
    ['response(shoppers).min > 5ms', 'response(shoppers).min > 5ms s'],
    ['lost == 0', 'lost == 0 count'],
    ['duplicates.crash(workers) > 3', 'duplicates.crash(workers) > 3 count'],
    ['duplicates.crash == 0', 'duplicates.crash == 0 count'],
    ['requests.ReceiveMessage(orders) == 180', 'requests.ReceiveMessage(orders) == 180 count'],
    ['depth(orders).max < 10000', 'depth(orders).max < 10000 count'],
    [
      'always depth(orders) + inFlight(orders) < 10',
      '[depth(orders) + inFlight(orders)] < 10 count',
    ],
    ['sometimes instances(workers) == 40', 'instances(workers) == 40 count'],
    [
      'busy(workers).mean / instances(workers).mean < 80%',
      '[busy(workers).mean / instances(workers).mean] < 80% share',
    ],
    ['drainTime(orders) < 5m', 'drainTime(orders) < 5m s'],
    ['cost.perMonth < 900 USD', 'cost.perMonth < 900 USD USD'],
    ['cost(orders).perMonth < 900 USD', 'cost(orders).perMonth < 900 USD USD'],
    ['cost.perMonth(orders) < 900 USD', 'cost(orders).perMonth < 900 USD USD'],
    ['cost.window / processed < 0.01 USD', '[cost.window / processed] < 0.01 USD USD'],
    ['sent / 20m > 5/s', '[sent / 20m] > 5/s /s'],
    ['lost / sent < 1%', '[lost / sent] < 1% share'],
    ['30s > latency(shoppers).p99', '30s > latency(shoppers).p99 s'],
    [
      'availability(shoppers) > 99.9%',
      '[accepted(shoppers) / [accepted(shoppers) + failed(shoppers)]] > 99.9% share',
    ],
    ['duplicates(workers) < 0.1%', '[duplicates(workers) / owed(workers)] < 0.1% share'],
    ['lost + expired < 0.1%', '[[lost + expired] / owed] < 0.1% share'],
    ['0.1% > lost', '0.1% > [lost / owed] share'],
    ['10% * latency(shoppers).p99 < 1s', '[10% * latency(shoppers).p99] < 1s s'],
    ['never throttled(orders) > 0 after 20m', 'throttled(orders) > 0 count'],
    ['throttled(shoppers) == 0', 'throttled(shoppers) == 0 count'],
    ['retries(shoppers) / sent(shoppers) < 5%', '[retries(shoppers) / sent(shoppers)] < 5% share'],
    ['reordered(workers) == 0', 'reordered(workers) == 0 count'],
    ['purged(orders) == 0', 'purged(orders) == 0 count'],
    ['sometimes age(orders) > 4m', 'age(orders) > 4m s'],
    ['age(orders).max < 5m', 'age(orders).max < 5m s'],
    [
      'always ApproximateNumberOfMessagesVisible(orders) < 5',
      'ApproximateNumberOfMessagesVisible(orders) < 5 count',
    ],
    [
      'ApproximateAgeOfOldestMessage(orders).max < 5m',
      'ApproximateAgeOfOldestMessage(orders).max < 5m s',
    ],
    ['reactionTime(workers) < 6m', 'reactionTime(workers) < 6m s'],
    ['reactionTime(workers).mean < 6m', 'reactionTime(workers).mean < 6m s'],
    ['overshoot(workers) < 20%', 'overshoot(workers) < 20% share'],
    ['settlingTime(workers).max < 20m', 'settlingTime(workers).max < 20m s'],
    ['oscillations(workers) == 0', 'oscillations(workers) == 0 count'],
    ['cost.wasted < 1 USD', 'cost.wasted < 1 USD USD'],
    ['cost.wasted(workers) < 1 USD', 'cost(workers).wasted < 1 USD USD'],
    ['always backlogPerInstance(orders) < 9', 'backlogPerInstance(orders) < 9 count'],
    ['backlogPerInstance(workers).mean < 9', 'backlogPerInstance(workers).mean < 9 count'],
    ['SentMessageSize(orders).max < 1MiB', 'SentMessageSize(orders).max < 1MiB B'],
    [
      'ApproximateNumberOfNoisyGroups(orders).max == 0',
      'ApproximateNumberOfNoisyGroups(orders).max == 0 count',
    ],
  ])('%s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
  });
});

describe('what is refused', () => {
  test.each([
    ['latncy(shoppers).p99 < 1s', '0 unknown-measure'],
    ['owed == 5', '0 unknown-measure'],
    ['latency(shopper).p99 < 1s', '8 unknown-name'],
    ['latency(shopper -> worker).p99 < 1s', '8 unknown-name, 19 unknown-name'],
    ['latency(workers -> shoppers).p99 < 1s', '8 wrong-kind'],
    ['latency(orders-dlq -> workers).p99 < 1s', '8 unknown-name'],
    ['latency(orders).p99 < 1s', '8 wrong-kind'],
    ['depth(workers).max < 1', '6 wrong-kind'],
    ['depth.max < 1', '0 missing'],
    ['depth(orders) < 1', '0 missing'],
    ['latency(shoppers) < 1s', '0 missing'],
    ['cost < 1 USD', '0 missing'],
    ['cost(orders) < 1 USD', '0 missing'],
    ['overshoot(orders) < 20%', '10 wrong-kind'],
    ['reactionTime < 6m', '0 missing'],
    ['always reactionTime(workers) < 6m', '7 not-modelled'],
    ['settlingTime(workers) < 6m after 5m', '0 not-modelled'],
    ['sometimes oscillations(workers) > 0', '10 not-modelled'],
    ['reactionTime(workers).p99 < 6m', '22 choice'],
    ['reactionTime(workers).end < 6m', '22 choice'],
    ['oscillations(workers).max < 6', '22 choice'],
    ['settlingTime(workers) < 6', '24 wrong-unit'],
    ['backlogPerInstance(orders) < 6', '0 missing'],
    ['backlogPerInstance(shoppers).max < 6', '19 wrong-kind'],
    ['concurrency(workers).max < 6', '12 wrong-kind'],
    ['coldStarts(workers) == 0', '11 wrong-kind'],
    ['always iteratorAge(orders) < 5m', '7 not-modelled'],
    ['age(workers).max < 5m', '4 wrong-kind'],
    ['age(orders) < 5m', '0 missing'],
    ['retries(orders) == 0', '8 wrong-kind'],
    ['reordered(orders) == 0', '10 wrong-kind'],
    ['ApproximateNumberOfMessagesVisible(orders) < 5', '0 missing'],
    ['ApproximateNumberOfMessagesVisible(workers).max < 5', '35 wrong-kind'],
    ['ApproximateNumberOfGroupsWithInflightMessages(orders).max < 5', '46 wrong-kind'],
    ['CPUCreditBalance(workers).max < 5', '0 not-modelled'],
    ['CPUUtilization(orders).max < 50%', '15 wrong-kind'],
    ['ApproximateNumberOfMessagesVisibl(orders) < 5', '0 unknown-measure'],
    ['always latency(shoppers).p99 < 1s', '7 not-modelled'],
    ['latency(shoppers).p99 < 1s after 5m', '0 not-modelled'],
    ['always cost.window < 1 USD', '7 not-modelled'],
    ['latency.p99(shoppers) < 1s', '8 choice'],
    ['latency(shoppers).p999 < 1s', '18 out-of-range'],
    ['latency(shoppers).p0 < 1s', '18 out-of-range'],
    ['latency(shoppers).avg < 1s', '18 choice'],
    ['latency(shoppers).end < 1s', '18 choice'],
    ['latency(shoppers).p99.mean < 1s', '22 choice'],
    ['depth(orders).p99 < 1', '14 choice'],
    ['always depth(orders).max < 1', '21 choice'],
    ['lost.max == 0', '5 choice'],
    ['duplicates.crsh(workers) == 0', '11 unknown-measure'],
    ['requests.Receive(orders) == 0', '9 unknown-measure'],
    ['latency(shoppers).p99 < 30', '24 wrong-unit'],
    ['latency(shoppers).p99 < 30MiB', '24 wrong-unit'],
    ['cost.perMonth < 900', '16 wrong-unit'],
    ['lost + latency(shoppers).p99 < 1s', '7 wrong-unit'],
    ['depth(orders).max < 10%', '0 wrong-unit'],
    ['duplicates(workers) + lost < 1%', '0 wrong-unit'],
    ['cost.window / latency.mean > 1 USD / 1s', '0 wrong-unit'],
    ['1 < 2', '0 missing'],
    ['lost == 0 after 2h', '10 never-happens'],
    ['latncy.p99 < 1s after 2h', '16 never-happens, 0 unknown-measure'],
  ])('%s', (text, problems) => {
    expect(read(text)).toBe(problems);
  });

  test.each([
    ['latncy(shoppers).p99 < 1s', 'latency'],
    ['backlog(orders).max < 1', 'depth'],
    ['latency(shopper).p99 < 1s', 'shoppers'],
    ['latency(shoppers).p999 < 1s', 'p99.9'],
    ['latency.p99(shoppers) < 1s', 'latency(shoppers).p99'],
    ['duplicates.crsh(workers) == 0', 'crash'],
    ['requests.RecieveMessage(orders) == 0', 'ReceiveMessage'],
  ])('%s: nearest', (text, nearest) => {
    expect(readExpectation(text, NAMES).problems[0]?.nearest).toBe(nearest);
  });

  test('says what is allowed', () => {
    const [problem] = readExpectation('depth(workers).max < 1', NAMES).problems;
    expect(problem).toMatchObject({
      found: 'workers (autoscaling.group)',
      allowed: 'depth(…) of orders, orders-dlq',
    });
  });
});
