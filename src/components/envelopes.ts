/**
 * Bytes that a pusher has wrapped around a message, beside the copies in stores. Only worlds with pushers have
 * them.
 */

import { Extension } from '../kernel/table.js';
import type { World } from './world.js';

/**
 * Columns beside messages.copies: `world.shared(Envelopes)` by whoever wraps, `world.existing(Envelopes)` by
 * stores.
 */
export class Envelopes extends Extension {
  readonly bytes = this.u16('bytes');

  constructor(world: World) {
    super(world.messages.copies);
  }
}
