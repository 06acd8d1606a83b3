/**
 * Mailboxes, telephones, apps: who takes what SNS delivers, and is done with it at once. A delivery is handled well
 * when the mail server, the carrier or the push service has taken it; what happens after that nobody in AWS knows.
 */

import type { Handler } from '../../kernel/kernel.js';
import { REJECTED } from '../call-port.js';
import type { Component } from '../component.js';
import { RunEnd } from '../facts.js';
import { CallError } from '../port.js';
import type { World } from '../world.js';

export const ENDPOINT_OPERATIONS = ['deliver'] as const;
export const EndpointOperation = { Deliver: 0 } as const;

/** Why a message is not sent at all: `true` for "not this one". */
export type Refuses = (message: number, pusher: number) => boolean;

export class EndpointService implements Component {
  constructor(
    private readonly world: World,
    readonly id: number,
    name: string,
    /** What SNS itself refuses before it sends; null: nothing. */
    private readonly refuses: Refuses | null = null,
  ) {
    const taken: Handler = world.kernel.handler(`${name}/deliver`, (call) => this.take(call));
    world.calls.open(id, { handlers: ENDPOINT_OPERATIONS.map(() => taken), latency: null });
  }

  private take(call: number): void {
    const { calls, facts } = this.world;
    const message = calls.first[call];
    // Who has given up gets nothing; its obligation may be over.
    if (calls.abandoned[call] === 1) {
      calls.answer(call);
      return;
    }
    facts.request(this.id, EndpointOperation.Deliver, this.world.messages.messages.size[message]);
    if (this.refuses !== null && this.refuses(message, calls.client[call]))
      calls.error[call] = REJECTED;
    else this.deliver(call);
    calls.answer(call);
  }

  private deliver(call: number): void {
    const { messages, facts, calls } = this.world;
    const { id } = this;
    const delivery = messages.addReceived(calls.pushed[call], calls.c[call], id);
    facts.received(id, delivery);
    messages.beginRun(delivery);
    facts.runBegan(id, delivery, 0);
    messages.endRunWell(delivery);
    facts.runEnded(id, delivery, 0, RunEnd.Ok);
    messages.consumerReleases(delivery);
  }
}

/** The answers that a fault `fail` can ask for. */
export function endpointErrorOfStatus(status: number): number | undefined {
  if (status === 429) return CallError.Throttled;
  if (status >= 500) return CallError.Unavailable;
  return status >= 400 ? REJECTED : undefined;
}
