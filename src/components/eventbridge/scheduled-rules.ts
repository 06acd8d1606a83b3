/**
 * Scheduled rules of a bus: each makes an event of its own whenever it is due, for its own targets. It fires within the
 * minute of its due time, at least once. Once traffic has ended, none is made any more.
 * Source: EventBridge User Guide "eb-create-rule-schedule", 2026.
 */

import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Bus } from './bus.js';
import type { ScheduleTimes } from './schedule-times.js';
import { firstDue, nextDue } from './schedule-times.js';

/** `aws.events`, `Scheduled Event` and an empty detail. */
const EVENT_BYTES = 'aws.events'.length + 'Scheduled Event'.length + '{}'.length;

export class ScheduledRules {
  private readonly due: Handler;
  private readonly fires: Handler;
  private readonly marks: readonly MarkKey[];
  private readonly delays: readonly MarkKey[];
  /** By rule: how often it was due, and has fired. */
  private readonly times: number[];
  private readonly fired: number[];

  constructor(private readonly bus: Bus) {
    const { world, options } = bus;
    const { kernel, streams } = world;
    const { name, rules } = options;
    this.due = kernel.handler(`${name}/scheduled rule due`, (rule) => this.onDue(rule));
    this.fires = kernel.handler(`${name}/scheduled rule`, (rule) => this.fire(rule));
    this.marks = rules.map((rule) => streams.key(name, `${rule.name}/mark`));
    this.delays = rules.map((rule) => streams.key(name, `${rule.name}/scheduleDelay`));
    this.times = rules.map(() => 0);
    this.fired = rules.map(() => 0);
  }

  /** At time 0. */
  start(): void {
    const { rules } = this.bus.options;
    rules.forEach(({ schedule }, rule) => {
      if (schedule !== null) this.wait(rule, firstDue(schedule, this.bus.world.startSeconds));
    });
  }

  private wait(rule: number, at: number): void {
    if (at !== Infinity) this.bus.world.kernel.at(at, this.due, rule);
  }

  private onDue(rule: number): void {
    const { kernel, startSeconds } = this.bus.world;
    const { scheduleDelay } = this.bus.options;
    const u = this.delays[rule].u53(0, 0, this.times[rule]++);
    if (scheduleDelay === null) this.fire(rule);
    else kernel.after(drawMicros(scheduleDelay, u), this.fires, rule);
    this.wait(rule, nextDue(this.scheduleOf(rule), kernel.now, startSeconds));
  }

  private scheduleOf(rule: number): ScheduleTimes {
    return this.bus.options.rules[rule].schedule!;
  }

  private fire(place: number): void {
    const { bus } = this;
    const { messages, kernel, facts } = bus.world;
    const rule = bus.rules[place];
    if (!rule.isEnabled || messages.draining) return;
    const mark = this.marks[place];
    mark.birth(this.fired[place]++);
    const message = messages.born(bus.id, kernel.now, mark.h0, mark.h1, EVENT_BYTES);
    facts.born(bus.id, message);
    for (let link = rule.first; link < rule.end; link++) bus.invoke(link, message, false);
    if (rule.end === rule.first) facts.unclaimed(bus.id, message);
    facts.answered(bus.id, message);
    messages.release(message);
  }
}
