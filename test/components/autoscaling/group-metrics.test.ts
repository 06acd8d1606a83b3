// What CloudWatch reads of a group: its instances by state, and how busy they are with work.

import { describe, expect, test } from 'vitest';
import { GROUP_METRICS } from '../../../src/components/group-metrics.js';
import { loadText } from '../../scenario/fixtures/real.js';
import { wire } from '../../../src/scenario/wire.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';

interface Changes {
  readonly rate?: string;
  readonly consumes?: string;
  readonly handler?: string;
  readonly group?: string;
  readonly more?: string;
}

/** One or two instances under the ideal profile: launch 25 s, boot 45 s, termination 20 s. */
function group({ rate = '1/s', consumes = '', handler = 'work: 500ms', ...rest }: Changes) {
  const { group: settings = '', more = '' } = rest;
  const model = wire(
    loadText(`name: Gauges
duration: 1h
profile: ideal
traffic: { clients: { send: jobs, rate: ${rate}, arrivals: constant } }
resources:
  jobs: { type: sqs.queue }
  workers:
    type: autoscaling.group
    minSize: 0
    maxSize: 5
    desiredCapacity: 1
    instanceType: m7g.large
    stopTimeout: 10s
    ${settings}
    consumes: { jobs: { waitTimeSeconds: 20s${consumes} } }
    handler: [ ${handler} ]
${more}
`),
  );
  const { kernel, world } = model;
  const gauge = (name: string) => world.gauge(world.idOf('workers'), name)!;
  const read = (seconds: number, name: string): number => {
    kernel.advance(seconds * SECOND);
    return gauge(name).read();
  };
  return { read, gauge };
}

const set = (at: string, desired: number): string =>
  `{ at: ${at}, on: workers, set: { desiredCapacity: ${desired} } }`;

describe('instances', () => {
  const STATES = [
    'GroupDesiredCapacity',
    'GroupPendingInstances',
    'GroupInServiceInstances',
    'GroupTerminatingInstances',
    'GroupTotalInstances',
  ];
  const states = (at: number, more: string): number[] => {
    const { read } = group({ more, rate: '10/s' });
    return STATES.map((name) => read(at, name));
  };

  test('at time 0 those that are wanted are in service', () => {
    expect(states(0, '')).toEqual([1, 0, 1, 0, 1]);
  });

  test('one that comes up is pending, and in service before its program has booted', () => {
    const more = `operations: [ ${set('100s', 3)} ]`;
    expect(states(124, more)).toEqual([3, 2, 1, 0, 3]);
    expect(states(126, more)).toEqual([3, 0, 3, 0, 3]); // boots until 170 s
  });

  test('one that goes is terminating until it is gone', () => {
    const more = `operations: [ ${set('100s', 0)} ]`;
    expect(states(110, more)).toEqual([0, 0, 0, 1, 1]);
    expect(states(131, more)).toEqual([0, 0, 0, 0, 0]);
  });

  test('the sizes as they are set', () => {
    const { read } = group({
      more: 'operations: [ { at: 9s, on: workers, set: { maxSize: 7 } } ]',
    });
    expect([read(0, 'GroupMinSize'), read(0, 'GroupMaxSize')]).toEqual([0, 5]);
    expect(read(10, 'GroupMaxSize')).toBe(7);
  });

  test('every metric of the table has its gauge', () => {
    const { gauge } = group({});
    for (const name of Object.keys(GROUP_METRICS)) expect(gauge(name).name).toBe(name);
  });
});

describe('CPUUtilization', () => {
  /** Read at these seconds, by somebody who looks from the start. */
  function cpu(changes: Changes, ...times: readonly number[]): number[] {
    const { read, gauge } = group(changes);
    gauge('CPUUtilization').watch!();
    return times.map((at) => Math.round(read(at, 'CPUUtilization') * 10) / 10);
  }

  test('is the share of the time at work since the last reading', () => {
    expect(cpu({}, 100, 200)).toEqual([50, 50]);
    expect(cpu({ rate: '1/s', handler: 'work: 250ms' }, 100)).toEqual([25]);
  });

  test('is of all loops of an instance', () => {
    expect(cpu({ consumes: ', concurrency: 4' }, 100)).toEqual([12.5]);
  });

  test('a loop with several messages at once is busy once', () => {
    const consumes = ', batchSize: 10, inBatch: parallel';
    const [percent] = cpu({ rate: '100/s', consumes, handler: 'work: 1s' }, 100);
    expect(percent).toBeGreaterThan(90);
    expect(percent).toBeLessThanOrEqual(100);
  });

  test('waiting for answers and for messages is no work', () => {
    expect(cpu({ rate: '1/m' }, 120)).toEqual([0.8]);
    expect(cpu({ handler: '{ fail: 100%, chance: 10% }' }, 100)).toEqual([0]);
  });

  test('is the mean over the instances in service, each over the time that it is up', () => {
    // The second is up from 125 s on and boots until 170 s: nothing to do for it within the first 45 s.
    const more = `operations: [ ${set('100s', 2)} ]`;
    expect(cpu({ rate: '100/s', more }, 100, 165)).toEqual([100, 50]);
  });

  test('ends with the process, whatever was in hand', () => {
    const more = 'faults: [ { at: 50s, on: workers, crash: 1 } ]';
    // The one that replaces it is up at 75 s and polls from 120 s on.
    const changes = { rate: '100/s', handler: 'work: 1m', more };
    expect(cpu(changes, 40, 100, 160)).toEqual([100, 0, 66.7]);
  });

  test('no instance in service: no figure', () => {
    const more = `operations: [ ${set('10s', 0)} ]`;
    expect(cpu({ more }, 60)).toEqual([NaN]);
  });

  test('is sampled every 5 minutes, with detailed monitoring each minute', () => {
    const resolution = (settings: string) =>
      group({ group: settings }).gauge('CPUUtilization').resolution;
    expect(resolution('')).toBe(5 * MINUTE);
    expect(resolution('monitoring: { enabled: false }')).toBe(5 * MINUTE);
    expect(resolution('monitoring: { enabled: true }')).toBe(MINUTE);
  });

  test('nobody looks: nothing is measured', () => {
    expect(group({}).read(100, 'CPUUtilization')).toBeNaN();
  });
});
