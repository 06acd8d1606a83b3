/** What a story is played to: the twin, or the model behind the operations API. */

import { SQS_LIMITS } from '../../../src/components/sqs/limits.js';
import { openWorld } from '../../../src/experiment/operations/open-world.js';
import type { OpenedWorld, WorldOptions } from '../../../src/experiment/operations/open-world.js';
import type {
  BatchValue,
  ChangeInput,
  CountAttributes,
  Entries,
  InQueue,
  MoveInput,
  NaiveCall,
  ReceiptInput,
  ReceiveInput,
  ReceiveValue,
  SendInput,
  SendValue,
  SetAttributesInput,
  TaskInput,
} from '../../reference/naive-sqs/calls.js';
import type { Setting } from './step.js';

type Call<Value> = Readonly<NaiveCall<Value>>;

export interface Operations {
  setQueueAttributes(input: SetAttributesInput): Call<unknown>;
  getQueueAttributes(input: InQueue): Call<{ readonly attributes: unknown }>;
  sendMessage(input: InQueue & SendInput): Call<SendValue>;
  sendMessageBatch(input: Entries<SendInput>): Call<BatchValue>;
  receiveMessage(input: ReceiveInput): Call<ReceiveValue>;
  deleteMessage(input: InQueue & ReceiptInput): Call<unknown>;
  deleteMessageBatch(input: Entries<ReceiptInput>): Call<BatchValue>;
  changeMessageVisibility(input: InQueue & ChangeInput): Call<unknown>;
  changeMessageVisibilityBatch(input: Entries<ChangeInput>): Call<BatchValue>;
  deleteQueue(input: InQueue): Call<unknown>;
  purgeQueue(input: InQueue): Call<unknown>;
  startMessageMoveTask(input: MoveInput): Call<TaskInput>;
  cancelMessageMoveTask(input: TaskInput): Call<unknown>;
}

export interface Subject {
  readonly now: number;
  readonly sqs: Operations;
  advanceTo(seconds: number): void;
}

/** More than the profile `adversarial` has, so that short stories meet it. */
const NOISE = {
  duplicateOnReceive: 0.2,
  duplicateAfterDelete: 0.3,
  lostReceive: 0.1,
  falseEmpty: 0.1,
};

/** The model with the queues of a story. */
export function modelOf(setting: Setting, options: WorldOptions = {}): OpenedWorld {
  const { inFlight, scanWindow = SQS_LIMITS.scanWindow, staleDelete, noise } = setting;
  const world = openWorld(options);
  const byDefault = { ...SQS_LIMITS };
  Object.assign(SQS_LIMITS, { scanWindow }); // read when a queue is built
  try {
    for (const [queue, attributes] of Object.entries(setting.queues)) {
      const template = world['operated'].templateOf(queue);
      if (inFlight !== undefined) Object.assign(template, { quotas: { 'sqs.inFlight': inFlight } });
      if (staleDelete !== undefined) Object.assign(template.assume, { staleDelete });
      if (noise === true) Object.assign(template.assume, NOISE);
      const { error } = world.sqs.createQueue({ queue, attributes: { ...attributes } });
      if (error !== null) throw new Error(`${queue} is refused: ${error.message}`);
    }
  } finally {
    Object.assign(SQS_LIMITS, byDefault);
  }
  return world;
}

export function countsOf({ sqs }: Subject, queue: string): CountAttributes | null {
  const { value } = sqs.getQueueAttributes({ queue });
  return (value?.attributes ?? null) as CountAttributes | null;
}
