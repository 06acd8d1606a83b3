// Random scenarios in which everything may break, and handlers send: each to queues that come after those it polls, so
// that what is made comes to an end.

import fc from 'fast-check';
import { randomBreaking } from './random-breaking.js';
import type { PlainScenario } from './random-scenarios.js';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Mostly left out. */
const seldom = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 2 });

const send = fc.record({
  fleet: fc.nat({ max: 1 }),
  target: fc.nat({ max: 2 }),
  place: fc.nat({ max: 3 }),
  options: fc.record({
    chance: seldom(pick('50%')),
    per: seldom(pick('message')),
    count: seldom(pick(2)),
    size: seldom(pick('1KiB', '1500B')),
    onError: seldom(pick('ignore')),
    key: seldom(pick<unknown>('unique', { of: 3 })),
    attributes: seldom(pick({ step: 'next' })),
    client: seldom(
      pick<unknown>(
        { timeout: '50ms' },
        { retry: 'none' },
        { batch: { size: 3, wait: '1s' } },
        { batch: { size: 10, wait: '200ms' }, timeout: '30ms' },
      ),
    ),
  }),
});

const sends = fc.array(send, { minLength: 1, maxLength: 4 });

type Plain = Record<string, unknown>;

function withSends(
  scenario: PlainScenario,
  drawn: typeof sends extends fc.Arbitrary<infer T> ? T : never,
): PlainScenario {
  const resources = structuredClone(scenario['resources']) as Record<string, Plain>;
  const queues = Object.keys(resources).filter((name) => resources[name]['type'] === 'sqs.queue');
  const fleets = Object.values(resources).filter(({ consumes }) => consumes !== undefined);
  for (const { fleet, target, place, options } of drawn) {
    const { consumes, handler } = fleets[fleet % fleets.length] as {
      consumes: Plain;
      handler: unknown[];
    };
    const last = Math.max(...Object.keys(consumes).map((name) => queues.indexOf(name)));
    const later = queues.slice(last + 1);
    if (later.length === 0) continue;
    handler.splice(place, 0, { send: later[target % later.length], ...options });
  }
  return JSON.parse(JSON.stringify({ ...scenario, resources })) as PlainScenario;
}

export const randomSending: fc.Arbitrary<PlainScenario> = fc
  .tuple(randomBreaking, sends)
  .map(([scenario, drawn]) => withSends(scenario, drawn));
