// Where things lie, and how long the way between them is.

import { describe, expect, test } from 'vitest';
import type { Handler } from '../../src/kernel/kernel.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { Streams } from '../../src/kernel/random/streams.js';
import { CallError } from '../../src/components/port.js';
import { Interference } from '../../src/components/interference.js';
import { INTERNET, OUTSIDE } from '../../src/components/settings/regions.js';
import type { BetweenRegions } from '../../src/components/settings/between-regions.js';
import type { DistributionSpec } from '../../src/kernel/distributions/distribution.js';
import { World } from '../../src/components/world.js';
import { RecordedFacts } from '../support/recorded-facts.js';

const NAMES = ['queue', 'shop', 'far', 'client', 'provider'];
const REGIONS = ['ap-northeast-1', 'us-west-2', 'ap-northeast-1', INTERNET, OUTSIDE];
const [QUEUE, SHOP, FAR, CLIENT, PROVIDER] = NAMES.keys();
const constant = (value: number): DistributionSpec => ({ kind: 'constant', value });

interface Made {
  readonly world: World;
  readonly told: RecordedFacts;
  /** Calls from one to the other; gives the moments of arrival and answer, and the error. */
  call(from: number, to: number, isAtOnce?: boolean): [number, number, number];
}

function made(
  betweenRegions: BetweenRegions,
  client: DistributionSpec = constant(0),
  regions: readonly string[] = REGIONS,
): Made {
  const told = new RecordedFacts();
  const kernel = new Kernel();
  const world = new World(kernel, new Streams('1', 0), told.facts, NAMES, { regions });
  let arrived = NaN;
  let answered = NaN;
  let error = NaN;
  NAMES.forEach((name, id) => {
    const handler = kernel.handler(name, (row) => {
      arrived = kernel.now;
      world.calls.brought(row, 1000);
      world.calls.returns(row, 50);
      world.calls.answer(row);
    });
    world.calls.open(id, { handlers: [handler], latency: null });
  });
  const answer: Handler = kernel.handler('answer', (row) => {
    answered = kernel.now;
    error = world.calls.error[row];
    world.calls.free(row);
  });
  world.ways.take({ client, betweenRegions });
  return {
    world,
    told,
    call: (from, to, isAtOnce = false) => {
      [arrived, answered, error] = [NaN, NaN, NaN];
      const start = kernel.now;
      const row = world.calls.begin(from, to, 0, answer, 0);
      if (isAtOnce) world.calls.goAtOnce(row, 7, 8, kernel.now);
      else world.calls.go(row, 7, 8, kernel.now);
      kernel.advance(start + 1_000_000);
      return [arrived - start, answered - start, error];
    },
  };
}

const FLAT: BetweenRegions = { others: constant(101), pairs: [] };

test('everything has its place', () => {
  const { world } = made(FLAT);
  expect(NAMES.map((_, id) => world.regionOf(id))).toEqual(REGIONS);
  expect(world.regionOf(world.addName('later'))).toBe('ap-northeast-1');
  expect([world.ways.placeNamed('us-west-2') >= 0, world.ways.placeNamed('eu-west-1')]).toEqual([
    true,
    -1,
  ]);
});

test('a world of one region asks for no way; one with the internet does', () => {
  const of = (regions: readonly string[]) => made(FLAT, constant(0), regions).world.calls.ways;
  expect(of([])).toBeNull();
  expect(of(NAMES.map(() => 'eu-west-1'))).toBeNull();
  expect(of(['eu-west-1', 'eu-west-1', 'eu-west-1', 'eu-west-1', OUTSIDE])).toBeNull();
  expect(of(['eu-west-1', 'eu-west-1', 'eu-west-1', INTERNET, OUTSIDE])).not.toBeNull();
  expect(of(REGIONS)).not.toBeNull();
});

describe('a call', () => {
  test('takes half of the round trip forth, half of it back', () => {
    const { call } = made(FLAT, constant(40));
    expect(call(SHOP, QUEUE)).toEqual([50, 101, CallError.None]);
    expect(call(QUEUE, SHOP)).toEqual([50, 101, CallError.None]);
    expect(call(QUEUE, FAR)).toEqual([0, 0, CallError.None]);
    expect(call(CLIENT, QUEUE)).toEqual([20, 40, CallError.None]);
    // What is outside AWS has the way to it in its own latency.
    expect(call(SHOP, PROVIDER)).toEqual([0, 0, CallError.None]);
  });

  test('takes the way, too, when its latency has been taken into account already', () => {
    const { call } = made(FLAT);
    expect(call(SHOP, QUEUE, true)).toEqual([50, 101, CallError.None]);
    expect(call(QUEUE, FAR, true)).toEqual([0, 0, CallError.None]);
  });

  test('a pair that is named counts both ways, unless the other is named, too', () => {
    const [from, to] = ['us-west-2', 'ap-northeast-1'];
    const there = { from, to, time: constant(30) };
    const back = { from: to, to: from, time: constant(70) };
    const one = made({ others: constant(1), pairs: [there] });
    expect([one.call(SHOP, QUEUE), one.call(QUEUE, SHOP)]).toEqual([
      [15, 30, 0],
      [15, 30, 0],
    ]);
    const both = made({ others: constant(1), pairs: [back, there] });
    expect([both.call(SHOP, QUEUE)[1], both.call(QUEUE, SHOP)[1]]).toEqual([30, 70]);
  });

  test('a drawn time belongs to the call: the same call takes the same time', () => {
    const drawn: BetweenRegions = {
      others: { kind: 'lognormal', p50: 80_000, p99: 200_000 },
      pairs: [],
    };
    const times = [made(drawn), made(drawn)].map(({ call }) => [
      call(SHOP, QUEUE),
      call(SHOP, FAR),
    ]);
    expect(times[0]).toEqual(times[1]);
    expect(times[0][0][1]).not.toBe(times[0][1][1]);
  });
});

test('payload that crosses is told, from where it leaves to where it goes', () => {
  const { call, told } = made(FLAT);
  call(SHOP, QUEUE);
  call(QUEUE, FAR);
  call(CLIENT, QUEUE);
  call(SHOP, PROVIDER);
  expect(told.of('crossed').map(({ args }) => args)).toEqual([
    [SHOP, QUEUE, 1000],
    [QUEUE, SHOP, 50],
  ]);
});

describe('a fault', () => {
  test('on a region meets all calls that begin or end there', () => {
    const { world, call } = made(FLAT);
    const filter = { from: world.ways.placeNamed('us-west-2'), to: null };
    const faults = world.shared(Interference);
    const fault = faults.declare('down', filter, { kind: 'unreachable' });
    faults.begin(fault);
    expect(call(SHOP, QUEUE)).toEqual([NaN, 101, CallError.NoConnection]);
    expect(call(QUEUE, SHOP)).toEqual([NaN, 101, CallError.NoConnection]);
    expect(call(CLIENT, QUEUE)).toEqual([0, 0, CallError.None]);
    faults.end(fault);
    expect(call(SHOP, QUEUE)).toEqual([50, 101, CallError.None]);
  });

  test('on the way between two regions meets calls that go that way', () => {
    const { world, call } = made(FLAT);
    const { ways } = world;
    const filter = { from: ways.placeNamed('us-west-2'), to: ways.placeNamed('ap-northeast-1') };
    const faults = world.shared(Interference);
    faults.begin(faults.declare('cut', filter, { kind: 'cut', share: 1 }));
    expect(call(SHOP, QUEUE)).toEqual([NaN, NaN, NaN]);
    expect(call(QUEUE, SHOP)).toEqual([50, 101, CallError.None]);
  });
});
