// Faults between clients and services: lost, cut, refused and slow calls.

import { describe, expect, it } from 'vitest';
import type { CallFilter, Disturbance } from '../../src/components/interference.js';
import { Interference } from '../../src/components/interference.js';
import { retryOptions } from '../../src/components/client/retry.js';
import { CallError } from '../../src/components/port.js';
import { QueueError, QueueOperation } from '../../src/components/queue-port.js';
import type { TrafficOptions } from '../../src/components/traffic/options.js';
import type { World } from '../../src/components/world.js';
import type { Answer, Bench } from './client/support.js';
import { bench, burst, leftOver, PLAIN, RULES, SECOND } from './client/support.js';

const ALL: CallFilter = { target: 0, client: null, operation: null };
const NO_RETRY: TrafficOptions['client'] = { ...PLAIN, timeout: 2 * SECOND };

interface Struck extends Bench {
  readonly fault: number;
  readonly faults: Interference;
}

/** A bench with one fault that begins at once unless `from` says otherwise. */
function struck(
  what: Disturbance,
  options: Partial<TrafficOptions> = {},
  of: Partial<CallFilter> = {},
  script: readonly Answer[] = [],
): Struck {
  let faults: Interference | undefined;
  let fault = -1;
  const made = bench(script, { client: NO_RETRY, plan: burst(100), ...options }, (world: World) => {
    faults = world.shared(Interference);
    fault = faults.declare('the fault', { ...ALL, ...of }, what);
  });
  made.source.start();
  return { ...made, fault, faults: faults! };
}

function through(made: Struck, seconds = 60): Struck {
  made.faults.begin(made.fault);
  made.world.kernel.advance(seconds * SECOND);
  return made;
}

