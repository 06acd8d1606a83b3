import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SQS_PRICES } from '../../../src/components/sqs/prices.js';
import type { Bill } from '../../../src/observe/cost/bill.js';
import { makeBill, sumOf, tierParts } from '../../../src/observe/cost/bill.js';
import type { MeteredResource, MeterReading } from '../../../src/observe/cost/meters.js';
import { chunksOf } from '../../../src/observe/cost/meters.js';
import { picoOf, usdText } from '../../../src/observe/cost/money.js';
import { costFigure, costSummary } from '../../../src/observe/cost/summary.js';
import { expectation } from '../measures/support.js';
import { INSTANCE_EXAMPLES, REQUEST_EXAMPLES } from './examples.js';
import { fleet, HOUR, InstanceState, meters, queue, terms } from './support.js';

function reading(resource: MeteredResource, quantity: bigint): MeterReading {
  return { resource, meter: resource.meters[0], quantity };
}

const lines = (bill: Bill, period: 'window' | 'month') =>
  bill.lines.filter((line) => line.period === period);

describe('worked bills', () => {
  test.each(REQUEST_EXAMPLES)('$id', (example) => {
    const requests = BigInt(example.calls * chunksOf(example.bytesPerCall, 65_536));
    expect(requests).toBe(BigInt(example.requests));
    const bill = makeBill([reading(queue(example.queue, example.region), requests)], terms(HOUR));
    expect(usdText(bill.windowPico)).toBe(example.amountUsd);
  });

  test.each(INSTANCE_EXAMPLES)('$id', (example) => {
    const all = meters(fleet('workers', example.instanceType, example.region));
    all.meters.instance(0, 0, InstanceState.Running);
    all.clock.now = example.runSeconds * 1_000_000;
    all.meters.instance(0, 0, InstanceState.Terminating);
    const [time] = all.meters.readings();
    expect(time.quantity).toBe(BigInt(example.billedSeconds));
    expect(usdText(makeBill([time], terms(HOUR)).windowPico)).toBe(example.amountUsd);
  });
});

test('the data keys of a queue stand on the bill of KMS, the surcharge beside its requests', () => {
  const shop = queue('orders', 'us-east-1', {
    settings: { kmsMasterKeyId: 'own' },
    hasGroups: true,
  });
  const readings = shop.meters.map((meter) => ({ resource: shop, meter, quantity: 1_000_000n }));
  const found = lines(makeBill(readings, terms(730 * HOUR)), 'window');
  expect(found.map(({ service, resource, amountUsd }) => [service, resource, amountUsd])).toEqual([
    ['SQS', 'orders', '0.4'],
    ['SQS', 'orders', '0.1'],
    ['KMS', 'orders', '3'],
  ]);
});

test('lines, in file order, window before month', () => {
  const bill = makeBill(
    [
      reading(queue('orders'), 1_000_000n),
      reading(queue('orders-dlq'), 0n),
      reading(fleet('workers'), 7_200n),
    ],
    terms(10 * HOUR),
  );
  expect(bill.lines).toEqual([
    {
      period: 'window',
      resource: 'orders',
      service: 'SQS',
      region: 'us-east-1',
      item: 'Requests (standard)',
      unit: 'requests',
      quantity: 1_000_000,
      tier: '1',
      unitPriceUsd: '0.0000004',
      amountUsd: '0.4',
    },
    {
      period: 'window',
      resource: 'workers',
      service: 'EC2',
      region: 'us-east-1',
      item: 'm7g.large (on demand, Linux)',
      unit: 'instance-hours',
      quantity: 2,
      tier: 'all',
      unitPriceUsd: '0.0816',
      amountUsd: '0.1632',
    },
    {
      period: 'month',
      resource: 'orders',
      service: 'SQS',
      region: 'us-east-1',
      item: 'Requests (standard)',
      unit: 'requests',
      quantity: 73_000_000,
      tier: '1',
      unitPriceUsd: '0.0000004',
      amountUsd: '29.2',
    },
    {
      period: 'month',
      resource: 'workers',
      service: 'EC2',
      region: 'us-east-1',
      item: 'm7g.large (on demand, Linux)',
      unit: 'instance-hours',
      quantity: 146,
      tier: 'all',
      unitPriceUsd: '0.0816',
      amountUsd: '11.9136',
    },
  ]);
  expect(costSummary(bill, 10 * HOUR, 250_000)).toMatchObject({
    windowSeconds: 36_000,
    windowUsd: '0.5632',
    perMonthUsd: '41.1136',
    perMillionProcessedUsd: '2.2528',
  });
  expect(costSummary(bill, 10 * HOUR, 0).perMillionProcessedUsd).toBeNull();
});

