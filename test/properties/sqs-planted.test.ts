// Faults planted in the model or its twin: each is found by random stories, and shrunk to a short one.

import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Deduplication } from '../../src/components/deduplication.js';
import { Delays } from '../../src/components/sqs/delays.js';
import { FifoShelf } from '../../src/components/sqs/fifo-shelf.js';
import { Queue } from '../../src/components/sqs/queue.js';
import type { NaiveMessage } from '../reference/naive-sqs/message.js';
import type { NaiveQueue } from '../reference/naive-sqs/queue.js';
import { setting } from './sqs/draws.js';
import { Pair, subjectOf, twinOf } from './sqs/pair.js';
import type { Scene } from './sqs/scene.js';
import { Solo } from './sqs/solo.js';
import type { Setting } from './sqs/step.js';
import { play, stories } from './sqs/story.js';

const visible = ({ messages }: NaiveQueue): NaiveMessage[] =>
  messages.filter(({ state }) => state === 'visible');

type Fault = (queue: NaiveQueue) => void;

/** Each breaks one rule of a queue. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'a group that is blocked is handed out all the same': (queue) => {
    if (queue.name.endsWith('.fifo')) queue.line = () => visible(queue);
  },
  'what came back waits behind': (queue) => {
    const { show } = queue;
    queue.show = (message) => {
      show.call(queue, message);
      message.isInFront = false;
    };
  },
  'a stale receipt deletes': (queue) => {
    queue.delete = (handle) => {
      const receipt = queue.receipts.find((one) => one.handle === handle);
      if (receipt !== undefined) queue.remove(receipt.message);
    };
  },
  'the dead-letter queue counts anew': (queue) => {
    const { takeDeadLetter } = queue;
    queue.takeDeadLetter = (letter, from) =>
      takeDeadLetter.call(queue, { ...letter, receiveCount: 0 }, from);
  },
  'age counts from the move to the dead-letter queue, or does not': (queue) => {
    const { takeDeadLetter } = queue;
    queue.takeDeadLetter = (letter, from) => {
      takeDeadLetter.call(queue, letter, from);
      const moved = queue.messages.at(-1);
      if (moved === undefined) return;
      const enqueued = queue.name.endsWith('.fifo') ? letter.enqueued : moved.since;
      queue.messages = [...queue.messages.slice(0, -1), { ...moved, enqueued }];
    };
  },
  'messages live a microsecond too long': (queue) => {
    const { expiry } = queue;
    queue.expiry = (message) => {
      const { at, seq } = expiry.call(queue, message);
      return { at: at + 1, seq };
    };
  },
  'a changed timeout is added to what is left': (queue) => {
    const { changeVisibility } = queue;
    queue.changeVisibility = (handle, micros) => {
      const message = queue.receipts.find((one) => one.handle === handle)?.message;
      changeVisibility.call(queue, handle, micros);
      if (message?.state === 'inFlight') {
        message.until = { ...message.until, at: message.until.at + 1 };
      }
    };
  },
  'the cap on messages in flight is one too high': (queue) => {
    const cap = queue.inFlightMax;
    Object.defineProperty(queue, 'isFull', { get: () => queue.count('inFlight') > cap });
    Object.assign(queue, { inFlightMax: cap + 1 });
  },
  'a purge spares what is in flight': (queue) => {
    const { purge } = queue;
    queue.purge = () => {
      const inFlight = queue.messages.filter(({ state }) => state === 'inFlight');
      purge.call(queue);
      queue.messages = inFlight;
    };
  },
};

/** What random stories complain about, with the story; '' if they don't. */
function failure(sceneOf: (given: Setting) => Scene, numRuns = 1_000): string {
  const details = fc.check(
    fc.property(fc.boolean().chain(setting), stories(60), (given, story) =>
      play(sceneOf(given), story),
    ),
    { numRuns },
  );
  return details.errorInstance instanceof Error ? details.errorInstance.message : '';
}

function expectShort(message: string): void {
  expect(message).toContain('The story:');
  const [, steps] = message.split('The story:\n');
  expect(steps.split('\n').length, steps).toBeLessThanOrEqual(12);
}

describe('a fault planted in one of two twins', () => {
  const against = (plant: Fault) => (given: Setting) => {
    const broken = twinOf(given);
    for (const queue of broken.world.queues) plant(queue);
    return new Pair(given, subjectOf(broken));
  };

  test.each(Object.entries(FAULTS))('%s', (_, plant) => expectShort(failure(against(plant))));

  test('none is found where there is none', () =>
    expect(
      failure(
        against(() => {}),
        200,
      ),
    ).toBe(''));
});

describe('a fault planted in the model is noticed by whom it tells its facts', () => {
  test.each([
    ['more than allowed', () => vi.spyOn(Queue.prototype, 'isExhausted').mockReturnValue(false)],
    ['outlived its retention', () => vi.spyOn(Queue.prototype, 'expire').mockReturnValue()],
    [
      'a duplicate was stored',
      () => vi.spyOn(Deduplication.prototype, 'find').mockReturnValue(false),
    ],
  ])('%s', (complaint, plant) => {
    plant();
    vi.spyOn(Queue.prototype, 'isOverdue').mockReturnValue(false);
    expect(failure((given) => new Solo(given, {}))).toContain(complaint);
  });

  test('before its delay was over', () => {
    const { hold } = Delays.prototype;
    vi.spyOn(Delays.prototype, 'hold').mockImplementation(function (
      this: Delays,
      copy,
      delay,
      spread,
    ) {
      hold.call(this, copy, delay - 1, spread);
    });
    expect(failure((given) => new Solo(given, {}))).toContain('before its delay was over');
  });

  test('overtook another one of its group', () => {
    const { enter } = FifoShelf.prototype;
    vi.spyOn(FifoShelf.prototype, 'enter').mockImplementation(function (this: FifoShelf, copy) {
      enter.call(this, copy, copy); // each message in a group of its own
    });
    expect(failure((given) => new Solo(given, {}))).toContain('overtook another one of its group');
  });
});
