import { describe, expect, test } from 'vitest';
import { PLAIN, terminalSummary } from '../../src/report/terminal.js';
import { ASIDES, losses, makeReport, NOTHING } from './fixture.js';

const summary = (change: Parameters<typeof makeReport>[0] = {}): string[] =>
  terminalSummary(makeReport(change), 'reports/flash-sale', PLAIN).split('\n');

describe('the terminal summary', () => {
  test('is frozen: its bytes change only on purpose', () => {
    expect(terminalSummary(makeReport(), 'reports/flash-sale', PLAIN)).toMatchSnapshot();
  });

  test('begins with a verdict per expectation and broken invariant', () => {
    expect(summary().slice(0, 8)).toEqual([
      'PASS latency(shoppers).p99 < 30s (29.970 s)',
      'FAIL lost == 0 (5)',
      'PASS cost.perMonth < 900 USD (812.22 USD)',
      'FAIL latency(videos).p50 < 1s (nothing to measure)',
      'FAIL latency(shoppers).max < 1h (inf)',
      'PASS invariant fifo-order(audit.fifo), allowed (2 violations)',
      'FAIL invariant visibility(orders) (1 violation)',
      '',
    ]);
  });

  test('ends with the fingerprint and the folder', () => {
    expect(summary().slice(-3)).toEqual([
      'fingerprint: 0123456789abcdef',
      'reports: reports/flash-sale',
      '',
    ]);
  });

  test('says of what was neither lost nor processed that it is not lost, but not that all is well', () => {
    const deliveries = (change: object): string[] => {
      const lines = summary({
        ledger: { ...makeReport().result.ledger, lost: losses({}), ...change },
      });
      return lines.filter((line) => / lost/u.test(line) && !/PASS|FAIL/u.test(line));
    };
    expect(deliveries({ expired: 2, unfinished: 10 })).toEqual([
      '  0 lost, but 12 expired or unfinished',
    ]);
    expect(deliveries({ expired: 0, unfinished: 0 })).toEqual(['  none lost']);
  });

  test('of traffic that is answered directly nothing is owed, and what was refused is told', () => {
    const { ledger, traffic } = makeReport().result;
    const none = { owed: 0, processed: 0, deadLettered: 0, expired: 0, unfinished: 0 };
    const shops = { ...traffic['shoppers'], sent: 510_268, failed: 173_537 };
    const change = {
      ledger: { ...ledger, ...none, lost: losses() },
      traffic: { shops },
      unowed: 0,
    };
    const text = (of: typeof change): string =>
      terminalSummary({ ...makeReport(of), direct: ['shops'] }, 'r', PLAIN);
    expect(text(change)).toContain(
      '\n  nothing is owed: shops is answered directly; 173,537 of 510,268 were refused for good (34.0 %)\n',
    );
    expect(text(change)).not.toContain('none lost');
    const both = text({ ...change, ledger, traffic: { shops: { ...shops, failed: 0 } } });
    expect(both).toContain('138,000 owed');
    expect(both).toContain('\n  shops is answered directly; nothing was refused for good\n');
  });

  test('says what inf is, where there is one', () => {
    expect(summary()).toContain('  inf: falls among those that were never done (or not answered)');
    expect(summary({ traffic: {}, consumers: {} }).join('\n')).not.toContain('inf:');
  });

  test('says INCOMPLETE first when the run was stopped', () => {
    const [first] = summary({ complete: false, stoppedBy: 'maxEvents', drained: false });
    expect(first).toMatch(
      /^INCOMPLETE: stopped by the limit of events \(--max-events\) after 1,234,567 events, at 32m 10s/u,
    );
    expect(summary({ complete: false, stoppedBy: 'interrupt' })[0]).toContain('Ctrl-C');
    expect(summary({ complete: false, stoppedBy: 'maxMemory' })[0]).toContain('--max-memory');
  });

  test('keeps to 100 columns', () => {
    for (const line of summary()) expect([...line].length).toBeLessThanOrEqual(100);
  });

  test('tells of retries and throttles, and what else happened', () => {
    const { shoppers } = makeReport().result.traffic;
    const traffic = { shoppers: { ...shoppers, throttled: 7, failed: 2 } };
    const text = terminalSummary({ ...makeReport({ traffic }), asides: ASIDES }, 'r', PLAIN);
    expect(text).toContain('  shoppers: 10 retries, 7 calls throttled, 2 messages given up\n');
    expect(text).toContain('  orders: 1 message redriven\n');
    expect(text).toContain('  workers: 5 runs skipped, since the message had been seen before\n');
  });

  test('says so when nothing was lost or doubled, and shows no empty tables', () => {
    const { workers } = makeReport().result.consumers;
    const text = summary({
      expectations: [],
      invariants: [],
      traffic: {},
      unowed: 0,
      consumers: {
        workers: {
          ...workers,
          latency: NOTHING,
          duplicates: makeReport().result.consumers['audit-log'].duplicates,
          redelivered: makeReport().result.consumers['audit-log'].redelivered,
        },
      },
    }).join('\n');
    expect(text).toContain('no duplicates, no redeliveries');
    expect(text).not.toContain('Latency');
    expect(text.startsWith('Flash sale\n')).toBe(true);
  });

  test('dresses words only through the style it is given', () => {
    const mark = (text: string): string => `<${text}>`;
    const dressed = terminalSummary(makeReport(), 'r', {
      good: mark,
      bad: mark,
      heading: mark,
      quiet: mark,
    });
    expect(dressed.startsWith('<PASS> latency')).toBe(true);
    expect(dressed.replaceAll(/<(PASS|FAIL)>/gu, '$1').replaceAll(/^<(.*)>$/gmu, '$1')).toBe(
      terminalSummary(makeReport(), 'r', PLAIN),
    );
  });

  test('lets no control character of a scenario through', () => {
    const name = 'evil\u001b[31m\u0007\r\nFAIL lost == 0 (1)\u202e\u0000';
    const scenario = { ...makeReport().result.scenario, name };
    const expectations = [
      { text: `lost == 0\u001b[2J\n`, pass: true, measured: 0, unit: 'count' as const },
    ];
    const text = summary({ scenario, expectations }).join('\n');
    // oxlint-disable-next-line no-control-regex -- that none is there is the point
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
    expect(text).toContain('\nevil[31m FAIL lost == 0 (1)\n');
  });
});
