// Environments of a function, its limits, calls, faults: worked examples.

import { describe, expect, test } from 'vitest';
import { Bucket, Pool } from '../../../src/components/lambda/capacity.js';
import { coldStartOf } from '../../../src/components/lambda/cold-start.js';
import { CallError } from '../../../src/components/port.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../../../src/kernel/time.js';
import { crash, fail, work } from '../programs.js';
import { constant, Stage } from './stage.js';

const OK = CallError.None;

describe('environments', () => {
  const cold = { environments: { start: constant(0.25) } };

  test('a request that finds none starts one; the next one finds it', () => {
    const stage = new Stage(cold).send().to(5).send().to(10);
    expect(stage.lines).toEqual(['0.25 run on 0', '1.25 ok', '5 run on 0', '6 ok']);
    expect(stage.notes.coldStarts).toBe(1);
  });

  test('each works on one request at a time: ten at once need ten', () => {
    const stage = new Stage(cold).send(10).to(5).send(10).to(10);
    expect(stage.notes.coldStarts).toBe(10);
    expect(stage.notes.most).toBe(10);
  });

  test('the one that was used last is used first', () => {
    const stage = new Stage().send().to(0.5).send().to(5).send().to(10);
    expect(stage.lines.filter((line) => line.includes('run'))).toEqual([
      '0 run on 0',
      '0.5 run on 1',
      '5 run on 1',
    ]);
  });

  test('one that nobody needs for idleTimeout is gone', () => {
    const rest = distribution({ kind: 'constant', value: 6 * MINUTE });
    const stage = new Stage({ environments: { rest } }).send().to(360).send().to(800).send();
    expect(stage.to(900).notes.coldStarts).toBe(2);
    expect(stage.lines.filter((line) => line.includes('run')).at(-1)).toBe('800 run on 1');
  });

  test('one that is older than environmentLife is gone, also when it is always used', () => {
    const life = distribution({ kind: 'constant', value: 5 * SECOND });
    const stage = new Stage({ environments: { life } });
    for (let second = 0; second < 20; second += 2) stage.to(second).send();
    expect(stage.to(30).notes.coldStarts).toBe(4);
  });

  test('a failed run leaves its environment warm; a crash and a timeout do not', () => {
    const failing = new Stage({ function: { handler: [work(SECOND), fail(1)] } });
    expect(failing.send().to(5).send().to(10).notes.coldStarts).toBe(1);
    const dying = new Stage({ function: { handler: [work(SECOND), crash(1)] } });
    expect(dying.send().to(5).send().to(10).notes.coldStarts).toBe(2);
    const slow = new Stage({ function: { handler: [work(9 * SECOND)] } });
    expect(slow.send().to(5).send().to(10).notes.coldStarts).toBe(2);
  });

  test('the overhead comes before each run, and is neither billed nor part of the timeout', () => {
    const options = { overhead: constant(0.5), handler: [work(3 * SECOND - 1)] };
    const stage = new Stage({ function: options, ...cold }).send().to(10);
    expect(stage.lines).toEqual(['0.75 run on 0', '3.749999 ok']);
    expect(stage.notes.metersOf[1]).toBe(3_250 * 128);
  });
});

describe('calls', () => {
  test('are answered when the run is over', () => {
    expect(new Stage().call().to(5).answers).toEqual([`1 ${OK}`]);
  });

  test('a failed run, one that is killed and one that crashes are answered 5xx', () => {
    const { Unavailable } = CallError;
    const failing = new Stage({ function: { handler: [fail(1)] } }).call().to(5);
    expect(failing.answers).toEqual([`0 ${Unavailable}`]);
    const slow = new Stage({ function: { handler: [work(9 * SECOND)] } }).call().to(5);
    expect(slow.answers).toEqual([`3 ${Unavailable}`]);
    const dying = new Stage({ function: { handler: [crash(1)] } }).call().to(5);
    expect(dying.answers).toEqual([`0 ${Unavailable}`]);
  });

  test('beyond the concurrency they are answered 429', () => {
    const stage = new Stage({ function: { reserved: 2 } }).call(3).to(5);
    expect(stage.answers).toEqual([`0 ${CallError.Throttled}`, `1 ${OK}`, `1 ${OK}`]);
    expect(stage.notes.throttles).toBe(1);
  });

  test('the account limit holds for functions without reserved concurrency', () => {
    const stage = new Stage({ function: { accountConcurrency: 2 } }).call(3).to(5);
    expect(stage.answers[0]).toBe(`0 ${CallError.Throttled}`);
  });
});

