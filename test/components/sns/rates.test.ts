// How much may be published: an account's rate, those of FIFO topics and of their groups.

import { expect, test } from 'vitest';
import { NO_LABEL } from '../../../src/components/queue-port.js';
import { publishPerSecond, SNS_LIMITS } from '../../../src/components/sns/limits.js';
import { AccountRates, TopicRates } from '../../../src/components/sns/rates.js';
import { SECOND } from '../../../src/kernel/time.js';

const KIB = 1024;

/** How many of `count` messages get in at `now`. */
function admitted(
  rates: TopicRates,
  count: number,
  now = 0,
  group = NO_LABEL,
  bytes = KIB,
): number {
  let passed = 0;
  for (let i = 0; i < count; i++) if (rates.admit(now, bytes, group)) passed++;
  return passed;
}

const account = (limit = 30_000) => new AccountRates().of('one', 'us-east-1', limit);

test('the quota of an account is that of its region', () => {
  const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'sa-east-1'];
  expect(regions.map(publishPerSecond)).toEqual([30_000, 9_000, 9_000, 1_500, 300]);
});

test('all topics of an account and region share it, in whole seconds from the first use', () => {
  const rates = new AccountRates();
  const of = (name: string, region = 'us-east-1') =>
    new TopicRates(rates.of(name, region, 300), null);
  const [one, other] = [of('one'), of('one')];
  expect(admitted(one, 200, 0.5 * SECOND)).toBe(200);
  expect(admitted(other, 200, 1.4 * SECOND)).toBe(100);
  expect(admitted(of('two'), 400, 1.4 * SECOND)).toBe(300);
  expect(admitted(of('one', 'eu-west-1'), 400, 1.4 * SECOND)).toBe(300);
  expect(admitted(other, 400, 1.5 * SECOND)).toBe(300);
});

test('a FIFO topic takes 3,000 messages a second, or 20 MB', () => {
  expect(admitted(new TopicRates(account(), 'Topic'), 4_000)).toBe(
    SNS_LIMITS.fifoMessagesPerSecond,
  );
  const large = 256 * KIB;
  expect(admitted(new TopicRates(account(), 'Topic'), 100, 0, NO_LABEL, large)).toBe(80);
  expect(admitted(new TopicRates(account(), 'MessageGroup'), 4_000)).toBe(4_000);
});

test('a message group gets 300 a second, others do not feel it', () => {
  const rates = new TopicRates(account(), 'MessageGroup');
  expect([admitted(rates, 400, 0, 1), admitted(rates, 400, 0, 2)]).toEqual([300, 300]);
  expect(admitted(rates, 400, SECOND, 1)).toBe(300);
});

test('what one rate refuses counts at none', () => {
  const shared = account(500);
  const rates = new TopicRates(shared, 'MessageGroup');
  expect(admitted(rates, 400, 0, 1)).toBe(300);
  expect(admitted(rates, 400, 0, 2)).toBe(200);
  expect(shared.used).toBe(500);
});
