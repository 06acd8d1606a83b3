// Turns of a rate: what is too much waits, and nothing is refused.

import { expect, test } from 'vitest';
import { EndpointPacers } from '../../../src/components/delivery/endpoint-pacers.js';
import { BothTurns, Pacer } from '../../../src/components/delivery/pacer.js';
import type { Endpoint } from '../../../src/components/endpoints.js';
import { SECOND } from '../../../src/kernel/time.js';

const seconds = (micros: number): number => micros / SECOND;

test('a second of the rate goes at once, the rest evenly', () => {
  const pacer = new Pacer(4);
  const starts = Array.from({ length: 8 }, () => seconds(pacer.reserve(10 * SECOND)));
  expect(starts).toEqual([10, 10, 10, 10, 10.25, 10.5, 10.75, 11]);
  expect(seconds(pacer.reserve(100 * SECOND))).toBe(100); // a pause is forgotten
});

test('one a second', () => {
  const pacer = new Pacer(1);
  expect([0, 0, 0, 5].map((now) => seconds(pacer.reserve(now * SECOND)))).toEqual([0, 1, 2, 5]);
});

test('to look at the next turn takes none', () => {
  const pacer = new Pacer(1);
  expect([pacer.next(0), pacer.next(0), pacer.reserve(0), pacer.next(0)].map(seconds)).toEqual([
    0, 0, 0, 1,
  ]);
});

test('several turns at once end with the last of them', () => {
  const pacer = new Pacer(10);
  expect([pacer.reserve(0, 20), pacer.reserve(0, 10)].map(seconds)).toEqual([1, 2]);
});

test('of two rates the slower one decides, and neither is more than its own', () => {
  const [one, other] = [new Pacer(2), new Pacer(1)];
  const both = new BothTurns(one, other);
  expect(seconds(both.next(0))).toBe(0);
  expect([0, 0, 0, 0].map((now) => seconds(both.reserve(now)))).toEqual([0, 1, 2, 3]);
  expect(seconds(one.next(0))).toBe(1.5);
});

test('endpoints of a kind share a rate, by account and region; so many subscribers take as many turns', () => {
  const email = (subscribers: number): Endpoint => ({
    protocol: 'email',
    retries: 'customerManaged',
    takes: { style: 'call', operation: 0 },
    subscribers,
    rate: { name: 'email', perSecond: 10 },
    price: null,
  });
  const pacers = new EndpointPacers();
  const many = pacers.of(email(20), 'one', 'us-east-1')!;
  expect(seconds(many.next(0))).toBe(1);
  expect(seconds(many.reserve(0))).toBe(1);
  expect(seconds(pacers.of(email(1), 'one', 'us-east-1')!.reserve(0))).toBe(1.1);
  expect(pacers.of(email(1), 'two', 'us-east-1')!.reserve(0)).toBe(0);
  expect(pacers.of(email(1), 'one', 'eu-west-1')!.reserve(0)).toBe(0);
  expect(pacers.of({ ...email(1), rate: null }, 'one', 'us-east-1')).toBeNull();
});
