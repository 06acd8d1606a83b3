// A program that writes to a database: connections of its process, refusals, retries, order.

import { describe, expect, test } from 'vitest';
import { retryOptions } from '../../../src/components/client/retry.js';
import { DatabaseOperation } from '../../../src/components/database-port.js';
import { Cause, RunEnd } from '../../../src/components/facts.js';
import type { CallOptions } from '../../../src/components/program/errands.js';
import type { QueueSource } from '../../../src/components/program/options.js';
import { Database } from '../../../src/components/rds/database.js';
import type { DatabaseOptions } from '../../../src/components/rds/options.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { Verb } from '../../../src/components/program/steps.js';
import type { World } from '../../../src/components/world.js';
import { MAILER as LEDGER, Rig } from '../program/rig.js';
import { NO_CLIENT } from '../programs.js';
import { constant } from './caller.js';

const write = (options: Partial<CallOptions> = {}): StepOptions => {
  const statement = DatabaseOperation.Write;
  const how = { target: LEDGER, count: 1, client: NO_CLIENT, ignoresErrors: false };
  return {
    verb: Verb.Call,
    call: { statement, ...how, ...options },
    chance: 1,
    perMessage: false,
  };
};

interface Setup {
  readonly step?: StepOptions;
  readonly database?: Partial<DatabaseOptions>;
  readonly source?: Partial<QueueSource>;
}

function rigOf({ step = write(), database = {}, source = {} }: Setup) {
  const open: number[] = [];
  const build = (world: World): void => {
    world.facts.connections = (_resource, count) => void open.push(count);
    databaseOf(world, database);
  };
  return { rig: new Rig([step], { build, source }), open };
}

function databaseOf(world: World, options: Partial<DatabaseOptions>): Database {
  return new Database(world, LEDGER, {
    name: 'ledger',
    maxConnections: 100,
    parallelism: 1,
    writeTime: constant(1),
    readTime: constant(1),
    connect: null,
    failover: constant(60),
    ...options,
  });
}

describe('connections', () => {
  test('a loop uses the one that it has opened', () => {
    const { rig, open } = rigOf({ database: { connect: constant(0.5) } });
    rig.put(3).start().to(20);
    expect(rig.story.of('ok')).toEqual(['1.5 0 ok', '2.5 1 ok', '3.5 2 ok']);
    expect(open).toEqual([1]);
    expect(rig.isClean()).toBe(true);
  });

  test('each loop of a process needs one', () => {
    const { rig, open } = rigOf({ source: { concurrency: 3, batchSize: 1 } });
    rig.put(6).start().to(20);
    expect(open).toEqual([1, 2, 3]);
  });

  test('count: one statement after the other, in the same one', () => {
    const { rig, open } = rigOf({ step: write({ count: 3 }) });
    rig.put(1).start().to(20);
    expect(rig.story.of('ok')).toEqual(['3 0 ok']);
    expect(open).toEqual([1]);
  });

  test('a process that ends closes them: idle ones at once, the others when their statements are over', () => {
    const { rig, open } = rigOf({ source: { concurrency: 2, batchSize: 1 } });
    rig.put(2).start().to(1.5); // one is through, one is being executed
    rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
    rig.to(1.75);
    expect(open).toEqual([1, 2, 1]);
    rig.to(20);
    expect(open).toEqual([1, 2, 1, 0]);
  });

  test('a program that is told to stop closes them when it is through', () => {
    const { rig, open } = rigOf({});
    rig.put(1).start().to(0.5);
    rig.program.stop(rig.worker);
    rig.to(60);
    expect(rig.story.of('ok')).toEqual(['1 0 ok']);
    expect(open).toEqual([1, 0]);
  });
});

describe('a statement that is refused', () => {
  const crowded = {
    database: { maxConnections: 1 },
    source: { concurrency: 2, batchSize: 1 },
  };

  test('fails the run: the message comes back after its timeout', () => {
    const { rig } = rigOf({ ...crowded });
    rig.put(2).start().to(0.5);
    expect(rig.story.of('failed')).toHaveLength(1);
    rig.to(200);
    expect(rig.story.of('ok')).toHaveLength(2);
    expect(rig.isClean()).toBe(true);
  });

  test('onError: ignore goes on without it', () => {
    const { rig } = rigOf({ ...crowded, step: write({ ignoresErrors: true }) });
    rig.put(2).start().to(5);
    expect(rig.story.of('failed')).toEqual([]);
    expect(rig.story.of('ok')).toEqual(['0 1 ok', '1 0 ok']);
  });

  test('retries get in when there is room', () => {
    const retry = retryOptions({
      maxAttempts: 5,
      backoff: 'none',
      base: 100_000,
      cap: 100_000,
      budget: undefined,
      on: ['timeout'],
    });
    const others = retryOptions('standard');
    const okAt5 = (client: CallOptions['client']): number => {
      const { rig } = rigOf({
        ...crowded,
        database: { maxConnections: 1, writeTime: constant(0.01) },
        step: write({ client }),
      });
      return rig.put(2).start().to(5).story.of('ok').length;
    };
    expect(okAt5({ timeout: Infinity, retry })).toBe(1); // not for this reason
    expect(okAt5({ timeout: Infinity, retry: others })).toBe(2);
  });

  test('a timeout fails the run, and the statement is executed all the same', () => {
    const client = { timeout: 500_000, retry: null };
    const { rig, open } = rigOf({ step: write({ client }) });
    rig.put(1).start().to(2);
    expect(rig.story.of('failed')).toEqual(['0.5 0 failed']);
    expect(open).toEqual([1, 0]);
  });
});
