/**
 * Compiled handler steps: what one message costs the worker, verb by verb (docs/scenario.md).
 *
 * Every draw of a step comes from the message's mark under the step's own key, with the number
 * `run * 256 + k` (docs/determinism.md): k = 0 is the step's own draw (how long, whether it fails),
 * k = 1 whether the step happens at all (`chance`). With `per: message` the run counts as 0 for chance
 * and share, so that each try of a message meets the same fate; how long it takes is drawn anew. Draws
 * that could not matter (a constant time, 0 %, 100 %) are not made.
 */

import { check } from '../../kernel/check.js';
import type { Distribution } from '../../kernel/distributions/distribution.js';
import { drawMicros } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Micros } from '../../kernel/time.js';
import type { WhenSpec } from '../settings/when.js';
import type { World } from '../world.js';
import type { CallOptions, Errand } from './errands.js';
import { errandOf } from './errands.js';
import { When } from './matching.js';
import type { OnceOptions } from './once.js';
import type { SendOptions } from './send-step.js';

/** What a step does. `write` and `read` are calls, of a database. */
export const Verb = { Work: 0, Fail: 1, Crash: 2, Call: 3, Once: 4, Send: 5 } as const;
export type Verb = (typeof Verb)[keyof typeof Verb];

/** What `fail` answers to a caller if nothing else is said. */
export const STATUS_OF_FAILURE = 500;

/** A checked step, in base units. */
export interface StepOptions {
  readonly verb: Verb;
  /** `work`: how long, µs. */
  readonly time?: Distribution;
  /** `fail`, `crash`: which share of the runs, 0..1. */
  readonly share?: number;
  /** `fail`: the HTTP status that a caller gets, default 500. */
  readonly status?: number;
  readonly call?: CallOptions;
  readonly once?: OnceOptions;
  readonly send?: SendOptions;
  /** Which messages the step is for; default all. */
  readonly when?: WhenSpec;
  /** In which share of the runs the step happens at all, 0..1. */
  readonly chance: number;
  /** `per: message`: chance and share are drawn once for all runs of a message. */
  readonly perMessage: boolean;
}

const RUN_STRIDE = 256;
const OWN_DRAW = 0;
const CHANCE_DRAW = 1;

/** One step of a handler, ready to draw. */
export class Step {
  readonly verb: Verb;
  /** null: for all messages. */
  readonly when: When | null;
  /** What `call`, `write` or `read` does. */
  readonly errand: Errand | null;
  readonly status: number;
  private readonly time: Distribution | null;
  /** The time when it is always the same, µs; else -1. */
  private readonly constantTime: Micros;
  private readonly share: number;
  private readonly chance: number;
  private readonly perMessage: boolean;

  constructor(
    world: World,
    options: StepOptions,
    readonly key: MarkKey,
  ) {
    const { verb, time, call, once, send } = options;
    check((time !== undefined) === (verb === Verb.Work), 'work, and only work, takes a time');
    check((call !== undefined) === (verb === Verb.Call), 'call, and only call, calls');
    check((once !== undefined) === (verb === Verb.Once), 'once, and only once, remembers');
    check((send !== undefined) === (verb === Verb.Send), 'send, and only send, sends');
    this.verb = verb;
    this.when = options.when === undefined ? null : new When(world, options.when);
    this.errand = call === undefined ? null : errandOf(world.messages, call, key);
    this.status = options.status ?? STATUS_OF_FAILURE;
    this.time = time ?? null;
    this.constantTime =
      this.time !== null && this.time.min === this.time.max ? drawMicros(this.time, 0) : -1;
    this.share = options.share ?? 1;
    this.chance = options.chance;
    this.perMessage = options.perMessage;
  }

  /** Whether the step happens in this run, of a message that it is for. */
  happens(mark0: number, mark1: number, run: number): boolean {
    if (this.chance >= 1) return true;
    return this.isIn(this.chance, mark0, mark1, this.numberOf(run) + CHANCE_DRAW);
  }

  /** Whether `fail` or `crash` strikes in this run. */
  strikes(mark0: number, mark1: number, run: number): boolean {
    return this.isIn(this.share, mark0, mark1, this.numberOf(run) + OWN_DRAW);
  }

  /** How long `work` takes in this run, µs. */
  duration(mark0: number, mark1: number, run: number): Micros {
    if (this.constantTime >= 0) return this.constantTime;
    return drawMicros(this.time!, this.key.u53(mark0, mark1, run * RUN_STRIDE + OWN_DRAW));
  }

  private numberOf(run: number): number {
    return this.perMessage ? 0 : run * RUN_STRIDE;
  }

  private isIn(share: number, mark0: number, mark1: number, n: number): boolean {
    if (share >= 1) return true;
    return share > 0 && this.key.u53(mark0, mark1, n) < share;
  }
}

/** The handler of `component`; the key of a step is named after its path, so that adding one moves no other's draws. */
export function compileHandler(
  steps: readonly StepOptions[],
  world: World,
  component: string,
): readonly Step[] {
  return steps.map(
    (step, i) => new Step(world, step, world.streams.key(component, `handler[${i}]`)),
  );
}