test('what the figures of expectations are', () => {
  const bill = makeBill(
    [reading(queue('orders'), 10n), reading(fleet('workers'), 3_600n)],
    terms(HOUR),
  );
  const figure = (text: string, processed: number): string | null => {
    const { left } = expectation(`${text} > 0 USD`);
    const pico = left.kind === 'measure' ? costFigure(bill, left, processed) : null;
    return pico === null ? null : usdText(pico);
  };
  expect(figure('cost.window', 1)).toBe('0.081604');
  expect(figure('cost(orders).window', 1)).toBe('0.000004');
  expect(figure('cost(orders).perMonth', 1)).toBe('0.00292');
  expect(figure('cost.perMessage', 8)).toBe('0.0102005');
  expect(figure('cost.perMessage', 0)).toBeNull();
});

test('a run of no length has no month', () => {
  expect(makeBill([reading(queue('orders'), 10n)], terms(0)).perMonthPico).toBe(0n);
});

test('a discount lowers the unit price', () => {
  const bill = makeBill([reading(queue('orders'), 1_000_000n)], terms(HOUR, { discount: 0.075 }));
  expect(lines(bill, 'window')[0]).toMatchObject({ unitPriceUsd: '0.00000037', amountUsd: '0.37' });
  expect(makeBill([reading(queue('orders'), 5n)], terms(HOUR, { discount: 1 })).windowPico).toBe(
    0n,
  );
});

describe('tiers', () => {
  test('a month fills them over all queues of a region', () => {
    const bill = makeBill(
      [
        reading(queue('a'), 80_000_000_000n),
        reading(queue('b'), 50_000_000_000n),
        reading(queue('c', 'eu-west-1'), 1n),
        reading(queue('d.fifo'), 1n),
        reading(queue('e'), 100_000_000_000n),
      ],
      terms(730 * HOUR),
    );
    expect(
      lines(bill, 'month').map(({ resource, tier, quantity, amountUsd }) => [
        resource,
        tier,
        quantity,
        amountUsd,
      ]),
    ).toEqual([
      ['a', '1', 80_000_000_000, '32000'],
      ['b', '1', 20_000_000_000, '8000'],
      ['b', '2', 30_000_000_000, '9000'],
      ['c', '1', 1, '0.0000004'],
      ['d.fifo', '1', 1, '0.0000005'],
      ['e', '2', 70_000_000_000, '21000'],
      ['e', '3', 30_000_000_000, '7200'],
    ]);
    expect(lines(bill, 'window').every(({ tier }) => tier === '1')).toBe(true);
  });

  const quantity = fc.bigInt({ min: 0n, max: 300_000_000_000n });
  const item = SQS_PRICES.find('ap-northeast-1', 'requestsStandard')!;
  const amount = (start: bigint, over: bigint): bigint =>
    tierParts(item, start, { over, under: 1n }).reduce(
      (sum, part) => sum + part.quantity.over * picoOf(part.price),
      0n,
    );

  test('they are additive: two lines cost what one over both costs', () => {
    fc.assert(
      fc.property(quantity, quantity, (a, b) => {
        expect(amount(0n, a) + amount(a, b)).toBe(amount(0n, a + b));
      }),
    );
  });

  test('no part is lost', () => {
    fc.assert(
      fc.property(quantity, quantity, fc.bigInt({ min: 1n, max: 9_999n }), (start, over, under) => {
        const parts = tierParts(item, start, { over, under });
        expect(parts.reduce((sum, part) => sum + part.quantity.over, 0n)).toBe(over);
      }),
    );
  });
});

describe('properties of bills', () => {
  const quantities = fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), {
    minLength: 1,
    maxLength: 5,
  });
  const drawn = quantities.map((all) =>
    all.map((quantity, i) => reading(i % 2 === 0 ? queue(`q${i}`) : fleet(`f${i}`), quantity)),
  );

  test('a bill is the sum of its lines', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 10 ** 13 }), (readings, window) => {
        const bill = makeBill(readings, terms(window));
        expect(bill.windowPico).toBe(sumOf(lines(bill, 'window')));
        expect(bill.perMonthPico).toBe(sumOf(lines(bill, 'month')));
      }),
    );
  });

  test('a month as long as the window costs the window, but for tiers', () => {
    fc.assert(
      fc.property(drawn, (readings) => {
        const bill = makeBill(readings, terms(730 * HOUR));
        expect(bill.perMonthPico <= bill.windowPico).toBe(true);
        const isSmall = readings.every(({ quantity }) => quantity < 10_000_000_000n);
        if (isSmall) expect(bill.perMonthPico).toBe(bill.windowPico);
      }),
    );
  });

  test('below the second tier a month is the window × month ÷ window, to half a pico per line', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 6n }),
        fc.integer({ min: HOUR, max: 100 * HOUR }),
        (requests, window) => {
          const bill = makeBill([reading(queue('a'), requests)], terms(window));
          const error = bill.perMonthPico * BigInt(window) - bill.windowPico * BigInt(730 * HOUR);
          expect(2n * (error < 0n ? -error : error) <= BigInt(window)).toBe(true);
        },
      ),
    );
  });
});
