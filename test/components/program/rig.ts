// A program on a real queue: facts as short lines with the time in seconds, messages put in by hand, faults.

import { Interference } from '../../../src/components/interference.js';
import type { CallFilter, Disturbance } from '../../../src/components/interference.js';
import type { CopyStage, Outcome, RunEnd } from '../../../src/components/facts.js';
import { CAUSES } from '../../../src/components/facts.js';
import type { Make } from '../../../src/components/makes.js';
import type { CallerOptions } from '../../../src/components/program/attempts.js';
import type { QueueSource } from '../../../src/components/program/options.js';
import { Program } from '../../../src/components/program/program.js';
import type { StepOptions } from '../../../src/components/program/steps.js';
import {
  NO_LABEL,
  QUEUE_DEFAULT,
  QUEUE_OPERATIONS,
  QueueOperation,
} from '../../../src/components/queue-port.js';
import type { QueueOptions } from '../../../src/components/sqs/options.js';
import { Queue } from '../../../src/components/sqs/queue.js';
import type { World } from '../../../src/components/world.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { Table } from '../../../src/kernel/table.js';
import { SECOND } from '../../../src/kernel/time.js';
import { World as TheWorld } from '../../../src/components/world.js';
import { HARSH_TABLES, SilentFacts } from '../fakes.js';
import { NO_CLIENT, queueSource } from '../programs.js';
import { defaults, IDEAL } from '../sqs/driver.js';

export const TRAFFIC = 0;
export const QUEUE = 1;
export const FLEET = 2;
/** A service beside, for steps that call one. */
export const MAILER = 3;
const NAMES = ['traffic', 'orders', 'workers', 'mailer'];
const ENDS = ['ok', 'failed', 'crashed', 'killed', 'skipped'];

class Instances extends Table {}

/** Messages are numbered as they were put in. */
export class Story extends SilentFacts {
  world!: World;
  readonly lines: string[] = [];
  /** Of runs that were redeliveries. */
  readonly causes: string[] = [];
  readonly outcomes: Outcome[] = [];
  /** Requests that reached the queue, by operation. */
  readonly requests: Record<string, number> = {};
  readonly throttles: number[] = [];

  private tell(line: string): void {
    this.lines.push(`${Math.round(this.world.kernel.now / 1000) / 1000} ${line}`);
  }

  private numberOf(delivery: number): number {
    const { messages, obligations, deliveries } = this.world.messages;
    return ~messages.mark1[obligations.message[deliveries.obligation[delivery]]];
  }

  override request(resource: number, operation: number): void {
    const name = resource === QUEUE ? QUEUE_OPERATIONS[operation] : 'call';
    this.requests[name] = (this.requests[name] ?? 0) + 1;
    if (operation === QueueOperation.ChangeMessageVisibility && resource === QUEUE)
      this.tell('change');
  }
  override pollOpened(): void {
    this.requests['ReceiveMessage'] = (this.requests['ReceiveMessage'] ?? 0) + 1;
  }
  override throttled(_resource: number, _operation: number, client: number): void {
    this.throttles.push(client);
  }
  override returned(_resource: number, delivery: number): void {
    this.tell(`${this.numberOf(delivery)} returned`);
  }
  override runBegan(_consumer: number, delivery: number): void {
    const cause = this.world.messages.deliveries.cause[delivery];
    if (cause !== 0) this.causes.push(CAUSES[cause - 1]);
    this.tell(`${this.numberOf(delivery)} run${cause === 0 ? '' : ` ${CAUSES[cause - 1]}`}`);
  }
  override runEnded(_consumer: number, delivery: number, _worker: number, end: RunEnd): void {
    this.tell(`${this.numberOf(delivery)} ${ENDS[end]}`);
  }
  override deleted(_resource: number, copy: number, _stage: CopyStage): void {
    const { messages, obligations, copies } = this.world.messages;
    this.tell(`${~messages.mark1[obligations.message[copies.obligation[copy]]]} deleted`);
  }
  override settled(_consumer: number, _obligation: number, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }

  /** Lines that contain one of the words. */
  of(...words: string[]): string[] {
    return this.lines.filter((line) => words.some((word) => line.includes(word)));
  }
}