describe('rates', () => {
  test('ten requests a second for each of the concurrency', () => {
    const short = { reserved: 10, handler: [work(MILLISECOND)] };
    const stage = new Stage({ function: short });
    for (let i = 0; i < 30; i++) stage.to(i * 0.01).call(5);
    stage.to(5);
    const served = stage.answers.filter((answer) => answer.endsWith(` ${OK}`)).length;
    // A second's worth of 100, and what fills up within 0.29 s.
    expect(served).toBe(129);
  });

  test('a thousand new environments at once, then a hundred a second', () => {
    const long = { accountConcurrency: 10_000, timeout: 10 * SECOND, handler: [work(9 * SECOND)] };
    const stage = new Stage({ function: long }).call(1_500).to(0);
    expect(stage.notes.most).toBe(1_000);
    expect(stage.to(1).call(500).to(1).notes.most).toBe(1_100);
  });

  test('a bucket holds no more than it is made for', () => {
    const bucket = new Bucket(100, 1_000);
    for (let i = 0; i < 1_000; i++) {
      expect(bucket.hasOne(0)).toBe(true);
      bucket.take();
    }
    expect(bucket.hasOne(9 * MILLISECOND)).toBe(false);
    expect(bucket.hasOne(10 * MILLISECOND)).toBe(true);
    expect(bucket.hasOne(HOUR)).toBe(true);
  });

  test('what is reserved is taken from what the others share', () => {
    const pool = new Pool(1_000);
    pool.reserve(900);
    expect(pool.most).toBe(100);
    for (let i = 0; i < 100; i++) pool.enter();
    expect(pool.hasRoom(HOUR)).toBe(false);
    pool.leave();
    expect(pool.hasRoom(HOUR)).toBe(true);
  });
});

describe('work', () => {
  test('a fault slow stretches it, beside what little memory does', () => {
    const stage = new Stage({ function: { workFactor: 2, timeout: MINUTE } });
    stage.call().to(5);
    stage.fn.slow(3, SECOND);
    expect(stage.call().to(20).answers).toEqual([`2 ${OK}`, `12 ${OK}`]);
    stage.fn.slow(1, 0);
    expect(stage.call().to(30).answers.at(-1)).toBe(`22 ${OK}`);
  });

  test('down refuses calls and events, and holds back what is in the queue', () => {
    const stage = new Stage({ events: { dispatch: constant(1) } }).send();
    stage.to(0.5).fn.down(1, true, true);
    stage.send().call().to(1.5).fn.down(1, true, false);
    stage.to(10);
    const { Unavailable } = CallError;
    expect(stage.answers).toEqual([`0 ${OK}`, `0.5 ${Unavailable}`, `0.5 ${Unavailable}`]);
    expect(stage.lines).toEqual(['2 run on 0', '3 ok']);
    expect(stage.notes.throttles).toBe(0);
  });
});

test('cold starts by runtime, packaging and profile', () => {
  const zip = { isImage: false, hasSnapStart: false };
  const at = (packaging: Parameters<typeof coldStartOf>[0]): number[] => {
    const spec = distribution(coldStartOf(packaging, 'typical'));
    return [0.5, 0.99].map((p) => Math.round(spec.quantile(p) / MILLISECOND));
  };
  expect(at({ runtime: 'nodejs24.x', ...zip })).toEqual([260, 740]);
  expect(at({ runtime: 'java25', ...zip })).toEqual([1_200, 3_800]);
  expect(at({ runtime: 'dotnet10', ...zip, hasSnapStart: true })).toEqual([200, 640]);
  expect(at({ runtime: 'nodejs24.x', ...zip, isImage: true })).toEqual([900, 1_800]);
  const ideal = coldStartOf({ runtime: 'python3.14', ...zip }, 'ideal');
  expect(ideal).toEqual({ kind: 'constant', value: 260 * MILLISECOND });
});
