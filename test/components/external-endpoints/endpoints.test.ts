// Mailboxes, telephones and apps that are pushed to: what they take, how fast SNS may send, what SMS messages may cost.

import { describe, expect, test } from 'vitest';
import { EndpointPacers } from '../../../src/components/delivery/endpoint-pacers.js';
import { CUSTOMER_MANAGED } from '../../../src/components/delivery/limits.js';
import { Endpoints } from '../../../src/components/endpoints.js';
import type { Endpoint } from '../../../src/components/endpoints.js';
import {
  externalEmail,
  externalPush,
  externalSms,
} from '../../../src/components/external-endpoints/external-endpoints.js';
import { picoUsd } from '../../../src/components/external-endpoints/spending.js';
import { CallError } from '../../../src/components/port.js';
import { quotaKey } from '../../../src/components/settings.js';
import { SECOND } from '../../../src/kernel/time.js';
import { PushRig, TARGET } from '../delivery/push-rig.js';

const SPEC = {
  name: 'target',
  region: 'us-east-1',
  account: 'one',
  profile: 'ideal',
  quotas: {},
  programs: {},
} as const;

interface Sms {
  readonly smsType?: 'Promotional' | 'Transactional';
  readonly subscribers?: number;
  readonly price?: string;
  readonly spend?: number;
}

function texts(
  rig: PushRig,
  { smsType = 'Promotional', subscribers = 1, price = '0.01', spend }: Sms,
): PushRig {
  const [quota] = externalSms.quotas!;
  externalSms.build(rig.world, TARGET, {
    ...SPEC,
    type: externalSms.type,
    settings: { smsType, subscribers },
    assume: { partPrice: price },
    quotas: spend === undefined ? {} : { [quotaKey(quota)]: spend },
  });
  return rig.link(TARGET);
}

function mails(rig: PushRig, id: number, subscribers: number): Endpoint {
  const type = externalEmail.type;
  externalEmail.build(rig.world, id, {
    ...SPEC,
    name: `target ${id}`,
    type,
    settings: { subscribers },
    assume: {},
  });
  return rig.world.shared(Endpoints).of(id)!;
}

const latest = (rig: PushRig, id = TARGET) => rig.watch.latencies.consumerSummary(id).max! / SECOND;

describe('what is taken', () => {
  test('a push is delivered at once, as often as there are subscribers', () => {
    const rig = new PushRig({ subscribers: [1_000_000] });
    const settings = { subscribers: 1_000_000 };
    externalPush.build(rig.world, TARGET, {
      ...SPEC,
      type: externalPush.type,
      settings,
      assume: {},
    });
    rig.link(TARGET).publish(3).finish(1);
    expect(rig.ledger()).toMatchObject({ owed: 3_000_000, processed: 3_000_000 });
    expect(rig.runs().runs).toBe(3_000_000);
    expect(rig.link0().delivered).toBe(3_000_000);
    expect(rig.watch.requests.count(TARGET, 0)).toBe(3);
    expect(latest(rig)).toBe(0);
    expect(rig.rows).toBe(0);
  });

  test('each type tells SNS its protocol, its retries and its rate', () => {
    const of = (smsType: string) =>
      externalSms.endpoint!({
        name: 'texts',
        settings: { smsType, subscribers: 2 },
        assume: { partPrice: '0.5' },
      });
    expect(of('Transactional')).toMatchObject({
      protocol: 'sms',
      retries: 'customerManaged',
      subscribers: 2,
      rate: { name: 'sms Transactional', perSecond: 20 },
      price: { usd: '0.5', partBytes: 140, source: 'resources.texts.assume.partPrice' },
    });
    expect(of('Promotional').rate).toEqual({ name: 'sms Promotional', perSecond: 20 });
    const plain = { name: 'x', settings: { subscribers: 1 }, assume: {} };
    expect(externalEmail.endpoint!(plain)).toMatchObject({
      protocol: 'email',
      retries: 'customerManaged',
      rate: { perSecond: 10 },
    });
    expect(externalPush.endpoint!(plain)).toMatchObject({ protocol: 'application', rate: null });
  });

  test('a fault can make it fail with any status of an error', () => {
    const { errorOfStatus } = externalEmail;
    expect([429, 503, 400].map((status) => errorOfStatus!(status))).toEqual([
      CallError.Throttled,
      CallError.Unavailable,
      1,
    ]);
    expect(errorOfStatus!(302)).toBeUndefined();
  });
});

