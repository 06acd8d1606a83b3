/** Where a function's events go that it gives up: its dead-letter queue gets them by SendMessage. */

import { PLAIN_LINK } from '../delivery/options.js';
import { Pusher } from '../delivery/pusher.js';
import { NEVER_AGAIN } from '../delivery/schedules.js';
import { Outcome } from '../facts.js';
import { QueueOperation } from '../queue-port.js';
import type { World } from '../world.js';

export class DeadLetters {
  private readonly pusher: Pusher;
  private readonly link: number;

  constructor(world: World, id: number, name: string, queue: number) {
    this.pusher = new Pusher(world, id, name);
    this.link = this.pusher.addLink({
      ...PLAIN_LINK,
      name: world.names[queue],
      target: queue,
      takes: { style: 'inbox', operation: QueueOperation.SendMessage },
      schedule: NEVER_AGAIN,
      deadLetter: queue,
    });
  }

  /** The function has given up what it owes by this obligation. */
  take(obligation: number): void {
    this.pusher.bury(this.link, obligation, Outcome.AsyncExhausted);
  }
}
