/** The queues that a script sees: by name, with their settings in force, and what is left of deleted ones. */

import { REQUEST_LIMITS } from '../../components/sqs/request-limits.js';
import type { QueueSettings } from '../../components/sqs/settings.js';
import { FIFO_SUFFIX, isFifoName } from '../../components/settings.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { missingParameter, noSuchQueue, Refusal } from './aws-errors.js';
import { checkQueueName } from './characters.js';
import type { ReadAttributes, Said } from './queue-attributes.js';
import { awsName } from './aws-names.js';
import { readQueueAttributes } from './queue-attributes.js';
import type { OperatedWorld, QueueSpec } from './operated-world.js';
import { checkSettings } from './setting-rules.js';

export interface LiveQueue {
  /** Its number in World.names. */
  readonly id: number;
  readonly name: string;
  readonly isFifo: boolean;
  /** What it was built from. */
  readonly spec: QueueSpec;
  settings: QueueSettings;
  readonly createdAt: Micros;
  changedAt: Micros;
}

export class Queues {
  private readonly live = new Map<string, LiveQueue>();
  /** When a name was given up. */
  private readonly deletedAt = new Map<string, Micros>();

  /** Told of each queue that is made by a call. */
  onCreated: (queue: LiveQueue) => void = () => {};

  constructor(private readonly operated: OperatedWorld) {
    for (const [id, spec] of operated.queuesAtFirst) this.add(id, spec);
  }

  /** The queue of a request; refuses what is no queue. */
  of(name: unknown): LiveQueue {
    if (name === undefined) throw missingParameter('QueueUrl');
    const queue = typeof name === 'string' ? this.live.get(name) : undefined;
    if (queue === undefined) throw noSuchQueue();
    return queue;
  }

  find(name: string): LiveQueue | undefined {
    return this.live.get(name);
  }

  /** Whether some queue sends its dead letters here. */
  isDeadLetterQueue(name: string): boolean {
    return [...this.live.values()].some(
      ({ settings }) => settings.redrivePolicy?.deadLetterTarget === name,
    );
  }

  create(said: unknown, attributes: Said): LiveQueue {
    const name = checkedName(said, attributes['fifoQueue']);
    const read = readQueueAttributes(attributes, isFifoName(name));
    const existing = this.live.get(name);
    if (existing !== undefined) return sameQueue(existing, read);
    this.checkRecreation(name);
    const template = this.operated.templateOf(name);
    const spec = { ...template, name, settings: { ...template.settings, ...read } };
    this.check(spec, read);
    const queue = this.add(this.operated.addQueue(spec), spec);
    this.onCreated(queue);
    return queue;
  }

  private checkRecreation(name: string): void {
    const deletedAt = this.deletedAt.get(name);
    const seconds = REQUEST_LIMITS.recreateAfterSeconds;
    if (deletedAt === undefined || this.operated.kernel.now >= deletedAt + seconds * SECOND) return;
    throw new Refusal(
      'QueueDeletedRecently',
      `You must wait ${seconds} seconds after deleting a queue before you can create another with the same name.`,
    );
  }

  change(queue: LiveQueue, attributes: Said): ReadAttributes {
    checkFifoStays(queue, attributes['fifoQueue']);
    const { fifoQueue: _, ...others } = attributes;
    const read = readQueueAttributes(others, queue.isFifo);
    const settings = { ...queue.settings, ...read };
    this.check({ ...queue.spec, settings }, read);
    queue.settings = settings;
    queue.changedAt = this.operated.kernel.now;
    return read;
  }

  delete(queue: LiveQueue): void {
    this.live.delete(queue.name);
    this.deletedAt.set(queue.name, this.operated.kernel.now);
  }

  private check(spec: QueueSpec, read: ReadAttributes): void {
    const others = [...this.live.values()].map(({ spec: own, settings }) => ({ ...own, settings }));
    checkSettings(spec, read, others);
  }

  private add(id: number, spec: QueueSpec): LiveQueue {
    const { now } = this.operated.kernel;
    const { name, settings } = spec;
    const isFifo = isFifoName(name);
    const queue = { id, name, isFifo, spec, settings, createdAt: now, changedAt: now };
    this.live.set(name, queue);
    return queue;
  }
}

/** `.fifo` tells a FIFO queue; fifoQueue may be said, but not against the name. */
function checkedName(said: unknown, fifoQueue: unknown): string {
  if (said === undefined) throw missingParameter('QueueName');
  const name = typeof said === 'string' ? said : '';
  const isFifo = fifoQueue === undefined ? isFifoName(name) : isTrue(fifoQueue);
  checkQueueName(name, isFifo ? FIFO_SUFFIX : '');
  return name;
}

/** CreateQueue of a queue that is there already: fine when nothing is said against it. */
function sameQueue(queue: LiveQueue, read: ReadAttributes): LiveQueue {
  for (const [key, value] of Object.entries(read)) {
    if (key === 'fifoQueue') continue;
    const own = queue.settings[key as keyof QueueSettings];
    if (JSON.stringify(own) === JSON.stringify(value)) continue;
    throw new Refusal(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${awsName(key)}`,
    );
  }
  return queue;
}

/** Whether a queue is FIFO never changes; only AWS's name for that is told. */
function checkFifoStays(queue: LiveQueue, said: unknown): void {
  if (said === undefined) return;
  if (!queue.isFifo) throw new Refusal('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  if (isTrue(said)) return;
  throw new Refusal('InvalidAttributeValue', 'Invalid value for the parameter FifoQueue.');
}

/** AWS's attributes are texts. */
function isTrue(said: unknown): boolean {
  return said === true || said === 'true';
}
