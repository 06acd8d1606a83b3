// Random scenarios of one topic, producers with constant attributes, and subscribers of several kinds: queues with a
// crew, webhooks, with filters and dead-letter queues of their own. Nobody shares anything but the topic.

import fc from 'fast-check';

export type Plain = Record<string, unknown>;

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

const filterPolicy = fc.oneof(
  pick<Plain>(
    { kind: ['placed'] },
    { kind: ['placed', 'refund'] },
    { kind: [{ prefix: 're' }] },
    { kind: [{ 'anything-but': ['placed'] }] },
    { kind: [{ exists: false }] },
    { amount: [{ numeric: ['>=', 10, '<', 500] }] },
    { kind: ['refund'], amount: [{ numeric: ['>', 5] }] },
    { $or: [{ kind: ['placed'] }, { amount: [{ numeric: ['<', 10] }] }] },
  ),
);

const producer = fc.record({
  attributes: pick<Plain>(
    {},
    { kind: 'placed' },
    { kind: 'refund', amount: 7 },
    { kind: 'return', amount: 40 },
    { amount: 900 },
  ),
  rate: pick('1/s', '3/s'),
  batch: seldom(pick({ size: 5, wait: '500ms' })),
  retry: seldom(pick<unknown>('none')),
});

const subscriber = fc.record({
  kind: pick('queue', 'queue', 'hook'),
  isRaw: fc.boolean(),
  filterPolicy: seldom(filterPolicy),
  hasLetters: fc.boolean(),
  /** Has the dead letters, if somebody does. */
  isRescued: fc.boolean(),
  work: pick<unknown>('5ms', '400ms', { p50: '80ms', p99: '2s' }),
  fail: pick('0%', '0%', '20%'),
  concurrency: pick(1, 4),
});
export type Subscriber = typeof subscriber extends fc.Arbitrary<infer T> ? T : never;

/** What happens to one subscriber, in a second run. */
export const blow = pick<Plain>(
  { at: '3s', for: '20s', fail: '100%', status: 503 },
  { at: '3s', for: '20s', fail: '100%', status: 403 },
  { at: '3s', for: '20s', fail: '50%' },
  { at: '3s', for: '20s', lose: '50%' },
  { at: '3s', for: '20s', cut: '50%' },
  { at: '3s', for: '20s', throttle: '1/s' },
  { at: '3s', slow: '3s' },
);

export interface FanOut {
  readonly profile: string;
  readonly seed: number;
  readonly producers: readonly (typeof producer extends fc.Arbitrary<infer T> ? T : never)[];
  readonly subscribers: readonly Subscriber[];
}

export const fanOut: fc.Arbitrary<FanOut> = fc.record({
  profile: pick('ideal', 'typical', 'adversarial'),
  seed: fc.nat({ max: 1_000_000 }),
  producers: fc.array(producer, { minLength: 1, maxLength: 3 }),
  subscribers: fc.array(subscriber, { minLength: 1, maxLength: 3 }),
});

export { subscriber as anySubscriber };

/** A subscriber with its name, which stands for all that is its own. */
export type Named = readonly [name: string, what: Subscriber];

export function named({ subscribers }: FanOut): Named[] {
  return subscribers.map((one, i) => [`s${i}`, one] as const);
}

/** The subscription of a subscriber, and the resources that it consists of. */
function partsOf([name, one]: Named): readonly [subscription: Plain, resources: Plain] {
  const { kind, isRaw, filterPolicy: policy, hasLetters, isRescued, work, fail, concurrency } = one;
  const dead = `${name}-dead`;
  const subscription = {
    rawMessageDelivery: isRaw,
    filterPolicy: policy,
    redrivePolicy: hasLetters ? { deadLetterTarget: dead } : undefined,
  };
  const handler = fail === '0%' ? [{ work }] : [{ work }, { fail }];
  const crewOf = (queue: string): Plain => ({
    type: 'autoscaling.group',
    minSize: 1,
    maxSize: 1,
    instanceType: 'm7g.large',
    consumes: { [queue]: { waitTimeSeconds: '20s', concurrency } },
    handler: [{ work: '5ms' }],
  });
  const own: Plain =
    kind === 'queue'
      ? { [name]: { type: 'sqs.queue' }, [`${name}-crew`]: { ...crewOf(name), handler } }
      : { [name]: { type: 'external.http', handler } };
  if (hasLetters) own[dead] = { type: 'sqs.queue' };
  if (hasLetters && isRescued) own[`${name}-rescue`] = crewOf(dead);
  return [subscription, own];
}

/** The scenario; `faults` go to it as they are. */
export function scenarioWith(
  { profile, seed, producers }: FanOut,
  subscribers: readonly Named[],
  faults: readonly Plain[] = [],
): Plain {
  const parts = subscribers.map(([name, one]) => [name, ...partsOf([name, one])] as const);
  const traffic = producers.map(({ attributes, rate, batch, retry }, i) => {
    return [`p${i}`, { send: 'news', rate, attributes, client: { batch, retry } }] as const;
  });
  const subscriptions = Object.fromEntries(parts.map(([name, one]) => [name, one]));
  const resources = Object.assign({}, ...parts.map(([, , own]) => own)) as Plain;
  return {
    name: 'Fan-out',
    duration: '30s',
    drain: '2h',
    profile,
    seed,
    traffic: Object.fromEntries(traffic),
    resources: { news: { type: 'sns.topic', subscriptions }, ...resources },
    faults,
  };
}
