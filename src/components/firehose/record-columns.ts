/** Records: columns beside the copies that delivery streams hold. */

import { Extension } from '../../kernel/table.js';
import type { World } from '../world.js';

export class RecordColumns extends Extension {
  /** What lies in the buffer: a message, and what a pusher has wrapped around it. */
  readonly bytes = this.u32('bytes');

  constructor(world: World) {
    super(world.messages.copies);
  }
}
