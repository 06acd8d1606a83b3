/** The world of one case: its queues under their real names, and what its steps have named so far. */

import { FIFO_SUFFIX } from '../../../components/settings.js';
import type { Call } from '../../operations/call.js';
import type { ReceiveResult } from '../../operations/receives.js';
import { openWorld } from '../../operations/open-world.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import { queueNames, readQueue } from './queue-words.js';

/** A receive that a step gave a name. */
export interface NamedReceive {
  readonly queue: string;
  readonly call: Call<ReceiveResult>;
}

/** What stands for a receipt handle in a step. */
export interface NamedReceipt {
  /** undefined: the case has several queues and does not say which. */
  readonly queue: string | undefined;
  /** undefined: that receive returned no such message. */
  readonly handle: string | undefined;
}

const INDEXED = /^([A-Za-z_][\w-]*)(?:\[(\d+)\])?$/;

export class CaseWorld {
  readonly world = openWorld();
  readonly receives = new Map<string, NamedReceive>();
  /** Message ids, in the order of the batch if it was one, by the name of the send. */
  readonly sends = new Map<string, () => readonly string[]>();
  /** Handles of move tasks by source and by name. */
  readonly tasks = new Map<string, string>();
  private readonly names: Map<string, string>;

  constructor(private readonly queues: Plain) {
    this.names = queueNames(queues);
  }

  /** `q` of type fifo stands for `q.fifo`; other names are as they are. */
  name(said: unknown): string {
    const text = String(said);
    return this.names.get(text) ?? text;
  }

  /** The name that a queue made by a step gets. */
  nameOfNew(said: unknown, isFifo: boolean): string {
    const text = String(said);
    const name = isFifo && !text.endsWith(FIFO_SUFFIX) ? `${text}${FIFO_SUFFIX}` : text;
    if (!this.names.has(text)) this.names.set(text, name);
    return name;
  }

  /** Makes the queues of the case. Returns what was refused, or null. */
  build(): { readonly code: string; readonly queue: string } | null {
    const entries = Object.entries(this.queues).map(([said, spec]) => ({
      queue: this.name(said),
      read: readQueue(spec, `queue ${said}`, (name) => this.name(name)),
    }));
    const { sqs } = this.world;
    for (const { queue, read } of entries) {
      const { redrivePolicy: _, ...attributes } = read.attributes;
      const { error } = sqs.createQueue({ queue, attributes });
      if (error !== null) return { code: error.code, queue };
    }
    for (const { queue, read } of entries) {
      const { redrivePolicy } = read.attributes;
      if (redrivePolicy === undefined) continue;
      const { error } = sqs.setQueueAttributes({ queue, attributes: { redrivePolicy } });
      if (error !== null) return { code: error.code, queue };
    }
    return null;
  }

  /** The queue of a step that names none: the only one there is. */
  onlyQueue(): string | undefined {
    const [first, second] = Object.keys(this.queues);
    return first === undefined || second !== undefined ? undefined : this.name(first);
  }

  /** `r1[0]` is the handle of the first message of the receive named r1; anything else is the handle itself. */
  receipt(said: unknown): NamedReceipt {
    const text = String(said);
    const match = INDEXED.exec(text);
    const receive = match === null ? undefined : this.receives.get(match[1]);
    if (receive === undefined) return { queue: this.onlyQueue(), handle: text };
    const message = receive.call.value?.messages[Number(match![2] ?? 0)];
    return { queue: receive.queue, handle: message?.receiptHandle };
  }

  /** The message id that a send was answered with: `m`, or `b[1]` for the second of a batch. */
  messageId(said: unknown): string | undefined {
    const match = INDEXED.exec(String(said));
    const ids = match === null ? undefined : this.sends.get(match[1]);
    if (ids === undefined) throw new NotExpressible(`no send is named ${String(said)}`);
    return ids()[Number(match![2] ?? 0)];
  }

  /** Message ids under the names that the case gave them. */
  called(id: string): string {
    for (const [name, ids] of this.sends) {
      const at = ids().indexOf(id);
      if (at >= 0) return ids().length === 1 ? name : `${name}[${at}]`;
    }
    return id;
  }
}
