/**
 * The slow and obvious twin of the SQS model: a clock, queues of plain objects, receives that wait, move
 * tasks. Written from AWS's documentation alone. Where AWS leaves freedom it takes what the profile `ideal`
 * says: one storage host, exact order, no noise, the longest-waiting poll first, no latency.
 *
 * Whatever is due is looked for anew at every step, among everything there is; of two things due at one
 * time, what was set going first happens first. After each, waiting receives are tried again.
 *
 * Not known here: latency, limits on calls a second, fair queues, encryption, who may call.
 */

import { NaiveClock } from './clock.js';
import { NaiveFifoQueue } from './fifo.js';
import type { Moment, NaiveMessage } from './message.js';
import { isBefore } from './message.js';
import { NaiveMoves } from './moves.js';
import type { Delivered, NaiveQueue, Receiving } from './queue.js';
import type { NaiveAttributes } from './settings.js';
import { DEFAULTS, SECOND, changed, micros } from './settings.js';
import { Refusal, demand } from './refusal.js';
import { NaiveStandardQueue } from './standard.js';

type Answer = (delivered: readonly Delivered[] | Refusal) => void;

/** A receive that waits. */
interface Poll {
  readonly queue: NaiveQueue;
  readonly receiving: Receiving;
  readonly ends: Moment;
  readonly answer: Answer;
}

interface Happening {
  readonly when: Moment;
  readonly happen: () => void;
}

export interface NaiveLimits {
  /** Messages in flight at a time in each queue; default 120,000. */
  readonly inFlight?: number;
  /** How many messages from the front a FIFO queue examines; default 120,000. */
  readonly scanWindow?: number;
  /** Default ignored. */
  readonly staleDelete?: 'ignored' | 'deletes';
}

export class NaiveWorld {
  readonly clock = new NaiveClock();
  readonly queues: NaiveQueue[] = [];
  readonly moves = new NaiveMoves(
    this.clock,
    (name) => this.find(name),
    (happen) => this.soon(happen),
  );
  /** What follows within this moment: messages between two queues. */
  private following: Happening[] = [];
  /** In the order in which they began to wait. */
  private polls: Poll[] = [];

  constructor(private readonly limits: NaiveLimits = {}) {}

  /** Seconds. */
  get now(): number {
    return this.clock.now / SECOND;
  }

  find(name: string): NaiveQueue | undefined {
    return this.queues.find((queue) => queue.name === name);
  }

  queue(name: string): NaiveQueue {
    const queue = this.find(name);
    if (queue === undefined) throw new Refusal('QueueDoesNotExist', name);
    return queue;
  }

  createQueue(name: string, attributes: NaiveAttributes): void {
    const bury = (message: NaiveMessage, target: string): boolean => {
      const queue = this.find(target);
      if (queue !== undefined) this.soon(() => queue.takeDeadLetter(message, name));
      return queue !== undefined;
    };
    const settings = changed(DEFAULTS, attributes);
    this.checkPolicy(name, attributes);
    const { inFlight = 120_000, scanWindow = 120_000, staleDelete = 'ignored' } = this.limits;
    const place = { name, inFlightMax: inFlight, clock: this.clock, bury };
    this.queues.push(
      name.endsWith('.fifo')
        ? new NaiveFifoQueue(place, settings, scanWindow)
        : new NaiveStandardQueue(place, settings, staleDelete),
    );
  }

  /** With all it holds; who waits there is told. */
  deleteQueue(name: string): void {
    const queue = this.queue(name);
    this.queues.splice(this.queues.indexOf(queue), 1);
    queue.messages = [];
    for (const task of this.moves.tasks) if (task.source === queue) task.status = 'CANCELLED';
    const waiting = this.polls.filter((poll) => poll.queue === queue);
    this.polls = this.polls.filter((poll) => poll.queue !== queue);
    for (const { answer } of waiting) answer(new Refusal('QueueDoesNotExist', name));
  }

  setAttributes(name: string, attributes: NaiveAttributes): void {
    const queue = this.queue(name);
    const settings = changed(queue.settings, attributes);
    this.checkPolicy(name, attributes);
    queue.change(settings);
  }

  /** Everything that is due until then, and at that very moment, happens. */
  advanceTo(seconds: number): void {
    this.runTo(micros(seconds));
  }

  /** What is due at this very moment happens: after each call. */
  settle(): void {
    this.serve();
    this.runTo(this.clock.now);
  }

  private runTo(end: number): void {
    for (let next = this.next(end); next !== null; next = this.next(end)) {
      this.clock.now = Math.max(this.clock.now, next.when.at); // a shorter retention makes overdue
      this.following = this.following.filter((one) => one !== next);
      next.happen();
      this.serve();
    }
    this.clock.now = end;
  }

  /** When things will be due, µs, in order: where ties are to be found. */
  get dueTimes(): number[] {
    const times = this.happenings().map(({ when }) => when.at);
    return [...new Set(times)].sort((a, b) => a - b);
  }

  receive(queue: NaiveQueue, receiving: Receiving, wait: number, answer: Answer): void {
    if (wait === 0 && queue instanceof NaiveStandardQueue) {
      demand(!queue.isFull, 'OverLimit', 'too many messages in flight');
    }
    const delivered = queue.repeat(receiving) ?? queue.receive(receiving);
    if (delivered.length > 0 || wait === 0) answer(delivered);
    else this.polls.push({ queue, receiving, ends: this.clock.in(wait), answer });
  }

  /** Tries the receives that wait, the longest waiting first. */
  serve(): void {
    for (const poll of this.polls) {
      const delivered = poll.queue.receive(poll.receiving);
      if (delivered.length > 0) this.close(poll, delivered);
    }
  }

  private close(poll: Poll, delivered: readonly Delivered[]): void {
    this.polls = this.polls.filter((other) => other !== poll);
    poll.answer(delivered);
  }

  /** A dead-letter queue is there, of the same kind, and another one. */
  private checkPolicy(name: string, { redrivePolicy }: NaiveAttributes): void {
    const target = redrivePolicy?.deadLetterTarget;
    if (target === undefined) return;
    const isKind = target.endsWith('.fifo') === name.endsWith('.fifo');
    const isThere = this.find(target) !== undefined;
    demand(isThere && isKind && target !== name, 'InvalidParameterValue', 'redrivePolicy');
  }

  private soon(happen: () => void): void {
    this.following.push({ when: this.clock.moment(), happen });
  }

  private next(end: number): Happening | null {
    let least: Happening | null = null;
    for (const one of this.happenings()) {
      if (one.when.at > end) continue;
      if (least === null || isBefore(one.when, least.when)) least = one;
    }
    return least;
  }

  private happenings(): Happening[] {
    const all: Happening[] = [...this.following];
    for (const queue of this.queues) {
      for (const message of queue.messages) {
        all.push({ when: queue.expiry(message), happen: () => queue.remove(message) });
        if (message.state === 'visible') continue;
        all.push({ when: message.until, happen: () => queue.show(message) });
      }
    }
    for (const poll of this.polls)
      all.push({ when: poll.ends, happen: () => this.close(poll, []) });
    for (const task of this.moves.tasks) {
      if (task.status !== 'RUNNING') continue;
      all.push({ when: task.due, happen: () => this.moves.step(task) });
    }
    return all;
  }
}
