// Whatever goes wrong with calls and processes: in the end each message is handled, deleted and forgotten, and no
// row is left behind.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryOptions } from '../../../src/components/client/retry.js';
import { Cause, RunEnd } from '../../../src/components/facts.js';
import type { Disturbance } from '../../../src/components/interference.js';
import { CallError } from '../../../src/components/port.js';
import { Deletes } from '../../../src/components/program/options.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import { Verb } from '../../../src/components/program/steps.js';
import { QUEUE_DEFAULT } from '../../../src/components/queue-port.js';
import type { World } from '../../../src/components/world.js';
import { HttpService } from '../../../src/components/external-http/service.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';
import { crash, fail, work } from '../programs.js';
import { MAILER, QUEUE, Rig } from './rig.js';

const FIFO = {
  fifo: {
    contentBasedDeduplication: false,
    deduplicationScope: 'queue',
    fifoThroughputLimit: 'perQueue',
    scanWindow: 120_000,
    highThroughputPerSecond: 0,
  },
} as const;

const FAULTS: readonly Disturbance[] = [
  { kind: 'lose', share: 0.5 },
  { kind: 'cut', share: 0.5 },
  { kind: 'fail', share: 0.5, error: CallError.Unavailable },
  { kind: 'throttle', share: 0.5 },
  { kind: 'slow', factor: 1, added: 15 * SECOND },
];

const client = fc.record({
  timeout: fc.constantFrom(Infinity, 2 * SECOND, 20 * SECOND),
  retry: fc.constantFrom(null, retryOptions('standard'), retryOptions('legacy')),
});

const source = fc.record({
  batchSize: fc.constantFrom(1, 3, 10),
  concurrency: fc.constantFrom(1, 3),
  waitTime: fc.constantFrom(0, 20 * SECOND),
  idleTimeBetweenReads: fc.constant(SECOND),
  parallel: fc.boolean(),
  deletes: fc.constantFrom(Deletes.AfterEach, Deletes.AfterBatch, Deletes.OnReceipt),
  attemptIds: fc.boolean(),
  heartbeat: fc.constantFrom(
    null,
    { every: 5 * SECOND, timeouts: [30 * SECOND], isProgressive: false },
    { every: 5 * SECOND, timeouts: [30 * SECOND, MINUTE], isProgressive: true },
  ),
  onFailure: fc.record({
    visibilityTimeout: fc.constantFrom(QUEUE_DEFAULT, 0, 5 * SECOND),
    stopsGroup: fc.boolean(),
  }),
});

/** What happens at a time: a fault of the list begins or ends, the process dies. */
const happening = fc.record({
  after: fc.integer({ min: 0, max: 40 }),
  fault: fc.integer({ min: -2, max: 2 * FAULTS.length - 1 }),
});

test('nothing gets lost, nothing is left behind', () => {
  fc.assert(
    fc.property(
      client,
      source,
      fc.boolean(),
      fc.constantFrom(0, 0.02, 1),
      fc.array(happening, { maxLength: 25 }),
      (caller, polling, isFifo, latency, happenings) => {
        const call = { target: MAILER, count: 2, client: caller, ignoresErrors: false };
        const handler: StepOptions[] = [
          {
            verb: Verb.Once,
            once: { by: 'message', keepFor: Infinity, atMost: 5 },
            chance: 1,
            perMessage: false,
          },
          { ...work(7 * SECOND), chance: 0.7 },
          { verb: Verb.Call, call, chance: 0.5, perMessage: false },
          fail(0.2),
          crash(0.02),
        ];
        const build = (world: World): void => {
          new HttpService(world, MAILER, {
            name: 'mailer',
            concurrency: 3,
            queueLimit: 2,
            rateLimit: 5,
            handler: [work(SECOND), fail(0.1)],
          }).open(null);
        };
        const rig = new Rig(handler, {
          client: caller,
          source: polling,
          // Longer than any batch takes: else late deletes fail, and a FIFO queue never gets empty.
          queue: { ...(isFifo ? FIFO : {}), visibilityTimeout: 3 * MINUTE },
          latency,
          build,
        });
        const faults = [QUEUE, MAILER].flatMap((target) =>
          FAULTS.map((what) => ({ ...rig.fault(what, { target }), isOn: false })),
        );
        const set = (fault: (typeof faults)[number], isOn: boolean): void => {
          if (fault.isOn !== isOn) (isOn ? fault.begin : fault.end)();
          fault.isOn = isOn;
        };
        for (let i = 0; i < 12; i++) rig.put(1, isFifo ? i % 3 : -1);
        rig.start();
        let now = 0;
        let crashes = 0;
        const restart = (): void => {
          if (rig.crashes.length > crashes) rig.start();
          crashes = rig.crashes.length;
        };
        for (const { after, fault } of happenings) {
          for (let second = 0; second < after; second++) {
            rig.to(++now);
            restart();
          }
          if (fault >= 0) set(faults[fault], !faults[fault].isOn);
          else {
            rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
            rig.start();
          }
        }
        for (const fault of faults) set(fault, false);
        for (const end = now + 3 * 3600; now < end && !rig.isClean();) {
          rig.to(++now);
          restart();
        }
        expect(rig.isClean()).toBe(true);
        expect(rig.story.outcomes).toHaveLength(12);
        rig.program.kill(rig.worker, Cause.Crash, RunEnd.Crashed);
        rig.to(now + 240);
        expect(rig.world.calls.count).toBe(0);
        expect(rig.program['polling'].loops.count).toBe(0);
        expect(rig.program['polling'].runs.lanes.count).toBe(0);
        expect(rig.program['polling']['named']['deliveries'].size).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
