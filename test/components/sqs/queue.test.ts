import { describe, expect, it } from 'vitest';
import { Cause, Outcome } from '../../../src/components/facts.js';
import { QueueError } from '../../../src/components/queue-port.js';
import { IDEAL, QueueDriver, SECOND } from './driver.js';

const messagesOf = (poll: { received: readonly { message: number }[] }) =>
  poll.received.map((r) => r.message);

describe('life cycle', () => {
  it('hands out in the order of sending, up to ten at a time', () => {
    const d = new QueueDriver();
    for (let i = 0; i < 12; i++) d.send();
    expect(messagesOf(d.receive(10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(messagesOf(d.receive(10))).toEqual([10, 11]);
    expect(d.queue.inFlight).toBe(12);
  });

  it('hides a received message for its visibility timeout, exactly', () => {
    const d = new QueueDriver();
    d.send();
    expect(messagesOf(d.receive())).toEqual([0]);
    expect(messagesOf(d.at(29.999999).receive())).toEqual([]);
    const again = d.at(30).receive();
    expect(again.received).toMatchObject([{ message: 0, receiveCount: 2 }]);
  });

  it("takes the visibility timeout of the receive before that of the queue; the next one has the queue's again", () => {
    const d = new QueueDriver();
    d.send();
    d.receive(1, 0, 5);
    expect(messagesOf(d.at(5).receive())).toEqual([0]);
    expect(messagesOf(d.at(34.9).receive())).toEqual([]);
    expect(messagesOf(d.at(35).receive())).toEqual([0]);
  });

  it('with a timeout of 0 shows the message again at once, and counts the receive', () => {
    const d = new QueueDriver();
    d.send();
    d.receive(1, 0, 0);
    expect(d.receive().received).toMatchObject([{ message: 0, receiveCount: 2 }]);
  });

  it('delays new messages by DelaySeconds', () => {
    const d = new QueueDriver({ delay: 10 * SECOND });
    d.send();
    expect(d.queue.delays.count).toBe(1);
    expect(messagesOf(d.at(9.999999).receive())).toEqual([]);
    expect(messagesOf(d.at(10).receive())).toEqual([0]);
  });

  it('keeps a message for its retention from the sending, whatever its state', () => {
    const d = new QueueDriver({ retention: 60 * SECOND, delay: 0 });
    d.send();
    d.at(10).send();
    d.at(50).receive();
    d.at(60);
    expect(d.queue.inFlight).toBe(0);
    expect(d.queue.shelf.length).toBe(1);
    d.at(70);
    expect(d.queue.shelf.length).toBe(0);
    expect(d.recorded.count('expired')).toBe(2);
  });

  it('expires a delayed message too', () => {
    const d = new QueueDriver({ retention: 60 * SECOND, delay: 900 * SECOND });
    d.send();
    d.at(60);
    expect(d.queue.delays.count).toBe(0);
    expect(d.at(1000).receive().received).toEqual([]);
    expect(d.recorded.of('settled').map((f) => f.args[2])).toEqual([Outcome.Expired]);
  });

  it('refuses what is larger than the maximum, and stores nothing of it', () => {
    const d = new QueueDriver({ maximumMessageSizeBytes: 2048 });
    d.send(2049);
    expect(d.lastError).toBe(QueueError.InvalidParameterValue);
    expect(d.receive().received).toEqual([]);
  });
});

describe('receipts', () => {
  it('deletes with the receipt in force, also after the timeout while nobody else received it', () => {
    const d = new QueueDriver();
    d.send();
    const [first] = d.receive().received;
    d.at(31).delete(first.delivery);
    expect(d.receive().received).toEqual([]);
    expect(d.recorded.count('deleted')).toBe(1);
  });

  it('ignores an older receipt after a newer receive, or deletes, as assumed', () => {
    for (const staleDelete of ['ignored', 'deletes'] as const) {
      const d = new QueueDriver({ assume: { ...IDEAL, staleDelete } });
      d.send();
      const [first] = d.receive().received;
      d.at(30).receive();
      d.at(31).delete(first.delivery);
      expect(messagesOf(d.at(60).receive())).toEqual(staleDelete === 'ignored' ? [0] : []);
    }
  });

  it('never takes a reused row for the old message', () => {
    const d = new QueueDriver();
    d.send();
    const [first] = d.receive().received;
    d.delete(first.delivery);
    d.send();
    d.receive();
    d.delete(first.delivery);
    expect(d.queue.inFlight).toBe(1);
  });
});

describe('polling', () => {
  it('answers a long poll at the first message, without waiting for more', () => {
    const d = new QueueDriver();
    const poll = d.receive(10, 20);
    expect(poll.answeredAt).toBeNull();
    d.at(3).send();
    expect(poll).toMatchObject({ answeredAt: 3, received: [{ message: 0 }] });
  });

  it('answers empty when the wait is over', () => {
    const d = new QueueDriver();
    const poll = d.receive(10, 20);
    d.at(19.999999);
    expect(poll.answeredAt).toBeNull();
    d.at(20);
    expect(poll).toMatchObject({ answeredAt: 20, received: [] });
  });

  it('ends a long poll when a visibility timeout ends', () => {
    const d = new QueueDriver({ visibilityTimeout: 1 * SECOND });
    d.send();
    d.receive();
    const poll = d.at(0.5).receive(1, 5);
    d.at(2);
    expect(poll).toMatchObject({ answeredAt: 1, received: [{ message: 0, receiveCount: 2 }] });
  });

  it('serves the longest waiting poll first', () => {
    const d = new QueueDriver();
    const first = d.receive(1, 20);
    const second = d.receive(1, 20);
    d.at(1).send();
    expect([first.answeredAt, second.answeredAt]).toEqual([1, null]);
    d.at(2).send();
    expect(second.answeredAt).toBe(2);
  });

  it('serves any waiting poll, each about as often, when assumed random', () => {
    const firsts = [0, 0, 0];
    const d = new QueueDriver({ assume: { ...IDEAL, pollChoice: 'random' } });
    for (let i = 0; i < 300; i++) {
      const polls = [d.receive(1, 20), d.receive(1, 20), d.receive(1, 20)];
      d.send();
      firsts[polls.findIndex((poll) => poll.answeredAt !== null)]++;
      d.send();
      d.send();
    }
    for (const times of firsts) expect(times).toBeGreaterThan(70);
  });

  it('misses a single message in half of the short polls when half of the shards are sampled', () => {
    const d = new QueueDriver({
      visibilityTimeout: 0,
      assume: { ...IDEAL, storageShards: 16, shortPollShards: 8 },
    });
    d.send();
    let found = 0;
    for (let i = 1; i <= 400; i++) if (d.at(i).receive(1, 0, 0).received.length > 0) found++;
    expect(found).toBeGreaterThan(150);
    expect(found).toBeLessThan(250);
  });

  it('serves nothing to a poll whose client has gone', () => {
    const d = new QueueDriver();
    const gone = d.receive(1, 20);
    d.world.calls.abandoned[0] = 1;
    d.send();
    expect(gone.received).toEqual([]);
    expect(messagesOf(d.receive())).toEqual([0]);
  });
});

describe('dead letters', () => {
  it('moves at the receive after maxReceiveCount hand-outs, not when the timeout ends; the count goes on', () => {
    const d = new QueueDriver({}, 3);
    d.send();
    for (const t of [0, 30, 60]) expect(messagesOf(d.at(t).receive())).toEqual([0]);
    d.at(89);
    expect(d.deadLetters.shelf.length).toBe(0);
    d.at(90);
    expect(d.queue.shelf.length).toBe(1);
    expect(messagesOf(d.receive())).toEqual([]);
    expect(d.deadLetters.shelf.length).toBe(1);
    expect(d.receive(1, 0, -1, 1).received).toMatchObject([{ message: 0, receiveCount: 4 }]);
  });

  it('keeps the age: retention in the dead-letter queue counts from the sending', () => {
    const day = 86_400;
    const d = new QueueDriver({ visibilityTimeout: day * SECOND }, 1);
    d.send();
    d.receive();
    d.at(day).receive();
    d.at(14 * day - 1);
    expect(d.deadLetters.shelf.length).toBe(1);
    d.at(14 * day);
    expect(d.deadLetters.shelf.length).toBe(0);
    // The obligation ended as dead-lettered; that its copy has gone since changes nothing.
    for (const f of d.recorded.of('settled')) expect(f.args[2]).toBe(Outcome.DeadLettered);
  });

  it('counts nothing as left to do for a dead letter that nobody consumes', () => {
    const d = new QueueDriver({}, 1);
    d.send();
    const [first] = d.receive().received;
    d.forget(first.delivery);
    expect(d.world.messages.left).toBe(1);
    d.at(30).receive();
    expect(d.world.messages.left).toBe(0);
  });
});

describe('what AWS does not promise', () => {
  it('shows a message to a second consumer as often as assumed', () => {
    const d = new QueueDriver({ assume: { ...IDEAL, duplicateOnReceive: 1 } });
    d.send();
    expect(messagesOf(d.receive())).toEqual([0]);
    expect(messagesOf(d.receive())).toEqual([0]);
  });

  it('brings a deleted message back within a minute as often as assumed', () => {
    const d = new QueueDriver({ assume: { ...IDEAL, duplicateAfterDelete: 1 } });
    d.send();
    const [first] = d.receive().received;
    d.delete(first.delivery);
    expect(d.receive().received).toEqual([]);
    const poll = d.receive(1, 20);
    for (let t = 1; t <= 60; t++) {
      d.at(t);
      if (poll.answeredAt !== null || d.queue.shelf.length > 0) return;
    }
    expect.unreachable('the phantom copy appears within 60 s');
  });

  it('loses the answer of a receive as often as assumed: the messages are hidden, nobody has them', () => {
    const d = new QueueDriver({ assume: { ...IDEAL, lostReceive: 1 } });
    d.send();
    expect(d.receive().received).toEqual([]);
    expect(d.queue.inFlight).toBe(1);
    expect(d.world.messages.left).toBe(1);
    const flags = d.world.messages.obligations.flags[0] >> 4;
    expect(flags).toBe(Cause.LostReceive);
  });
});
