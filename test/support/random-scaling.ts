// The random scenarios with control loops: everything that makes a group change, on top of what else may break. Longer
// than the others, so that alarms, schedules and forecasts come to act; databases behind, and in the direct way.

import fc from 'fast-check';
import { TERMINATION_POLICIES } from '../../src/components/autoscaling/life/termination-policies.js';
import { randomBreaking } from './random-breaking.js';
import { alarm, policies, scheduledActions, START } from './random-policies.js';
import type { PlainScenario } from './random-scenarios.js';
import { randomScenario } from './random-scenarios.js';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

type Plain = Record<string, unknown>;
type Named = Record<string, Plain>;

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

const hook = fc.record({
  lifecycleTransition: pick(
    'autoscaling:EC2_INSTANCE_LAUNCHING',
    'autoscaling:EC2_INSTANCE_TERMINATING',
  ),
  heartbeatTimeout: pick('30s', '50s', '2m'),
  defaultResult: seldom(pick('ABANDON', 'CONTINUE')),
});

const warmPool = fc.record({
  poolState: seldom(pick('Stopped', 'Running', 'Hibernated')),
  minSize: seldom(pick(0, 1, 3)),
  maxGroupPreparedCapacity: seldom(pick(0, 2, 5)),
  instanceReusePolicy: seldom(pick({ reuseOnScaleIn: true })),
});

const distribution = fc.record({
  onDemandBaseCapacity: seldom(pick(0, 1, 3)),
  onDemandPercentageAboveBaseCapacity: pick(0, 20, 50, 99),
});

/** Instances are On-Demand, some of them in a pool, or of both kinds; a pool and Spot Instances exclude each other. */
const purchase = fc.oneof(
  fc.record({ warmPool: seldom(warmPool) }),
  fc.record({
    mixedInstancesPolicy: distribution.map((instancesDistribution) => ({ instancesDistribution })),
    capacityRebalance: seldom(pick(true)),
  }),
);

const terminationPolicies = fc
  .shuffledSubarray([...TERMINATION_POLICIES], { minLength: 1, maxLength: 3 })
  .map((some) => [
    ...some.filter((one) => one !== 'Default'),
    ...some.filter((one) => one === 'Default'),
  ]);

const groupAssume = fc.record({
  launch: pick<unknown>('0s', '10s', { dist: 'uniform', min: '5s', max: '50s' }),
  terminate: pick('0s', '5s', '20s'),
  warmStart: seldom(pick('0s', '8s')),
  actionDelay: seldom(pick('0s', '7s')),
  scheduledDelay: seldom(pick('0s', '50s')),
  trackingHighDatapoints: seldom(pick(1)),
  trackingLowDatapoints: pick(1, 2),
  launchFailure: seldom(pick('0%', '30%', '30%', '100%')),
  instanceFailures: seldom(pick('100000%/month', '400000%/month')),
  spotInterruptions: seldom(pick('100000%/month', '400000%/month')),
});

const group = (isLong: boolean) =>
  fc.record({
    minSize: pick(0, 0, 1, 2),
    more: pick(0, 2, 5, 8, 8),
    within: seldom(fc.nat({ max: 8 })),
    defaultInstanceWarmup: seldom(pick('0s', '30s', '3m')),
    monitoring: seldom(pick({ detailed: true }).map(() => ({ enabled: true }))),
    cooldown: seldom(pick('0s', '45s')),
    stopTimeout: seldom(pick('0s', '3s', '90s')),
    startup: pick<unknown>('0s', '5s', { p50: '5s', p99: '30s' }),
    zones: fc.option(fc.shuffledSubarray(ZONES, { minLength: 1 }), { nil: undefined }),
    terminationPolicies: seldom(terminationPolicies),
    newInstancesProtectedFromScaleIn: seldom(pick(true)),
    hooks: fc.array(hook, { maxLength: 2 }),
    purchase,
    scalingPolicies: policies(isLong),
    scheduledActions: seldom(scheduledActions),
    assume: groupAssume,
    /** Which steps on the database its handler has. */
    statements: fc.array(
      fc.record({
        verb: pick('write', 'write', 'read'),
        count: seldom(pick(2, 5)),
        onError: seldom(pick('ignore')),
        client: seldom(pick<unknown>({ retry: 'standard' }, { timeout: '300ms', retry: 'none' })),
      }),
      { maxLength: 2 },
    ),
  });

