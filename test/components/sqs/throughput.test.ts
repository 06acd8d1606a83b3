// How many calls a FIFO queue takes. Times in ms where not said otherwise.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_LABEL, QueueOperation } from '../../../src/components/queue-port.js';
import { GroupCalls } from '../../../src/components/sqs/group-calls.js';
import { highThroughputPerSecond } from '../../../src/components/sqs/limits.js';
import type { ThroughputOptions } from '../../../src/components/sqs/throughput.js';
import { Throughput } from '../../../src/components/sqs/throughput.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { MILLISECOND, MINUTE, SECOND } from '../../../src/kernel/time.js';

const { SendMessage, SendMessageBatch, ReceiveMessage, DeleteMessage, DeleteMessageBatch } =
  QueueOperation;
const { ChangeMessageVisibility, ChangeMessageVisibilityBatch } = QueueOperation;

const DEFAULT: ThroughputOptions = {
  deduplicationScope: 'queue',
  fifoThroughputLimit: 'perQueue',
  highThroughputPerSecond: 2_400,
};
const HIGH: ThroughputOptions = {
  ...DEFAULT,
  deduplicationScope: 'messageGroup',
  fifoThroughputLimit: 'perMessageGroupId',
};

class Stand {
  readonly kernel = new Kernel();
  readonly throughput: Throughput;

  constructor(options: ThroughputOptions, partitionRamp = 0) {
    this.throughput = new Throughput(this.kernel, options, partitionRamp);
  }

  wait(micros: number): void {
    this.kernel.advance(this.kernel.now + micros);
  }

  /** How many of so many calls are let in now; `groupOf(i)` is the group of the i-th. */
  calls(times: number, operation: number, groupOf: (i: number) => number = () => 0): number {
    let admitted = 0;
    for (let i = 0; i < times; i++) if (this.throughput.admit(operation, groupOf(i))) admitted++;
    return admitted;
  }

  batch(operation: number, groups: readonly number[]): boolean {
    this.throughput.begin(operation);
    for (const group of groups) this.throughput.add(group);
    return this.throughput.end();
  }

  batches(times: number, operation: number, groups: readonly number[]): number {
    let admitted = 0;
    for (let i = 0; i < times; i++) if (this.batch(operation, groups)) admitted++;
    return admitted;
  }

  /** Sends at a steady rate, to so many groups in turn. Returns how many were let in, second by second. */
  steady(perSecond: number, seconds: number, groups: number): number[] {
    const admitted: number[] = [];
    const from = this.kernel.now;
    for (let second = 0; second < seconds; second++) {
      let count = 0;
      for (let i = 0; i < perSecond; i++) {
        const sent = second * perSecond + i;
        this.kernel.advance(from + Math.floor((sent * SECOND) / perSecond));
        if (this.throughput.admit(SendMessage, sent % groups)) count++;
      }
      admitted.push(count);
    }
    return admitted;
  }
}

const TEN = Array.from({ length: 10 }, (_, i) => i);

describe('the default mode', () => {
  test('the 301st call of an action in the same second is refused', () => {
    const stand = new Stand(DEFAULT);
    expect(stand.calls(300, SendMessage)).toBe(300);
    stand.wait(999 * MILLISECOND);
    expect(stand.calls(1, SendMessage)).toBe(0);
    stand.wait(MILLISECOND);
    expect(stand.calls(301, SendMessage)).toBe(300);
  });

  test('300 batches of ten pass: 3,000 messages', () => {
    expect(new Stand(DEFAULT).batches(301, SendMessageBatch, TEN)).toBe(300);
  });

  test('seconds count from the first call', () => {
    const stand = new Stand(DEFAULT);
    stand.wait(700 * MILLISECOND);
    expect(stand.calls(300, SendMessage)).toBe(300);
    stand.wait(999 * MILLISECOND);
    expect(stand.calls(1, SendMessage)).toBe(0);
    stand.wait(1 * MILLISECOND);
    expect(stand.calls(1, SendMessage)).toBe(1);
    stand.wait(2_500 * MILLISECOND);
    expect(stand.calls(300, SendMessage)).toBe(300);
    stand.wait(500 * MILLISECOND);
    expect(stand.calls(300, SendMessage)).toBe(300);
  });

  test.each([
    ['SendMessage', SendMessage, SendMessageBatch],
    ['DeleteMessage', DeleteMessage, DeleteMessageBatch],
    ['ChangeMessageVisibility', ChangeMessageVisibility, ChangeMessageVisibilityBatch],
  ])('%s and its batch have one budget', (_name, one, batch) => {
    const stand = new Stand(DEFAULT);
    expect(stand.calls(200, one)).toBe(200);
    expect(stand.batches(200, batch, TEN)).toBe(100);
    expect(stand.calls(1, one)).toBe(0);
  });

  test('the actions have a budget each', () => {
    const stand = new Stand(DEFAULT);
    for (const one of [SendMessage, ReceiveMessage, DeleteMessage, ChangeMessageVisibility])
      expect(stand.calls(301, one)).toBe(300);
  });

  test('groups make no difference, and neither of the two settings alone', () => {
    for (const options of [
      DEFAULT,
      { ...DEFAULT, deduplicationScope: 'messageGroup' } as const,
      { ...DEFAULT, fifoThroughputLimit: 'perMessageGroupId' } as const,
    ])
      expect(new Stand(options).calls(400, SendMessage, (i) => i)).toBe(300);
  });

  test('a steady rate passes up to 300 a second', () => {
    expect(new Stand(DEFAULT).steady(300, 3, 1)).toEqual([300, 300, 300]);
    expect(new Stand(DEFAULT).steady(450, 3, 1)).toEqual([300, 300, 300]);
  });
});

