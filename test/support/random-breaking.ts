// The random scenarios once more, with all that this issue brought: FIFO queues, clients that try again, faults on
// calls, operations, heartbeats, keys of KMS, accounts.

import fc from 'fast-check';
import type { PlainScenario } from './random-scenarios.js';
import { randomScenario } from './random-scenarios.js';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Mostly left out. */
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

const client = fc.record({
  timeout: seldom(pick('100ms', '2s')),
  retry: seldom(
    pick<unknown>('none', 'standard', 'legacy', { maxAttempts: 5, base: '1s' }, { budget: '10%' }),
  ),
  senders: seldom(pick(1, 3)),
});

const message = fc.record({
  key: pick<unknown>('unique', 'a', { of: 3 }, { of: 5, zipf: 1, hot: { big: '50%' } }),
  messageGroupId: seldom(pick('key', 'message')),
});

const fifo = fc.record({
  contentBasedDeduplication: seldom(pick(true)),
  deduplicationScope: seldom(pick('messageGroup')),
  fifoThroughputLimit: seldom(pick('perMessageGroupId')),
  assume: fc.record({ partitionRamp: seldom(pick('5s')), redriveRate: seldom(pick('1/s')) }),
});

const anyQueue = fc.record({
  kmsMasterKeyId: seldom(pick('alias/q')),
  account: seldom(pick(1, 1, 2)),
});

const polls = fc.record({
  heartbeat: seldom(
    pick<unknown>(
      { every: '3s', visibilityTimeout: '6s' },
      { every: '1s', visibilityTimeout: ['2s', '4s'] },
    ),
  ),
  onFailure: seldom(pick<unknown>({ visibilityTimeout: '0s' }, { visibilityTimeout: '9s' })),
  receiveRequestAttemptId: seldom(pick(true)),
  group: seldom(pick('goOn')),
});

const callFault = fc.record({
  at: pick('0s', '1s', '20s', '61s'),
  for: pick('5s', '50s'),
  place: fc.nat({ max: 9 }),
  every: seldom(pick('50s')),
  on: pick<'source' | 'consumer' | 'queue'>('source', 'consumer', 'queue'),
  verb: pick<Record<string, unknown>>(
    { lose: '30%' },
    { lose: '100%' },
    { cut: '30%' },
    { cut: '100%' },
    { fail: '50%' },
    { fail: '50%', status: 403 },
    { fail: '100%', status: 429 },
    { throttle: '1/s' },
    { throttle: '50%' },
    { slow: '2s' },
  ),
});

const operation = fc.record({
  at: pick('5s', '30s', '65s', '100s'),
  place: fc.nat({ max: 9 }),
  verb: pick<Record<string, unknown>>(
    { purge: true },
    { set: { visibilityTimeout: '3s' } },
    { set: { delaySeconds: '10s' } },
    { set: { messageRetentionPeriod: '60s' } },
    { set: { receiveMessageWaitTimeSeconds: '3s', maximumMessageSize: '1KiB' } },
    { set: { redrivePolicy: { deadLetterTarget: 'dead', maxReceiveCount: 1 } } },
  ),
});

const redrive = fc.record({
  at: pick('30s', '65s', '100s'),
  to: seldom(pick(true)),
  rate: seldom(pick(1, 500)),
});

const more = fc.record({
  isFifo: fc.boolean(),
  clients: fc.array(fc.tuple(client, message), { minLength: 2, maxLength: 2 }),
  queues: fc.array(fc.tuple(anyQueue, fifo), { minLength: 4, maxLength: 4 }),
  polls,
  callFaults: fc.array(callFault, { maxLength: 3 }),
  operations: fc.array(operation, { maxLength: 3 }),
  redrives: fc.array(redrive, { maxLength: 2 }),
  quotas: seldom(pick(1, 30)),
});
type More = typeof more extends fc.Arbitrary<infer T> ? T : never;

type Plain = Record<string, unknown>;
type Named = Record<string, Plain>;

const STANDARD_ONLY = [
  'duplicateOnReceive',
  'duplicateAfterDelete',
  'falseEmpty',
  'storageShards',
  'shortPollShards',
  'staleDelete',
];

/** Values that are there win over those of `under`; undefined is not there. */
function filled(over: Plain, under: object): Plain {
  const said = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...under, ...Object.fromEntries(said) };
}

function queueOf(queue: Plain, [any, own]: More['queues'][number], isFifo: boolean): Plain {
  const assume = { ...(queue['assume'] as Plain | undefined) };
  if (isFifo) for (const key of STANDARD_ONLY) delete assume[key];
  const settings = isFifo
    ? { ...own, deduplicationScope: own.fifoThroughputLimit && 'messageGroup', assume: undefined }
    : {};
  return { ...queue, ...settings, ...any, assume: isFifo ? { ...assume, ...own.assume } : assume };
}

