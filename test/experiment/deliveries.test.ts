// What is measured of a topic and its subscriptions, through whole scenarios.

import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/experiment/result.js';
import { explainScenario } from '../../src/experiment/explain-scenario.js';
import { Simulation } from '../../src/experiment/run.js';
import { loadText } from '../scenario/fixtures/real.js';

/** A message a second for ten minutes to a topic with a queue, an archive and a webhook that is down for a while. */
function text(lines: readonly string[] = [], more = ''): string {
  return `name: Deliveries
duration: 10m
profile: ideal
traffic:
  shop:
    send: events
    rate: 1/s
    arrivals: constant
    attributes: { kind: { oneOf: [placed, refund] } }
resources:
  events:
    type: sns.topic
    subscriptions:
      shipping: { filterPolicy: { kind: [placed] } }
      archive: {}
      partner: { redrivePolicy: { deadLetterTarget: missed } }
      bank: {}
  shipping: { type: sqs.queue }
  archive: { type: sqs.queue }
  missed: { type: sqs.queue }
  shippers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { shipping: { waitTimeSeconds: 20s } }
    handler: [ work: 100ms ]
  partner: { type: external.http, handler: [ work: 90ms ] }
  bank: { type: external.http, handler: [ work: 20ms, { fail: 100%, status: 404, when: { kind: [refund] } } ] }
faults: [ { at: 2m, for: 3m, on: events -> partner, fail: 100%, status: 503 } ]
${more}
expect: [ ${lines.map((line) => JSON.stringify(line)).join(', ')} ]
`;
}

function run(lines: readonly string[] = [], more = ''): RunReport {
  const simulation = new Simulation(loadText(text(lines, more)));
  while (!simulation.advance(1_000_000));
  return simulation.finish(null);
}

const REPORT = run();
const [{ pusher, links }] = REPORT.pushers;
const [shipping, archive, partner, bank] = links;

