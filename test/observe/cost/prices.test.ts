import { describe, expect, test } from 'vitest';
import { EC2_PRICES, PRICED_INSTANCE_TYPES } from '../../../src/components/autoscaling/prices.js';
import { NO_PRICES } from '../../../src/components/prices.js';
import { SQS_PRICES } from '../../../src/components/sqs/prices.js';
import { TRANSFER_PRICES } from '../../../src/components/transfer-prices.js';
import { picoOf } from '../../../src/observe/cost/money.js';

const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'eu-north-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-south-1',
  'ca-central-1',
  'sa-east-1',
];

describe('SQS', () => {
  test.each(REGIONS)(
    '%s: the first tier is the same everywhere, later ones are cheaper',
    (region) => {
      const standard = SQS_PRICES.find(region, 'requestsStandard')!;
      const fifo = SQS_PRICES.find(region, 'requestsFifo')!;
      expect([standard.price, fifo.price]).toEqual(['0.0000004', '0.0000005']);
      for (const { tiers } of [standard, fifo]) {
        const prices = tiers.map(({ price }) => picoOf(price));
        expect([...prices].sort((a, b) => (a < b ? 1 : -1))).toEqual(prices);
        expect(tiers.map(({ upTo }) => upTo)).toEqual([100_000_000_000, 200_000_000_000, null]);
      }
    },
  );

  test('what is from memory says so', () => {
    expect(SQS_PRICES.find('us-east-1', 'fairQueueSurcharge')).toMatchObject({
      price: '0.0000001',
      confidence: 'sourced',
    });
    expect(SQS_PRICES.find('sa-east-1', 'fairQueueSurcharge')).toMatchObject({
      price: '0.0000001',
      confidence: 'memory',
    });
  });

  test('what is not in the book', () => {
    expect(SQS_PRICES.find('mars-north-1', 'requestsStandard')).toBeUndefined();
    expect(SQS_PRICES.find('us-east-1', 'toString')).toBeUndefined();
    expect(SQS_PRICES.find('toString', 'requestsStandard')).toBeUndefined();
  });
});

describe('data transfer between regions', () => {
  test('is priced by where it leaves, and less between the two of the us-east', () => {
    const of = (from: string, to: string) => TRANSFER_PRICES.find(from, `to ${to}`)?.price;
    expect(REGIONS.map((from) => of(from, 'eu-west-1'))).toEqual(
      '0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.02 0.09 0.08 0.09 0.098 0.086 0.02 0.138'.split(' '),
    );
    expect([of('us-east-1', 'us-east-2'), of('us-east-2', 'us-east-1')]).toEqual(['0.01', '0.01']);
    expect([of('eu-west-3', 'us-east-1'), TRANSFER_PRICES.find('us-east-1', 'from')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('EC2', () => {
  test('has a price for each type in each region, but for four types in two regions', () => {
    const absent = PRICED_INSTANCE_TYPES.flatMap((type) =>
      REGIONS.filter((region) => EC2_PRICES.find(region, type) === undefined).map(
        (region) => `${type} ${region}`,
      ),
    );
    expect(absent).toHaveLength(8);
    expect(new Set(absent.map((one) => one.split(' ')[1]))).toEqual(
      new Set(['us-west-1', 'ap-southeast-1']),
    );
    expect(PRICED_INSTANCE_TYPES).toHaveLength(78);
  });

  test.each([
    ['m5.large', '0.096 0.096 0.107 0.115 0.124 0.118 0.12'],
    ['c6g.large', '0.068 0.068 0.073 0.0776 0.0856 0.077 0.0784'],
    ['m7g.large', '0.0816 0.0816 0.091 0.0978 0.1054 0.1003 0.102'],
    ['t3.medium', '0.0416 0.0416 0.0456 0.048 0.0544 0.052 0.0528'],
    ['g4dn.xlarge', '0.526 0.526 0.587 0.658 0.71 0.647 0.736'],
  ])('%s, spot-checked against the regional table of the source', (type, prices) => {
    const regions = [
      'us-east-1',
      'us-west-2',
      'eu-west-1',
      'eu-central-1',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-southeast-1',
    ];
    expect(regions.map((region) => EC2_PRICES.find(region, type)?.price).join(' ')).toBe(prices);
  });

  test('each says its source and date', () => {
    for (const region of REGIONS) {
      const price = EC2_PRICES.find(region, 't3.micro')!;
      expect(price).toMatchObject({ unit: 'instance-hours', confidence: 'sourced', tiers: [] });
      expect(price.sourceDate).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(price.source).not.toBe('');
    }
  });
  // The price of the Spot Advisor's saving: us-east-1, 66 % off 0.096; sa-east-1, t3.nano.
  test('Spot costs what it saves less, exactly, wherever a type has a price', () => {
    expect(EC2_PRICES.find('us-east-1', 'm5.large spot')).toMatchObject({
      price: '0.03264',
      sourceDate: '2025-06-28',
    });
    expect(EC2_PRICES.find('us-east-1', 'm7g.large spot')?.price).toBe('0.029376');
    for (const region of REGIONS) {
      for (const type of PRICED_INSTANCE_TYPES) {
        const onDemand = EC2_PRICES.find(region, type);
        const spot = EC2_PRICES.find(region, `${type} spot`);
        expect(spot === undefined, `${type} ${region}`).toBe(onDemand === undefined);
        if (onDemand === undefined || spot === undefined) continue;
        expect(picoOf(spot.price)).toBeLessThan(picoOf(onDemand.price));
        expect(picoOf(spot.price)).toBeGreaterThan(0n);
      }
    }
    expect(EC2_PRICES.find('us-east-1', 'm5.lrge spot')).toBeUndefined();
  });
});

test('what bills nothing has no meters', () => {
  expect(NO_PRICES.metersOf({ name: 'x', settings: {}, hasGroups: false })).toEqual([]);
  expect(NO_PRICES.find('us-east-1', 'x')).toBeUndefined();
});
