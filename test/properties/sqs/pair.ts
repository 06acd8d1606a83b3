/** The twin and what is compared with it, playing the same story. */

import type { NaiveCall, ReceiveValue } from '../../reference/naive-sqs/calls.js';
import { NaiveSqs } from '../../reference/naive-sqs/sqs.js';
import { Scene } from './scene.js';
import { Side } from './side.js';
import type { Setting, Step } from './step.js';
import type { Subject } from './subject.js';

export class Pair extends Scene {
  /** What the twin saw so far, line by line. */
  readonly told: string[] = [];
  private readonly slow: Side;
  private readonly fast: Side;

  constructor(
    setting: Setting,
    subject: Subject,
    private readonly twin = twinOf(setting),
  ) {
    super(setting);
    this.slow = new Side(subjectOf(twin), this.queues);
    this.fast = new Side(subject, this.queues);
  }

  get now(): number {
    return this.twin.now;
  }

  get dueTimes(): readonly number[] {
    return this.twin.world.dueTimes.map((at) => at / 1e6);
  }

  protected act(step: Step): void {
    const expected = this.slow.play(step);
    this.told.push(...expected);
    const got = this.fast.play(step);
    const differences = expected.flatMap((line, i) =>
      line === got[i] ? [] : [`  twin:  ${line}\n  model: ${got[i]}`],
    );
    if (differences.length > 0) throw new Error(`at ${this.now}:\n${differences.join('\n')}`);
  }

  protected receiveOf(name: string): Readonly<NaiveCall<ReceiveValue>> {
    return this.slow.receiveOf(name);
  }
}

/** A twin in the shape of the operations API. */
export function subjectOf(twin: NaiveSqs): Subject {
  return {
    sqs: twin,
    get now() {
      return twin.now;
    },
    advanceTo: (seconds) => twin.advanceTo(seconds),
  };
}

export function twinOf({ queues, ...limits }: Setting): NaiveSqs {
  const sqs = new NaiveSqs(limits);
  for (const [queue, attributes] of Object.entries(queues)) sqs.createQueue({ queue, attributes });
  return sqs;
}