describe('high throughput', () => {
  test('a group takes 300 calls a second of an action', () => {
    const stand = new Stand(HIGH);
    expect(stand.calls(301, SendMessage, () => 7)).toBe(300);
    expect(stand.calls(301, DeleteMessage, () => 7)).toBe(300);
    expect(stand.calls(301, SendMessage, () => 8)).toBe(300);
  });

  test('a hot group takes nothing from the others', () => {
    const stand = new Stand(HIGH);
    expect(stand.calls(1_000, SendMessage, () => 7)).toBe(300);
    expect(stand.calls(1_000, SendMessage, (i) => i)).toBe(999);
  });

  test('a batch of one group is one call: 3,000 messages a second', () => {
    expect(new Stand(HIGH).batches(301, SendMessageBatch, new Array(10).fill(7))).toBe(300);
  });

  test('a batch with one group that has had its share is refused whole', () => {
    const stand = new Stand(HIGH);
    stand.calls(300, SendMessage, () => 0);
    expect(stand.batch(SendMessageBatch, TEN)).toBe(false);
    expect(stand.batch(SendMessageBatch, TEN.slice(1))).toBe(true);
  });

  test.each([
    ['us-east-1', 70_000],
    ['eu-central-1', 19_000],
    ['ap-northeast-1', 9_000],
    ['sa-east-1', 4_500],
    ['eu-north-1', 2_400],
  ])('%s takes %i calls a second of an action', (region, quota) => {
    expect(highThroughputPerSecond(region)).toBe(quota);
    const options = { ...HIGH, highThroughputPerSecond: quota };
    const stand = new Stand(options);
    expect(stand.calls(quota + 100, SendMessage, (i) => i % 1_000)).toBe(quota);
    expect(stand.calls(quota + 100, ReceiveMessage, () => NO_LABEL)).toBe(quota);
    expect(stand.calls(100, DeleteMessage, (i) => i)).toBe(100);
  });

  test('a steady rate to many groups passes up to the quota', () => {
    expect(new Stand(HIGH).steady(2_400, 3, 1_000)).toEqual([2_400, 2_400, 2_400]);
    expect(new Stand(HIGH).steady(3_000, 3, 1_000)).toEqual([2_400, 2_400, 2_400]);
    expect(new Stand(HIGH).steady(2_000, 3, 10)).toEqual([2_000, 2_000, 2_000]);
  });
});