describe('lose', () => {
  it('has its effect, and the client waits for its timeout', () => {
    const made = through(struck({ kind: 'lose', share: 1 }));
    expect(made.seen).toHaveLength(100);
    expect(made.recorded.of('gaveUp').every(({ at }) => at === 2 * SECOND)).toBe(true);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('a client without a timeout waits for good', () => {
    const made = through(struck({ kind: 'lose', share: 1 }, { client: PLAIN }), 36_000);
    expect([made.recorded.count('gaveUp'), made.recorded.count('answered')]).toEqual([0, 0]);
    expect(made.world.messages.left).toBe(100);
  });

  it('unless it has patience: then it learns of it, once', () => {
    const made = struck({ kind: 'lose', share: 1 }, { client: PLAIN });
    made.world.calls.setPatience(2, 60 * SECOND);
    through(made, 100);
    expect(made.recorded.of('gaveUp').map(({ at }) => at)).toEqual(Array(100).fill(60 * SECOND));
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('takes its share', () => {
    const made = through(struck({ kind: 'lose', share: 0.2 }, { plan: burst(10_000) }));
    expect(made.seen).toHaveLength(10_000);
    expect(made.recorded.count('gaveUp') / 10_000).toBeCloseTo(0.2, 1);
  });

  it('ends', () => {
    const plan = { ...burst(1), bursts: [0, 1, 2].map((at) => ({ at: at * SECOND, count: 5 })) };
    const made = struck({ kind: 'lose', share: 1 }, { plan });
    made.world.kernel.advance(SECOND - 1);
    made.faults.begin(made.fault);
    made.world.kernel.advance(2 * SECOND - 1);
    made.faults.end(made.fault);
    made.world.kernel.advance(60 * SECOND);
    expect(made.recorded.count('answered')).toBe(10);
    expect(made.recorded.of('gaveUp').map(({ at }) => at / SECOND)).toEqual([3, 3, 3, 3, 3]);
  });

  it('a message that was stored is tried again when the client does that', () => {
    const client = { ...NO_RETRY, retry: retryOptions(RULES) };
    const made = through(struck({ kind: 'lose', share: 1 }, { client, plan: burst(1) }));
    expect(made.seen).toHaveLength(3);
    expect(made.recorded.count('gaveUp')).toBe(1);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });
});

describe('cut', () => {
  it('lets nothing through to the service', () => {
    const made = through(struck({ kind: 'cut', share: 1 }));
    expect(made.seen).toHaveLength(0);
    expect(made.recorded.of('gaveUp').every(({ at }) => at === 2 * SECOND)).toBe(true);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('takes the answers of calls that were on their way', () => {
    const made = struck({ kind: 'cut', share: 1 }, { plan: burst(1) }, {}, [{ after: SECOND }]);
    made.world.kernel.advance(SECOND / 2);
    through(made);
    expect(made.seen).toHaveLength(1);
    expect(made.recorded.count('gaveUp')).toBe(1);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('a share is drawn once for a call that sets out meanwhile', () => {
    const made = through(struck({ kind: 'cut', share: 0.5 }, { plan: burst(10_000) }));
    expect(made.recorded.count('answered')).toBe(made.seen.length);
    expect(made.seen.length / 10_000).toBeCloseTo(0.5, 1);
  });
});

describe('refusals', () => {
  it('fail: 5xx without effect', () => {
    const what = { kind: 'fail', share: 1, error: CallError.Unavailable } as const;
    const made = through(struck(what));
    expect(made.seen).toHaveLength(0);
    expect(made.recorded.of('gaveUp').every(({ at }) => at === 0)).toBe(true);
    expect(made.recorded.count('throttled')).toBe(0);
    expect(QueueError.ServiceUnavailable).toBe(CallError.Unavailable);
  });

  it('throttle by share: told as such', () => {
    const made = through(struck({ kind: 'throttle', share: 1 }));
    expect(made.seen).toHaveLength(0);
    expect(made.recorded.of('throttled')[0].args).toEqual([0, QueueOperation.SendMessage, 2]);
    expect(made.recorded.count('throttled')).toBe(100);
    expect(QueueError.ThrottlingException).toBe(CallError.Throttled);
  });

  it('throttle by rate: what exceeds it is refused', () => {
    const segments = [{ start: 0, end: 100 * SECOND, fromPerSecond: 50, toPerSecond: 50 }];
    const plan = { kind: 'rates', segments, bursts: [] } as const;
    const made = through(struck({ kind: 'throttle', perSecond: 10 }, { plan }), 100);
    // 10 a second for 100 s, and the second that was saved up
    expect(made.seen.length).toBeGreaterThanOrEqual(1000);
    expect(made.seen.length).toBeLessThanOrEqual(1010);
    expect(made.seen.length + made.recorded.count('throttled')).toBe(made.recorded.count('born'));
  });
});

describe('slow', () => {
  it('adds its time there and back', () => {
    const what = { kind: 'slow', factor: 5, added: SECOND } as const;
    const made = through(struck(what, { client: PLAIN, plan: burst(1) }));
    expect(made.seen[0].at).toBe(SECOND / 2);
    expect(made.recorded.of('answered')[0].at).toBe(SECOND);
  });

  it('several at a time add up', () => {
    const made = struck(
      { kind: 'slow', factor: 1, added: SECOND },
      { client: PLAIN, plan: burst(1) },
    );
    const other = made.faults.declare('other', ALL, { kind: 'slow', factor: 3, added: SECOND });
    made.faults.begin(other);
    through(made);
    expect(made.recorded.of('answered')[0].at).toBe(4 * SECOND);
  });
});

describe('what a fault is about', () => {
  it('only calls of its client, to its target, of its operation', () => {
    const cases: [Partial<CallFilter>, number][] = [
      [{ client: 2 }, 0],
      [{ client: 1 }, 100],
      [{ target: 1 }, 100],
      [{ operation: QueueOperation.SendMessage }, 0],
      [{ operation: QueueOperation.DeleteMessage }, 100],
    ];
    for (const [of, arrived] of cases) {
      const made = through(struck({ kind: 'cut', share: 1 }, {}, of));
      expect(made.seen, JSON.stringify(of)).toHaveLength(arrived);
    }
  });

  it('a fault that has not begun costs nothing and draws nothing', () => {
    const made = struck({ kind: 'cut', share: 0.5 });
    expect(made.world.calls.disturber).toBeNull();
    made.faults.begin(made.fault);
    expect(made.world.calls.disturber).toBe(made.faults);
    made.faults.end(made.fault);
    expect(made.world.calls.disturber).toBeNull();
    made.world.kernel.advance(60 * SECOND);
    expect(made.seen).toHaveLength(100);
  });
});
