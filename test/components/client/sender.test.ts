import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUEUE_DEFAULT, QueueError, QueueOperation } from '../../../src/components/queue-port.js';
import { retryOptions } from '../../../src/components/client/retry.js';
import type { TrafficOptions } from '../../../src/components/traffic/options.js';
import type { Answer } from './support.js';
import { bench, burst, leftOver, PLAIN, RULES, run, SECOND } from './support.js';

const TRIES: TrafficOptions['client'] = { ...PLAIN, retry: retryOptions(RULES) };
const PATIENT: TrafficOptions['client'] = { ...TRIES, timeout: SECOND };
const one = { plan: burst(1) };

/** So many calls that all fail. */
function failures(count: number): Answer[] {
  return Array.from({ length: count }, () => ({ error: QueueError.ServiceUnavailable }));
}

describe('a client without retries', () => {
  it('gives up what is refused, and waits for good without a timeout', () => {
    const refused = run(5, [{ error: QueueError.ServiceUnavailable }], { ...one, client: PLAIN });
    expect([refused.recorded.count('gaveUp'), refused.seen.length]).toEqual([1, 1]);
    expect(leftOver(refused)).toEqual([0, 0, 0, 0]);
    const silent = run(3600, [{ after: Infinity }], { ...one, client: PLAIN });
    expect([silent.recorded.count('gaveUp'), silent.recorded.count('answered')]).toEqual([0, 0]);
    expect(silent.world.messages.left).toBe(1);
  });
});

