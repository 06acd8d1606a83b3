/** What an attempt of a push is: a call to the target, or to the dead-letter queue, that carries the obligation. */

import type { Handler } from '../../kernel/kernel.js';
import type { Facts } from '../facts.js';
import type { Messages } from '../messages.js';
import type { Calls } from '../port.js';
import { NO_LABEL, QUEUE_DEFAULT, QueueOperation } from '../queue-port.js';
import { isFifoName } from '../settings.js';
import type { World } from '../world.js';
import type { Link } from './link.js';
import type { Billed } from './options.js';
import type { PushTable } from './push-table.js';

export class PushCalls {
  private readonly calls: Calls;
  private readonly messages: Messages;
  private readonly facts: Facts;

  /** `onAnswer` takes the answers; the context of a call is its push. */
  constructor(
    private readonly world: World,
    private readonly id: number,
    private readonly pushes: PushTable,
    private readonly onAnswer: Handler,
  ) {
    this.calls = world.calls;
    this.messages = world.messages;
    this.facts = world.facts;
  }

  messageOf(push: number): number {
    return this.messages.obligations.message[this.pushes.obligation[push]];
  }

  /** Attempt number `attempt`, from 0, sets out. */
  attempt(push: number, link: Link, attempt: number): void {
    const { target, takes, takesApiLatency, billed } = link.options;
    const call = this.calls.begin(this.id, target, takes.operation, this.onAnswer, push);
    this.fill(call, push, link);
    if (billed !== undefined) this.bill(push, this.calls.envelope[call], billed, false);
    if (takes.style === 'call') this.fillCall(call, push);
    this.go(call, push, link, attempt, takesApiLatency);
  }

  /** To the link's dead-letter queue. */
  divert(push: number, link: Link, deadLetter: number, attempt: number): void {
    const { pushes, calls } = this;
    const operation = QueueOperation.SendMessage;
    const call = calls.begin(this.id, deadLetter, operation, this.onAnswer, push);
    this.fill(call, push, link);
    const isFifo = isFifoName(this.world.names[deadLetter]);
    calls.a[call] = isFifo ? pushes.group[push] : NO_LABEL;
    calls.b[call] = isFifo ? pushes.id[push] : NO_LABEL;
    this.go(call, push, link, attempt, true);
  }

  /** Tells what is counted at this moment: when an attempt sets out, or once it is taken. */
  bill(push: number, envelope: number, billed: Billed, isTaken: boolean): void {
    const { counter, chunkBytes, times = 1, isOnceTaken = false, also } = billed;
    if (also !== undefined) this.bill(push, envelope, also, isTaken);
    if (isOnceTaken !== isTaken) return;
    const bytes = this.messages.messages.size[this.messageOf(push)] + envelope;
    this.facts.metered(this.id, counter, times * Math.max(1, Math.ceil(bytes / chunkBytes)));
  }

  private fill(call: number, push: number, { options }: Link): void {
    const { calls, pushes } = this;
    calls.first[call] = this.messageOf(push);
    calls.pushed[call] = pushes.obligation[push];
    calls.envelope[call] = pushes.wrapped[push] + options.envelope;
    calls.a[call] = options.passesGroup ? pushes.group[push] : NO_LABEL;
    calls.b[call] = options.passesId ? pushes.id[push] : NO_LABEL;
    calls.c[call] = QUEUE_DEFAULT;
    pushes.call[push] = call;
  }

  /** As call-port.ts says; the obligation stays beside it. */
  private fillCall(call: number, push: number): void {
    const { calls, pushes } = this;
    const { mark0, mark1, source } = this.messages.messages;
    const message = this.messageOf(push);
    calls.a[call] = mark0[message];
    calls.b[call] = mark1[message];
    calls.c[call] = pushes.attempts[push];
    calls.carries[call] = source[message];
  }

  private go(call: number, push: number, { mark }: Link, n: number, takesLatency: boolean): void {
    const { calls } = this;
    const { mark0, mark1 } = this.messages.messages;
    const message = this.messageOf(push);
    if (takesLatency) calls.go(call, mark0[message] ^ mark, mark1[message], n);
    else calls.goAtOnce(call, mark0[message] ^ mark, mark1[message], n);
  }
}
