/**
 * The operations API: a world to act on by hand, at times of one's own, through AWS's operations.
 *
 * ```ts
 * const w = openWorld();
 * w.sqs.createQueue({ queue: 'orders', attributes: { visibilityTimeout: 60 } });
 * w.sqs.sendMessage({ queue: 'orders', messageBody: 'one' });
 * const poll = w.sqs.receiveMessage({ queue: 'orders' });
 * w.advanceTo(60);
 * ```
 */

import type { Facts } from '../../components/facts.js';
import type { Profile } from '../../components/settings.js';
import { SECOND } from '../../kernel/time.js';
import { PROFILES } from '../../scenario/frame.js';
import { seconds } from '../result.js';
import { checkKeys } from './client.js';
import { OperatedWorld } from './operated-world.js';
import { Queues } from './queues.js';
import { SnsOperations } from './sns.js';
import { SqsOperations } from './sqs.js';

export interface WorldOptions {
  /** As under `resources` of a scenario; a ScenarioError says what is wrong with them. Default: none. */
  readonly resources?: Readonly<Record<string, unknown>>;
  /** Default `ideal`: calls take no time, nothing is random. */
  readonly profile?: Profile;
  /** Default '1'. */
  readonly seed?: string;
  /** Told every fact of the model; must only read. */
  readonly observer?: Facts;
}

export class OpenedWorld {
  readonly sqs: SqsOperations;
  readonly sns: SnsOperations;

  constructor(private readonly operated: OperatedWorld) {
    const queues = new Queues(operated);
    this.sqs = new SqsOperations(operated, queues);
    this.sns = new SnsOperations(operated, queues);
  }

  /** Virtual time, in seconds from 0. */
  get now(): number {
    return seconds(this.operated.kernel.now);
  }

  /** Lets everything happen up to and including this instant, in seconds; then it is `now`. */
  advanceTo(time: number): void {
    const until = typeof time === 'number' ? Math.round(time * SECOND) : Number.NaN;
    if (!Number.isSafeInteger(until))
      throw new RangeError(`advanceTo wants seconds, not ${String(time)}`);
    if (until < this.operated.kernel.now)
      throw new RangeError(`time does not go back: now is ${this.now} s, asked for ${time} s`);
    this.operated.kernel.advance(until);
  }
}

const OPTIONS = [
  'resources',
  'profile',
  'seed',
  'observer',
] as const satisfies readonly (keyof WorldOptions)[];

/** A new world at time 0. */
export function openWorld(options: WorldOptions = {}): OpenedWorld {
  checkKeys('openWorld', options, OPTIONS);
  const { resources = {}, profile = 'ideal', seed = '1', observer = null } = options;
  if (!PROFILES.includes(profile))
    throw new TypeError(`profile is one of ${PROFILES.join(', ')}, not ${String(profile)}`);
  return new OpenedWorld(new OperatedWorld({ resources, profile, seed, observer }));
}
