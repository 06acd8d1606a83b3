import { describe, expect, test } from 'vitest';
import { code, markdownTable, markdownText } from '../../src/report/markdown-text.js';
import { reportMarkdown } from '../../src/report/markdown.js';
import { ASIDES, losses, makeReport } from './fixture.js';

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

  test('tells of producers that tried again, and of nothing where none did', () => {
    const text = reportMarkdown(makeReport());
    expect(text).toContain(
      '| traffic | sent | accepted | given up | retries | calls throttled |\n' +
        '| --- | ---: | ---: | ---: | ---: | ---: |\n' +
        '| `shoppers` | 138,000 | 138,000 | 0 | 10 | 0 |\n',
    );
    const { shoppers } = makeReport().result.traffic;
    const calm = { ...shoppers, attempts: shoppers.sent };
    expect(reportMarkdown(makeReport({ traffic: { shoppers: calm } }))).not.toContain('Producers');
    const throttled = { ...calm, throttled: 1 };
    expect(reportMarkdown(makeReport({ traffic: { throttled } }))).toContain('Producers');
  });

  test('tells what else happened, where it happened', () => {
    const text = reportMarkdown({ ...makeReport(), asides: ASIDES });
    expect(text).toContain('\n\n- `orders`: 1 message redriven\n- `orders`: 1,234 sends taken');
    expect(text).toContain('- `orders`: 2 calls to KMS for a data key\n\n## Cost');
    expect(text).toContain(
      '\n\n- `workers`: 5 runs skipped, since the message had been seen before',
    );
  });

  test('says that nothing is owed of traffic that is answered directly', () => {
    const { ledger, traffic } = makeReport().result;
    const none = { owed: 0, processed: 0, deadLettered: 0, expired: 0, unfinished: 0 };
    const shops = { ...traffic['shoppers'], sent: 4, failed: 1 };
    const report = makeReport({
      ledger: { ...ledger, ...none, lost: losses() },
      traffic: { shops },
    });
    expect(reportMarkdown({ ...report, direct: ['shops'] })).toContain(
      'Nothing is owed.\n\n- shops is answered directly; 1 of 4 was refused for good (25.0 %).\n',
    );
    expect(reportMarkdown({ ...makeReport({ traffic: { shops } }), direct: ['shops'] })).toContain(
      'owed to nobody.\n\n- shops is answered directly; 1 of 4 was',
    );
  });

  test('lists what happens beside the traffic, and nothing where nothing does', () => {
    expect(reportMarkdown(makeReport())).not.toContain('What happens when');
    const happenings = ['At 10m, 2 of workers crash for good.', 'At each time of 45 9 * * *, x.'];
    expect(reportMarkdown({ ...makeReport(), happenings })).toContain(
      '## What happens when\n\n- At 10m, 2 of workers crash for good.\n' +
        '- At each time of 45 9 \\* \\* \\*, x.\n\n## Over time',
    );
  });

  test('says so when nothing was expected', () => {
    expect(reportMarkdown(makeReport({ expectations: [], invariants: [] }))).toContain(
      'The scenario expects nothing',
    );
  });
});
