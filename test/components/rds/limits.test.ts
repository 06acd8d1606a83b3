// Figures of RDS: how many connections a class takes, prices, and classes with both.

import { describe, expect, test } from 'vitest';
import { connectionsByDefault, INSTANCE_CLASSES } from '../../../src/components/rds/limits.js';
import { statementsAtATime } from '../../../src/components/rds/parallelism.js';
import { instanceItem, RDS_PRICES } from '../../../src/components/rds/prices.js';

describe('max_connections by default', () => {
  test.each([
    // RDS User Guide: {DBInstanceClassMemory/12582880}; about 85 for each GiB
    ['mysql', 'db.t3.micro', 85],
    ['mysql', 'db.t4g.small', 170],
    ['mysql', 'db.m6g.large', 682],
    ['mysql', 'db.r6g.xlarge', 2730],
    // LEAST({DBInstanceClassMemory/9531392}, 5000)
    ['postgres', 'db.t3.micro', 112],
    ['postgres', 'db.m6g.large', 901],
    ['postgres', 'db.r6g.xlarge', 3604],
  ] as const)('%s on %s: %i', (engine, name, connections) => {
    expect(connectionsByDefault(engine, INSTANCE_CLASSES[name])).toBe(connections);
  });

  test('PostgreSQL stops at 5,000', () => {
    const large = { vcpus: 8, memoryBytes: 64 * 1024 * 1024 * 1024 };
    expect(connectionsByDefault('postgres', large)).toBe(5000);
    expect(connectionsByDefault('mysql', large)).toBe(5461);
  });
});

test('parallelism: as it is said, or for each vCPU, and one at least', () => {
  expect(statementsAtATime({ statements: 7 }, 2)).toBe(7);
  expect(statementsAtATime({ perVcpu: 2 }, 4)).toBe(8);
  expect(statementsAtATime({ perVcpu: 0.1 }, 2)).toBe(1);
});

describe('prices', () => {
  const priceOf = (engine: string, dbInstanceClass: string, multiAZ: boolean, region: string) =>
    RDS_PRICES.find(region, instanceItem({ engine, dbInstanceClass, multiAZ }))?.price;

  test('examples of the list', () => {
    expect(priceOf('mysql', 'db.m6g.large', false, 'us-east-1')).toBe('0.152');
    expect(priceOf('mysql', 'db.m6g.large', true, 'us-east-1')).toBe('0.304');
    expect(priceOf('postgres', 'db.m6g.large', false, 'us-east-1')).toBe('0.159');
    expect(RDS_PRICES.find('us-east-1', 'gp3')?.price).toBe('0.115');
    expect(RDS_PRICES.find('us-east-1', 'gp3.multiAz')?.price).toBe('0.23');
    expect(priceOf('mysql', 'db.m1.small', false, 'us-east-1')).toBeUndefined();
    expect(priceOf('mysql', 'db.m6g.large', false, 'mars-1')).toBeUndefined();
  });

  test('every class has a price for each engine in some region, and storage one in each', () => {
    for (const name of Object.keys(INSTANCE_CLASSES))
      for (const engine of ['mysql', 'postgres'])
        for (const multiAZ of [false, true]) {
          const found = RDS_PRICES.regions.filter(
            (region) => priceOf(engine, name, multiAZ, region) !== undefined,
          );
          expect(found.length, `${engine} ${name}`).toBeGreaterThan(0);
        }
    for (const region of RDS_PRICES.regions)
      for (const item of ['gp3', 'gp3.multiAz'])
        expect(RDS_PRICES.find(region, item)?.price).toMatch(/^0\.\d+$/);
  });

  test('an instance by the hour, its storage by the gigabyte and month', () => {
    const settings = {
      engine: 'mysql',
      dbInstanceClass: 'db.m6g.large',
      multiAZ: true,
      allocatedStorage: 100 * 1024 * 1024 * 1024,
    };
    expect(RDS_PRICES.metersOf({ name: 'ledger', hasGroups: false, settings })).toMatchObject([
      { kind: 'standing', price: 'mysql.db.m6g.large.multiAz', amount: 1, per: 'hour' },
      { kind: 'standing', price: 'gp3.multiAz', amount: 100, per: 'month' },
    ]);
  });
});