function fleetOf(fleet: Plain, { polls: own, isFifo }: More): Plain {
  const { heartbeat, onFailure, receiveRequestAttemptId, group } = own;
  const isList = Array.isArray((heartbeat as Plain | undefined)?.['visibilityTimeout']);
  const consumes = Object.entries(fleet['consumes'] as Named).map(([queue, polling]) => {
    const isEarly = polling['deletes'] === 'onReceipt';
    const failure = { ...(isEarly ? {} : (onFailure as Plain | undefined)) };
    if (isFifo && group !== undefined) failure['group'] = group;
    return [
      queue,
      {
        ...polling,
        visibilityTimeout: isList && !isEarly ? undefined : polling['visibilityTimeout'],
        heartbeat: isEarly ? undefined : heartbeat,
        onFailure: failure,
        receiveRequestAttemptId: isFifo ? receiveRequestAttemptId : undefined,
      },
    ] as const;
  });
  return { ...fleet, consumes: Object.fromEntries(consumes) };
}

function faultsOf(scenario: PlainScenario, { callFaults }: More): Plain[] {
  const traffic = Object.entries(scenario['traffic'] as Named);
  const resources = Object.entries(scenario['resources'] as Named);
  const links = resources.flatMap(([name, body]) =>
    Object.keys((body['consumes'] ?? {}) as Plain).map((queue) => `${queue} -> ${name}`),
  );
  const targets = {
    source: traffic.map(([name, { send }]) => `${name} -> ${String(send)}`),
    consumer: links,
    queue: resources.filter(([, body]) => body['type'] === 'sqs.queue').map(([name]) => name),
  };
  return callFaults.map(({ place, on, verb, ...when }) => {
    const candidates = targets[on];
    return { ...when, on: candidates[place % candidates.length], ...verb };
  });
}

function operationsOf(scenario: PlainScenario, drawn: More): Plain[] {
  const names = Object.entries(scenario['resources'] as Named)
    .filter(([name, body]) => body['type'] === 'sqs.queue' && name !== 'dead')
    .map(([name]) => name);
  const hasLetters = JSON.stringify(scenario['resources']).includes('"deadLetterTarget":"dead"');
  const purged = new Set<string>();
  const own = drawn.operations.flatMap(({ place, verb, at }): Plain[] => {
    const on = names[place % names.length];
    if ('purge' in verb && purged.has(on)) return [];
    if ('purge' in verb) purged.add(on);
    return [{ at, on, ...verb }];
  });
  const back = drawn.redrives.map(({ at, to, rate }) => ({
    at,
    on: 'dead',
    redrive: { to: to && names[0], maxNumberOfMessagesPerSecond: rate },
  }));
  return [...own, ...(hasLetters ? back : [])];
}

function merged([scenario, drawn]: readonly [PlainScenario, More]): PlainScenario {
  const { isFifo } = drawn;
  const entries = Object.entries(scenario['resources'] as Named);
  const resources = entries.map(([name, body], i) => {
    const isQueue = body['type'] === 'sqs.queue';
    // A queue and its dead-letter queue lie in one account.
    const queue = drawn.queues[i % drawn.queues.length];
    const placed = [{ ...queue[0], account: drawn.queues[0][0].account }, queue[1]] as const;
    return [name, isQueue ? queueOf(body, [...placed], isFifo) : fleetOf(body, drawn)] as const;
  });
  const traffic = Object.entries(scenario['traffic'] as Named).map(([name, body], i) => {
    const [how, about] = drawn.clients[i % drawn.clients.length];
    const ids = about.messageGroupId === undefined ? {} : { messageGroupId: about.messageGroupId };
    const own = { ...body, key: about.key, ...ids };
    return [name, { ...own, client: filled((body['client'] ?? {}) as Plain, how) }] as const;
  });
  const drawnFaults = scenario['faults'] as readonly Plain[];
  const inFlight = drawn.quotas;
  const whole = {
    ...scenario,
    drain: scenario['drain'] === '1h' ? '10m' : scenario['drain'],
    traffic: Object.fromEntries(traffic),
    resources: Object.fromEntries(resources),
    faults: [...drawnFaults, ...faultsOf(scenario, drawn)],
    operations: operationsOf(scenario, drawn),
    quotas: inFlight === undefined ? {} : { sqs: { inFlight } },
  };
  const endsAtOnce = scenario['drain'] === '0s';
  const text = endsAtOnce
    ? JSON.stringify(whole).replaceAll('"at":"100s"', '"at":"64s"')
    : JSON.stringify(whole);
  if (!isFifo) return JSON.parse(text) as PlainScenario;
  // Every queue by its FIFO name, wherever it stands.
  const fifoText = text
    .replace(/"(q\d|dead)"/g, '"$1.fifo"')
    .replace(/\b(q\d)\b(?=[ )"]|$)/g, '$1.fifo');
  return JSON.parse(fifoText.replaceAll('.fifo.fifo', '.fifo')) as PlainScenario;
}

export const randomBreaking: fc.Arbitrary<PlainScenario> = fc
  .tuple(randomScenario, more)
  .map(merged);
