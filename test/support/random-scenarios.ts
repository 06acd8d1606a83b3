// Small scenarios drawn at random: every queue and fleet setting, assumption and fault that can change what
// happens to a message.

import fc from 'fast-check';

/** JSON is YAML: what the language reads, as plain values. */
export interface PlainScenario {
  readonly profile: string;
  readonly [key: string]: unknown;
}

/** The files of a scenario; the first is the scenario itself. */
export function filesOf(scenario: PlainScenario): Readonly<Record<string, string>> {
  return {
    'random.yaml': JSON.stringify(scenario, null, 1),
    'counts.csv': 'n\n0\n7\n0\n1\n30\n2\n',
  };
}

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Mostly left out. */
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

const assume = fc.record({
  apiLatency: seldom(pick<unknown>('0s', '20ms', { dist: 'exponential', mean: '50ms' })),
  propagation: seldom(pick('0s', '30ms', '3s')),
  duplicateOnReceive: seldom(pick('0%', '1%', '20%')),
  duplicateAfterDelete: seldom(pick('0%', '1%', '20%')),
  lostReceive: seldom(pick('0%', '10%')),
  falseEmpty: seldom(pick('0%', '30%')),
  storageShards: seldom(pick(1, 3, 32)),
  shortPollShards: seldom(pick(1, 2)),
  staleDelete: seldom(pick('ignored', 'deletes')),
  pollChoice: seldom(pick('random', 'longestWaiting')),
});

/** `redrive`: -1 none, else the place of the dead-letter queue among those that are there. */
const queue = fc.record({
  visibilityTimeout: pick('1s', '5s', '7s', '30s', '2m'),
  delaySeconds: seldom(pick('1s', '20s', '2m')),
  messageRetentionPeriod: seldom(pick('60s', '90s', '4d')),
  receiveMessageWaitTimeSeconds: seldom(pick('1s', '20s')),
  maximumMessageSize: seldom(pick('1KiB', '2KiB')),
  redrive: fc.integer({ min: -1, max: 3 }),
  maxReceiveCount: pick(1, 2, 3, 5),
  assume,
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: pick<unknown>(
      '100ms',
      '1s',
      '4s',
      { dist: 'exponential', mean: '2s' },
      { p50: '1s', p99: '20s' },
    ).map((work) => ({ work })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      fail: pick('5%', '50%', '100%'),
      per: pick('attempt', 'message'),
      chance: seldom(pick('50%')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ crash: pick('2%', '20%'), chance: seldom(pick('50%')) }) },
);

const polls = fc.record({
  batchSize: pick(1, 2, 10),
  wait: pick('0s', '1s', '20s'),
  visibilityTimeout: seldom(pick('1s', '40s')),
  concurrency: pick(1, 2, 5),
  inBatch: pick('sequential', 'parallel'),
  deletes: pick('afterEach', 'afterEach', 'afterBatch', 'onReceipt'),
  pause: pick('100ms', '1s', '7s'),
});

const fleet = fc.record({
  minSize: pick(0, 1, 2),
  more: pick(0, 1, 4),
  startup: pick<unknown>('0s', '5s', { p50: '5s', p99: '30s' }),
  stopTimeout: seldom(pick('0s', '3s')),
  scales: pick('no', 'out', 'in'),
  // Each fleet takes its first queue, and perhaps a second one.
  consumes: fc.array(polls, { minLength: 1, maxLength: 2 }),
  shift: fc.nat({ max: 3 }),
  handler: fc.array(step, { maxLength: 3 }),
});

const fault = fc.record({
  at: pick('1s', '20s', '61s'),
  for: seldom(pick('5s', '50s')),
  place: fc.nat({ max: 2 }),
  verb: pick<Record<string, unknown>>(
    { crash: 1 },
    { crash: '50%' },
    { down: 1 },
    { down: '100%' },
    { slow: '5x' },
    { slow: '2s' },
  ),
});

const plan = pick<Record<string, unknown>>(
  { rate: '3/s' },
  { rate: '2/s', arrivals: 'constant' },
  { phases: [{ burst: 60 }] },
  {
    phases: [
      { for: '30s', rate: '0/s', rampTo: '10/s' },
      { burst: 20 },
      { for: '10s', rate: '2/s', rampTo: '0/s' },
    ],
  },
  { phases: [{ burst: 1 }, { for: '59s', rate: '1/m' }, { burst: 30 }] },
  { replay: { file: 'counts.csv', every: '10s', count: 'n' } },
  { replay: { file: 'counts.csv', every: '1s', count: 'n' }, arrivals: 'constant' },
);

const traffic = fc.record({
  place: fc.nat({ max: 3 }),
  plan,
  size: pick<unknown>('1KiB', '500B', { dist: 'uniform', min: '100B', max: '2500B' }),
  batch: seldom(pick({ size: 10, wait: '500ms' }, { size: 3, wait: '1s' })),
});

