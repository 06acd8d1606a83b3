import { describe, expect, it } from 'vitest';
import { Queue } from '../../../src/components/sqs/queue.js';
import type { TrafficOptions } from '../../../src/components/traffic/options.js';
import { TrafficSource } from '../../../src/components/traffic/source.js';
import { QUEUE_INBOX } from '../../../src/components/queue-port.js';
import { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { RecordedFacts } from '../../support/recorded-facts.js';
import { PLAIN, trafficOptions } from '../client/support.js';
import { defaults } from '../sqs/driver.js';

const SECOND = 1_000_000;

function run(options: Partial<TrafficOptions>, seconds: number): RecordedFacts & { world: World } {
  const recorded = new RecordedFacts();
  const kernel = new Kernel({ tables: { capacity: 1, poison: true } });
  recorded.kernel = kernel;
  const world = new World(kernel, new Streams('test', 0), recorded.facts, ['q', 'shoppers']);
  world.addInbox(0, QUEUE_INBOX);
  void new Queue(world, 0, defaults('q', []));
  const source = new TrafficSource(world, 1, trafficOptions(options));
  source.start();
  kernel.advance(seconds * SECOND);
  return Object.assign(recorded, { world });
}

describe('a traffic source', () => {
  it('sends each message at once by its own call, and learns that it was accepted', () => {
    const facts = run({}, 9);
    expect(facts.of('born').map((f) => f.at / SECOND)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(facts.count('request')).toBe(10);
    expect(facts.count('answered')).toBe(10);
    expect(facts.world.messages.left).toBe(0); // owed to nobody
  });

  it('keeps a size that no 32 bits hold too large, not small', () => {
    const facts = run({ size: distribution({ kind: 'constant', value: 2 ** 32 + 5 }) }, 0);
    expect(facts.count('answered')).toBe(0);
    expect(facts.count('gaveUp')).toBe(1);
  });

  it('makes bursts at their moment, all at once, beside the rate', () => {
    const plan = {
      kind: 'rates' as const,
      segments: [{ start: 0, end: 3 * SECOND, fromPerSecond: 1, toPerSecond: 1 }],
      bursts: [
        { at: 1.5 * SECOND, count: 7 },
        { at: 1.5 * SECOND, count: 2 },
      ],
    };
    const facts = run({ plan }, 10);
    expect(facts.of('born').filter((f) => f.at === 1.5 * SECOND)).toHaveLength(9);
    expect(facts.count('born')).toBe(12);
  });

  it('collects batches: full after three, or when the first has waited long enough', () => {
    const facts = run({ client: { ...PLAIN, batch: { size: 3, wait: 1.5 * SECOND } } }, 20);
    // one a second: 0 and 1 go at 1.5 (the wait), 2 and 3 at 3.5, …
    expect(
      facts
        .of('request')
        .slice(0, 3)
        .map((f) => f.at / SECOND),
    ).toEqual([1.5, 3.5, 5.5]);
    const patient = run({ client: { ...PLAIN, batch: { size: 3, wait: 60 * SECOND } } }, 20);
    expect(
      patient
        .of('request')
        .slice(0, 3)
        .map((f) => f.at / SECOND),
    ).toEqual([2, 5, 8]);
    expect(patient.of('request')[0].args[2]).toBe(3 * 1024);
  });

  it('never lets a batch exceed what AWS takes', () => {
    const facts = run(
      {
        client: { ...PLAIN, batch: { size: 10, wait: 60 * SECOND } },
        size: distribution({ kind: 'constant', value: 400_000 }),
      },
      20,
    );
    for (const fact of facts.of('request')) expect(fact.args[2]).toBeLessThanOrEqual(1_048_576);
    expect(facts.count('gaveUp')).toBe(0);
  });

  it('counts as failed what the queue refuses', () => {
    const facts = run({ size: distribution({ kind: 'constant', value: 2_000_000 }) }, 5);
    expect(facts.count('gaveUp')).toBe(6);
    expect(facts.count('stored')).toBe(0);
  });
});
