// What reports tell of those that deliver by themselves: the section, the file, the lines of the terminal.

import { describe, expect, test } from 'vitest';
import type { LinkResult, PusherResult } from '../../src/experiment/push-types.js';
import type { RunReport } from '../../src/experiment/result.js';
import { OUR_FILES, PUSH_FILES, reportFiles } from '../../src/report/files.js';
import { pushFiles } from '../../src/report/push-csv.js';
import { pushSections } from '../../src/report/push-section.js';
import { pushTexts } from '../../src/report/sections.js';
import { LATENCY, losses, makeReport, NOTHING } from './fixture.js';

const FINE: LinkResult = {
  name: 'shipping',
  target: 'shipping',
  deadLetter: null,
  matched: 1_000,
  filtered: 20,
  attempts: 1_000,
  retries: 0,
  failedAttempts: 0,
  delivered: 1_000,
  deadLettered: 0,
  lost: losses(),
  underWay: 0,
  costUsd: '0.5',
  latency: { ...LATENCY, unfinished: 0, maxSeconds: 70 },
};
const BAD: LinkResult = {
  ...FINE,
  name: 'rule/partner',
  target: 'partner',
  deadLetter: 'missed',
  attempts: 1_400,
  retries: 400,
  failedAttempts: 500,
  delivered: 900,
  deadLettered: 60,
  lost: losses({ deliveryExhausted: 30, deliveryRefused: 7 }),
  underWay: 3,
  latency: LATENCY,
};

function report(...links: LinkResult[]): RunReport {
  const pushers: PusherResult[] = [{ pusher: 'events', links }];
  return { ...makeReport(), pushers };
}

describe('report.md', () => {
  test('a row for each link, then what became of what was not delivered', () => {
    const [lines] = pushSections(report(FINE, BAD));
    expect(lines[0]).toBe('## Deliveries of `events`');
    expect(lines).toContain(
      '| `shipping` | 1,000 | 20 | 1,000 | 1,000 | 0 | 0 | 0 | 0 | 0.50 USD | 100 ms | 30.0 s | 70.0 s |',
    );
    expect(lines).toContain(
      '| `rule/partner` → `partner` | 1,000 | 20 | 900 | 1,400 | 400 | 60 | 37 | 3 ' +
        '| 0.50 USD | 100 ms | 30.0 s | inf |',
    );
    expect(lines).toContain(
      '- `rule/partner` → `partner`: lost by deliveryExhausted 30, deliveryRefused 7.',
    );
    expect(lines).toContain('- `rule/partner` → `partner`: 60 went to `missed`.');
    expect(lines.at(-1)).toMatch(/^inf: /);
  });

  test('of a pusher without links, that there are none', () => {
    expect(pushSections(report())[0].at(-1)).toMatch(/^Nobody is subscribed/);
  });

  test('of very many links, the first', () => {
    const many = Array.from({ length: 41 }, () => FINE);
    expect(pushSections(report(...many))[0].at(-1)).toBe('… and 1 more in `deliveries.csv`.');
  });

  test('nothing where nothing pushes', () => {
    expect(pushSections(makeReport())).toEqual([]);
    expect(reportFiles(makeReport()).get('report.md')).not.toContain('Deliveries of');
    expect(reportFiles(report(FINE)).get('report.md')).toContain('## Deliveries of `events`');
  });
});

describe('deliveries.csv', () => {
  test('is there only where something pushes', () => {
    expect([...pushFiles(makeReport()).keys()]).toEqual([]);
    expect([...pushFiles(report(FINE)).keys()]).toEqual([...PUSH_FILES]);
    expect(OUR_FILES).toEqual(expect.arrayContaining([...PUSH_FILES]));
  });

  test('has a row for each link', () => {
    const latency = { ...NOTHING, count: 1, meanSeconds: 0.5, p50Seconds: 0.5, p99Seconds: 'inf' };
    const files = pushFiles(report(FINE, { ...BAD, latency } as LinkResult));
    const [header, first, second] = files.get('deliveries.csv')!.split('\n');
    expect(header).toBe(
      'pusher,link,target,dead_letter,matched,filtered,attempts,retries,failed_attempts,delivered,' +
        'dead_lettered,lost,delivery_exhausted,delivery_refused,under_way,cost_usd,' +
        'mean_s,min_s,p50_s,p90_s,p95_s,p99_s,p999_s,max_s',
    );
    expect(first).toMatch(
      /^events,shipping,shipping,,1000,20,1000,0,0,1000,0,0,0,0,0,0\.5,4\.123457,/,
    );
    expect(second).toBe(
      'events,rule/partner,partner,missed,1000,20,1400,400,500,900,60,37,30,7,3,0.5,0.5,,0.5,,,inf,,',
    );
  });
});

test('the terminal tells of links, those with trouble first', () => {
  expect(pushTexts(report(FINE, BAD))).toEqual([
    'events -> rule/partner: 900 of 1,000 delivered, 400 retries, 60 dead-lettered, 37 lost, 3 under way',
    'events -> shipping: 1,000 of 1,000 delivered',
  ]);
});
