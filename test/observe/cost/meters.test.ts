import { describe, expect, test } from 'vitest';
import { EC2_PRICES } from '../../../src/components/autoscaling/prices.js';
import { transferMeter } from '../../../src/components/transfer-prices.js';
import { chunksOf } from '../../../src/observe/cost/meters.js';
import { CHUNKS } from './examples.js';
import { fleet, InstanceState, meters, queue } from './support.js';

const SECOND = 1_000_000;
const CHUNK = 65_536;

describe('requests', () => {
  test.each(CHUNKS)('%i messages of %i bytes in one call: %i', (messages, bytes, requests) => {
    expect(chunksOf(messages * bytes, CHUNK)).toBe(requests);
    const all = meters(undefined, queue('orders'));
    all.meters.request(1, messages * bytes);
    expect(all.meters.readings().map(({ quantity }) => quantity)).toEqual([BigInt(requests)]);
  });

  test.each(CHUNKS)(
    'a receive of %i messages of %i bytes counts as %i',
    (messages, bytes, requests) => {
      const all = meters(queue('orders'));
      all.meters.request(0, 0);
      all.meters.response(0, messages * bytes);
      expect(all.meters.readings()[0].quantity).toBe(BigInt(requests));
    },
  );

  test('traffic and fleets are asked for nothing', () => {
    const all = meters(undefined, fleet('workers'));
    all.meters.request(0, 5);
    all.meters.request(1, 5);
    expect(all.meters.readings().map(({ quantity }) => quantity)).toEqual([0n]);
  });
});

test('the surcharge of a fair queue counts what its requests count', () => {
  const all = meters(queue('orders', 'us-east-1', { hasGroups: true }));
  all.meters.request(0, CHUNK + 1);
  all.meters.response(0, 1);
  expect(all.meters.readings().map(({ meter, quantity }) => [meter.item, quantity])).toEqual([
    ['Requests (standard)', 2n],
    ['Requests (fair queue surcharge)', 2n],
  ]);
});

test('calls for data keys count one each, and are known where nothing is billed, too', () => {
  const all = meters(
    queue('orders', 'us-east-1', { settings: { kmsMasterKeyId: 'own' } }),
    undefined,
  );
  all.meters.keyCalled(0);
  all.meters.keyCalled(0);
  all.meters.keyCalled(1);
  expect(all.meters.readings().map(({ meter, quantity }) => [meter.kind, quantity])).toEqual([
    ['requests', 0n],
    ['keyCalls', 2n],
  ]);
  expect(all.meters.keyCallsOf(1)).toBe(1);
});

describe('instances', () => {
  type Life = readonly (readonly [seconds: number, state: InstanceState])[];
  const { Pending, Running, InService, Terminating, Terminated, Failed } = InstanceState;

  test.each<[string, Life, number, bigint]>([
    [
      'from running, not from pending',
      [
        [0, Pending],
        [100, Running],
        [160, InService],
        [280, Terminating],
        [300, Terminated],
      ],
      400,
      200n,
    ],
    ['in service from the start', [[0, InService]], 400, 400n],
    [
      '60 s at least',
      [
        [0, Running],
        [10, Terminated],
      ],
      400,
      60n,
    ],
    ['60 s at least, if still running', [[390, Running]], 400, 60n],
    [
      'by the second begun',
      [
        [0, Running],
        [61.000_001, Terminated],
      ],
      400,
      62n,
    ],
    [
      'until it dies',
      [
        [0, Running],
        [100, Failed],
        [130, Terminated],
      ],
      400,
      100n,
    ],
    [
      'never launched',
      [
        [0, Pending],
        [5, Failed],
      ],
      400,
      0n,
    ],
    ['what falls on the end does not happen', [[400, Running]], 400, 0n],
  ])('%s', (_why, life, end, seconds) => {
    const all = meters(fleet('workers'));
    for (const [at, state] of life) {
      all.clock.now = at * SECOND;
      all.meters.instance(0, 3, state);
    }
    all.clock.now = end * SECOND;
    expect(all.meters.readings()[0].quantity).toBe(seconds);
  });

  test('each instance has its own minimum', () => {
    const all = meters(fleet('workers'));
    for (const worker of [0, 1, 2]) all.meters.instance(0, worker, Running);
    all.clock.now = 10 * SECOND;
    for (const worker of [0, 1]) all.meters.instance(0, worker, Terminated);
    all.clock.now = 70 * SECOND;
    expect(all.meters.readings()[0].quantity).toBe(190n);
  });

  test('what is told to go before it ran costs nothing; what is stopped costs nothing meanwhile', () => {
    const { Stopped } = InstanceState;
    const all = meters(fleet('workers'));
    const tell = (at: number, worker: number, state: InstanceState): void => {
      all.clock.now = at * SECOND;
      all.meters.instance(0, worker, state);
    };
    tell(0, 0, Pending);
    tell(5, 0, Terminating);
    tell(25, 0, Terminated);
    tell(100, 1, Running);
    tell(170, 1, Stopped);
    tell(500, 1, Pending);
    tell(520, 1, Running);
    tell(540, 1, InService);
    tell(550, 1, Stopped); // a start anew, 60 s at least
    expect(all.meters.readings()[0].quantity).toBe(130n);
  });

  test('Spot Instances have a meter of their own', () => {
    const mixedInstancesPolicy = {
      instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 },
    };
    const settings = { instanceType: 'm5.large', mixedInstancesPolicy };
    const metersOf = EC2_PRICES.metersOf({ name: 'workers', settings, hasGroups: false });
    const all = meters({ ...fleet('workers', 'm5.large'), meters: metersOf });
    all.meters.spot(0, 1);
    all.meters.instance(0, 0, Running);
    all.meters.instance(0, 1, Running);
    all.clock.now = 100 * SECOND;
    all.meters.instance(0, 1, Terminated);
    all.clock.now = 300 * SECOND;
    expect(
      all.meters.readings().map(({ meter, quantity }) => [meter.item, meter.price, quantity]),
    ).toEqual([
      ['m5.large (on demand, Linux)', 'm5.large', 300n],
      ['m5.large (Spot, Linux)', 'm5.large spot', 100n],
    ]);
  });
});

test('payload that crosses is counted by where it goes', () => {
  const own = {
    ...queue('orders'),
    meters: [transferMeter('eu-west-1', [1, 2]), transferMeter('sa-east-1', [3])],
  };
  const all = meters(own, undefined, undefined, undefined);
  all.meters.crossed(0, 1, 100);
  all.meters.crossed(0, 1, 1);
  all.meters.crossed(0, 2, 20);
  all.meters.crossed(0, 3, 5);
  all.meters.crossed(1, 0, 7);
  expect(all.meters.readings().map(({ quantity }) => quantity)).toEqual([121n, 5n]);
});
