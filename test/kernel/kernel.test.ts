import { describe, expect, it } from 'vitest';
import { BugError } from '../../src/kernel/check.js';
import { InstantLimitError, Kernel } from '../../src/kernel/kernel.js';
import type { Handler } from '../../src/kernel/kernel.js';

/** A kernel with one handler that notes its argument and the time. */
function journal() {
  const kernel = new Kernel();
  const seen: string[] = [];
  const note = kernel.handler('test/note', (arg) => void seen.push(`${arg}@${kernel.now}`));
  return { kernel, seen, note };
}

describe('Kernel', () => {
  it('runs events in the order of time, and equal times in the order of scheduling', () => {
    const { kernel, seen, note } = journal();
    kernel.at(20, note, 1);
    kernel.at(10, note, 2);
    kernel.after(20, note, 3);
    kernel.soon(note, 4);
    kernel.at(0, note, 5);
    expect(kernel.advance(100)).toBe('until');
    expect(seen).toEqual(['4@0', '5@0', '2@10', '1@20', '3@20']);
    expect(kernel.now).toBe(100);
    expect(kernel.eventCount).toBe(5);
  });

  it('runs what an event schedules for its own instant after what was scheduled before', () => {
    const { kernel, seen, note } = journal();
    const first = kernel.handler('test/first', () => {
      kernel.soon(note, 1);
      kernel.after(0, note, 2);
      kernel.at(kernel.now, note, 3);
    });
    kernel.at(5, first, 0);
    kernel.at(5, note, 4); // in the queue before `first` ran
    kernel.advance(5);
    expect(seen).toEqual(['4@5', '1@5', '2@5', '3@5']);
  });

  it('runs thousands of events of one instant in order', () => {
    const { kernel, seen, note } = journal();
    for (let i = 0; i < 2000; i++) kernel.soon(note, i);
    kernel.advance(0);
    expect(seen).toEqual(Array.from({ length: 2000 }, (_, i) => `${i}@0`));
  });

  it('runs in slices that can be cut by time and by number of events', () => {
    const { kernel, seen, note } = journal();
    for (const time of [1, 2, 2, 2, 9]) kernel.at(time, note, time);
    expect(kernel.advance(1)).toBe('until');
    expect(kernel.advance(5, 2)).toBe('events');
    expect([kernel.now, seen.length]).toEqual([2, 3]);
    expect(kernel.advance(5, 0)).toBe('events');
    expect(seen.length).toBe(3);
    expect(kernel.advance(5)).toBe('until');
    expect([kernel.now, seen.length]).toEqual([5, 4]);
    expect(kernel.nextTime()).toBe(9);
    expect(kernel.advance(9)).toBe('until');
    expect(kernel.nextTime()).toBe(Infinity);
  });

  it('stops after the event that asks for it, and goes on', () => {
    const { kernel, seen, note } = journal();
    const halt = kernel.handler('test/halt', () => kernel.stop());
    kernel.at(1, halt, 0);
    kernel.at(1, note, 7);
    expect(kernel.advance(10)).toBe('stopped');
    expect([kernel.now, seen.length]).toEqual([1, 0]);
    expect(kernel.advance(10)).toBe('until');
    expect(seen).toEqual(['7@1']);
  });

  it('tells the next time, that of this instant included', () => {
    const { kernel, note } = journal();
    expect(kernel.nextTime()).toBe(Infinity);
    kernel.at(30, note, 0);
    expect(kernel.nextTime()).toBe(30);
    kernel.soon(note, 0);
    expect(kernel.nextTime()).toBe(0);
  });

  it('keeps the names of handlers', () => {
    const { kernel, note } = journal();
    expect(kernel.handlerName(note)).toBe('test/note');
    expect(() => kernel.handlerName(99 as Handler)).toThrow(BugError);
  });

  it('refuses the past, going back, and what is no time', () => {
    const { kernel, note } = journal();
    kernel.advance(10);
    expect(() => kernel.at(9, note, 0)).toThrow('in the past');
    expect(() => kernel.after(-1, note, 0)).toThrow('in the past');
    for (const time of [NaN, Infinity, 20.5, 2 ** 53]) {
      expect(() => kernel.at(time, note, 0)).toThrow('whole number');
    }
    expect(() => kernel.advance(9)).toThrow(BugError);
    expect(() => kernel.advance(10.5)).toThrow(BugError);
    expect(() => kernel.advance(Infinity)).toThrow(BugError);
  });

  it('takes new handlers between slices, in their turn', () => {
    const { kernel, seen, note } = journal();
    kernel.at(9, note, 1);
    kernel.advance(5);
    const late = kernel.handler('late', (arg) => void seen.push(`late ${arg}@${kernel.now}`));
    kernel.at(9, late, 2);
    kernel.soon(late, 3);
    kernel.advance(10);
    expect(seen).toEqual(['late 3@5', '1@9', 'late 2@9']);
    expect(kernel.handlerName(late)).toBe('late');
  });

  it('refuses new handlers and sleepers from inside of an event, and stop from outside', () => {
    const { kernel } = journal();
    expect(() => kernel.stop()).toThrow(BugError);
    const errors: unknown[] = [];
    const inner = kernel.handler('test/inner', () => {
      errors.push(catchError(() => kernel.handler('late', () => {})));
      errors.push(catchError(() => kernel.sleeper('late', { wake: () => {} } as never)));
    });
    kernel.soon(inner, 0);
    kernel.advance(0);
    for (const error of errors) expect(error).toBeInstanceOf(BugError);
    expect(errors).toHaveLength(2);
  });

  it('refuses to be advanced by a handler, or after an error', () => {
    const kernel = new Kernel();
    const inner = kernel.handler('test/inner', () => void kernel.advance(5));
    kernel.soon(inner, 0);
    expect(() => kernel.advance(1)).toThrow('called by a handler');
    expect(() => kernel.advance(1)).toThrow('after an error');
  });
});

describe('the limit of events at one instant', () => {
  function pingPong(maxEventsAtOneInstant: number, delay: number) {
    const kernel = new Kernel({ maxEventsAtOneInstant });
    const ping = kernel.handler('a/ping', () => kernel.after(delay, pong, 0));
    const pong: Handler = kernel.handler('b/pong', () => kernel.after(delay, ping, 0));
    kernel.at(7, ping, 0);
    return kernel;
  }

  it.each([1, 2, 10, 999, 1000, 1001, 5000])(
    'stops a model after %i, and names the handlers',
    (n) => {
      const kernel = pingPong(n, 0);
      const error = catchError(() => kernel.advance(100));
      expect(error).toBeInstanceOf(InstantLimitError);
      if (!(error instanceof InstantLimitError)) return;
      expect(kernel.eventCount).toBe(n);
      expect([error.time, error.limit]).toEqual([7, n]);
      expect(error.handlers).toEqual(n === 1 ? ['a/ping'] : ['a/ping', 'b/pong']);
      expect(error.message).toContain('a/ping');
    },
  );

  it('counts each instant by itself', () => {
    const kernel = pingPong(1, 1);
    expect(kernel.advance(3000)).toBe('until');
    expect(kernel.eventCount).toBe(2994);
  });

  it('counts across slices of one instant', () => {
    const kernel = pingPong(10, 0);
    for (let i = 0; i < 10; i++) expect(kernel.advance(100, 1)).toBe('events');
    expect(() => kernel.advance(100, 1)).toThrow(InstantLimitError);
  });
});

function catchError(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