/** At odd seconds: nothing else is due then. */
const TIMES = ['33s', '97s', '151s', '213s', '271s'] as const;

const fault = fc.record({
  at: pick(...TIMES),
  for: pick('20s', '70s', '3m'),
  place: fc.nat({ max: 9 }),
  what: pick('interrupt', 'zone', 'zone', 'crash', 'hide', 'failover', 'database', 'statements'),
  amount: pick<unknown>(1, 2, '50%', '100%'),
});

const operation = fc.record({
  at: pick(...TIMES),
  place: fc.nat({ max: 9 }),
  what: pick('deploy', 'deploy', 'sizes', 'sizes', 'max'),
  n: fc.nat({ max: 9 }),
  batch: pick<unknown>(undefined, 1, '50%', '100%'),
  wait: seldom(pick('5s', '40s')),
});

const database = fc.record({
  engine: pick('mysql', 'postgres'),
  multiAZ: fc.boolean(),
  maxConnections: seldom(pick(1, 2, 30)),
  assume: fc.record({
    writeTime: pick<unknown>('5ms', '1s', { p50: '50ms', p99: '3s' }),
    connect: seldom(pick('0s', '200ms')),
    failover: seldom(pick('60s')),
    parallelism: seldom(pick<unknown>(1, { perVcpu: 2 })),
  }),
});

const direct = fc.record({
  verb: pick('write', 'read'),
  plan: pick<Plain>({ rate: '1/s' }, { phases: [{ for: '40s', rate: '1/s' }, { burst: 25 }] }),
  client: seldom(
    pick<unknown>(
      { retry: 'standard' },
      { timeout: '500ms' },
      { senders: 2 },
      { retry: { maxAttempts: 3, base: '1s' } },
    ),
  ),
});

const SHORT_PLANS: readonly Plain[] = [
  { rate: '1/s' },
  { phases: [{ for: '90s', rate: '0/s' }, { burst: 80 }, { for: '2m', rate: '1/s' }] },
  {
    phases: [{ burst: 60 }, { for: '3m', rate: '0/s', rampTo: '4/s' }, { for: '1m', rate: '0/s' }],
  },
  { phases: [{ for: '1m', rate: '3/s' }, { for: '2m', rate: '0/s' }, { burst: 40 }] },
];
const LONG_PLANS: readonly Plain[] = [
  { rate: '1/m' },
  {
    phases: [
      { for: '1h', rate: '20/h' },
      { for: '2h', rate: '2/m' },
      { burst: 30 },
      { for: '20h', rate: '30/h' },
    ],
  },
];

const more = (isLong: boolean) =>
  fc.record({
    duration: isLong ? pick('27h', '31h') : pick('7m', '8m', '13m'),
    plans: fc.array(pick(...(isLong ? LONG_PLANS : SHORT_PLANS)), { minLength: 2, maxLength: 2 }),
    isLong: fc.constant(isLong),
    groups: fc.array(group(isLong), { minLength: 2, maxLength: 2 }),
    database: seldom(database),
    direct: seldom(direct),
    alarms: fc.array(alarm, { maxLength: 2 }),
    faults: fc.array(fault, { maxLength: 4 }),
    operations: fc.array(operation, { maxLength: 4 }),
  });
type More = typeof more extends (isLong: boolean) => fc.Arbitrary<infer T> ? T : never;
type DrawnGroup = More['groups'][number];

/** Metrics name a queue and a group. */
function named(value: unknown, queue: string, fleet: string): unknown {
  const text = JSON.stringify(value).replaceAll('<q>', queue).replaceAll('<f>', fleet);
  return JSON.parse(text) as unknown;
}

