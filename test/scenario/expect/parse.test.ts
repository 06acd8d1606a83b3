import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../src/components/expression/parse.js';
import { parseExpectation } from '../../../src/scenario/expect/parse.js';
import type { ExpressionSyntax } from '../../../src/components/expression/syntax.js';

/** The tree as text with every operation in brackets. */
function shown(syntax: ExpressionSyntax): string {
  switch (syntax.kind) {
    case 'literal':
      return syntax.text;
    case 'negation':
      return `-${shown(syntax.of)}`;
    case 'binary':
      return `[${shown(syntax.left)} ${syntax.operator} ${shown(syntax.right)}]`;
    case 'measure': {
      const words = (list: readonly { text: string }[]): string =>
        list.map((word) => `.${word.text}`).join('');
      const { who } = syntax;
      const inside =
        who === null
          ? ''
          : who.kind === 'name'
            ? `(${who.name.text})`
            : `(${who.from.text} -> ${who.to.text})`;
      return `${syntax.name.text}${words(syntax.before)}${inside}${words(syntax.after)}`;
    }
  }
}

function read(text: string): string {
  const parsed = parseExpectation(text);
  if ('problem' in parsed) return `${parsed.problem.offset} ${parsed.problem.code}`;
  const { mode, left, comparison, right, window } = parsed.syntax;
  const within = window === null ? '' : ` in ${window.from}..${window.to}`;
  return `${mode}: ${shown(left)} ${comparison} ${shown(right)}${within}`;
}

describe('lines', () => {
  test.each([
    ['lost == 0', 'whole: lost == 0'],
    ['latency(shoppers -> payment).p99 < 2s', 'whole: latency(shoppers -> payment).p99 < 2s'],
    ['latency(a->b).p99.9 < 2s', 'whole: latency(a -> b).p99.9 < 2s'],
    ['latency( shoppers ).p99<2s', 'whole: latency(shoppers).p99 < 2s'],
    ['always depth(orders) < 10000', 'always: depth(orders) < 10000'],
    ['eventually depth(orders-dlq.fifo) == 0', 'eventually: depth(orders-dlq.fifo) == 0'],
    [
      'never throttled(clicks) > 0 after 20m',
      'never: throttled(clicks) > 0 in 1200000000..Infinity',
    ],
    [
      'sometimes age(orders.fifo) > 4m before 1h',
      'sometimes: age(orders.fifo) > 4m in 0..3600000000',
    ],
    ['depth(q).max < 5 during 10m..20m', 'whole: depth(q).max < 5 in 600000000..1200000000'],
    ['depth(q).max < 5 during 0.5s .. 1s', 'whole: depth(q).max < 5 in 500000..1000000'],
    ['duplicates.crash(workers) <= 3', 'whole: duplicates.crash(workers) <= 3'],
    ['cost.perMonth < 900 USD', 'whole: cost.perMonth < 900 USD'],
    ['cost(orders).perMonth >= 0.5USD', 'whole: cost(orders).perMonth >= 0.5USD'],
    ['duplicates(workers) < 0.1%', 'whole: duplicates(workers) < 0.1%'],
    ['a + b * c - d / 2 != 1', 'whole: [[a + [b * c]] - [d / 2]] != 1'],
    ['(a + b) * 2 == -c', 'whole: [[a + b] * 2] == -c'],
    ['lost-expired == 0', 'whole: [lost - expired] == 0'],
    ['sent / 20m > 2000/s', 'whole: [sent / 20m] > 2000/s'],
    ['a / 5 > b', 'whole: [a / 5] > b'],
    ['a > 5MiB/s', 'whole: a > 5MiB/s'],
  ])('%s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
  });
});

