// Variants (docs/scenario.md): extends, merging, removing, and overrides from the command line.

import { describe, expect, test } from 'vitest';
import type { CheckedResource, Scenario } from '../../src/scenario/checked.js';
import { BASIC, findingsOf, lines, load } from './fixtures/files.js';

const over = (text: string) => ({ 'a.yaml': `extends: b.yaml\n${text}`, 'b.yaml': BASIC });
const resource = (scenario: Scenario, name: string): CheckedResource => {
  return scenario.resources.find((one) => one.name === name)!;
};

describe('merging', () => {
  test('an empty variant is its base', () => {
    expect(load(over('name: Basic')).hash).toBe(load(BASIC).hash);
  });
  test('maps by name and blocks of settings merge', () => {
    const scenario = load(
      over(
        'resources: { orders: { redrivePolicy: { maxReceiveCount: 3 } }, more: { type: sqs.queue } }',
      ),
    );
    expect(resource(scenario, 'orders').settings['redrivePolicy']).toEqual({
      deadLetterTarget: 'orders-dlq',
      maxReceiveCount: 3,
    });
    expect(scenario.resources.map(({ name }) => name)).toEqual([
      'orders',
      'orders-dlq',
      'workers',
      'more',
    ]);
  });
  test('lists, distributions and values are replaced whole', () => {
    const scenario = load(
      over(
        'traffic: { shoppers: { size: { dist: exponential, mean: 3KiB }, phases: [ { for: 20m, rate: 1/s } ] } }',
      ),
    );
    expect(scenario.traffic[0].size).toEqual({ kind: 'exponential', mean: 3072 });
    expect(scenario.duration).toBe(1_200_000_000);
  });
  test('null removes what the base has', () => {
    const scenario = load(over('resources: { orders: { redrivePolicy: null } }\nfaults: null'));
    expect(resource(scenario, 'orders').settings['redrivePolicy']).toBeUndefined();
    expect(scenario.faults).toEqual([]);
  });
  test('null that removes nothing is an error', () => {
    expect(lines(over('traffic: { shoppers: { arrivals: null } }'))).toEqual([
      expect.stringContaining(
        'a.yaml:2:24: error never-happens: arrivals: null removes nothing; allowed: a value',
      ),
    ]);
    expect(lines(over('resources: { x: null }'))).toHaveLength(1);
  });
  test('a changed type replaces the resource', () => {
    const scenario = load(
      over('resources: { workers: { type: sqs.queue } }\nfaults: []\nexpect: []'),
    );
    expect(resource(scenario, 'workers').written).toEqual({ type: 'sqs.queue' });
  });
  test('naming one alternative displaces the other', () => {
    const scenario = load(over('duration: 12m\ntraffic: { shoppers: { rate: 5/s } }'));
    expect(scenario.traffic[0].plan).toEqual({ kind: 'rate', rate: 5 });
  });
  test('both alternatives in one file stay a mistake', () => {
    expect(lines(over('traffic: { shoppers: { rate: 5/s, phases: [ { burst: 1 } ] } }'))).toEqual([
      expect.stringContaining('rate and phases together'),
    ]);
  });
});

describe('bases', () => {
  test('a mistake in a base is reported there', () => {
    const files = { 'dir/a.yaml': 'extends: ../b.yaml', 'b.yaml': BASIC.replace('30s', '30x') };
    expect(lines(files)).toEqual([expect.stringMatching(/^b\.yaml:10:24: error wrong-unit/)]);
  });
  test('what the variant mends is no mistake', () => {
    const files = {
      'a.yaml': 'extends: b.yaml\nresources: { orders: { visibilityTimeout: 30s } }',
      'b.yaml': BASIC.replace('30s', '30x'),
    };
    expect(lines(files)).toEqual([]);
  });
  test('a base may be incomplete', () => {
    expect(
      lines({
        'a.yaml': `extends: b.yaml\n${BASIC.replace('name: Basic\n', '')}`,
        'b.yaml': 'name: Base',
      }),
    ).toEqual([]);
  });
  test('circles, chains that are too long, files that cannot be read', () => {
    expect(lines({ 'a.yaml': 'extends: b.yaml', 'b.yaml': 'extends: ./a.yaml' })).toEqual([
      'b.yaml:1:10: error circular: a circle of bases: a.yaml → b.yaml → a.yaml; allowed: a chain that ends',
    ]);
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`${i}.yaml`, `extends: ${i + 1}.yaml`]),
    );
    expect(lines({ 'a.yaml': 'extends: 0.yaml', ...chain })).toEqual([
      expect.stringContaining('error out-of-range: a chain of more than 8 bases'),
    ]);
    expect(lines({ 'a.yaml': 'name: x\nextends: no.yaml' })).toEqual([
      expect.stringMatching(/^a\.yaml:2:10: error file: no\.yaml cannot be read: no such file/),
    ]);
    expect(lines({ 'a.yaml': 'extends: [b.yaml]' })).toEqual([
      expect.stringContaining('a.yaml:1:10: error wrong-kind'),
    ]);
    expect(lines({ 'a.yaml': 'extends: b.yaml', 'b.yaml': 'a: {' })).toEqual([
      expect.stringMatching(/^b\.yaml:1:\d+: error syntax/),
    ]);
  });
  test('eight bases are fine', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 7 }, (_, i) => [`${i}.yaml`, `extends: ${i + 1}.yaml`]),
    );
    expect(lines({ 'a.yaml': 'extends: 0.yaml', ...chain, '7.yaml': BASIC })).toEqual([]);
  });
});