function statementsOf({ statements }: DrawnGroup): Plain[] {
  return statements.map(({ verb, ...rest }) => ({ [verb]: 'db', ...rest }));
}

/** What can only fail is refused: an action that sets one bound keeps to the group's other one. */
function possible(actions: object, minSize: number, maxSize: number): Named {
  const kept = Object.entries(actions as Record<string, Record<string, number | undefined>>);
  return Object.fromEntries(
    kept.map(([name, action]) => {
      const { minSize: least, maxSize: most } = action;
      const bounds = {
        ...(least !== undefined && most === undefined ? { minSize: Math.min(least, maxSize) } : {}),
        ...(most !== undefined && least === undefined ? { maxSize: Math.max(most, minSize) } : {}),
      };
      return [name, { ...action, ...bounds }];
    }),
  );
}

function fleetOf([name, old]: [string, Plain], drawn: DrawnGroup, drawnMore: More): Plain {
  const { minSize, more: above, within, zones, hooks, purchase: kind, ...rest } = drawn;
  const { statements, scalingPolicies, scheduledActions: scheduled, assume, ...settings } = rest;
  const maxSize = minSize + above;
  const consumes = old['consumes'] as Named;
  const polls = Object.entries(consumes).map(([queue, polling]) => {
    const calm = { concurrency: 1, waitTimeSeconds: '20s', idleTimeBetweenReads: undefined };
    return [queue, drawnMore.isLong ? { ...polling, ...calm } : polling] as const;
  });
  const { handler } = old;
  const database = drawnMore.database === undefined ? [] : statementsOf(drawn);
  check(statements.length >= database.length);
  return {
    ...old,
    consumes: Object.fromEntries(polls),
    ...settings,
    ...kind,
    minSize,
    maxSize,
    scheduledActions: scheduled && possible(scheduled, minSize, maxSize),
    desiredCapacity: within === undefined ? undefined : minSize + Math.min(above, within),
    availabilityZones: zones,
    lifecycleHooks: Object.fromEntries(hooks.map((one, i) => [`h${i}`, one])),
    handler: [...(handler as Plain[]), ...database],
    scalingPolicies: named(scalingPolicies, Object.keys(consumes)[0], name),
    assume,
  };
}

function check(ok: boolean): void {
  if (!ok) throw new Error('the generator contradicts itself');
}

function faultsOf(
  fleets: readonly [string, Plain][],
  queues: readonly string[],
  drawn: More,
): Plain[] {
  const { database: db, groups } = drawn;
  const spot = fleets.filter(
    (_, i) => 'mixedInstancesPolicy' in groups[i % groups.length].purchase,
  );
  const zones = [
    ...new Set(
      fleets.flatMap(
        ([, body]) => (body['availabilityZones'] ?? ['us-east-1a', 'us-east-1b']) as string[],
      ),
    ),
  ];
  const writers =
    db === undefined
      ? []
      : fleets.flatMap(([name], i) =>
          groups[i % groups.length].statements.length > 0 ? [`${name} -> db`] : [],
        );
  const at = <T>(list: readonly T[], place: number): T | undefined =>
    list[place % Math.max(1, list.length)];
  return drawn.faults.flatMap(({ place, what, amount, at: begin, for: length }): Plain[] => {
    const when = { at: begin, for: length };
    const on = (target: string | undefined, verb: Plain): Plain[] =>
      target === undefined ? [] : [{ ...when, on: target, ...verb }];
    switch (what) {
      case 'interrupt':
        return on(at(spot, place)?.[0], { interrupt: amount });
      case 'zone':
        return on(at(zones, place), { down: '100%' });
      case 'crash':
        return on(at(fleets, place)?.[0], { crash: amount });
      case 'hide':
        return on(at([...queues, ...fleets.map(([name]) => name)], place), { hide: '60%' });
      case 'failover':
        return db?.multiAZ === true ? [{ at: begin, on: 'db', crash: 1 }] : [];
      case 'database':
        return on(db && 'db', place % 2 === 0 ? { down: '100%' } : { slow: '2s' });
      default:
        return on(at(writers, place), place % 2 === 0 ? { cut: '50%' } : { lose: '30%' });
    }
  });
}

