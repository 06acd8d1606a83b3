// A function with a sender, a caller and a dead-letter queue by hand; what it tells is noted as text, with seconds.

import type { EnvironmentTimes } from '../../../src/components/lambda/environments.js';
import { LambdaFunction } from '../../../src/components/lambda/function.js';
import type { EventOptions, FunctionOptions } from '../../../src/components/lambda/options.js';
import { LambdaOperation } from '../../../src/components/lambda/port.js';
import type { Outcome, RunEnd } from '../../../src/components/facts.js';
import { CAUSES } from '../../../src/components/facts.js';
import { NONE } from '../../../src/components/messages.js';
import { QUEUE_DEFAULT } from '../../../src/components/queue-port.js';
import type { World } from '../../../src/components/world.js';
import type { Distribution } from '../../../src/kernel/distributions/distribution.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import type { Handler } from '../../../src/kernel/kernel.js';
import { HOUR, MINUTE, SECOND } from '../../../src/kernel/time.js';
import { fakeWorld, SilentFacts } from '../fakes.js';
import { NO_CLIENT, work } from '../programs.js';

export const SHOP = 0;
export const FUNCTION = 1;
export const LETTERS = 2;

export const constant = (seconds: number): Distribution =>
  distribution({ kind: 'constant', value: seconds * SECOND });

const ENDS = ['ok', 'failed', 'crashed', 'killed', 'skipped'];

class Notes extends SilentFacts {
  readonly lines: string[] = [];
  readonly outcomes: Outcome[] = [];
  /** Requests, MiB-ms of memory and of storage. */
  readonly metersOf = [0, 0, 0];
  coldStarts = 0;
  throttles = 0;
  concurrency = 0;
  most = 0;
  world: World | null = null;

  override invoked(_fn: number, _worker: number, isCold: 0 | 1): void {
    this.coldStarts += isCold;
    this.most = Math.max(this.most, ++this.concurrency);
  }
  override invocationEnded(): void {
    this.concurrency--;
  }
  override metered(_fn: number, counter: number, quantity: number): void {
    this.metersOf[counter] = (this.metersOf[counter] ?? 0) + quantity;
  }
  override throttled(): void {
    this.throttles++;
  }
  override runBegan(_fn: number, delivery: number, worker: number): void {
    const cause = this.world!.messages.deliveries.cause[delivery];
    this.note(`run on ${worker}${cause === 0 ? '' : ` after ${CAUSES[cause - 1]}`}`);
  }
  override runEnded(_fn: number, _delivery: number, _worker: number, end: RunEnd): void {
    this.note(ENDS[end]);
  }
  override settled(_fn: number, _obligation: number, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }

  private note(what: string): void {
    this.lines.push(`${this.world!.kernel.now / SECOND} ${what}`);
  }
}

export interface Given {
  readonly function?: Partial<FunctionOptions>;
  readonly events?: Partial<EventOptions>;
  readonly environments?: Partial<EnvironmentTimes>;
}

export class Stage {
  readonly notes = new Notes();
  readonly world: World;
  readonly fn: LambdaFunction;
  /** What each call was answered, with seconds. */
  readonly answers: string[] = [];
  /** When dead letters came, seconds. */
  readonly letters: number[] = [];
  private readonly answered: Handler;
  private sent = 0;

  constructor(given: Given = {}) {
    const { notes } = this;
    this.world = fakeWorld(['shop', 'receipts', 'letters'], { facts: notes });
    notes.world = this.world;
    const { kernel, calls } = this.world;
    this.fn = new LambdaFunction(this.world, FUNCTION, {
      name: 'receipts',
      account: 'own',
      region: 'us-east-1',
      accountConcurrency: 1_000,
      reserved: null,
      timeout: 3 * SECOND,
      workFactor: 1,
      billed: { memory: 128, storage: 0 },
      handler: [work(SECOND)],
      client: NO_CLIENT,
      overhead: null,
      ...given.function,
      environments: {
        start: constant(0),
        rest: distribution({ kind: 'constant', value: 6 * MINUTE }),
        life: distribution({ kind: 'constant', value: 4 * HOUR }),
        ...given.environments,
      },
      events: {
        retries: 2,
        ageMax: 6 * HOUR,
        deadLetter: null,
        dispatch: null,
        duplicates: 0,
        ...given.events,
      },
    });
    this.answered = kernel.handler('answered', (call) => {
      this.answers.push(`${kernel.now / SECOND} ${calls.error[call]}`);
      const message = calls.first[call];
      calls.free(call);
      if (message !== NONE) this.world.messages.release(message);
    });
    const letter = kernel.handler('letter', (call) => {
      this.letters.push(kernel.now / SECOND);
      calls.answer(call);
    });
    calls.open(LETTERS, { handlers: [letter], latency: null });
    this.fn.start();
  }

  /** So many events, now. */
  send(count = 1, size = 100): this {
    const { calls, kernel, messages } = this.world;
    for (let i = 0; i < count; i++) {
      const mark = this.sent++;
      const message = messages.born(SHOP, kernel.now, mark * 7919, ~mark, size);
      const { InvokeAsync } = LambdaOperation;
      const call = calls.begin(SHOP, FUNCTION, InvokeAsync, this.answered, NONE);
      calls.first[call] = message;
      calls.c[call] = QUEUE_DEFAULT;
      calls.go(call, mark, 1, 0);
    }
    return this;
  }

  /** So many calls, now. */
  call(count = 1): this {
    const { calls } = this.world;
    for (let i = 0; i < count; i++) {
      const mark = this.sent++;
      const call = calls.begin(SHOP, FUNCTION, LambdaOperation.Invoke, this.answered, NONE);
      calls.a[call] = mark * 7919;
      calls.b[call] = ~mark;
      calls.c[call] = 0;
      calls.carries[call] = SHOP;
      calls.go(call, mark, 1, 0);
    }
    return this;
  }

  to(seconds: number): this {
    this.world.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }

  get lines(): readonly string[] {
    return this.notes.lines;
  }
}