describe('a client that tries again', () => {
  it('waits its backoff after the answer, tells each further attempt, then the end', () => {
    const { recorded, seen } = run(
      5,
      [
        { after: 200_000, error: QueueError.ServiceUnavailable },
        { error: QueueError.ThrottlingException },
      ],
      { ...one, client: TRIES },
    );
    expect(seen.map(({ at }) => at / 1000)).toEqual([0, 300, 500]);
    expect(recorded.of('retried').map(({ at, args }) => [at / 1000, args[2]])).toEqual([
      [300, 0],
      [500, 1],
    ]);
    expect(recorded.of('answered').map(({ at }) => at / 1000)).toEqual([500]);
  });

  it('gives up after maxAttempts, once', () => {
    const made = run(60, failures(9), {
      ...one,
      client: TRIES,
    });
    expect([made.seen.length, made.recorded.count('gaveUp')]).toEqual([3, 1]);
    expect(made.recorded.of('gaveUp')[0].at / 1000).toBe(300);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('does not try again what AWS refuses for good', () => {
    const made = run(60, [{ error: QueueError.InvalidParameterValue }], { ...one, client: TRIES });
    expect([made.seen.length, made.recorded.count('gaveUp')]).toEqual([1, 1]);
  });

  it('draws jitter from the mark: the same when other traffic changes', () => {
    const client = { ...PLAIN, retry: retryOptions({ ...RULES, backoff: 'fullJitter' }) };
    const alone = run(60, failures(1), { plan: burst(1), client }).seen[1].at;
    const all = run(60, failures(7), { plan: burst(7), client });
    const retriedAt = all.seen.slice(7).map(({ at }) => at);
    expect(retriedAt).toContain(alone);
  });
});

describe('a client with a timeout', () => {
  it('stops waiting, tries again, and is not confused by the late answer', () => {
    const made = run(60, [{ after: 1.5 * SECOND }, { after: 900_000 }], {
      ...one,
      client: PATIENT,
    });
    const { recorded, seen } = made;
    expect(seen.map(({ at }) => at / SECOND)).toEqual([0, 1.1]);
    expect(recorded.of('answered').map(({ at }) => at / SECOND)).toEqual([2]);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('holds the message until its last call is over, also after giving up', () => {
    const client = { ...PATIENT, retry: null };
    const made = bench([{ after: 10 * SECOND }], { ...one, client });
    made.source.start();
    made.world.kernel.advance(5 * SECOND);
    expect(made.recorded.of('gaveUp').map(({ at }) => at / SECOND)).toEqual([1]);
    expect(made.world.messages.left).toBe(1); // the queue may still store it
    made.world.kernel.advance(20 * SECOND);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('an answer in time costs nothing more: no timer is left', () => {
    const made = run(60, [{ after: 400_000 }], { ...one, client: PATIENT });
    expect(made.seen).toHaveLength(1);
    expect(made.recorded.count('retried')).toBe(0);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });
});

describe('batches', () => {
  const client = { ...TRIES, batch: { size: 3, wait: 60 * SECOND } };
  const three = { plan: burst(3), client };
  const [none, throttled, invalid] = [
    0,
    QueueError.ThrottlingException,
    QueueError.InvalidParameterValue,
  ];

  it('after a partial failure only the failed entries go out again', () => {
    const made = run(5, [{ entries: [none, throttled, none] }], three);
    const { seen, recorded } = made;
    expect(seen.map(({ messages }) => messages.length)).toEqual([3, 1]);
    expect(seen[1].operation).toBe(QueueOperation.SendMessageBatch);
    expect(recorded.of('answered').map(({ at }) => at / 1000)).toEqual([0, 0, 100]);
    expect(recorded.of('retried').map(({ args }) => args[1])).toEqual([
      recorded.of('answered')[2].args[1],
    ]);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('an entry that is refused for good is given up, the others are not', () => {
    const made = run(5, [{ entries: [invalid, throttled, none] }], three);
    const [gaveUp, answered] = [made.recorded.count('gaveUp'), made.recorded.count('answered')];
    expect([gaveUp, answered]).toEqual([1, 2]);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('a batch that is refused as a whole goes out as a whole', () => {
    const made = run(5, [{ error: throttled }], three);
    expect(made.seen.map(({ messages }) => messages.length)).toEqual([3, 3]);
    expect(made.recorded.count('retried')).toBe(3);
  });

  it('each process fills a batch of its own', () => {
    const split = { plan: burst(300), client: { ...client, senders: 4 } };
    const made = run(100, [], split);
    expect(made.recorded.count('answered')).toBe(300);
    const early = made.seen.filter(({ at }) => at === 0);
    expect(early.length).toBeGreaterThanOrEqual(96); // 300 messages, at most two left over in each of four
    expect(made.seen.length - early.length).toBeLessThanOrEqual(4);
    const alone = run(100, [], { plan: burst(300), client });
    expect(alone.seen).toHaveLength(100);
  });
});

describe('ids', () => {
  const fails = { error: QueueError.ServiceUnavailable };
  const fifo = { messageGroupId: 'key', messageDeduplicationId: 'message' } as const;

  it('message: one id per message, kept by its retries; attempt: another each time', () => {
    for (const batch of [null, { size: 1, wait: SECOND }]) {
      const client = { ...TRIES, batch };
      const script = [fails, {}, fails, {}];
      const plan = burst(1);
      const kept = run(9, script, { plan, client, ...fifo });
      expect(new Set(kept.seen.flatMap(({ ids }) => ids)).size).toBe(1);
      const fresh = run(9, script, { plan, client, ...fifo, messageDeduplicationId: 'attempt' });
      expect(fresh.seen).toHaveLength(2);
      expect(new Set(fresh.seen.flatMap(({ ids }) => ids)).size).toBe(2);
      expect(new Set(fresh.seen.flatMap(({ groups }) => groups)).size).toBe(1);
    }
  });

  it('are kept when the first attempt timed out', () => {
    const made = run(9, [{ after: 5 * SECOND }], { ...one, client: PATIENT, ...fifo });
    const [first, second] = made.seen;
    expect([second.ids, second.groups]).toEqual([first.ids, first.groups]);
  });

  it('two messages never share one; a key is shared by all that have it', () => {
    const key = { kind: 'constant', value: 'shop-7' } as const;
    const made = run(9, [], { plan: burst(50), ...fifo, key });
    expect(new Set(made.seen.flatMap(({ ids }) => ids)).size).toBe(50);
    const label = made.world.labels.of('shop-7');
    expect(new Set(made.seen.flatMap(({ groups }) => groups))).toEqual(new Set([label]));
  });

  it('without any, a message says so; its own delay is the one of the traffic', () => {
    const made = run(9, [], { plan: burst(1) });
    expect(made.seen[0]).toMatchObject({ groups: [-1], ids: [-1], delays: [QUEUE_DEFAULT] });
    const late = run(9, [], { plan: burst(1), delay: 5 * SECOND });
    expect(late.seen[0].delays).toEqual([5 * SECOND]);
  });
});

describe('conservation', () => {
  const answer: fc.Arbitrary<Answer> = fc.record({
    after: fc.integer({ min: 0, max: 3 * SECOND }),
    error: fc.constantFrom(0, 0, 1, 5, 8, 10),
    entries: fc.array(fc.constantFrom(0, 0, 0, 1, 5), { maxLength: 10 }),
  });
  const client = fc.record({
    timeout: fc.constantFrom(null, 500_000, 2 * SECOND),
    retry: fc.constantFrom(
      null,
      retryOptions('standard'),
      retryOptions('legacy'),
      retryOptions(RULES),
      retryOptions({ ...RULES, backoff: 'none', budget: 0.1 }),
    ),
    senders: fc.constantFrom(1, 3),
    batch: fc.constantFrom(null, { size: 1, wait: 0 }, { size: 4, wait: 700_000 }),
  });
  const ids = fc.constantFrom(null, 'message', 'attempt', 'key');

  it('each message ends answered or given up, once, after at most maxAttempts, and nothing is left', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 40 }), client, ids, (script, drawn, id) => {
        const plan = burst(12);
        const options = { plan, client: drawn, messageDeduplicationId: id, messageGroupId: id };
        const made = run(3600, script, options);
        const { recorded } = made;
        const ends = [...recorded.of('answered'), ...recorded.of('gaveUp')].map(
          ({ args }) => args[1],
        );
        expect(ends).toHaveLength(12);
        expect(leftOver(made)).toEqual([0, 0, 0, 0]);
        const most = drawn.retry?.maxAttempts ?? 1;
        const sent = made.seen.reduce((sum, { messages }) => sum + messages.length, 0);
        expect(sent).toBeLessThanOrEqual(12 * most);
        expect(sent).toBe(12 + recorded.count('retried'));
      }),
      { numRuns: 300 },
    );
  });
});
