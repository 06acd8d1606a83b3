// The age of the oldest message against a list of all that is in the queue.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NoFacts } from '../../components/fakes.js';
import { Ages } from '../../../src/observe/measures/oldest.js';
import { DEAD, Driver, FakeClock, MAILS, ORDERS, WORKERS } from '../driver.js';

const step = fc.record({ what: fc.nat(5), which: fc.nat(99), after: fc.nat(3) });

test('is that of the first that was sent and is still there', () => {
  fc.assert(
    fc.property(fc.array(step, { size: 'max', maxLength: 200 }), fc.nat(20), (steps, warmUp) => {
      const clock = new FakeClock();
      const { messages } = new Driver(clock, new NoFacts());
      const ages = new Ages(clock, messages, [ORDERS], (queue) => queue === MAILS, warmUp);
      const oldest = ages.of(ORDERS)!;
      const there: { copy: number; sentAt: number }[] = [];
      const elsewhere: typeof there = [];
      const first = (time: number): number =>
        there.length === 0 ? 0 : time - Math.min(...there.map(({ sentAt }) => sentAt));
      let area = 0;
      let max = 0;
      let min = Infinity;
      for (const { what, which, after } of steps) {
        for (let tick = clock.now; tick < clock.now + after; tick++) {
          if (tick < warmUp) continue;
          area += (first(tick) + first(tick + 1)) / 2;
          min = Math.min(min, first(tick));
          max = Math.max(max, first(tick + 1));
        }
        clock.now += after;
        const message = messages.born(0, 0, 1, 2, 3);
        const copy = messages.addCopy(messages.owe(message, WORKERS));
        if (what < 2 || there.length === 0) {
          ages.stored(ORDERS, copy);
          there.push({ copy, sentAt: clock.now });
        } else if (what < 4) {
          ages.left(ORDERS, there.splice(which % there.length, 1)[0].copy);
        } else if (what === 4) {
          ages.stored(DEAD, copy);
          elsewhere.push({ copy, sentAt: clock.now });
        } else if (elsewhere.length > 0) {
          const dead = elsewhere.splice(which % elsewhere.length, 1)[0];
          ages.deadLettered(DEAD, dead.copy);
          ages.stored(ORDERS, dead.copy);
          there.push(dead);
        }
        expect(oldest.at(clock.now)).toBe(first(clock.now));
      }
      const end = clock.now;
      const found = oldest.summary(end);
      expect(found.end).toBe(first(end));
      if (end <= warmUp) return;
      expect(found.mean).toBeCloseTo(area / (end - warmUp), 9);
      expect([found.min, found.max]).toEqual([min, max]);
    }),
  );
});

test('dead letters stay as old as they are; in a FIFO queue, and redriven, they are new', () => {
  const clock = new FakeClock();
  const { messages } = new Driver(clock, new NoFacts());
  const ages = new Ages(clock, messages, [DEAD, MAILS, ORDERS], (queue) => queue === MAILS, 0);
  const sent = (): number => {
    const copy = messages.addCopy(messages.owe(messages.born(0, 0, 1, 2, 3), WORKERS));
    ages.stored(ORDERS, copy);
    return copy;
  };
  const [one, two] = [sent(), sent()];
  clock.now = 50;
  ages.deadLettered(ORDERS, one);
  ages.stored(DEAD, one);
  ages.deadLettered(ORDERS, two);
  ages.stored(MAILS, two);
  clock.now = 60;
  expect([ORDERS, DEAD, MAILS].map((queue) => ages.of(queue)!.at(60))).toEqual([0, 60, 10]);
  ages.left(DEAD, one);
  ages.stored(ORDERS, one);
  expect([ORDERS, DEAD].map((queue) => ages.of(queue)!.at(63))).toEqual([3, 0]);
});
