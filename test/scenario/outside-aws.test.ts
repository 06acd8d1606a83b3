// A topic and its subscribers outside AWS, from file to result: who they are in results, what they count and cost.

import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/core.js';
import { simulate } from '../../src/index.js';
import { errorsIn, loadText } from './fixtures/real.js';

const text = (resources: string, more = '', bytes = '140B'): string => `name: Announced
duration: 100s
drain: 2h
profile: ideal
traffic: { shop: { send: news, rate: 1/s, arrivals: constant, size: ${bytes} } }
resources:
${resources}
${more}
`;

const run = (resources: string, more = ''): RunResult => simulate(loadText(text(resources, more)));

/** What a resource is billed in the window, by item. */
const billed = ({ cost }: RunResult, resource = 'news'): Record<string, string> => {
  const lines = cost.lines.filter((one) => one.period === 'window' && one.resource === resource);
  return Object.fromEntries(
    lines.map(({ item, quantity, amountUsd }) => [item, `${quantity} ${amountUsd}`]),
  );
};

const MANY = `  news: { type: sns.topic, subscriptions: { letters: {}, texts: {}, apps: {}, partner: {} } }
  letters: { type: external.email, subscribers: 3 }
  texts: { type: external.sms, smsType: Transactional, subscribers: 2, assume: { partPrice: 0.01 USD } }
  apps: { type: external.push, subscribers: 2000000 }
  partner: { type: external.http, subscribers: 5, handler: [ work: 90ms ] }`;

describe('one message a second to four kinds of subscribers', () => {
  const result = run(MANY, 'quotas: { sns: { smsMonthlySpendUsd: 100 } }');
  const { consumers } = result;

  test('each is a consumer, and counts as its subscribers', () => {
    expect(Object.keys(consumers)).toEqual(['letters', 'texts', 'apps', 'partner']);
    const owed = Object.values(consumers).map(({ ledger }) => ledger.owed);
    expect(owed).toEqual([300, 200, 200_000_000, 500]);
    for (const { ledger, runs, latency } of Object.values(consumers)) {
      expect(ledger.processed).toBe(ledger.owed);
      expect(runs).toBe(ledger.owed);
      expect(latency.count).toBe(100);
    }
    expect(consumers['partner'].latency.maxSeconds).toBeCloseTo(0.09, 3);
    expect(result.ledger.owed).toBe(200_001_000);
    expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });

  test('the topic pays for all of them', () => {
    expect(billed(result)).toEqual({
      'Requests (publish)': '100 0.00005',
      'Deliveries (HTTP/S) to partner': '500 0.0003',
      'Deliveries (e-mail) to letters': '300 0.006',
      'Deliveries (mobile push) to apps': '200000000 100',
      'Deliveries (SMS) to texts': '200 2',
    });
  });
});

test('an account that may spend a dollar on SMS: what comes after is lost', () => {
  const result =
    run(`  news: { type: sns.topic, subscriptions: { texts: { redrivePolicy: { deadLetterTarget: unsent } } } }
  texts: { type: external.sms, assume: { partPrice: 0.05 USD } }
  unsent: { type: sqs.queue }`);
  const { ledger } = result.consumers['texts'];
  expect(ledger).toMatchObject({ owed: 100, processed: 20, deadLettered: 80 });
  expect(result.resources['unsent'].levels['depth'].end).toBe(80);
  expect(billed(result)['Deliveries (SMS) to texts']).toBe('20 1');
});

test('a list that is too long for 10 e-mails a second falls behind, and loses nothing', () => {
  const result = run(`  news: { type: sns.topic, subscriptions: { letters: {} } }
  letters: { type: external.email, subscribers: 400 }`);
  const { ledger, latency } = result.consumers['letters'];
  expect(ledger).toMatchObject({ owed: 40_000, processed: 40_000 });
  expect(latency.minSeconds).toBeGreaterThan(38);
  expect(latency.maxSeconds).toBeGreaterThan(3_800);
});

test('faults on them happen to deliveries: what is passing is tried again, what is for good is lost', () => {
  const result = run(
    `  news: { type: sns.topic, subscriptions: { letters: {} } }
  letters: { type: external.email }`,
    `faults:
  - { at: 10s, for: 10s, on: letters, fail: 100% }
  - { at: 50s, for: 10s, on: letters, fail: 100%, status: 400 }`,
  );
  expect(result.consumers['letters'].ledger).toMatchObject({ owed: 100, processed: 90 });
  expect(result.consumers['letters'].ledger.lost.deliveryRefused).toBe(10);
});

describe('mistakes', () => {
  const letters = (body: string): string[] =>
    errorsIn(
      text(`  news: { type: sns.topic, subscriptions: { letters: {} } }
  letters: { type: external.email${body} }`),
    );

  test.each([
    [', subscribers: 0', 'subscribers is 0; allowed: a whole number 1..12500000'],
    [', handler: []', 'unknown key handler'],
    [', smsType: Promotional', 'unknown key smsType'],
  ])('%s', (body, line) => {
    expect(letters(body).join('\n')).toContain(line);
  });

  test('nobody can send to a mailbox without a topic, or slow it down five times', () => {
    expect(letters('').join('\n')).toBe('');
    const base = text(`  news: { type: sns.topic, subscriptions: { letters: {} } }
  letters: { type: external.email }`);
    expect(errorsIn(base.replace('send: news', 'send: letters')).join('\n')).toContain(
      'letters is of type external.email',
    );
    const slow = `${base}\nfaults: [ { at: 1s, on: letters, slow: 5x } ]`;
    expect(errorsIn(slow).join('\n')).toContain('take no time');
    expect(errorsIn(slow.replace('5x', '2s'))).toEqual([]);
  });
});