describe('what is wrong has a code and a place', () => {
  test.each([
    ['', 0, 'syntax'],
    ['lost', 4, 'syntax'],
    ['lost = 0', 5, 'syntax'],
    ['lost == ', 8, 'syntax'],
    ['lost == 0 == 1', 10, 'syntax'],
    ['lost == 0 and sent > 1', 10, 'syntax'],
    ['1 < lost < 5', 9, 'syntax'],
    ['alway depth(orders) < 5', 0, 'choice'],
    ['depth(orders) < 5 durin 1m..2m', 18, 'choice'],
    ['depth(orders) < 5 during 1m', 27, 'syntax'],
    ['depth(orders) < 5 during 2m..1m', 18, 'never-happens'],
    ['depth(orders) < 5 before 0s', 18, 'never-happens'],
    ['depth(orders) < 5 after 20', 24, 'wrong-unit'],
    ['latency(a).p99 < 30 s', 17, 'wrong-unit'],
    ['latency(a).p99 < 30sec', 17, 'wrong-unit'],
    ['cost.perMonth < $900', 16, 'wrong-unit'],
    ['cost.perMonth < 900 EUR', 16, 'wrong-unit'],
    ['latency(a).p99 < 5s/s', 17, 'wrong-unit'],
    ['lost == 1e6', 8, 'wrong-unit'],
    ['lost == 10,000', 10, 'syntax'],
    ['latency(a, b).p99 < 1s', 9, 'syntax'],
    ['latency(a -> ).p99 < 1s', 13, 'syntax'],
    ['latency(a', 9, 'syntax'],
    ['latency(a). < 1s', 12, 'syntax'],
    ['(lost == 0', 6, 'syntax'],
    ['lost == --1', 9, 'syntax'],
    [`${'('.repeat(60)}lost`, 50, 'syntax'],
    ['x'.repeat(1_001), 1_000, 'syntax'],
  ])('%s', (text, offset, code) => {
    expect(read(text)).toBe(`${offset} ${code}`);
  });

  test.each([
    ['lost = 0', '=='],
    ['lost => 0', '>='],
    ['alway depth(orders) < 5', 'always'],
    ['depth(orders) < 5 durin 1m..2m', 'during'],
    ['latency(a).p99 < 30 s', '30s'],
    ['latency(a).p99 < 30sec', '30s'],
    ['latency(a).p99 < 30 seconds', '30s'],
    ['cost.perMonth < $900', '900 USD'],
    ['cost.perMonth < 900 usd', '900 USD'],
  ])('%s: nearest', (text, nearest) => {
    const parsed = parseExpectation(text);
    expect('problem' in parsed && parsed.problem.nearest).toBe(nearest);
  });
});

describe('numbers in base units', () => {
  test.each([
    ['0.1s', 100_000],
    ['2h', 7_200_000_000],
    ['0.3us', 0.3],
    ['1.5KiB', 1_536],
    ['2MB', 2_000_000],
    ['0.1%', 0.001],
    ['99.9%', 0.999],
    ['900 USD', 9e14],
    ['0.0000004 USD', 400_000],
    ['12/m', 12 / 60e6],
    ['5MiB/s', 5.24288],
    ['42', 42],
  ])('%s', (text, value) => {
    const parsed = parseExpression(text);
    expect('syntax' in parsed && parsed.syntax.kind === 'literal' && parsed.syntax.value).toBe(
      value,
    );
  });
});

// --- properties --------------------------------------------------------------------------------

const word = fc.constantFrom('lost', 'depth', 'cost', 'latency', 'x');
const name = fc.constantFrom('orders', 'orders.fifo', 'a-b', 'a-', 'A_1');
const statistic = fc.constantFrom('.p99.9', '.mean', '.p50', '');
const leaf = fc.oneof(
  fc.constantFrom('30s', '5', '0.1%', '900 USD', '1.5KiB', '2000/s', '5MiB/s'),
  fc
    .tuple(word, fc.constantFrom('', '.crash'), name, statistic)
    .map(([a, b, c, d]) => `${a}${b}(${c})${d}`),
  fc.tuple(word, name, name, statistic).map(([a, b, c, d]) => `${a}(${b} -> ${c})${d}`),
  word,
);
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree'))
      .map(([a, o, b]) => `[${a} ${o} ${b}]`),
    tie('tree')
      .filter((text) => !text.startsWith('-'))
      .map((text) => `-${text}`),
  ),
}));

test('what is written as a tree is read as that tree', () => {
  fc.assert(
    fc.property(tree, (text) => {
      const parsed = parseExpression(text.replaceAll('[', '(').replaceAll(']', ')'));
      expect('syntax' in parsed && shown(parsed.syntax)).toBe(text);
    }),
  );
});

test('no text is refused without a place in it, and none throws', () => {
  const piece = fc.constantFrom(
    'always',
    'lost',
    'latency',
    '(',
    ')',
    ' ',
    '.',
    '..',
    '->',
    '<',
    '==',
    '5',
    '0.1',
    's',
    '%',
    'USD',
    '/s',
    '-',
    '+',
    '*',
    'during',
    'after',
    '1m',
    'p99',
    '\u00b5',
    '\u{1f600}',
    '"',
    '$',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      const parsed = parseExpectation(text);
      if ('syntax' in parsed) return;
      expect(parsed.problem.offset).toBeGreaterThanOrEqual(0);
      expect(parsed.problem.offset).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1_000 },
  );
});
