// YAML as Wavetank takes it: one document of YAML 1.2, nothing empty, nothing twice, bounded.

import { describe, expect, test } from 'vitest';
import { parseSource } from '../../src/scenario/source.js';
import { lineOfFinding } from '../../src/scenario/findings.js';
import { plainOf } from '../../src/scenario/tree.js';

function read(text: string): unknown {
  const { root, findings } = parseSource(text, { file: 'f' });
  return findings.length > 0
    ? findings.map(lineOfFinding)
    : JSON.parse(JSON.stringify(plainOf(root!)));
}

describe('what is read', () => {
  test('scalars of YAML 1.2, anchors and aliases', () => {
    expect(
      read(
        'a: no\nb: 12:30:45\nc: 1_000\nd: 0o17\ne: 1e3\nf: &x { g: true }\nh: *x\n"i j": "k"\n1: 2',
      ),
    ).toEqual({
      1: 2,
      a: 'no',
      b: '12:30:45',
      c: '1_000',
      d: 15,
      e: 1000,
      f: { g: true },
      h: { g: true },
      'i j': 'k',
    });
  });
  test('the word null, and lists', () => {
    expect(read('a: null\nb: [1, x, [y]]')).toEqual({ a: null, b: [1, 'x', ['y']] });
  });
  test('names that are special in JavaScript are plain names', () => {
    const { root } = parseSource('__proto__: 1\nconstructor: 2\ntoString: 3', { file: 'f' });
    expect(Object.keys(plainOf(root!) as object)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

test.each([
  ['', 'f:1:1: error syntax: the file is empty'],
  ['# only a comment', 'f:1:1: error syntax: the file is empty'],
  [
    'a: 1\na: 2',
    'f:2:1: error duplicate-key: a stands here a second time; allowed: once (it stands on line 1)',
  ],
  ['a:\nb: 1', 'f:1:3: error syntax: an empty value'],
  ['a: ~', 'f:1:4: error syntax: ~ for nothing'],
  ['a: {b: }', 'f:1:8: error syntax: an empty value'],
  ['a: [ , 1]', 'f:1:6: error syntax: Unexpected , in flow sequence'],
  ['<<: { a: 1 }', 'f:1:1: error syntax: the merge key << is not part of YAML 1.2'],
  ['a: *b', 'f:1:4: error syntax: *b names no anchor above'],
  ['a: &a [*a]', 'f:1:8: error syntax: *a stands inside of what it names'],
  ['a: !Ref b', 'f:1:4: error syntax: Unresolved tag: !Ref'],
  ['%YAML 1.1\n---\na: 1', 'f:1:1: error syntax: YAML 1.1; allowed: YAML 1.2'],
  ['a: 1\n---\nb: 2', 'f:2:1: error syntax: a second document; allowed: one document in a file'],
  ['? { a: 1 }\n: 2', 'f:1:3: error syntax: a key that is not a plain name'],
  ['"": 1', 'f:1:1: error syntax: an empty key'],
  ['a: "b', 'f:1:6: error syntax: Missing closing "quote'],
  ['\ta: 1', 'f:1:1: error syntax: Tabs are not allowed as indentation'],
  ['a: b: c', 'f:1:4: error syntax: Nested mappings are not allowed in compact mappings'],
  ['{'.repeat(100_000), 'f:1:65: error syntax: nested too deep; allowed: at most 64 levels'],
  ['- '.repeat(10_000), 'f:1:129: error syntax: nested too deep; allowed: at most 64 levels'],
  [
    'x'.repeat(2_000_000),
    'f:1:1: error file: the file is too large; allowed: at most 1048576 characters',
  ],
])('%#: refused with a place', (text, line) => {
  const found = read(text) as string[];
  expect(found[0].slice(0, line.length)).toBe(line);
});

test('an alias bomb is refused once', () => {
  let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
  for (let i = 1; i < 9; i++)
    text += `a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]\n`;
  expect(read(text)).toEqual([
    expect.stringContaining(
      'error syntax: aliases expand to too much; allowed: at most 200000 values',
    ),
  ]);
});