test('an outage: 50 retries over almost 7 hours, as for all endpoints that customers manage', () => {
  const down = (hours: number): PushRig => {
    const rig = new PushRig();
    mails(rig, TARGET, 1);
    const { calls } = rig.world;
    calls.disturber = {
      diverts: (call) => {
        if (rig.kernel.now >= hours * 3_600 * SECOND) return false;
        calls.error[call] = CallError.Unavailable;
        calls.answer(call);
        return true;
      },
      loses: () => false,
    };
    return rig
      .link(TARGET, { schedule: CUSTOMER_MANAGED })
      .publish()
      .finish(8 * 3_600);
  };
  expect(down(6).ledger()).toMatchObject({ processed: 1 });
  expect(down(6).runs().runs).toBe(1);
  expect(down(7).link0()).toMatchObject({ attempts: 51, lost: [1, 0, 0, 0, 0, 0, 0] });
});

describe('10 e-mails a second, whoever they go to', () => {
  test('a second’s worth goes at once, the rest waits for its turn', () => {
    const rig = new PushRig();
    const endpoint = mails(rig, TARGET, 1);
    const pacer = rig.world.shared(EndpointPacers).of(endpoint, 'one', 'us-east-1');
    rig.link(TARGET, { pacer, schedule: CUSTOMER_MANAGED }).publish(25).finish(10);
    expect(rig.ledger().processed).toBe(25);
    expect(latest(rig)).toBe(1.5);
  });

  test('two lists share the rate; a push to many takes as many turns, and goes at the last', () => {
    const rig = new PushRig({ subscribers: [30, 1] });
    const pacers = rig.world.shared(EndpointPacers);
    for (const [id, subscribers] of [[TARGET, 30] as const, [TARGET + 1, 1] as const]) {
      const pacer = pacers.of(mails(rig, id, subscribers), 'one', 'us-east-1');
      rig.link(id, { pacer });
    }
    rig.publish().finish(10);
    expect(latest(rig)).toBe(2); // ten at once, twenty in two seconds
    expect(latest(rig, TARGET + 1)).toBe(2.1);
  });

  test('other accounts and regions have a rate of their own', () => {
    const rig = new PushRig();
    const pacers = rig.world.shared(EndpointPacers);
    const endpoint = mails(rig, TARGET, 100);
    expect(pacers.of(endpoint, 'one', 'us-east-1')!.reserve(0)).toBe(9 * SECOND);
    expect(pacers.of(endpoint, 'two', 'us-east-1')!.reserve(0)).toBe(9 * SECOND);
    expect(pacers.of(endpoint, 'one', 'eu-west-1')!.reserve(0)).toBe(9 * SECOND);
    expect(pacers.of(endpoint, 'one', 'us-east-1')!.reserve(0)).toBe(19 * SECOND);
  });
});

describe('SMS', () => {
  test('1,600 characters at most', () => {
    const rig = texts(new PushRig(), { spend: 100 });
    rig.publish(1, 1_600).publish(1, 1_601).finish(1);
    expect(rig.ledger()).toMatchObject({ owed: 2, processed: 1, lost: [0, 1, 0, 0, 0, 0, 0] });
    expect(rig.rows).toBe(0);
  });

  test('the account’s threshold, a dollar by default: the message that reaches it is the last', () => {
    const rig = texts(new PushRig(), { price: '0.3' }).publish(6, 140).finish(1);
    expect(rig.ledger()).toMatchObject({ processed: 4, lost: [0, 2, 0, 0, 0, 0, 0] });
    expect(rig.link0().attempts).toBe(6); // refused for good: not tried again
  });

  test('parts of 140 bytes, and subscribers, cost each', () => {
    // 3 parts to 10 telephones: 0.30 USD a message.
    const options = { price: '0.01', subscribers: 10, spend: 2 };
    const rig = texts(new PushRig({ subscribers: [10] }), options);
    rig.publish(9, 281).finish(1);
    expect(rig.ledger()).toMatchObject({ owed: 90, processed: 70 });
  });

  test('prices are exact to 1e-12 USD', () => {
    expect(picoUsd('0.00645')).toBe(6_450_000_000n);
    expect(picoUsd('12')).toBe(12_000_000_000_000n);
    expect(picoUsd('0.0000000000019')).toBe(1n);
  });
});
