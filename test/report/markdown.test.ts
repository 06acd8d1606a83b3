import { describe, expect, test } from 'vitest';
import { code, markdownTable, markdownText } from '../../src/report/markdown-text.js';
import { reportMarkdown } from '../../src/report/markdown.js';
import { makeReport } from './fixture.js';

describe('text in Markdown', () => {
  test.each([
    ['<b>x</b> & y', '&lt;b\\>x&lt;/b\\> &amp; y'],
    ['[a](b) ![c](d)', '\\[a\\](b) \\!\\[c\\](d)'],
    ['*a* _b_ `c` ~d~ #e $f$ a|b \\', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\#e \\$f\\$ a\\|b \\\\'],
    ['https://x.y www.z me@you', 'https\\://x.y www\\.z me\\@you'],
    ['two\nlines\u001b', 'two lines'],
  ])('%j is data', (text, shown) => {
    expect(markdownText(text)).toBe(shown);
  });

  test.each([
    ['orders', '`orders`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['', '`  `'],
    ['x\ny', '`x y`'],
  ])('%j in code font is %s', (text, shown) => {
    expect(code(text)).toBe(shown);
  });

  test('cells of a table never break it', () => {
    expect(markdownTable(1, ['a', 'b'], [[code('x|y'), markdownText('p|q')]])).toEqual([
      '| a | b |',
      '| --- | ---: |',
      '| `x\\|y` | p\\|q |',
    ]);
  });
});

describe('report.md', () => {
  test('begins with the name, or with INCOMPLETE', () => {
    expect(reportMarkdown(makeReport()).startsWith('# Flash sale\n')).toBe(true);
    expect(
      reportMarkdown(makeReport({ complete: false, stoppedBy: 'interrupt' })).split('\n')[0],
    ).toMatch(/^INCOMPLETE: stopped by Ctrl-C/u);
  });

  test('escapes the name and what a warning quotes', () => {
    const scenario = { ...makeReport().result.scenario, name: '# <script>alert(1)</script>' };
    expect(reportMarkdown(makeReport({ scenario })).split('\n')[0]).toBe(
      '# \\# &lt;script\\>alert(1)&lt;/script\\>',
    );
    expect(reportMarkdown(makeReport())).toContain('stays hidden \\| \\*really\\*');
  });

  test('says so when nothing was expected', () => {
    expect(reportMarkdown(makeReport({ expectations: [], invariants: [] }))).toContain(
      'The scenario expects nothing',
    );
  });
});
