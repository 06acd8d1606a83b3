// The bucket as a plain store, and the claim check of a producer that uses it.

import { describe, expect, it } from 'vitest';
import { retryOptions } from '../../../src/components/client/retry.js';
import { Interference } from '../../../src/components/interference.js';
import { CallError } from '../../../src/components/port.js';
import { S3_ERRORS, S3_OPERATIONS, S3Error, S3Operation } from '../../../src/components/s3-port.js';
import { Bucket } from '../../../src/components/s3/bucket.js';
import { PUT_BYTES_MAX } from '../../../src/components/s3/limits.js';
import { S3_PRICES } from '../../../src/components/s3/prices.js';
import type { TrafficOptions } from '../../../src/components/traffic/options.js';
import type { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Meters } from '../../../src/observe/cost/meters.js';
import { fakeWorld } from '../fakes.js';
import { bench, burst, leftOver, PLAIN, RULES, run, SECOND } from '../client/support.js';

const constant = (value: number) => distribution({ kind: 'constant', value });

function bucketIn(world: World): Bucket {
  return new Bucket(world, 1, {
    name: 'blobs',
    putLatency: constant(300_000),
    getLatency: constant(100_000),
    pointerBytes: 256,
    notifier: null,
  });
}

describe('a bucket', () => {
  function call(operation: number, bytes: number): { at: number; error: number } {
    const world = fakeWorld(['client', 'blobs']);
    let answer = { at: -1, error: -1 };
    const answered = world.kernel.handler('client/answer', (row) => {
      answer = { at: world.kernel.now, error: world.calls.error[row] };
      world.calls.free(row);
    });
    bucketIn(world);
    const row = world.calls.begin(0, 1, operation, answered, 0);
    world.calls.a[row] = bytes;
    world.calls.go(row, 1, 2, 0);
    world.kernel.advance(SECOND);
    return answer;
  }

  it('takes and gives objects, each call in its own time', () => {
    expect(call(S3Operation.PutObject, 5_000_000)).toEqual({ at: 300_000, error: 0 });
    expect(call(S3Operation.GetObject, 5_000_000)).toEqual({ at: 100_000, error: 0 });
    expect(call(S3Operation.DeleteObject, 0)).toEqual({ at: 300_000, error: 0 });
  });

  it('one PutObject takes 5 GiB, not a byte more', () => {
    expect(call(S3Operation.PutObject, PUT_BYTES_MAX).error).toBe(0);
    expect(call(S3Operation.PutObject, PUT_BYTES_MAX + 1).error).toBe(S3Error.EntityTooLarge);
    expect(S3_ERRORS[S3Error.EntityTooLarge]).toBe('EntityTooLarge');
  });

  it('has the refusals that clients tell apart where all services have them', () => {
    expect(S3_ERRORS[CallError.Throttled]).toBe('SlowDown');
    expect(S3_ERRORS[CallError.Unavailable]).toBe('ServiceUnavailable');
    expect(S3_ERRORS[CallError.Timeout]).toBe('RequestTimeout');
  });
});

describe('what it costs', () => {
  it('puts and gets each have their price, whatever their size; deletes are free', () => {
    const resource = {
      name: 'blobs',
      region: 'us-east-1',
      prices: S3_PRICES,
      meters: S3_PRICES.metersOf({ name: 'blobs', settings: {}, hasGroups: false }),
    };
    const meters = new Meters({ now: 0 }, [resource]);
    for (let i = 0; i < 3; i++) meters.request(0, 5_000_000, S3Operation.PutObject);
    meters.request(0, 0, S3Operation.GetObject);
    meters.request(0, 0, S3Operation.DeleteObject);
    expect(meters.readings().map(({ quantity }) => quantity)).toEqual([3n, 1n]);
    expect(S3_PRICES.find('us-east-1', 'putRequests')?.price).toBe('0.000005');
    expect(S3_PRICES.find('us-east-1', 'getRequests')?.price).toBe('0.0000004');
    expect(S3_PRICES.find('nowhere', 'putRequests')).toBeUndefined();
    expect(S3_OPERATIONS).toHaveLength(3);
  });
});

describe('the claim check', () => {
  const large: Partial<TrafficOptions> = {
    plan: burst(1),
    size: constant(3_000_000),
    largePayloads: { bucket: 1, above: 262_144 },
  };

  it('puts the payload first, then sends a pointer', () => {
    const made = run(9, [{ after: SECOND }], large, (world) => void bucketIn(world));
    const put = made.recorded.of('request')[0];
    expect([put.at, put.args]).toEqual([150_000, [1, S3Operation.PutObject, 3_000_000]]);
    expect(made.seen.map(({ at }) => at)).toEqual([300_000]);
    expect(made.recorded.of('answered').map(({ at }) => at)).toEqual([1_300_000]);
    expect(leftOver(made)).toEqual([0, 0, 0, 0]);
  });

  it('what SQS counts is the pointer', () => {
    const made = bench([{ after: SECOND }], large, (world) => void bucketIn(world));
    made.source.start();
    made.world.kernel.advance(SECOND);
    const [message] = made.seen[0].messages;
    expect(made.world.messages.messages.size[message]).toBe(256);
  });

  it('a small payload goes in its message', () => {
    const small = { ...large, size: constant(262_144) };
    const made = run(9, [], small, (world) => void bucketIn(world));
    expect(made.seen.map(({ at }) => at)).toEqual([0]);
    expect(made.recorded.count('request')).toBe(0);
  });

  it('a put that fails is tried again; the message is not sent before, nor when it fails for good', () => {
    for (const ends of [true, false]) {
      let end = (): void => {};
      const client = { ...PLAIN, timeout: 2 * SECOND, retry: retryOptions(RULES) };
      const made = bench([], { ...large, client }, (world) => {
        bucketIn(world);
        const faults = world.shared(Interference);
        const all = { target: 1, client: null, operation: null };
        const fault = faults.declare('down', all, { kind: 'fail', share: 1, error: 10 });
        faults.begin(fault);
        end = () => faults.end(fault);
      });
      made.source.start();
      made.world.kernel.advance(350_000); // the first has failed at 0.3 s, the second goes out at 0.4 s
      if (ends) end();
      made.world.kernel.advance(60 * SECOND);
      expect(made.recorded.count('retried')).toBe(ends ? 1 : 2);
      expect([made.seen.length, made.recorded.count('answered')]).toEqual(ends ? [1, 1] : [0, 0]);
      expect(made.recorded.count('gaveUp')).toBe(ends ? 0 : 1);
      expect(leftOver(made)).toEqual([0, 0, 0, 0]);
    }
  });

  it('batches are of pointers, and the time of the put is no time in the buffer', () => {
    const client = { ...PLAIN, batch: { size: 2, wait: 60 * SECOND } };
    const options = { ...large, client, plan: burst(2) };
    const made = bench([{ after: SECOND }], options, (world) => void bucketIn(world));
    made.source.start();
    made.world.kernel.advance(SECOND);
    expect(made.seen[0].messages).toHaveLength(2);
    const { buffered } = made.world.messages.messages;
    expect(made.seen[0].messages.map((message) => buffered[message])).toEqual([0, 0]);
  });
});
