// Archives and replays.

import { describe, expect, test } from 'vitest';
import { run, shop } from './rig.js';

const replayed = (replay: string, archive = 'archive: {}', more = ''): string =>
  shop({
    head: 'duration: 10m\ndrain: 2h',
    bus: archive,
    more: `${more}operations: [ { at: 5m, on: events, replay: ${replay} } ]\n`,
  });

test('what the archive holds is handled once more, because of the replay', () => {
  const { result, link, metered } = run(replayed('{}'));
  const { duplicates, redelivered, ledger } = result.consumers['pickers'];
  expect(ledger).toMatchObject({ owed: 600, processed: 600 });
  expect(duplicates.replay).toBe(300);
  expect(redelivered.replay).toBe(300);
  expect(duplicates.total).toBe(300);
  expect(link('events').delivered).toHaveLength(900);
  expect(metered('events', 3)).toBe(300);
  // What is replayed is not archived again.
  expect(metered('events', 2)).toBe(600 * 1024);
});

test('from a time on', () => {
  const at = '{ startingPosition: AT_TIMESTAMP, startingPositionTimestamp: 4m }';
  expect(run(replayed(at)).result.consumers['pickers'].duplicates.replay).toBe(60);
});

test('only what its pattern takes, and what is not too old', () => {
  const other = 'archive: { eventPattern: { source: [ other ] } }';
  expect(run(replayed('{}', other)).link('events').delivered).toHaveLength(600);
});

test('only what has reached the archive', () => {
  const late = 'archive: {}\n    assume: { archiveDelay: 2m }';
  const { duplicates } = run(replayed('{}', late)).result.consumers['pickers'];
  expect(duplicates.replay).toBeGreaterThanOrEqual(180);
  expect(duplicates.replay).toBeLessThanOrEqual(181);
});

test('minute by minute, in no order within, at its own rate', () => {
  const slow = 'archive: {}\n    assume: { replayRate: 10/s }';
  const { link } = run(replayed('{}', slow));
  const again = link('events').dispatched.filter((at) => at !== Math.round(at) || at > 300);
  // 300 events at 10 a second, beside one a second.
  const during = again.filter((at) => at <= 330);
  expect(during.length).toBeGreaterThanOrEqual(327);
  expect(during.length).toBeLessThanOrEqual(331);
});

test('a replay that is under way keeps the run going', () => {
  const slow = 'archive: {}\n    assume: { replayRate: 1/s }';
  const text = replayed('{}', slow).replace('at: 5m', 'at: 9m');
  const { result, link } = run(text);
  expect(result.drained).toBe(true);
  expect(link('events').delivered).toHaveLength(1140);
  expect(result.endSeconds).toBeGreaterThan(1000);
});

test('nothing that is past its retention, also while another replay holds it', () => {
  const slow = 'archive: { retentionDays: 1 }\n    assume: { replayRate: 1/s }';
  const { result } = run(
    shop({
      head: 'duration: 25h\ndrain: 2h',
      traffic: 'rate: 1/m, arrivals: constant',
      bus: slow,
      more: `operations: [ { at: 1435m, on: events, replay: {} }, { at: 1450m, on: events, replay: {} } ]\n`,
    }),
  );
  // The first goes on for 24 minutes. What is of the first ten is too old for the second.
  expect(result.consumers['pickers'].redelivered.replay).toBe(1435 + 1440);
});

describe('dead letters', () => {
  test('events that were lost are made good by a replay', () => {
    const text = shop({
      head: 'duration: 10m\ndrain: 2h',
      bus: 'archive: {}',
      target: 'orders: { retryPolicy: { maximumRetryAttempts: 0 } }',
      more: `faults: [ { at: 1m, for: 1m, on: orders, fail: 100% } ]
operations: [ { at: 5m, on: events, replay: {} } ]
`,
    });
    const { result } = run(text);
    expect(result.ledger.lost.total).toBe(0);
    expect(result.ledger).toMatchObject({ owed: 600, processed: 600 });
    const without = run(text.replace(/operations: .*/, '')).result;
    expect(without.ledger.lost).toMatchObject({ total: 60, deliveryExhausted: 60 });
  });
});

test('without a replay the archive only counts', () => {
  const { metered, result } = run(shop({ bus: 'archive: { retentionDays: 7 }' }));
  expect(metered('events', 2)).toBe(10 * 1024);
  const line = result.cost.lines.find(({ item }) => item === 'Archive (processing)');
  expect(line).toMatchObject({ unit: 'GB', unitPriceUsd: '0.1' });
});
