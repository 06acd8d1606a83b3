// What is particular to a queue that is polled and hides what it hands out: vacations, retries, redeliveries.

import { describe, expect, test, vi } from 'vitest';
import { expectTheory } from '../support/confidence.js';
import { figure } from './closed-forms.js';
import { meanSojourn, runs } from './stations.js';

// Long enough for a busy machine; a quiet one needs a tenth.
vi.setConfig({ testTimeout: 240_000 });

describe('polling', () => {
  test('a server that sleeps 20 s when it finds nothing (M/M/1 with vacations)', () => {
    const station = {
      traffic: 'rate: 0.2/s',
      servers: 1,
      handler: 'work: { dist: exponential, mean: 1s }',
      seconds: 60_000,
      consumes: 'waitTimeSeconds: 0s, idleTimeBetweenReads: 20s',
    };
    expectTheory(
      runs(station, 20).map(meanSojourn),
      figure('vacation-det20-rho0.2', 'meanSojourn'),
    );
  });

  test('a poll every 5 s that reads everything: 2.5 s on average, 5 s at most', () => {
    const station = {
      traffic: 'rate: 50/s',
      servers: 1,
      handler: '',
      seconds: 1_000,
      consumes: 'batchSize: 10, waitTimeSeconds: 0s, idleTimeBetweenReads: 5s',
    };
    const results = runs(station, 10);
    expectTheory(results.map(meanSojourn), figure('poll-uniform-5', 'meanDelayToRead'));
    for (const result of results) {
      const { maxSeconds, p90Seconds } = result.consumers['servers'].latency;
      expect(Number(maxSeconds)).toBeLessThanOrEqual(figure('poll-uniform-5', 'maxDelay'));
      expect(Math.abs(Number(p90Seconds) - figure('poll-uniform-5', 'delayP90'))).toBeLessThan(
        0.05,
      );
    }
  });
});

const DEAD_LETTERS = '  dead: { type: sqs.queue, messageRetentionPeriod: 14d }\n';
const UNLIMITED = 'concurrency: 300, waitTimeSeconds: 20s';

describe('independent failures, dead letters after n receives', () => {
  test('receives per message', () => {
    const queue =
      'visibilityTimeout: 1s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 }';
    const station = {
      traffic: 'rate: 20/s',
      servers: 1,
      handler: 'fail: 10%',
      seconds: 1_000,
      consumes: UNLIMITED,
      queue,
      more: DEAD_LETTERS,
    };
    const receives = runs(station, 10).map(
      ({ consumers, ledger }) => consumers['servers'].runs / ledger.owed,
    );
    expectTheory(receives, figure('retry-dlq-p0.1-n3', 'meanReceivesPerMessage'));
  });

  test('the share of dead letters is p^n', () => {
    const queue =
      'visibilityTimeout: 1s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 }';
    const station = {
      traffic: 'rate: 20/s',
      servers: 1,
      handler: 'fail: 50%',
      seconds: 1_000,
      consumes: UNLIMITED,
      queue,
      more: DEAD_LETTERS,
    };
    const results = runs(station, 15);
    expectTheory(
      results.map(({ ledger }) => ledger.deadLettered / ledger.owed),
      0.125,
    );
    for (const { ledger } of results)
      expect(ledger.processed + ledger.deadLettered).toBe(ledger.owed);
  });

  test('each failure costs one visibility timeout', () => {
    const queue =
      'visibilityTimeout: 30s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 5 }';
    const station = {
      traffic: 'rate: 20/s',
      servers: 1,
      handler: 'work: 1s, fail: 20%',
      seconds: 1_000,
      consumes: UNLIMITED,
      queue,
      more: DEAD_LETTERS,
    };
    expectTheory(
      runs(station, 12).map(meanSojourn),
      figure('retry-visibility-p0.2-V30', 'meanSojournOfSuccessful'),
    );
  });
});

describe('service longer than the visibility timeout', () => {
  const queue = 'visibilityTimeout: 30s, assume: { staleDelete: deletes }';

  test('always: two deliveries of each, done after 45 s', () => {
    const station = {
      traffic: 'rate: 1/s',
      servers: 1,
      handler: 'work: 45s',
      seconds: 1_000,
      consumes: UNLIMITED,
      queue,
    };
    const [{ consumers, ledger }] = runs(station, 1);
    const { runs: begun, duplicates, latency } = consumers['servers'];
    expect(begun / ledger.owed).toBe(figure('dup-det-S45-V30', 'deliveriesPerMessage'));
    expect(latency).toMatchObject({ minSeconds: 45, maxSeconds: 45 });
    expect(duplicates).toMatchObject({ total: ledger.owed, visibilityTimeout: ledger.owed });
  });

  test('sometimes: deliveries per message', () => {
    const handler = 'work: { dist: exponential, mean: 30s }';
    const station = {
      traffic: 'rate: 3/s',
      servers: 1,
      handler,
      seconds: 4_000,
      consumes: 'concurrency: 1000, waitTimeSeconds: 20s',
      queue,
    };
    const deliveries = runs(station, 15).map(
      ({ consumers, ledger }) => consumers['servers'].runs / ledger.owed,
    );
    expectTheory(deliveries, figure('dup-exp-S30-V30', 'meanDeliveriesPerMessage'));
  });
});
