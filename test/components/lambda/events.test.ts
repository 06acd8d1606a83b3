// Events of a function: the worked examples of Lambda's documentation on asynchronous invocation.

import { describe, expect, test } from 'vitest';
import { LambdaError } from '../../../src/components/lambda/port.js';
import { Outcome } from '../../../src/components/facts.js';
import { CallError } from '../../../src/components/port.js';
import { MINUTE, SECOND } from '../../../src/kernel/time.js';
import { crash, fail, work } from '../programs.js';
import { constant, LETTERS, Stage } from './stage.js';

const FAILS = { handler: [work(SECOND), fail(1)] };

test('an event is accepted at once, run after its dispatch, and done', () => {
  const stage = new Stage({ events: { dispatch: constant(0.5) } }).send().to(10);
  expect(stage.answers).toEqual([`0 ${CallError.None}`]);
  expect(stage.lines).toEqual(['0.5 run on 0', '1.5 ok']);
  expect(stage.notes.outcomes).toEqual([Outcome.Processed]);
  expect(stage.world.messages.left).toBe(0);
});

describe('failures', () => {
  test('two further attempts, a minute after the first and two minutes after the second', () => {
    const stage = new Stage({ function: FAILS }).send().to(3_600);
    expect(stage.lines).toEqual([
      '0 run on 0',
      '1 failed',
      '61 run on 0',
      '62 failed',
      '182 run on 0',
      '183 failed',
    ]);
    expect(stage.notes.outcomes).toEqual([Outcome.AsyncExhausted]);
    expect(stage.world.messages.left).toBe(0);
  });

  test('maximumRetryAttempts: 0 gives it up after the first', () => {
    const stage = new Stage({ function: FAILS, events: { retries: 0 } }).send().to(3_600);
    expect(stage.lines).toEqual(['0 run on 0', '1 failed']);
  });

  test('what is given up goes to the dead-letter queue', () => {
    const stage = new Stage({ function: FAILS, events: { retries: 1, deadLetter: LETTERS } });
    stage.send().to(3_600);
    expect(stage.letters).toEqual([62]);
    expect(stage.notes.outcomes).toEqual([Outcome.DeadLettered]);
    expect(stage.world.messages.left).toBe(0);
  });

  test('a retry of a run that failed is no redelivery; of one that was cut off it is', () => {
    const slow = new Stage({ function: { handler: [work(5 * SECOND)] } }).send().to(130);
    expect(slow.lines).toEqual([
      '0 run on 0',
      '3 killed',
      '63 run on 1 after asyncRetry',
      '66 killed',
    ]);
    const dying = new Stage({ function: { handler: [work(SECOND), crash(1)] } }).send().to(70);
    expect(dying.lines).toEqual([
      '0 run on 0',
      '1 crashed',
      '61 run on 1 after crash',
      '62 crashed',
    ]);
  });
});

describe('age', () => {
  test('maximumEventAgeInSeconds: an event that waits for a retry is given up when it is too old', () => {
    const stage = new Stage({
      function: FAILS,
      events: { ageMax: 90 * SECOND, deadLetter: LETTERS },
    });
    stage.send().to(3_600);
    expect(stage.lines).toEqual(['0 run on 0', '1 failed', '61 run on 0', '62 failed']);
    expect(stage.letters).toEqual([90]);
  });

  test('one that is being run may still end well, and is not tried again if it does not', () => {
    const run = { timeout: 10 * MINUTE, handler: [work(2 * MINUTE)] };
    const well = new Stage({ function: run, events: { ageMax: MINUTE } }).send().to(3_600);
    expect(well.notes.outcomes).toEqual([Outcome.Processed]);
    const badly = { ...run, handler: [...run.handler, fail(1)] };
    const stage = new Stage({ function: badly, events: { ageMax: MINUTE } }).send().to(3_600);
    expect(stage.lines).toEqual(['0 run on 0', '120 failed']);
    expect(stage.notes.outcomes).toEqual([Outcome.AsyncExhausted]);
  });
});

describe('refusals', () => {
  test('wait 1 s, 2 s, 4 s, … and use up no retry', () => {
    const busy = { reserved: 1, timeout: 10 * SECOND, handler: [work(5 * SECOND)] };
    const stage = new Stage({ function: busy, events: { retries: 0 } }).send(2).to(60);
    // The second is refused at 0, 1 and 3 s; at 7 s there is room.
    expect(stage.lines).toEqual(['0 run on 0', '5 ok', '7 run on 0', '12 ok']);
    expect(stage.notes.throttles).toBe(3);
    expect(stage.notes.most).toBe(1);
  });

  test('wait no longer than five minutes', () => {
    const long = { reserved: 1, timeout: 15 * MINUTE, handler: [work(15 * MINUTE - 1)] };
    const waiting = new Stage({ function: long }).send(2).to(3_000);
    // Refused until 511 s (1 + 2 + … + 256), then each 300 s: 811, and 1,111.
    expect(waiting.lines.at(-2)).toBe('1111 run on 0');
  });

  test('reserved concurrency 0: events are given up at once, calls refused', () => {
    const stage = new Stage({ function: { reserved: 0 }, events: { deadLetter: LETTERS } });
    stage.send().call().to(10);
    expect(stage.answers).toEqual([`0 ${CallError.None}`, `0 ${CallError.Throttled}`]);
    expect(stage.letters).toEqual([0]);
    expect(stage.lines).toEqual([]);
  });
});

test('an event of more than 1 MiB is refused', () => {
  const stage = new Stage().send(1, 1_048_576).send(1, 1_048_577).to(5);
  expect(stage.answers).toEqual([`0 ${CallError.None}`, `0 ${LambdaError.RequestTooLarge}`]);
});

test('asyncDuplicate: the event is there twice, and each copy has attempts of its own', () => {
  const stage = new Stage({ events: { duplicates: 1 } }).send().to(10);
  expect(stage.lines).toEqual(['0 run on 0', '0 run on 1 after spontaneousCopy', '1 ok', '1 ok']);
  expect(stage.notes.outcomes).toEqual([Outcome.Processed]);
});
