import { expect, test } from 'vitest';
import { EXPLANATION_SCHEMA } from '../../src/experiment/explain.js';
import type { Explanation } from '../../src/experiment/explain.js';
import { explanationText } from '../../src/report/explain-text.js';

const EXPLANATION: Explanation = {
  schema: EXPLANATION_SCHEMA,
  title: 'Flash sale',
  file: 'flash-sale.yaml',
  description: 'A two-minute rush of orders meets a queue.',
  seed: '42',
  profile: 'typical',
  region: 'us-east-1',
  prose: [
    'For 10m shoppers send 50 messages a second to orders, then over 2m the rate rises to ' +
      '2,000 a second, and for 18m it is 50 a second again.',
    'At 12m 30 % of workers crash.',
  ],
  settings: [
    {
      name: 'orders',
      type: 'sqs.queue',
      settings: [
        { path: 'visibilityTimeout', value: '30s', origin: 'scenario' },
        { path: 'delaySeconds', value: '0s', origin: 'default' },
      ],
    },
  ],
  assumptions: [
    {
      path: 'resources.orders.assume.apiLatency',
      value: '{ p50: 8ms, p99: 60ms }',
      origin: 'profile',
      doc: 'How long one call takes.',
      source: 'measurements of 2024, reference page',
    },
    {
      path: 'resources.orders.assume.duplicateOnReceive',
      value: '0.01%',
      origin: 'scenario',
      doc: 'How often a received message stays visible.',
      source: 'our guess',
    },
  ],
  quotas: [
    {
      path: 'quotas.sqs.inFlight',
      value: '120000',
      origin: 'default',
      doc: 'Messages in flight at a time, per queue.',
      source: 'a page',
    },
  ],
  warnings: [],
};

test('an explanation is frozen: its bytes change only on purpose', () => {
  expect(explanationText(EXPLANATION)).toMatchInlineSnapshot(`
    "Flash sale
    flash-sale.yaml, seed 42, profile typical, us-east-1

    A two-minute rush of orders meets a queue.

    What will happen
      For 10m shoppers send 50 messages a second to orders, then over 2m the rate rises to 2,000 a
      second, and for 18m it is 50 a second again.
      At 12m 30 % of workers crash.

    orders sqs.queue
      visibilityTimeout  30s
      delaySeconds       0s (default)

    Assumptions in force
      resources.orders.assume.apiLatency = { p50: 8ms, p99: 60ms } (profile)
          How long one call takes. Source: measurements of 2024, reference page
      resources.orders.assume.duplicateOnReceive = 0.01%
          How often a received message stays visible. Source: our guess

    Account limits in force
      quotas.sqs.inFlight = 120000 (default)
          Messages in flight at a time, per queue. Source: a page

    Settings marked "default" are AWS's own defaults. Assumptions stand for what AWS does not publish;
    a scenario overrides each under \`assume:\`, for one resource or, at the top, for a whole type.
    "
  `);
});

test('an explanation keeps to 100 columns and lets no control character through', () => {
  const text = explanationText({
    ...EXPLANATION,
    title: 'a\u001b[31mb\nc',
    prose: ['word '.repeat(60).trim()],
  });
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  expect(text.startsWith('a[31mb c\n')).toBe(true);
});
