/** What has been on stage so far: what the next step of a story can refer to. */

import type { NaiveCall, ReceiveValue } from '../../reference/naive-sqs/calls.js';
import type { Setting, Step } from './step.js';
import { printed } from './step.js';

/** A receipt that was handed out. */
export interface KnownReceipt {
  readonly name: string;
  readonly queue: string;
  /** The twin's or the model's own; the same again when a receive is repeated under its attempt id. */
  readonly handle: string;
}

export abstract class Scene {
  readonly queues: readonly string[];
  /** In the order in which they were handed out. */
  readonly receipts: KnownReceipt[] = [];
  /** Names of move tasks. */
  readonly tasks: string[] = [];
  /** How many of them the story had so far, for names. */
  sends = 0;
  receives = 0;
  readonly played: Step[] = [];
  private waiting: { readonly name: string; readonly queue: string }[] = [];

  constructor(readonly setting: Setting) {
    this.queues = Object.keys(setting.queues);
  }

  abstract readonly now: number;
  /** When things will be due, in seconds and in order, as far as is known. */
  abstract readonly dueTimes: readonly number[];
  protected abstract act(step: Step): void;
  protected abstract receiveOf(name: string): Readonly<NaiveCall<ReceiveValue>>;

  /** Throws with the whole story when something is wrong. */
  play(step: Step): void {
    this.played.push(step);
    try {
      this.act(step);
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const story = [this.setting, ...this.played].map((one) => `  ${printed(one)},`).join('\n');
      throw new Error(`${reason}\nThe story:\n${story}`, { cause: error });
    }
    this.note(step);
  }

  private note(step: Step): void {
    if (step.op === 'receive') this.waiting.push({ name: step.as, queue: step.queue });
    if (step.op === 'startMove') this.tasks.push(step.as);
    for (const { name, queue } of this.waiting) {
      const { value } = this.receiveOf(name);
      value?.messages.forEach(({ receiptHandle: handle }, i) =>
        this.receipts.push({ name: `${name}[${i}]`, queue, handle }),
      );
    }
    this.waiting = this.waiting.filter(({ name }) => !this.receiveOf(name).done);
  }
}
