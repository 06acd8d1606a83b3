/**
 * A pipe from a queue: pollers, each of which receives, has its messages executed, deletes what went well, and
 * receives again. While all are busy more are added, one after the other, and one that finds nothing goes again, down
 * to those that poll always. What passes the filters is billed by the batch, in chunks.
 */

import type { Handler } from '../../kernel/kernel.js';
import { Table } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Component } from '../component.js';
import { NONE } from '../messages.js';
import type { LoopWatcher, ProgramOptions } from '../program/options.js';
import { When } from '../program/matching.js';
import type { ProgramHost } from '../program/program.js';
import { Program } from '../program/program.js';
import type { PatternSpec } from '../settings.js';
import type { World } from '../world.js';
import { Counter } from './counters.js';
import { EVENTS_LIMITS } from './limits.js';

export interface PipeOptions {
  readonly name: string;
  readonly program: ProgramOptions;
  /** null: all messages. */
  readonly filter: PatternSpec | null;
  /** How many poll always, and at most. */
  readonly pollers: number;
  readonly pollersMax: number;
  /** From one more to the next, µs. */
  readonly growthEvery: Micros;
}

class PollerTable extends Table {
  /** 1: it has a batch in hand. */
  readonly busy = this.u8('busy');
}

export class Pipe implements Component, ProgramHost, LoopWatcher {
  readonly exited: Handler;
  readonly crashed: Handler;
  private readonly pollers: PollerTable;
  private readonly program: Program;
  private readonly filter: When | null;
  private readonly grows: Handler;
  /** Pollers that have ended and can begin again. */
  private readonly resting: number[] = [];
  /** Those that poll, without those that have been told to stop; how many of them are busy. */
  private running = 0;
  private busy = 0;
  private isGrowing = false;

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: PipeOptions,
  ) {
    const { kernel } = world;
    const { name, program, filter } = options;
    this.exited = kernel.handler(`${name}/poller gone`, (poller) => this.resting.push(poller));
    this.crashed = this.exited; // no step of a pipe crashes
    this.pollers = new PollerTable(kernel.tables);
    this.program = new Program(world, program, this.pollers, this);
    this.program.watch(this);
    this.filter = filter === null ? null : new When(world, filter);
    this.grows = kernel.handler(`${name}/grow`, () => this.onGrow());
  }

  start(): void {
    while (this.running < this.options.pollers) this.addPoller();
  }

  private addPoller(): void {
    const poller = this.resting.pop() ?? this.pollers.addZeroed();
    this.running++;
    this.program.start(poller);
  }

  // --- LoopWatcher -----------------------------------------------------------------------------------

  took(poller: number, first: number): void {
    this.bill(first);
    this.pollers.busy[poller] = 1;
    this.busy++;
    this.wantMore();
  }

  polls(poller: number): void {
    this.busy -= this.pollers.busy[poller];
    this.pollers.busy[poller] = 0;
  }

  foundNothing(poller: number): void {
    if (this.running <= this.options.pollers) return;
    this.running--;
    this.program.stop(poller);
  }

  // --- growth ------------------------------------------------------------------------------------------

  private wantMore(): void {
    if (this.isGrowing || this.busy < this.running) return;
    if (this.running >= this.options.pollersMax) return;
    this.isGrowing = true;
    this.world.kernel.after(this.options.growthEvery, this.grows, 0);
  }

  private onGrow(): void {
    this.isGrowing = false;
    if (this.busy === this.running) this.addPoller();
  }

  // --- the bill ----------------------------------------------------------------------------------------

  /** The deliveries from `first` on, less what is filtered out. */
  private bill(first: number): void {
    const { messages, facts } = this.world;
    const { deliveries, obligations } = messages;
    let bytes = 0;
    for (let delivery = first; delivery !== NONE; delivery = deliveries.next[delivery]) {
      const message = obligations.message[deliveries.obligation[delivery]];
      if (this.isMeant(message)) bytes += messages.messages.size[message];
    }
    const chunks = Math.ceil(bytes / EVENTS_LIMITS.chunkBytes);
    if (chunks > 0) facts.metered(this.id, Counter.Pipes, chunks);
  }

  private isMeant(message: number): boolean {
    if (this.filter === null) return true;
    const { messages } = this.world;
    const { source, mark0, mark1 } = messages.about(message);
    return this.filter.matches(source, mark0, mark1, messages.messages.source[message]);
  }
}
