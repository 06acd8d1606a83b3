// Regions in scenarios: what lies where, what is refused, and what is known of each region.

import { describe, expect, test } from 'vitest';
import { explainScenario } from '../../src/experiment/explain-scenario.js';
import { faultText } from '../../src/scenario/happening-text.js';
import { errorsIn, loadText } from './fixtures/real.js';

const BASE = `name: Two regions
region: us-west-2
duration: 10m
assume: { network: { betweenRegions: 100ms } }
traffic:
  shops: { send: orders, rate: 1/s }
resources:
  orders: { type: sqs.queue, region: ap-northeast-1, redrivePolicy: { deadLetterTarget: dead, maxReceiveCount: 3 } }
  dead: { type: sqs.queue, region: ap-northeast-1, messageRetentionPeriod: 14d }
  packers:
    type: autoscaling.group
    minSize: 1
    maxSize: 2
    instanceType: m7g.large
    consumes: { orders: { waitTimeSeconds: 20s } }
    handler: [ work: 10ms ]
`;

/** BASE with one place of it changed. */
function baseWith(from: string, to: string): string {
  expect(BASE).toContain(from);
  return BASE.replace(from, () => to);
}

const SHOPS = 'shops: { send: orders';
const DEAD = 'dead: { type: sqs.queue, region: ap-northeast-1';
const BETWEEN = 'betweenRegions: 100ms';
const SCALING =
  'maxSize: 2\n    scalingPolicies: { p: { policyType: TargetTrackingScaling, targetTrackingConfiguration: ';

test('what lies in several regions is free of findings, and each thing has its own', () => {
  const { resources } = loadText(BASE);
  expect(errorsIn(BASE)).toEqual([]);
  expect(resources.map(({ region }) => region)).toEqual([
    'ap-northeast-1',
    'ap-northeast-1',
    'us-west-2',
  ]);
});

test('traffic comes from where its queue is, from a region, or over the internet', () => {
  for (const from of ['us-west-2', 'ap-northeast-1', 'sa-east-1', 'internet'])
    expect(errorsIn(baseWith(SHOPS, `${SHOPS}, from: ${from}`))).toEqual([]);
});