describe('overrides', () => {
  const set = (...texts: string[]) => load(BASIC, { set: texts });
  test('reach settings, list items, and settings that were not written', () => {
    const scenario = set(
      'resources.orders.visibilityTimeout=5m',
      'traffic.shoppers.phases[1].rampTo=100/s',
      'resources.orders.delaySeconds=3',
      'resources.orders-dlq.redrivePolicy.deadLetterTarget=orders',
      'resources.orders-dlq.redrivePolicy.maxReceiveCount=9',
      'faults[0]={ at: 1m, on: workers, crash: 2 }',
      'traffic.shoppers.size={ p50: 1KiB, p99: 2KiB }',
    );
    expect(resource(scenario, 'orders').settings).toMatchObject({
      visibilityTimeout: 300e6,
      delaySeconds: 3e6,
    });
    expect(scenario.traffic[0].plan).toMatchObject({
      phases: [{ from: 50 }, { from: 50, to: 100 }, { count: 100 }],
    });
    expect(scenario.faults).toEqual([
      {
        at: 60e6,
        for: undefined,
        on: 'workers',
        verb: 'crash',
        amount: { kind: 'count', count: 2 },
      },
    ]);
    expect(scenario.traffic[0].size).toEqual({ kind: 'lognormal', p50: 1024, p99: 2048 });
  });
  test('names are matched longest first', () => {
    const text = BASIC.replaceAll('orders-dlq', 'orders.fifo');
    const found = findingsOf(text, { set: ['resources.orders.fifo.visibilityTimeout=13h'] });
    expect(found.map(({ path }) => path)).toContain('resources.orders.fifo.visibilityTimeout');
    expect(found.map(({ path }) => path)).not.toContain('resources.orders.visibilityTimeout');
  });
  test('displace and remove as variants do', () => {
    expect(set('traffic.shoppers.rate=5/s', 'duration=12m').traffic[0].plan).toEqual({
      kind: 'rate',
      rate: 5,
    });
    expect(
      resource(set('resources.orders.redrivePolicy=null'), 'orders').settings['redrivePolicy'],
    ).toBeUndefined();
  });
  test('findings say which override, and where in it', () => {
    const found = lines(BASIC, {
      set: [
        'resources.orders.visibilityTimeout=13h',
        'resources.ordrs.visibilityTimeout=1s',
        'traffic.shoppers.phases[7].for=1m',
        'nothing',
        'a b=1',
        'resources.workers.maxSize={',
        'resources.orders.delaySeconds=',
      ],
    });
    expect(found.map((line) => line.split(';')[0])).toEqual([
      '--set:1:36: error out-of-range: visibilityTimeout is 13h',
      '--set:2:1: error unknown-name: resources has no ordrs',
      '--set:3:1: error never-happens: traffic.shoppers.phases[7].for names nothing',
      '--set:4:1: error syntax: nothing says no value',
      '--set:5:1: error unknown-key: unknown key a b',
      expect.stringMatching(/^--set:6:\d+: error syntax/),
      expect.stringMatching(/^--set:7:1: error syntax: the file is empty|--set:7/),
    ]);
  });
  test('seed and profile in place of the scenario’s own', () => {
    const scenario = load(BASIC, { seed: '007', profile: 'adversarial' });
    expect(scenario.seed).toBe('007');
    expect(scenario.profile).toBe('adversarial');
    expect(resource(scenario, 'orders-dlq').assume['duplicateOnReceive']).toBe(0.01);
    expect(lines(BASIC, { profile: 'idael' })).toEqual([
      '--profile:1:1: error choice: profile is idael; allowed: ideal | typical | adversarial; nearest: ideal',
    ]);
    expect(load(BASIC, { seed: 'a: b' }).seed).toBe('a: b');
  });
});
