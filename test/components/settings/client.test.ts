import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/components/settings/problem.js';
import { trafficClient } from '../../../src/components/settings/client.js';
import { problemsOf } from '../../../src/components/settings/setting.js';
import { traffic } from '../../../src/components/settings/traffic.js';
import { Buckets } from '../../../src/components/object-names.js';
import { trafficOptions } from '../../../src/components/traffic/from-settings.js';
import { fakeWorld } from '../fakes.js';

type Schema = typeof trafficClient | typeof traffic;

function problems(schema: Schema, written: unknown): Problem[] {
  const result = schema.safeParse(written);
  return result.success ? [] : problemsOf(result.error);
}

/** The one problem with a client: its path, code and what is allowed or nearest. */
function problem(schema: Schema, written: unknown): string {
  const [first, ...more] = problems(schema, written);
  expect(more).toEqual([]);
  const { path, code, nearest, awsError } = first;
  return [path?.join('.'), code, nearest, awsError].filter((part) => part !== undefined).join(' ');
}

describe('client', () => {
  const retryOf = (retry: unknown): unknown => trafficClient.parse({ retry }).retry;

  it('leaves to its target whether there is an SDK behind it, unless it says something', () => {
    const sending = { send: 'orders', rate: '1/s' };
    for (const written of [sending, { ...sending, client: {} }]) {
      const { retry, timeout, senders } = traffic.parse(written).client;
      expect([retry, timeout, senders]).toEqual([undefined, undefined, 1]);
    }
    expect(['none', 'standard', 'legacy'].map(retryOf)).toEqual(['none', 'standard', 'legacy']);
  });

  it.each([
    ['send', 'queue', 'standard'],
    ['write', 'bucket', 'standard'],
    ['write', 'database', null],
  ] as const)('%s to a %s is tried again as: %s', (verb, role, retry) => {
    const isTried = (client: unknown): boolean => {
      const spec = traffic.parse({ [verb]: 'target', rate: '1/s', client });
      const world = fakeWorld(['target', 'source']);
      if (role === 'bucket') world.shared(Buckets).declare(0);
      return trafficOptions(world, 'source', spec, 1).client.retry !== null;
    };
    expect(isTried({})).toBe(retry === 'standard');
    expect(isTried({ timeout: '1s' })).toBe(retry === 'standard');
    expect(isTried({ retry: 'standard' })).toBe(true);
    expect(isTried({ retry: 'none' })).toBe(false);
  });

  it('reads rules in base units, with their defaults', () => {
    expect(retryOf({})).toEqual({
      maxAttempts: 3,
      backoff: 'fullJitter',
      base: 100_000,
      cap: 20_000_000,
      budget: undefined,
      on: ['timeout', 'throttle', 'serverError', 'connection'],
    });
    const rules = {
      maxAttempts: 5,
      backoff: 'none',
      base: '1s',
      cap: '5s',
      budget: '10%',
      on: ['throttle'],
    };
    expect(retryOf(rules)).toEqual({ ...rules, base: 1_000_000, cap: 5_000_000, budget: 0.1 });
  });

  it('refuses mistakes where they stand', () => {
    const cases: [unknown, string][] = [
      [{ retry: 'adaptive' }, 'retry not-modelled'],
      [{ retry: 'standart' }, 'retry choice standard'],
      [{ retry: 3 }, 'retry wrong-kind'],
      [{ retry: { maxAttempt: 3 } }, 'retry.maxAttempt unknown-key maxAttempts'],
      [{ retry: { maxAttempts: 0 } }, 'retry.maxAttempts out-of-range 1'],
      [{ retry: { backoff: 'jitter' } }, 'retry.backoff choice'],
      [{ retry: { base: 100 } }, 'retry.base wrong-unit 100s'],
      [{ retry: { base: '10s', cap: '5s' } }, 'retry.cap out-of-range'],
      [{ retry: { base: '30s' } }, 'retry.base out-of-range'],
      [{ retry: { budget: 10 } }, 'retry.budget wrong-unit 10%'],
      [{ retry: { on: 'throttle' } }, 'retry.on wrong-kind'],
      [{ retry: { on: ['throtle'] } }, 'retry.on.0 choice throttle'],
      [{ timeout: '0s' }, 'timeout out-of-range 1ms'],
      [{ senders: 0 }, 'senders out-of-range 1'],
      [{ largePayloads: { bucket: 'b' } }, 'largePayloads.above missing'],
    ];
    for (const [written, expected] of cases)
      expect(problem(trafficClient, written), JSON.stringify(written)).toBe(expected);
  });
});

describe('the message of a traffic', () => {
  const base = { send: 'orders', rate: '1/s' };
  const fifo = { send: 'orders.fifo', rate: '1/s' };

  it('reads attributes, ids and delays', () => {
    const read = traffic.parse({
      ...base,
      attributes: { kind: 'placed', tags: ['a', 'b'], amount: { p50: 40, p99: 900 } },
      messageGroupId: 'kind',
      delaySeconds: 5,
    });
    expect(read.attributes['tags']).toEqual({ kind: 'texts', texts: ['a', 'b'] });
    expect([read.messageGroupId, read.delaySeconds]).toEqual(['kind', 5_000_000]);
    expect(traffic.parse({ ...fifo, delaySeconds: 0 }).delaySeconds).toBe(0);
  });

  it('gets what AWS answers', () => {
    const invalid = 'InvalidParameterValue';
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, 'x']));
    const cases: [unknown, string][] = [
      [
        { ...base, messageDeduplicationId: 'message' },
        `messageDeduplicationId aws-refuses ${invalid}`,
      ],
      [{ ...fifo, delaySeconds: 5 }, `delaySeconds aws-refuses ${invalid}`],
      [{ ...base, delaySeconds: '16m' }, `delaySeconds out-of-range 15m ${invalid}`],
      [{ ...base, delaySeconds: '1.5s' }, 'delaySeconds not-whole 2s'],
      [{ ...base, messageGroupId: 'tenant' }, 'messageGroupId unknown-name'],
      [
        { ...base, attributes: { tenant: 'a b' }, messageGroupId: 'tenant' },
        `attributes.tenant aws-refuses ${invalid}`,
      ],
      [{ ...base, key: 'a b', messageGroupId: 'key' }, `key aws-refuses ${invalid}`],
      [{ ...fifo, key: 'a b' }, `key aws-refuses ${invalid}`],
      [
        { ...base, attributes: { tags: ['a'] }, messageGroupId: 'tags' },
        'messageGroupId wrong-kind',
      ],
      [{ ...base, attributes: eleven }, `attributes aws-refuses ${invalid}`],
      [{ ...base, attributes: { 'a b': 'x' } }, `attributes.a b aws-refuses ${invalid}`],
      [{ ...base, attributes: { key: 'x' } }, 'attributes.key choice'],
      [{ ...base, attributes: { tags: ['a', 1] } }, 'attributes.tags.1 wrong-kind'],
      [{ ...base, size: '2MiB' }, `size out-of-range ${invalid}`],
    ];
    for (const [written, expected] of cases)
      expect(problem(traffic, written), JSON.stringify(written)).toBe(expected);
  });

  it('lets a size through that its client has put into a bucket', () => {
    const client = { largePayloads: { bucket: 'blobs', above: '256KiB' } };
    expect(problems(traffic, { ...base, size: '2MiB', client })).toEqual([]);
  });
});
