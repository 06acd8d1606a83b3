/**
 * A schedule (EventBridge Scheduler): whenever it is due, it makes a message of its own and pushes it to its target, at
 * least once, with retries and a dead-letter queue. It invokes within the minute of its due time, or within its
 * flexible window after that. Once traffic has ended, none is made any more.
 * Source: EventBridge Scheduler User Guide "what-is-scheduler", "managing-schedule-flexible-time-windows", 2026.
 */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Component } from '../component.js';
import { Pusher } from '../delivery/pusher.js';
import { Envelopes } from '../envelopes.js';
import type { Make } from '../makes.js';
import { NO_LABEL } from '../queue-port.js';
import type { World } from '../world.js';
import { Counter } from './counters.js';
import type { ScheduleOptions } from './options.js';
import { firstDue, nextDue } from './schedule-times.js';

export class Schedule implements Component, Make {
  readonly isKeyed = false;
  private readonly pusher: Pusher;
  private readonly due: Handler;
  private readonly invokes: Handler;
  private readonly mark: MarkKey;
  private readonly delay: MarkKey;
  private readonly window: MarkKey;
  private readonly label: number;
  private times = 0;
  private made = 0;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: ScheduleOptions,
  ) {
    const { kernel, streams, labels } = world;
    const { name, link } = options;
    world.shared(Envelopes);
    this.pusher = new Pusher(world, id, name);
    this.pusher.addLink(link);
    this.due = kernel.handler(`${name}/due`, () => this.onDue());
    this.invokes = kernel.handler(`${name}/invoke`, () => this.invoke());
    this.mark = streams.key(name, 'mark');
    this.delay = streams.key(name, 'scheduleDelay');
    this.window = streams.key(name, 'flexibleTimeWindow');
    this.label = labels.of(name);
    world.makes.set(id, this);
  }

  start(): void {
    this.wait(firstDue(this.options.times, this.world.startSeconds));
  }

  private wait(at: number): void {
    if (at !== Infinity) this.world.kernel.at(at, this.due, 0);
  }

  private onDue(): void {
    const { kernel, startSeconds } = this.world;
    const { times, delay, window } = this.options;
    const n = this.times++;
    const late = delay === null ? 0 : drawMicros(delay, this.delay.u53(0, 0, n));
    const later = window === 0 ? 0 : Math.floor(this.window.u53(0, 0, n) * window);
    if (late + later === 0) this.invoke();
    else kernel.after(late + later, this.invokes, 0);
    this.wait(nextDue(times, kernel.now, startSeconds));
  }

  private invoke(): void {
    const { messages, kernel, facts, labels } = this.world;
    if (messages.draining) return;
    const { mark, id, options } = this;
    mark.birth(this.made++);
    const message = messages.born(id, kernel.now, mark.h0, mark.h1, options.bytes);
    facts.born(id, message);
    facts.metered(id, Counter.Schedules, 1);
    const isFifo = options.group !== NO_LABEL;
    this.pusher.dispatch(0, message, options.group, isFifo ? labels.fresh() : NO_LABEL);
    facts.answered(id, message);
    messages.release(message);
  }

  // --- Make ------------------------------------------------------------------------------------------

  key(): number {
    return this.label;
  }

  attribute(): undefined {
    return undefined;
  }

  eventField(name: string): string | undefined {
    if (name === 'source') return this.options.source;
    return name === 'detail-type' ? this.options.detailType : undefined;
  }
}
