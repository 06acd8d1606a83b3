// ChangeMessageVisibility on standard queues: from now, at most twelve hours, also with old receipts.

import { describe, expect, test } from 'vitest';
import { QueueError } from '../../../src/components/queue-port.js';
import type { Poll } from './driver.js';
import { QueueDriver } from './driver.js';

function received(d: QueueDriver, visibility = -1): number {
  d.send();
  return d.receive(1, 0, visibility).received[0].delivery;
}

const found = (poll: Poll): number => poll.received.length;

describe('ChangeMessageVisibility', () => {
  test('counts from the call, and the next receive has the default again', () => {
    const d = new QueueDriver({ visibilityTimeout: 60_000_000 });
    const delivery = received(d);
    d.at(15).changeVisibility(delivery, 10);
    const poll = d.receive(1, 20);
    d.at(40);
    expect([poll.answeredAt, found(poll)]).toEqual([25, 1]);
    expect(found(d.at(84).receive())).toBe(0);
    expect(found(d.at(85).receive())).toBe(1);
  });

  test('twelve hours from the receive is the end, however often it is asked for', () => {
    const d = new QueueDriver();
    const delivery = received(d);
    d.at(1).changeVisibility(delivery, 43_195);
    expect(d.lastError).toBe(QueueError.None);
    d.changeVisibility(delivery, 43_200);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    d.at(43_080).changeVisibility(delivery, 120);
    expect(d.lastError).toBe(QueueError.None);
    d.at(43_081).changeVisibility(delivery, 120);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    expect(found(d.at(43_199).receive())).toBe(0);
    expect(found(d.at(43_200).receive())).toBe(1);
  });

  test('0 shows the message at once', () => {
    const d = new QueueDriver();
    const delivery = received(d);
    const poll = d.receive(1, 20);
    d.at(3).changeVisibility(delivery, 0);
    expect([poll.answeredAt, found(poll)]).toEqual([3, 1]);
  });

  test('after the timeout it hides the message again, and its receipt still deletes', () => {
    const d = new QueueDriver();
    const delivery = received(d, 1);
    d.at(2).changeVisibility(delivery, 2);
    expect(d.recorded.count('hidden')).toBe(1);
    expect(d.queue.control.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    expect(found(d.at(3).receive())).toBe(0);
    d.delete(delivery);
    expect(d.queue.control.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test('an older receipt acts for whoever has the message now', () => {
    const d = new QueueDriver();
    const old = received(d, 1);
    d.at(2).receive();
    d.changeVisibility(old, 100);
    expect(found(d.at(101).receive())).toBe(0);
    expect(found(d.at(102).receive())).toBe(1);
    d.changeVisibility(old, 0);
    expect(found(d.receive())).toBe(1);
  });

  test('a message that is gone cannot be hidden', () => {
    const d = new QueueDriver();
    const delivery = received(d);
    d.delete(delivery);
    d.changeVisibility(delivery, 10);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
  });
});

test('when a delete makes room under the in-flight cap, a waiting poll is served', () => {
  const d = new QueueDriver({ inFlightMax: 1 });
  const delivery = received(d);
  d.send();
  expect(d.receive().error).toBe(QueueError.OverLimit);
  const poll = d.receive(1, 20);
  d.at(4).delete(delivery);
  expect([poll.answeredAt, found(poll)]).toEqual([4, 1]);
});