export interface RigOptions {
  readonly source?: Partial<QueueSource>;
  readonly queue?: Partial<QueueOptions>;
  readonly client?: CallerOptions;
  /** API latency of the queue, seconds. */
  readonly latency?: number;
  readonly make?: Partial<Make>;
  /** Builds what stands beside the queue. */
  readonly build?: (world: World) => void;
}

export class Rig {
  readonly story = new Story();
  readonly world: World;
  readonly queue: Queue;
  readonly program: Program;
  readonly worker: number;
  readonly crashes: number[] = [];
  readonly exits: number[] = [];
  private readonly instances: Instances;
  private readonly interference: Interference;
  private readonly sent;
  private puts = 0;

  constructor(handler: readonly StepOptions[], options: RigOptions = {}) {
    const kernel = new Kernel({ tables: HARSH_TABLES });
    const consumers = new Map([[QUEUE, [FLEET]]]);
    this.world = new TheWorld(kernel, new Streams('1', 0), this.story, NAMES, {
      consumers,
    });
    this.story.world = this.world;
    const { latency = 0, source = {}, client = NO_CLIENT } = options;
    const apiLatency =
      latency === 0 ? null : distribution({ kind: 'constant', value: latency * SECOND });
    this.queue = new Queue(this.world, QUEUE, {
      ...defaults('orders', [FLEET]),
      assume: { ...IDEAL, apiLatency },
      ...options.queue,
    });
    options.build?.(this.world);
    this.instances = new Instances(kernel.tables);
    this.program = new Program(
      this.world,
      {
        name: 'workers',
        consumer: FLEET,
        sources: [queueSource(QUEUE, { batchSize: 10, ...source })],
        handler,
        client,
      },
      this.instances,
      {
        exited: kernel.handler('exited', (worker) => this.exits.push(worker)),
        crashed: kernel.handler('crashed', (worker) => this.crashes.push(worker)),
      },
    );
    this.worker = this.instances.addZeroed();
    this.sent = kernel.handler('sent', (call) => {
      this.world.messages.release(this.world.calls.context[call]);
      this.world.calls.free(call);
    });
    this.interference = this.world.shared(Interference);
    const attribute = () => undefined;
    const key = (_mark0: number, mark1: number) => this.world.labels.of(`key-${~mark1}`);
    this.world.makes.set(TRAFFIC, { key, attribute, isKeyed: true, ...options.make });
  }

  /** Declares a fault on the link to the queue, before anything has run. */
  fault(what: Disturbance, filter: Partial<CallFilter> = {}): { begin(): void; end(): void } {
    const { interference } = this;
    const of = { target: QUEUE, client: FLEET, operation: null, ...filter };
    const fault = interference.declare(`${what.kind} ${JSON.stringify(of)}`, of, what);
    return { begin: () => interference.begin(fault), end: () => interference.end(fault) };
  }

  start(worker = this.worker): this {
    this.program.start(worker);
    return this;
  }

  addWorker(): number {
    return this.instances.addZeroed();
  }

  /** Sends messages now; each is of `group`. Their numbers go on from the last. */
  put(count: number, group: number = NO_LABEL): this {
    const { calls, kernel, messages } = this.world;
    for (let i = 0; i < count; i++) {
      const number = this.puts++;
      const message = messages.born(TRAFFIC, kernel.now, number * 7919, ~number, 1024);
      const operation = QueueOperation.SendMessage;
      const call = calls.begin(TRAFFIC, QUEUE, operation, this.sent, message);
      calls.first[call] = message;
      calls.carries[call] = 1;
      calls.a[call] = group;
      calls.b[call] = group === NO_LABEL ? NO_LABEL : this.world.labels.fresh();
      calls.c[call] = QUEUE_DEFAULT;
      calls.go(call, number, 1, 0);
    }
    return this;
  }

  to(seconds: number): this {
    this.world.kernel.advance(Math.round(seconds * SECOND));
    return this;
  }

  /** Nothing is left to do, and no row of a message is held. */
  isClean(): boolean {
    const { messages } = this.world;
    return messages.left === 0 && messages.deliveries.count === 0 && messages.messages.count === 0;
  }
}
