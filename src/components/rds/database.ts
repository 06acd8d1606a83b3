/**
 * A relational database: so many connections, and so many statements at a time. A statement needs a connection
 * of its process; one that gets none is refused at once. Statements that have a connection wait for their turn in
 * the order in which they came.
 *
 * The database does not know whether a client still waits: a statement that was given up is executed all the same,
 * and its connection is closed behind it.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { Handler } from '../../kernel/kernel.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Stream } from '../../kernel/random/streams.js';
import { Extension } from '../../kernel/table.js';
import type { Micros } from '../../kernel/time.js';
import type { Component } from '../component.js';
import { DATABASE_OPERATIONS } from '../database-port.js';
import { ProcessEnds } from '../process-ends.js';
import type { Facts } from '../facts.js';
import { NONE } from '../messages.js';
import type { Breakable, Calls, Port } from '../port.js';
import { CallError } from '../port.js';
import type { World } from '../world.js';
import { Connections, Got } from './connections.js';
import type { DatabaseOptions } from './options.js';

/** Statements that have a connection. */
class Statements extends Extension {
  /** Of those that wait for their turn, as one list for each database. */
  readonly next = this.i32('next');
  /** How often the database had failed over when it took the statement. */
  readonly failovers = this.u32('failovers');

  constructor(world: World) {
    super(world.calls);
  }
}

/** How long something takes, and the key of its draws. */
interface Timing {
  readonly distribution: Distribution;
  readonly key: MarkKey;
}

export class Database implements Component, Breakable, Port {
  readonly handlers: readonly Handler[];
  /** The way there and back is part of what a statement takes. */
  readonly latency = null;
  private readonly calls: Calls;
  private readonly facts: Facts;
  private readonly ends: ProcessEnds;
  private readonly connections: Connections;
  private readonly statements: Statements;
  /** By operation. */
  private readonly times: readonly Timing[];
  private readonly connecting: Timing | null;
  private readonly connected: Handler;
  private readonly executed: Handler;
  private readonly draws: Stream;
  private readonly failoverDraws: Stream;
  private readonly recovered: Handler;
  /** How often it has failed over. */
  private failovers = 0;
  private isFailingOver = false;
  private first = NONE;
  private last = NONE;
  private executing = 0;
  private factor = 1;
  private addedTime: Micros = 0;
  /** The share of statements that each fault `down` in force refuses. */
  private readonly downs: number[] = [];

  constructor(
    private readonly world: World,
    readonly id: number,
    private readonly options: DatabaseOptions,
  ) {
    const { kernel, streams } = world;
    const { name, connect, writeTime, readTime } = options;
    this.calls = world.calls;
    this.facts = world.facts;
    this.ends = world.shared(ProcessEnds);
    this.connections = new Connections(options.maxConnections);
    this.statements = world.shared(Statements);
    const timing = (distribution: Distribution, draw: string): Timing => {
      return { distribution, key: streams.key(name, draw) };
    };
    this.times = [timing(writeTime, 'writeTime'), timing(readTime, 'readTime')];
    this.connecting = connect && timing(connect, 'connect');
    this.handlers = DATABASE_OPERATIONS.map((operation) =>
      kernel.handler(`${name}/${operation}`, (call) => this.take(call)),
    );
    this.connected = kernel.handler(`${name}/connected`, (call) => this.begin(call));
    this.executed = kernel.handler(`${name}/executed`, (call) => this.end(call));
    this.ends.listen(kernel.handler(`${name}/process ended`, (row) => this.forget(row)));
    this.draws = streams.stream(name, 'down');
    this.failoverDraws = streams.stream(name, 'failover');
    this.recovered = kernel.handler(`${name}/recovered`, () => {
      this.isFailingOver = false;
    });
    world.calls.open(id, this);
    world.addBreakable(id, this);
  }

  // --- connections ---------------------------------------------------------------------------------

