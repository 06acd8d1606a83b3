// Memory follows what is in flight, never what has passed; a waiting message is cheap with everything switched on.

import { describe, expect, test } from 'vitest';
import { drive, scenarioOf } from './support/simulations.js';

/** A pool like the one of the benchmarks: 350 messages a second, 50 workers with batches of ten, some poison. */
function pool(profile: string, seconds: number): string {
  return `name: pool
profile: ${profile}
duration: ${seconds}s
traffic:
  arrivals: { send: jobs, rate: 350/s }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 30s, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 5 } }
  dead: { type: sqs.queue, messageRetentionPeriod: 60s }
  workers:
    type: autoscaling.group
    minSize: 50
    maxSize: 50
    instanceType: m7g.large
    consumes: { jobs: { batchSize: 10, waitTimeSeconds: 20s } }
    handler: [ work: { dist: exponential, mean: 100ms }, { fail: 1%, per: message } ]
`;
}

describe('memory', () => {
  test('a waiting message costs at most 100 bytes with all observers on', () => {
    const { model } = drive(scenarioOf(pool('typical', 1)));
    const { messages, obligations, copies } = model.world.messages;
    const bytes = [messages, obligations, copies].map((table) => table.bytesPerRow());
    expect(
      bytes.reduce((sum, each) => sum + each, 0),
      bytes.join(' + '),
    ).toBeLessThanOrEqual(100);
  });

  test('so does one that waits in a FIFO queue, in its group', () => {
    const fifo = pool('typical', 1).replaceAll('jobs', 'jobs.fifo').replaceAll('dead', 'dead.fifo');
    const { model } = drive(
      scenarioOf(fifo.replaceAll('dead.fifoLetterTarget', 'deadLetterTarget')),
    );
    const { messages, obligations, copies } = model.world.messages;
    const bytes = [messages, obligations, copies].map((table) => table.bytesPerRow());
    expect(
      bytes.reduce((sum, each) => sum + each, 0),
      bytes.join(' + '),
    ).toBeLessThanOrEqual(100);
  });

  test.each(['ideal', 'typical'])('%s: ten times the messages need no more rows', (profile) => {
    const [short, long] = [60, 600].map((seconds) => {
      const { model, report } = drive(scenarioOf(pool(profile, seconds)));
      const { messages, obligations, copies, deliveries, entries } = model.world.messages;
      const tables = {
        messages,
        obligations,
        copies,
        deliveries,
        entries,
        calls: model.world.calls,
      };
      const rows = Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [name, table.capacity]),
      );
      return { rows, sent: report.result.ledger.owed, bytes: model.world.memoryBytes() };
    });
    expect(long.sent).toBeGreaterThan(9 * short.sent);
    // Failures take two minutes and more to come around, so the short run has not seen all of them yet.
    for (const [name, rows] of Object.entries(long.rows)) {
      expect(rows, name).toBeLessThanOrEqual(Math.max(1024, 4 * short.rows[name]));
    }
    expect(long.bytes).toBeLessThan(4_000_000);
  });

  test('at the end of a drained run all tables are empty', () => {
    const { model, report } = drive(scenarioOf(pool('typical', 30)));
    const { messages, obligations, copies, deliveries, entries } = model.world.messages;
    expect(report.result.drained).toBe(true);
    const dead = report.result.resources['dead'].levels['depth'].end;
    expect([copies.count, obligations.count, messages.count]).toEqual([dead, dead, dead]);
    expect([deliveries.count, entries.count]).toEqual([0, 0]);
  });
});
