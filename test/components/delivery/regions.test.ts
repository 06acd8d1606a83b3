// What is pushed to another region: it takes the way, is billed, and waits for a region that is down.

import { expect, test } from 'vitest';
import { Pusher } from '../../../src/components/delivery/pusher.js';
import { PhasedSchedule } from '../../../src/components/delivery/schedules.js';
import {
  EndpointOperation,
  EndpointService,
} from '../../../src/components/external-endpoints/service.js';
import { Interference } from '../../../src/components/interference.js';
import { CallError } from '../../../src/components/port.js';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { MILLISECOND, SECOND } from '../../../src/kernel/time.js';
import { RecordedFacts } from '../../support/recorded-facts.js';

const NAMES = ['source', 'topic', 'near', 'far'];
const REGIONS = ['us-west-2', 'us-west-2', 'us-west-2', 'eu-central-1'];
const [SOURCE, TOPIC, NEAR, FAR] = NAMES.keys();

/** A topic in Oregon that pushes to one in Oregon and one in Frankfurt, 140 ms away; one message at 0 s. */
function pushed(until: number, down?: { readonly region: string; readonly seconds: number }) {
  const told = new RecordedFacts();
  const kernel = new Kernel();
  told.kernel = kernel;
  const world = new World(kernel, new Streams('1', 0), told.facts, NAMES, { regions: REGIONS });
  const way = { kind: 'constant', value: 140 * MILLISECOND } as const;
  const pusher = new Pusher(world, TOPIC, 'topic');
  for (const id of [NEAR, FAR]) {
    const target = new EndpointService(world, id, NAMES[id]).id;
    pusher.addLink({
      name: NAMES[id],
      target,
      takes: { style: 'call', operation: EndpointOperation.Deliver },
      schedule: new PhasedSchedule([
        { retries: 3, first: 20 * SECOND, last: 20 * SECOND, backoff: 'linear' },
      ]),
      jitter: null,
      ageMax: Infinity,
      deadLetter: null,
      latency: null,
      takesApiLatency: false,
      timeout: 15 * SECOND,
      envelope: 0,
      duplicates: 0,
      pacer: null,
      heldMax: Infinity,
      isOrdered: false,
      refusesThrottled: false,
      passesGroup: false,
      passesId: false,
    });
  }
  world.ways.take({ client: way, betweenRegions: { others: way, pairs: [] } });
  if (down !== undefined) {
    const faults = world.shared(Interference);
    const filter = { from: world.ways.placeNamed(down.region), to: null };
    const fault = faults.declare('down', filter, { kind: 'unreachable' });
    const end = kernel.handler('end', () => faults.end(fault));
    faults.begin(fault);
    kernel.after(down.seconds * SECOND, end, 0);
  }
  const message = world.messages.born(SOURCE, 0, 1, 2, 1024);
  for (const link of pusher.links.keys()) pusher.dispatch(link, message, NO_LABEL, NO_LABEL);
  world.messages.release(message);
  kernel.advance(until * SECOND);
  const moments = (kind: 'received' | 'delivered'): number[] =>
    told.of(kind).map(({ at }) => at / MILLISECOND);
  const failed = told.of('pushFailed').map(({ at, args }) => [at / MILLISECOND, ...args.slice(2)]);
  return { moments, failed, told, left: world.messages.left };
}

test('it arrives after half of the way, and is known to be there after all of it', () => {
  const { moments, failed, left } = pushed(1);
  expect([moments('received'), moments('delivered')]).toEqual([
    [0, 70],
    [0, 140],
  ]);
  expect([failed, left]).toEqual([[], 0]);
});

test('a region that is down gets it when it is back; the other link feels nothing', () => {
  const { moments, failed, left } = pushed(100, { region: 'eu-central-1', seconds: 25 });
  expect(failed).toEqual([
    [140, 1, CallError.NoConnection],
    [20_280, 1, CallError.NoConnection],
  ]);
  expect(moments('delivered')).toEqual([0, 40_420]);
  expect(left).toBe(0);
});

test('out of a region that is down nothing gets', () => {
  const { moments, failed } = pushed(100, { region: 'us-west-2', seconds: 10 });
  expect(failed.map(([, link, error]) => [link, error])).toEqual([
    [0, CallError.NoConnection],
    [1, CallError.NoConnection],
  ]);
  expect(moments('delivered')).toEqual([20_000, 20_280]);
});