describe('partitions', () => {
  test('a queue without a ramp grows at once', () => {
    expect(new Stand(HIGH).calls(2_400, SendMessage, (i) => i % 100)).toBe(2_400);
  });

  test('a queue with a ramp grows by one partition in that time', () => {
    const stand = new Stand(HIGH, MINUTE);
    const take = (): number => stand.calls(1_000, SendMessage, (i) => i % 100);
    expect(take()).toBe(300);
    stand.wait(59 * SECOND);
    expect(take()).toBe(300);
    stand.wait(SECOND);
    expect(take()).toBe(600);
    stand.wait(59 * SECOND);
    expect(take()).toBe(600);
    stand.wait(SECOND);
    expect(take()).toBe(900);
  });

  test('it does not grow without need', () => {
    const stand = new Stand(HIGH, MINUTE);
    for (let i = 0; i < 5; i++) {
      expect(stand.calls(300, SendMessage, (group) => group)).toBe(300);
      stand.wait(MINUTE);
    }
    expect(stand.calls(400, SendMessage, (i) => i)).toBe(300);
  });

  test('receives share all partitions', () => {
    const stand = new Stand(HIGH, MINUTE);
    expect(stand.calls(400, ReceiveMessage, () => NO_LABEL)).toBe(300);
    stand.wait(MINUTE);
    expect(stand.calls(700, ReceiveMessage, () => NO_LABEL)).toBe(600);
  });

  test('it shrinks to one when idle', () => {
    const stand = new Stand(HIGH, MINUTE);
    stand.calls(400, SendMessage, (i) => i);
    stand.wait(MINUTE);
    expect(stand.calls(700, SendMessage, (i) => i)).toBe(600);
    stand.wait(4 * MINUTE);
    expect(stand.calls(1_000, SendMessage, (i) => i)).toBe(900);
    stand.wait(6 * MINUTE);
    expect(stand.calls(700, SendMessage, (i) => i)).toBe(300);
  });

  test('a batch counts once in each partition that it needs', () => {
    // in one partition: as one call
    expect(new Stand(HIGH, MINUTE).batches(400, SendMessageBatch, TEN)).toBe(300);
    // spread over ten: as ten calls of the region's 2,400
    const spread = new Stand(HIGH);
    for (let second = 0; second < 10; second++) {
      spread.calls(2_400, SendMessage, (i) => i % 10);
      spread.wait(SECOND);
    }
    expect(spread.batches(400, SendMessageBatch, TEN)).toBe(240);
    spread.wait(SECOND);
    expect(spread.batches(400, SendMessageBatch, TEN.slice(0, 2))).toBe(300);
  });

  test('a full partition refuses its groups alone', () => {
    const stand = new Stand(HIGH, MINUTE);
    stand.calls(400, SendMessage, (i) => i);
    stand.wait(MINUTE);
    // two partitions: even and odd labels
    expect(stand.calls(400, SendMessage, (i) => 2 * i)).toBe(300);
    expect(stand.calls(200, SendMessage, (i) => 2 * i + 1)).toBe(200);
    expect(stand.batch(SendMessageBatch, [1_000, 1_001])).toBe(false);
    expect(stand.calls(101, SendMessage, (i) => 2 * i + 1)).toBe(100);
  });
});

test('a call that is refused uses nothing up', () => {
  const stand = new Stand(HIGH);
  expect(stand.calls(300, SendMessage, () => 0)).toBe(300);
  for (let i = 0; i < 5_000; i++) expect(stand.batch(SendMessageBatch, TEN)).toBe(false);
  expect(stand.calls(301, SendMessage, () => 1)).toBe(300);
  expect(stand.calls(3_000, SendMessage, (i) => 2 + (i % 100))).toBe(2_400 - 600);
});

test('calls of groups are counted as by a map', () => {
  const group = fc.oneof(
    fc.nat(20),
    fc.nat(20).map((i) => 2 ** 50 + i),
    fc.nat(2_000),
  );
  const call = fc.option(fc.tuple(group, fc.nat(3)), { freq: 40 });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 600, size: 'max' }), (all) => {
      const counts = new GroupCalls(4);
      const naive = new Map<string, number>();
      for (const one of all) {
        if (one === null) {
          counts.clear();
          naive.clear();
          continue;
        }
        const [label, family] = one;
        const key = `${label} ${family}`;
        expect(counts.of(label, family)).toBe(naive.get(key) ?? 0);
        counts.add(label, family);
        naive.set(key, (naive.get(key) ?? 0) + 1);
      }
    }),
    { numRuns: 100 },
  );
});

test('groups and actions are told apart, also with the largest labels', () => {
  const calls = new GroupCalls(4);
  const largest = Number.MAX_SAFE_INTEGER;
  for (let i = 0; i < 200; i++) calls.add(largest - i, i % 4);
  for (let i = 0; i < 200; i++)
    expect([0, 1, 2, 3].map((family) => calls.of(largest - i, family))).toEqual(
      [0, 1, 2, 3].map((family) => (family === i % 4 ? 1 : 0)),
    );
  calls.clear();
  expect(calls.of(largest, 0)).toBe(0);
});