  private take(call: number): void {
    const { calls, connections } = this;
    if (this.isDown()) {
      this.refuse(call, CallError.NoConnection);
      return;
    }
    const client = calls.client[call];
    this.facts.request(this.id, calls.operation[call], 0);
    const got = connections.take(client, calls.carries[call]);
    this.statements.failovers[call] = this.failovers;
    if (got === Got.Nothing) {
      this.facts.connectionRefused(this.id, client);
      this.refuse(call, CallError.Unavailable);
    } else if (got === Got.Idle) {
      this.begin(call);
    } else {
      this.facts.connections(this.id, connections.open);
      this.open(call);
    }
  }

  private open(call: number): void {
    const { connecting } = this;
    if (connecting === null) this.begin(call);
    else this.world.kernel.after(this.drawn(connecting, call), this.connected, call);
  }

  /** The process of a client has ended; what it has under way still comes to its end. */
  private forget(row: number): void {
    const { ends, connections } = this;
    const closed = connections.closeIdle(ends.client[row], ends.process[row]);
    ends.free(row);
    if (closed > 0) this.facts.connections(this.id, connections.open);
  }

  private refuse(call: number, error: number): void {
    this.calls.error[call] = error;
    this.calls.answer(call);
  }

  // --- statements ----------------------------------------------------------------------------------

  private begin(call: number): void {
    if (this.isCutOff(call)) this.refuse(call, CallError.NoConnection);
    else if (this.executing < this.options.parallelism) this.execute(call);
    else this.wait(call);
  }

  private wait(call: number): void {
    const { next } = this.statements;
    next[call] = NONE;
    if (this.last === NONE) this.first = call;
    else next[this.last] = call;
    this.last = call;
  }

  private execute(call: number): void {
    this.executing++;
    const time = this.drawn(this.times[this.calls.operation[call]], call);
    const slowed = this.factor === 1 ? time : Math.round(time * this.factor);
    this.world.kernel.after(slowed + this.addedTime, this.executed, call);
  }

  private end(call: number): void {
    const { calls, connections } = this;
    if (this.isCutOff(call)) {
      this.refuse(call, CallError.NoConnection);
      return;
    }
    this.executing--;
    if (calls.abandoned[call] === 1) {
      connections.close();
      this.facts.connections(this.id, connections.open);
    } else {
      connections.release(calls.client[call], calls.carries[call]);
    }
    calls.answer(call);
    this.executeNext();
  }

  private executeNext(): void {
    const call = this.first;
    if (call === NONE) return;
    this.first = this.statements.next[call];
    if (this.first === NONE) this.last = NONE;
    this.execute(call);
  }

  private drawn({ distribution, key }: Timing, call: number): Micros {
    const { a, b, c } = this.calls;
    return drawMicros(distribution, key.u53(a[call], b[call], c[call]));
  }

  // --- faults --------------------------------------------------------------------------------------

  /** Whether the instance that took the statement is gone: it has had no effect. */
  private isCutOff(call: number): boolean {
    return this.statements.failovers[call] !== this.failovers;
  }

  private isDown(): boolean {
    if (this.isFailingOver) return true;
    for (const share of this.downs) if (share >= 1 || this.draws.uniform() < share) return true;
    return false;
  }

  /** The instance is gone with all its connections; its standby takes over after a while. */
  failOver(): void {
    if (this.isFailingOver) return;
    const { kernel } = this.world;
    this.isFailingOver = true;
    this.failovers++;
    this.executing = 0;
    this.connections.closeAll();
    this.facts.connections(this.id, 0);
    kernel.after(
      drawMicros(this.options.failover, this.failoverDraws.uniform()),
      this.recovered,
      0,
    );
    for (let call = this.first; call !== NONE;) {
      const next = this.statements.next[call];
      this.refuse(call, CallError.NoConnection);
      call = next;
    }
    this.first = NONE;
    this.last = NONE;
  }

  down(instances: number, isShare: boolean, on: boolean): void {
    const share = isShare ? instances : 1;
    if (on) this.downs.push(share);
    else this.downs.splice(this.downs.indexOf(share), 1);
  }

  slow(factor: number, addedMicros: Micros): void {
    this.factor = factor;
    this.addedTime = addedMicros;
  }
}