const settings = fc.record({
  profile: pick('ideal', 'typical', 'adversarial'),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  drain: pick('0s', '90s', '1h'),
  warmUp: seldom(pick('20s')),
  queues: fc.array(queue, { minLength: 1, maxLength: 3 }),
  fleets: fc.array(fleet, { minLength: 1, maxLength: 2 }),
  traffic: fc.array(traffic, { minLength: 1, maxLength: 2 }),
  faults: fc.array(fault, { maxLength: 3 }),
});

type Drawn = typeof settings extends fc.Arbitrary<infer T> ? T : never;

const queueName = (place: number): string => `q${place}`;

/**
 * Later queues may be dead-letter queues of earlier ones, so that no circle arises; the last is only a
 * store. Where SQS often brings forth copies by itself, a message that always fails must end somewhere,
 * since it has more copies with each receive.
 */
function queuesOf({ profile, queues }: Drawn): Record<string, unknown> {
  const stores = Object.fromEntries(
    queues.map(({ redrive, maxReceiveCount, ...rest }, place) => {
      const target = redrive > place && redrive < queues.length ? queueName(redrive) : 'dead';
      const multiplies = profile === 'adversarial' || rest.assume.duplicateOnReceive !== undefined;
      const redrivePolicy =
        redrive < 0 && !multiplies ? undefined : { deadLetterTarget: target, maxReceiveCount };
      return [queueName(place), { type: 'sqs.queue', ...rest, redrivePolicy }];
    }),
  );
  return { ...stores, dead: { type: 'sqs.queue', messageRetentionPeriod: '14d' } };
}

function fleetOf(drawn: Drawn, place: number): Record<string, unknown> {
  const { minSize, more, startup, stopTimeout, scales, consumes, shift, handler } =
    drawn.fleets[place];
  const sources = consumes.map(({ wait, pause, ...rest }, i) => {
    const idle = wait === '0s' ? { idleTimeBetweenReads: pause } : {};
    return [
      queueName((place + shift + i) % drawn.queues.length),
      { waitTimeSeconds: wait, ...idle, ...rest },
    ] as const;
  });
  const source = sources[0][0];
  return {
    type: 'autoscaling.group',
    minSize,
    maxSize: minSize + more,
    instanceType: 'm7g.large',
    startup,
    stopTimeout,
    assume: { launch: '10s', terminate: '5s' },
    consumes: Object.fromEntries(sources),
    handler: handler.map((one) => JSON.parse(JSON.stringify(one)) as unknown),
    desiredCapacity: scales === 'in' ? minSize + more : undefined,
    scalingPolicies: policies(scales, source, more),
  };
}

/** `out`: up when there is a backlog, down when there is none. `in`: down as long as there is not a large one. */
function policies(scales: string, source: string, more: number): unknown {
  if (scales === 'no' || more === 0) return undefined;
  const shrinks = scaling(source, 'LessThanThreshold', scales === 'in' ? 100 : 2, -1);
  return scales === 'in'
    ? { in: shrinks }
    : { in: shrinks, out: scaling(source, 'GreaterThanOrEqualToThreshold', 5, more) };
}

function scaling(
  source: string,
  comparisonOperator: string,
  threshold: number,
  scalingAdjustment: number,
): unknown {
  const bound = scalingAdjustment > 0 ? 'metricIntervalLowerBound' : 'metricIntervalUpperBound';
  return {
    policyType: 'StepScaling',
    adjustmentType: 'ChangeInCapacity',
    estimatedInstanceWarmup: '10s',
    stepAdjustments: [{ [bound]: 0, scalingAdjustment }],
    alarm: {
      metric: `ApproximateNumberOfMessagesVisible(${source})`,
      comparisonOperator,
      threshold,
    },
  };
}

function toScenario(drawn: Drawn): PlainScenario {
  const { profile, seed, drain, warmUp, queues, fleets, traffic: sources, faults } = drawn;
  const names = fleets.map((_, place) => `fleet${place}`);
  return JSON.parse(
    JSON.stringify({
      name: 'random',
      profile,
      seed,
      duration: '70s',
      drain,
      warmUp,
      traffic: Object.fromEntries(
        sources.map(({ place, plan: how, size, batch }, i) => {
          return [
            `source${i}`,
            { send: queueName(place % queues.length), ...how, size, client: batch && { batch } },
          ];
        }),
      ),
      resources: {
        ...queuesOf(drawn),
        ...Object.fromEntries(names.map((name, place) => [name, fleetOf(drawn, place)])),
      },
      faults: faults.map(({ at, for: length, place, verb }) => ({
        at,
        for: length,
        on: names[place % names.length],
        ...verb,
      })),
    }),
  ) as PlainScenario;
}

export const randomScenario: fc.Arbitrary<PlainScenario> = settings.map(toScenario);
