/** One link of a pusher, with the keys of its draws; its settings may change while it runs. */

import type { MarkKey } from '../../kernel/random/marks.js';
import { NONE } from '../messages.js';
import type { World } from '../world.js';
import type { LinkOptions } from './options.js';

export class Link {
  /** Nothing goes here any more: unsubscribed. */
  isGone = false;
  readonly latencyKey: MarkKey;
  readonly jitterKey: MarkKey;
  readonly duplicateKey: MarkKey;
  /** What tells its calls from those of other links: of its name, so that links that come and go move no draws. */
  readonly mark: number;

  private consumerOfTarget = NONE;
  private consumerTarget = NONE;

  constructor(
    private readonly world: World,
    pusher: string,
    /** What is set anew holds for the next attempt. */
    public options: LinkOptions,
  ) {
    const { streams } = world;
    this.latencyKey = streams.key(pusher, `${options.name}/latency`);
    this.jitterKey = streams.key(pusher, `${options.name}/jitter`);
    this.duplicateKey = streams.key(pusher, `${options.name}/duplicate`);
    const callKey = streams.key(pusher, `${options.name}/call`);
    callKey.hash(0, 0, 0);
    this.mark = callKey.h0;
  }

  /** To whom it is owed what goes here (World.consumerOf, which is asked once for each target). */
  get consumer(): number {
    const { target } = this.options;
    if (target !== this.consumerTarget) {
      this.consumerOfTarget = this.world.consumerOf(target);
      this.consumerTarget = target;
    }
    return this.consumerOfTarget;
  }
}
