// Statements by hand: a database in a world of its own, two clients with as many processes as one likes.

import { DatabaseOperation } from '../../../src/components/database-port.js';
import { ProcessEnds } from '../../../src/components/process-ends.js';
import { Database } from '../../../src/components/rds/database.js';
import type { DatabaseOptions } from '../../../src/components/rds/options.js';
import type { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { SECOND } from '../../../src/kernel/time.js';
import { fakeWorld, SilentFacts } from '../fakes.js';

export const CLIENT = 0;
export const OTHER = 1;
export const DATABASE = 2;

export class Counts extends SilentFacts {
  requests = 0;
  refused = 0;
  throttles = 0;
  /** Connections open, each time that they changed. */
  readonly open: number[] = [];
  override request(): void {
    this.requests++;
  }
  override throttled(): void {
    this.throttles++;
  }
  override connections(_resource: number, open: number): void {
    this.open.push(open);
  }
  override connectionRefused(): void {
    this.refused++;
  }
}

export const constant = (seconds: number) =>
  distribution({ kind: 'constant', value: seconds * SECOND });

export class Caller {
  readonly counts = new Counts();
  readonly world: World;
  readonly database: Database;
  /** When each statement was answered, and its error, by its number. */
  readonly answers: string[] = [];
  /** The numbers of statements in the order of their answers, those that nobody waited for included. */
  readonly order: number[] = [];
  readonly rows: number[] = [];
  private readonly answered: Handler;

  constructor(options: Partial<DatabaseOptions> = {}) {
    this.world = fakeWorld(['client', 'other', 'ledger'], { facts: this.counts });
    this.database = new Database(this.world, DATABASE, {
      name: 'ledger',
      maxConnections: 100,
      parallelism: 1,
      writeTime: constant(1),
      readTime: constant(1),
      connect: null,
      failover: constant(60),
      ...options,
    });
    this.answered = this.world.kernel.handler('answered', (call) => {
      const { calls, kernel } = this.world;
      this.order.push(calls.context[call]);
      if (calls.abandoned[call] === 0)
        this.answers[calls.context[call]] = `${kernel.now / SECOND} ${calls.error[call]}`;
      calls.free(call);
    });
  }

  write(count = 1, process = 0, client = CLIENT): this {
    return this.ask(DatabaseOperation.Write, count, process, client);
  }

  read(count = 1, process = 0, client = CLIENT): this {
    return this.ask(DatabaseOperation.Read, count, process, client);
  }

  private ask(operation: number, count: number, process: number, client: number): this {
    const { calls } = this.world;
    for (let i = 0; i < count; i++) {
      const number = this.rows.length;
      const call = calls.begin(client, DATABASE, operation, this.answered, number);
      calls.a[call] = number * 7919;
      calls.b[call] = ~number;
      calls.c[call] = number;
      calls.carries[call] = process;
      this.rows.push(call);
      calls.go(call, number, 1, 0);
    }
    return this;
  }

  /** The client stops waiting for a statement that is under way. */
  abandon(number: number): this {
    this.world.calls.abandon(this.rows[number]);
    return this;
  }

  processEnds(process: number, client = CLIENT): this {
    this.world.shared(ProcessEnds).tell(client, process);
    return this;
  }

  to(seconds: number): this {
    this.world.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }
}
