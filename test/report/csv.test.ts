import { describe, expect, test } from 'vitest';
import { figureColumn, plainFigure, textColumn, toCsv } from '../../src/report/csv.js';

interface Row {
  readonly text: string;
  readonly figure: number | string | null;
}

const COLUMNS = [
  textColumn<Row>('text', (row) => row.text),
  figureColumn<Row>('figure_s', (row) => row.figure),
];

function line(text: string, figure: Row['figure'] = 0): string {
  return toCsv(COLUMNS, [{ text, figure }]).split('\n').slice(1).join('\n');
}

describe('a CSV', () => {
  test('has a header also without rows, and ends each line with \\n', () => {
    expect(toCsv(COLUMNS, [])).toBe('text,figure_s\n');
    expect(
      toCsv(COLUMNS, [
        { text: 'a', figure: 1 },
        { text: 'b', figure: null },
      ]),
    ).toBe('text,figure_s\na,1\nb,\n');
  });

  test('quotes separators, quotes and all kinds of line ends', () => {
    expect(line('a,b')).toBe('"a,b",0\n');
    expect(line('say "x"')).toBe('"say ""x""",0\n');
    expect(line('a\nb')).toBe('"a\nb",0\n');
    expect(line('a\r\nb')).toBe('"a\r\nb",0\n');
    expect(line('a\rb')).toBe('"a\rb",0\n');
    expect(line('orders -> workers')).toBe('orders -> workers,0\n');
  });

  test.each(['=cmd()', '+1', '-1', '@x', '\tx'])('keeps %j from being a formula', (text) => {
    expect(line(text)).toContain(`'${text}`);
  });

  test('leaves figures alone, negative ones too', () => {
    expect(line('a', -1.5)).toBe('a,-1.5\n');
    expect(line('a', '-0.000001')).toBe('a,-0.000001\n');
    expect(line('a', 'inf')).toBe('a,inf\n');
    expect(line('a', 0)).toBe('a,0\n');
  });

  test('keeps an empty text empty', () => {
    expect(line('')).toBe(',0\n');
  });
});

describe('a figure', () => {
  test.each([
    [0.1 + 0.2, '0.3'],
    [0.000001, '0.000001'],
    [0.0000004, '0'],
    [-0.0000001, '0'],
    [-0, '0'],
    [29.970001, '29.970001'],
    [1e21, '1000000000000000000000'],
    [123456789012, '123456789012'],
  ])('%d prints as %s', (value, text) => {
    expect(plainFigure(value)).toBe(text);
  });

  test('is finite', () => {
    expect(() => plainFigure(Number.NaN)).toThrow('finite');
    expect(() => plainFigure(Infinity)).toThrow('finite');
  });
});