describe('refused', () => {
  test.each<[from: string, to: string, error: string]>([
    [DEAD, DEAD.replace('ap-', 'app-'), 'choice: region is app-northeast-1; allowed: us-east-1'],
    [
      DEAD,
      'dead: { type: sqs.queue',
      'aws-refuses: a dead-letter queue lies in the region of its source; allowed: a queue in ap-northeast-1',
    ],
    [
      'region: us-west-2',
      'region: mx-central-1',
      'not-modelled: prices in mx-central-1 are not known (EC2); allowed: us-east-1, us-east-2',
    ],
    [
      DEAD,
      DEAD.replace('ap-northeast-1', 'eu-west-3'),
      'not-modelled: prices in eu-west-3 are not known (SQS); allowed: us-east-1, us-east-2',
    ],
    [SHOPS, `${SHOPS}, from: us-west-9`, 'choice: from is us-west-9; allowed: us-east-1'],
    [
      SHOPS,
      `${SHOPS}, from: ca-west-1`,
      'not-modelled: prices in ca-west-1 are not known (Data transfer); allowed: us-east-1',
    ],
    [
      'maxSize: 2',
      'maxSize: 2\n    availabilityZones: [ap-northeast-1a]',
      'choice: availabilityZones[0] is ap-northeast-1a; allowed: zones of us-west-2',
    ],
    [
      'maxSize: 2',
      `${SCALING}{ metric: backlogPerInstance(orders), targetValue: 5 } } }`,
      'wrong-kind: orders lies in ap-northeast-1, where its metrics stay',
    ],
    [
      BETWEEN,
      'betweenRegions: { us-west-2 -> ap-northeast-9: 1ms }',
      'choice: no region of AWS is called ap-northeast-9',
    ],
    [BETWEEN, 'betweenRegions: { us-west-2 -> us-west-2: 1ms }', 'wrong-kind'],
    [BETWEEN, 'betweenRegions: { us-west-2 -> us-west-1: 7 }', 'wrong-unit'],
    [BETWEEN, 'betweenZones: 1ms', 'not-modelled: betweenZones is not modelled yet'],
  ])('%j → %j', (from, to, error) => {
    const found = errorsIn(baseWith(from, to));
    expect(found.map((one) => one.slice(0, error.length))).toContain(error);
  });

  test('a service outside AWS lies in no region', () => {
    const text = `${BASE}  mailer: { type: external.http, region: us-west-2, handler: [] }\n`;
    expect(errorsIn(text)[0]).toMatch(
      /^no-effect: region would have no effect: it lies outside AWS/,
    );
  });

  test.each<[fault: string, error: string]>([
    [
      'on: us-west-2, down: 50%',
      'wrong-kind: down is 50%; allowed: 100%: a region fails as a whole',
    ],
    ['on: us-west-2, down: 1', 'wrong-kind: down is 1; allowed: 100%'],
    [
      'on: us-west-1, down: 100%',
      'never-happens: nothing of this scenario lies in us-west-1; allowed: ap-',
    ],
    [
      'on: us-west-2, slow: 5x',
      'not-modelled: faults other than down on a region are not modelled yet',
    ],
    [
      'on: ap-northeast-1 -> us-west-2, cut: 100%',
      'never-happens: nothing in ap-northeast-1 calls anything in us-west-2; allowed: us-west-2 -> ap-northeast-1',
    ],
    [
      'on: us-west-2 -> eu-west-1, cut: 100%',
      'never-happens: nothing of this scenario lies in eu-west-1',
    ],
    [
      'on: us-west-2 -> ap-northeast-1, fail: 5%',
      'not-modelled: fail between regions are not modelled yet',
    ],
    [
      'on: us-west-2 -> ap-northeast-1, cut: 5%, api: SendMessage',
      'not-modelled: faults on single API operations between regions are not modelled yet',
    ],
    ['on: us-west-2 -> orders, cut: 5%', 'never-happens: nothing of this scenario lies in orders'],
  ])('%s', (fault, error) => {
    const found = errorsIn(`${BASE}faults: [ { at: 1m, ${fault} } ]\n`);
    expect(found.map((one) => one.slice(0, error.length))).toEqual([error]);
  });
});

test('faults on regions say what they do', () => {
  const way = 'us-west-2 -> ap-northeast-1';
  const faults = [
    '{ at: 1m, for: 1m, on: us-west-2, down: 100% }',
    `{ at: 1m, on: ${way}, cut: 100% }`,
    `{ at: 1m, on: ${way}, slow: 2s }`,
  ];
  expect(loadText(`${BASE}faults: [ ${faults.join(', ')} ]\n`).faults.map(faultText)).toEqual([
    'At 1m, for 1m, the region us-west-2 is down.',
    `At 1m, 100 % of the calls on ${way} never pass.`,
    `At 1m, calls on ${way} take 2s longer.`,
  ]);
});

describe('explain', () => {
  test('quotas are those of each region', () => {
    const text = baseWith('maxReceiveCount: 3 }', 'maxReceiveCount: 3 }, kmsMasterKeyId: key');
    const { quotas } = explainScenario(loadText(text));
    const kms = quotas.filter(({ path }) => path.includes('kms'));
    expect(kms.map(({ path, value }) => [path, value])).toEqual([
      ['quotas.kms.requestsPerSecond in ap-northeast-1', '20000'],
      ['quotas.kms.requestsPerSecond in us-west-2', '100000'],
    ]);
  });

  test('the way between regions is an assumption', () => {
    const { assumptions } = explainScenario(loadText(BASE));
    const own = assumptions.find(({ path }) => path === 'assume.network.betweenRegions');
    expect(own).toMatchObject({ value: '100ms', origin: 'scenario' });
  });
});