function operationsOf(fleets: readonly [string, Plain][], drawn: More): Plain[] {
  /** A group whose sizes are all set may not be given another maxSize alone. */
  const whole = new Set<string>();
  const inTime = [...drawn.operations].sort(
    (a, b) => Number.parseInt(a.at) - Number.parseInt(b.at),
  );
  return inTime.flatMap(({ at, place, what, n, batch, wait }): Plain[] => {
    const [on, body] = fleets[place % fleets.length];
    if (what === 'deploy') return [{ at, on, deploy: { batch, wait } }];
    if (what === 'sizes') {
      whole.add(on);
      const minSize = Math.min(n, place);
      return [{ at, on, set: { minSize, maxSize: Math.max(n, place), desiredCapacity: n } }];
    }
    if (whole.has(on)) return [];
    const least = Math.max(Number(body['minSize']), Number(body['desiredCapacity'] ?? 0));
    return [{ at, on, set: { maxSize: Math.max(least, n) } }];
  });
}

function trafficOf(
  scenario: PlainScenario,
  { plans, database: db, direct: statement }: More,
): Named {
  const sources = Object.entries(scenario['traffic'] as Named).map(([name, body], i) => {
    const { rate: _rate, phases: _phases, replay: _replay, ...rest } = body;
    return [name, { ...rest, ...plans[i % plans.length] }] as const;
  });
  if (db === undefined || statement === undefined) return Object.fromEntries(sources);
  const { verb, plan, client } = statement;
  return Object.fromEntries([...sources, ['pages', { [verb]: 'db', ...plan, client }]]);
}

function merged([scenario, drawn]: readonly [PlainScenario, More]): PlainScenario {
  const resources = Object.entries(scenario['resources'] as Named);
  const queues = resources.flatMap(([name, { type }]) => (type === 'sqs.queue' ? [name] : []));
  const fleets = resources
    .filter(([, { type }]) => type === 'autoscaling.group')
    .map(([name, body], i): [string, Plain] => [
      name,
      fleetOf([name, body], drawn.groups[i % drawn.groups.length], drawn),
    ]);
  const isUsed =
    drawn.direct !== undefined ||
    fleets.some((_, i) => drawn.groups[i % drawn.groups.length].statements.length > 0);
  const used: More = isUsed ? drawn : { ...drawn, database: undefined };
  const db = used.database && {
    db: { type: 'rds.instance', dbInstanceClass: 'db.t4g.micro', ...used.database },
  };
  const alarms = used.alarms.map((one, i) => {
    const metric = one.metric.startsWith('backlogPer') ? 'CPUUtilization(<f>)' : one.metric;
    const said = named({ ...one, metric }, queues[0], fleets[0][0]);
    return [`watch${i}`, { type: 'cloudwatch.alarm', ...(said as Plain) }] as const;
  });
  return JSON.parse(
    JSON.stringify({
      ...scenario,
      start: START,
      duration: used.duration,
      drain: scenario['drain'] === '1h' ? '10m' : scenario['drain'],
      traffic: trafficOf(scenario, used),
      resources: {
        ...Object.fromEntries(resources),
        ...Object.fromEntries(fleets),
        ...db,
        ...Object.fromEntries(alarms),
      },
      faults: [...((scenario['faults'] ?? []) as Plain[]), ...faultsOf(fleets, queues, used)],
      operations: [...((scenario['operations'] ?? []) as Plain[]), ...operationsOf(fleets, used)],
    }),
  ) as PlainScenario;
}

const base = fc.oneof(randomScenario, randomBreaking);

/** Some minutes, in which all but forecasts may happen. */
export const randomScaling: fc.Arbitrary<PlainScenario> = fc.tuple(base, more(false)).map(merged);
/** More than a day, so that forecasts are made; hardly any traffic. */
export const randomDays: fc.Arbitrary<PlainScenario> = fc.tuple(base, more(true)).map(merged);