test('each link says what became of its messages, and nothing is broken', () => {
  expect(pusher).toBe('events');
  expect(links.map(({ name }) => name)).toEqual(['shipping', 'archive', 'partner', 'bank']);
  for (const { matched, filtered, delivered, deadLettered, lost, underWay } of links) {
    expect(matched + filtered).toBe(600);
    expect(delivered + deadLettered + lost.total + underWay).toBe(matched);
  }
  expect(archive.delivered).toBe(600);
  expect(shipping.filtered).toBeGreaterThan(200);
  expect(partner.deadLettered).toBeGreaterThan(100); // three retries take a minute of three
  expect(partner.retries).toBeGreaterThan(3 * partner.deadLettered - 1);
  expect(partner.attempts).toBe(partner.matched + partner.retries);
  expect(partner.deadLetter).toBe('missed');
  expect(bank.lost.deliveryRefused).toBe(bank.matched - bank.delivered);
  expect(bank.retries).toBe(0);
  expect(REPORT.result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  expect(REPORT.result.invariants.map(({ name, on }) => `${name} ${on}`)).toContain(
    'deliveries events',
  );
});

test('endpoints are consumers with a ledger, runs and a latency; the topic is none', () => {
  const { consumers, ledger, unowed } = REPORT.result;
  expect(Object.keys(consumers)).toEqual(['shippers', 'partner', 'bank']);
  expect(consumers['bank'].ledger.lost.deliveryRefused).toBe(bank.lost.total);
  expect(consumers['partner'].ledger.deadLettered).toBe(partner.deadLettered);
  expect(consumers['partner'].latency.count).toBe(partner.delivered);
  expect(consumers['bank'].failedRuns).toBe(bank.lost.total);
  const owed = Object.values(consumers).map((one) => one.ledger.owed);
  expect(ledger.owed).toBe(owed.reduce((sum, n) => sum + n, 0));
  expect(unowed).toBe(600);
});

describe('measures of a topic and its links', () => {
  const { deliveryRefused } = bank.lost;
  const cases: [line: string, measured: number][] = [
    ['filtered(events -> shipping) > 0', shipping.filtered],
    ['filtered(events) > 0', shipping.filtered],
    ['filtered > 0', shipping.filtered],
    ['filtered(events -> shipping) < 90%', shipping.filtered / 600],
    ['deadLettered(events -> partner) > 0', partner.deadLettered],
    ['deadLettered(events) > 0', partner.deadLettered],
    ['deadLettered > 0', partner.deadLettered],
    ['deadLettered(missed) == 0', 0],
    ['lost(events -> bank) > 0', deliveryRefused],
    ['lost(events) > 0', deliveryRefused],
    ['lost(bank) > 0', deliveryRefused],
    ['lost > 0', deliveryRefused],
    ['lost(events -> bank) < 90%', deliveryRefused / bank.matched],
    ['retries(events -> partner) > 0', partner.retries],
    ['retries(events) > 0', partner.retries],
    ['retries == 0', 0],
    ['failed(events -> partner) > 0', partner.deadLettered],
    ['failed(events) > 0', partner.deadLettered + deliveryRefused],
    ['failed == 0', 0],
    ['processed(events -> archive) == 600', 600],
    ['unfinished(events -> archive) == 0', 0],
    ['requests.Publish(events) == 600', 600],
    ['throttled(events) == 0', 0],
    ['duplicates.deliveryRetry(partner) == 0', 0],
    ['deadLettered(events -> partner) == 0 before 2m', 0],
    ['always lost(events -> bank) < 90%', NaN],
    ['sometimes deadLettered(events -> partner) > 10', NaN],
    ['never filtered(events -> archive) > 0', NaN],
    ['eventually lost > 0', NaN],
  ];
  const { result } = run(cases.map(([line]) => line));
  test.each(cases.map(([line, measured], i) => ({ line, measured, i })))('$line', (one) => {
    const found = result.expectations[one.i];
    expect(found.pass, JSON.stringify(found)).toBe(true);
    if (!Number.isNaN(one.measured)) expect(found.measured).toBeCloseTo(one.measured, 6);
  });
});

test('latency from a topic, and through it', () => {
  const report = run([
    'latency(events -> archive).max == 0s',
    'latency(events -> partner).min == 90ms',
    'latency(events -> shippers).p50 == 100ms',
    'latency(shop -> archive).max == 0s',
    'latency(shop -> shippers).p50 == 100ms',
    'latency(shop -> bank).p10 == 20ms',
    'latency(shop -> bank).max > 1d',
  ]);
  expect(report.result.expectations.filter(({ pass }) => !pass)).toEqual([]);
  const { 'events -> archive': direct, 'shop -> archive': through } = report.links;
  expect([direct.count, direct.unfinished]).toEqual([600, 0]);
  expect([through.count, through.unfinished]).toEqual([600, 0]);
  expect(report.links['events -> shippers'].unfinished).toBe(0); // what was filtered is none of it
});

test('an answer that is lost makes a duplicate with its cause', () => {
  const more = '  - { at: 6m, for: 1m, on: events -> bank, lose: 100% }'.replace('  - ', '');
  const scenario = text().replace('status: 503 } ]', `status: 503 }, ${more} ]`);
  const simulation = new Simulation(loadText(scenario));
  while (!simulation.advance(1_000_000));
  const { result } = simulation.finish(null);
  expect(result.consumers['bank'].duplicates.deliveryRetry).toBeGreaterThan(10);
  expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
});

test('explain tells of each link', () => {
  const { prose } = explainScenario(loadText(text()));
  const told = prose.filter((line) => line.startsWith('events delivers to '));
  expect(told).toHaveLength(4);
  expect(told[0]).toContain('shipping what matches');
  expect(told[1]).toContain('archive all that it accepts');
  expect(told[2]).toMatch(/goes to missed\.$/);
  expect(told[3]).toMatch(/is lost\.$/);
});

test.each([
  ['filtered(archive) > 0', 'archive (sqs.queue)'],
  ['filtered(events -> shippers) > 0', 'events -> shippers'],
  ['lost(events -> missed) > 0', 'events -> missed'],
])('%s is refused', (line, found) => {
  expect(() => loadText(text([line]))).toThrow(found);
});

test('a run goes on for what is on its way to a queue that nobody consumes', () => {
  const cut = text().replace(
    /^faults.*$/m,
    'faults: [ { at: 9m, for: 2m, on: events -> archive, fail: 100% } ]',
  );
  const simulation = new Simulation(loadText(cut));
  while (!simulation.advance(1_000_000));
  const later = simulation.finish(null);
  expect(later.pushers[0].links[1]).toMatchObject({ matched: 600, delivered: 600, underWay: 0 });
  expect(later.result.drained).toBe(true);
  expect(later.result.endSeconds).toBeGreaterThanOrEqual(660);
});
