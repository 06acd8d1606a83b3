// Subscriptions that come, go and change by the operation `set`: through whole scenarios.

import { describe, expect, test } from 'vitest';
import { Simulation } from '../../src/experiment/run.js';
import type { RunReport } from '../../src/experiment/result.js';
import { errorsIn, loadText, warningsIn } from '../scenario/fixtures/real.js';

/** A message a second for four minutes; the partner refuses all. */
function text(...operations: readonly string[]): string {
  return `name: Subscriptions
duration: 4m
profile: ideal
traffic:
  shop: { send: events, rate: 1/s, arrivals: constant, attributes: { kind: { oneOf: [placed, refund] } } }
resources:
  events:
    type: sns.topic
    subscriptions:
      partner: { filterPolicy: { kind: [placed] }, redrivePolicy: { deadLetterTarget: missed } }
      audit: {}
  missed: { type: sqs.queue }
  late: { type: sqs.queue }
  partner: { type: external.http, handler: [ { fail: 100%, status: 404 } ] }
  audit: { type: external.http, handler: [] }
  archive: { type: external.http, handler: [] }
operations: [ ${operations.join(', ')} ]
`;
}

const set = (at: string, subscriptions: string): string =>
  `{ at: ${at}, on: events, set: { subscriptions: ${subscriptions} } }`;

type Links = RunReport['pushers'][number]['links'];

const linksOf = (...operations: readonly string[]): Links => linksIn(text(...operations));

function linksIn(scenario: string): Links {
  const simulation = new Simulation(loadText(scenario));
  while (!simulation.advance(1_000_000));
  const report = simulation.finish(null);
  expect(report.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  return report.pushers[0].links;
}

describe('a changed subscription', () => {
  test('keeps what the operation does not say', () => {
    const [partner] = linksOf(set('2m', '{ partner: { filterPolicy: { kind: [refund] } } }'));
    expect(partner.matched).toBeGreaterThan(60);
    expect(partner.deadLettered).toBe(partner.matched);
    expect(partner.lost.total).toBe(0);
  });

  test('a filter policy is replaced whole, and null takes it away', () => {
    const [partner] = linksOf(set('2m', '{ partner: { filterPolicy: { other: [x] } } }'));
    expect(partner.matched).toBeLessThan(120);
    const [open] = linksOf(set('0s', '{ partner: { filterPolicy: null } }'));
    expect(open.matched).toBe(240);
  });

  test('others keep their turns', () => {
    const throttled =
      'audit: { deliveryPolicy: { throttlePolicy: { maxReceivesPerSecond: 1/s } } }';
    const slow = (...operations: readonly string[]): number =>
      linksIn(
        text(...operations)
          .replace('audit: {}', throttled)
          .replace('rate: 1/s', 'rate: 2/s'),
      )[1].latency.maxSeconds as number;
    const other = (at: string, kind: string): string =>
      set(at, `{ partner: { filterPolicy: { kind: [${kind}] } } }`);
    expect(slow(other('1m', 'refund'), other('2m', 'placed'), other('3m', 'refund'))).toBe(slow());
    expect(slow()).toBeGreaterThan(200);
  });

  test('null that removes nothing is told', () => {
    const found = errorsIn(text(set('2m', '{ audit: { filterPolicy: null } }')));
    expect(found[0]).toContain('never-happens: filterPolicy: null removes nothing');
  });
});

describe('a subscription that comes later', () => {
  const late = '{ late: { redrivePolicy: { deadLetterTarget: missed } }, archive: {} }';

  test('stands in the report, its subscriber among the consumers', () => {
    const links = linksOf(
      set('3m', '{ audit: {} }'), // in order of time, not of the file
      set('1m', late),
      set('2m', '{ audit: null }'),
    );
    expect(links.map(({ name, delivered }) => `${name} ${delivered}`)).toEqual([
      'partner 0',
      'audit 120',
      'late 180',
      'archive 180',
      'audit 60',
    ]);
    expect(links[2].deadLetter).toBe('missed');
  });

  test('its queue is sent to', () => {
    expect(warningsIn(text())).toContain('nobody-sends resources.late');
    expect(warningsIn(text(set('1m', late)))).not.toContain('nobody-sends resources.late');
  });
});

test('a reference of the wrong kind names each allowed type once', () => {
  const bus =
    '  bus: { type: eventbridge.bus, rules: { r: { eventPattern: { source: [x] }, targets: { mails: {} } } } }';
  const mails = '  mails: { type: external.email }';
  const found = errorsIn(text().replace('operations:', `${bus}\n${mails}\noperations:`));
  expect(found[0].match(/lambda\.function/g)).toHaveLength(1);
});
