// M/M/1, and what holds on every single path: Little's law and the recursion of waiting times.

import { describe, expect, test, vi } from 'vitest';
import { SilentFacts } from '../../src/observe/silent-facts.js';
import { expectTheory } from '../support/confidence.js';
import { drive, scenarioOf } from '../support/simulations.js';
import { figure } from './closed-forms.js';
import { mmcSojourn } from './formulas.js';
import { meanPart, meanSojourn, runs, stationText } from './stations.js';
import type { Station } from './stations.js';

// Long enough for a busy machine; a quiet one needs a tenth.
vi.setConfig({ testTimeout: 240_000 });

const EXPONENTIAL = 'work: { dist: exponential, mean: 1s }';

function station(rho: number, seconds: number): Station {
  return {
    traffic: `rate: ${rho}/s`,
    servers: 1,
    handler: EXPONENTIAL,
    seconds,
    warmUpSeconds: 5_000,
  };
}

describe('M/M/1', () => {
  test('ρ = 0.5', () => {
    expectTheory(runs(station(0.5, 60_000), 20).map(meanSojourn), mmcSojourn(1, 0.5, 1));
  });

  test('ρ = 0.7: time in the system, time in the queue, service', () => {
    const results = runs(station(0.7, 130_000), 20);
    expectTheory(results.map(meanSojourn), figure('mm1-rho0.7', 'meanSojourn'));
    expectTheory(
      results.map((result) => meanPart(result, 'queueWait')),
      figure('mm1-rho0.7', 'meanWait'),
    );
    expectTheory(
      results.map((result) => meanPart(result, 'handler')),
      1,
    );
    const busy = results.map((result) => result.resources['servers'].levels['busy'].mean);
    expectTheory(busy, figure('mm1-rho0.7', 'utilization'));
  });
});

describe('Little’s law on one path: mean level = arrivals per second × mean time', () => {
  test.each([
    ['M/M/1', { ...station(0.8, 20_000), warmUpSeconds: 0 }],
    [
      'M/M/5, batches of three',
      {
        ...station(4, 5_000),
        servers: 5,
        warmUpSeconds: 0,
        consumes: 'batchSize: 3, waitTimeSeconds: 20s',
      },
    ],
    [
      'D/M/1',
      { ...station(0.8, 20_000), traffic: 'rate: 0.8/s, arrivals: constant', warmUpSeconds: 0 },
    ],
    [
      'bursts',
      {
        ...station(0, 900),
        traffic: 'phases: [ { burst: 500 }, { for: 300s, rate: 1/s }, { burst: 100 } ]',
        warmUpSeconds: 0,
      },
    ],
  ])('%s', (_, one) => {
    const [result] = runs(one, 1);
    const { latency } = result.consumers['servers'];
    const { depth, inFlight } = result.resources['jobs'].levels;
    expect(latency.unfinished).toBe(0);
    const perSecond = latency.count / result.endSeconds;
    const level = depth.mean + inFlight.mean;
    expect(Math.abs(level / (perSecond * meanSojourn(result)) - 1)).toBeLessThan(1e-5);
    // In flight is whatever is in hand: for a batch size of one, the handler alone.
    if (one.consumes === undefined) {
      expect(Math.abs(inFlight.mean / (perSecond * meanPart(result, 'handler')) - 1)).toBeLessThan(
        1e-5,
      );
    }
  });
});

interface Path {
  readonly born: readonly number[];
  readonly began: readonly number[];
  readonly service: readonly number[];
}

/** Births, beginnings and service times in order of birth; first come, first served, so also of beginning. */
class PathListener extends SilentFacts {
  readonly births: number[] = [];
  readonly began: number[] = [];
  readonly service: number[] = [];
  clock: () => number = () => 0;
  private readonly running = new Map<number, number>();

  override born(): void {
    this.births.push(this.clock());
  }

  override runBegan(_consumer: number, delivery: number): void {
    this.running.set(delivery, this.began.length);
    this.began.push(this.clock());
  }

  override runEnded(_consumer: number, delivery: number): void {
    const n = this.running.get(delivery) ?? -1;
    this.service[n] = this.clock() - this.began[n];
  }
}

function pathOf(servers: number): Path {
  const listener = new PathListener();
  const handler = EXPONENTIAL;
  const one: Station = { traffic: 'rate: 0.95/s', servers, handler, seconds: 20_000 };
  drive(scenarioOf(stationText(one)), {
    observer: listener,
    ready: ({ kernel }) => (listener.clock = () => kernel.now),
  });
  return { born: listener.births, began: listener.began, service: listener.service };
}

describe('each path of M/M/c is the recursion of Kiefer and Wolfowitz, to the microsecond', () => {
  test.each([1, 2, 5])('c = %i', (servers) => {
    const { born, began, service } = pathOf(servers);
    expect(born.length).toBeGreaterThan(18_000);
    const freeAt = Array.from({ length: servers }, () => 0);
    const expected = born.map((at, n) => {
      const server = freeAt.indexOf(Math.min(...freeAt));
      const begin = Math.max(at, freeAt[server]);
      freeAt[server] = begin + service[n];
      return begin;
    });
    expect(began).toEqual(expected);
  });

  test('more servers meet the same shoppers with the same service times', () => {
    const [one, two] = [pathOf(1), pathOf(2)];
    expect(one.born).toEqual(two.born);
    expect(one.service).toEqual(two.service);
  });
});
