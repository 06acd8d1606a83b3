/**
 * What messages say. The model knows their sizes and labels; their bodies and attributes are kept here, by mark,
 * together with what SQS notes on them. It listens to facts, which tell it what happens to each.
 */

import type { CopyStage } from '../../components/facts.js';
import { isFifoName } from '../../components/settings.js';
import type { World } from '../../components/world.js';
import type { Micros } from '../../kernel/time.js';
import type { Streams } from '../../kernel/random/streams.js';
import { SilentFacts } from '../../observe/silent-facts.js';
import { sequenceNumber, TextMaker } from './made-up-texts.js';
import type { MessageAttributes } from './message-attributes.js';

/** What a client said of a message. */
export interface SaidMessage {
  /** null: only its size was said. */
  readonly body: string | null;
  readonly messageAttributes: MessageAttributes;
  readonly group: string | null;
  readonly deduplicationId: string | null;
}

/** A message with what SQS notes on it. */
export interface KeptMessage {
  readonly said: SaidMessage;
  messageId: string;
  deduplicationId: string | null;
  sequenceNumber: string | null;
  /** When SQS took it; null until then. */
  sentAt: Micros | null;
  firstReceivedAt: Micros | null;
  /** The queue that it was a dead letter of. */
  deadLetterSource: string | null;
  redrives: number;
}

/** Messages that others sent: nobody knows what they say. */
const NOTHING_SAID: SaidMessage = {
  body: null,
  messageAttributes: {},
  group: null,
  deduplicationId: null,
};

export class MessageBook extends SilentFacts {
  readonly texts: TextMaker;
  private readonly kept = new Map<string, KeptMessage>();
  /** Receive counts of hand-outs to the client that it has not been told of yet, by delivery. */
  private readonly counts = new Map<number, number>();
  /** Messages as they were handed out to the client, until it is told of them. */
  private readonly asTaken = new Map<number, KeptMessage>();
  /** Rows of messages whose deduplication id had been sent before, until their sender has asked. */
  private readonly repeated = new Set<number>();
  private world: World | null = null;
  private client = 0;
  private stores = 0;

  constructor(streams: Streams, who: string) {
    super();
    this.texts = new TextMaker(streams, who);
  }

  attach(world: World, client: number): void {
    this.world = world;
    this.client = client;
  }

  /** A message is about to be sent. */
  write(message: number, said: SaidMessage): KeptMessage {
    const { mark0, mark1 } = this.world!.messages.messages;
    return this.newMessage(mark0[message], mark1[message], said);
  }

  /** The message of a delivery. */
  ofDelivery(delivery: number): KeptMessage {
    const taken = this.asTaken.get(delivery);
    if (taken !== undefined) return taken;
    const { deliveries, obligations } = this.world!.messages;
    return this.inRow(obligations.message[deliveries.obligation[delivery]]);
  }

  /** The message with this mark; undefined when others sent it and nobody has asked yet. */
  withMark(mark0: number, mark1: number): KeptMessage | undefined {
    return this.kept.get(`${mark0} ${mark1}`);
  }

  /** How often the message had been received with this delivery, itself included. */
  receiveCount(delivery: number): number {
    const { copies, deliveries } = this.world!.messages;
    const count = this.counts.get(delivery) ?? copies.receiveCount[deliveries.copy[delivery]];
    return count;
  }

  /** Whether a message just accepted was not stored, since its deduplication id had been sent before. */
  wasRepeated(message: number): boolean {
    return this.repeated.delete(message);
  }

  private newMessage(mark0: number, mark1: number, said: SaidMessage): KeptMessage {
    const kept: KeptMessage = {
      said,
      messageId: this.texts.messageId(mark0, mark1, 0),
      deduplicationId: said.deduplicationId,
      sequenceNumber: null,
      sentAt: null,
      firstReceivedAt: null,
      deadLetterSource: null,
      redrives: 0,
    };
    this.kept.set(`${mark0} ${mark1}`, kept);
    return kept;
  }

  // --- facts -----------------------------------------------------------------------------------

  override stored(resource: number, copy: number, _stage: CopyStage): void {
    const { mark0, mark1 } = this.world!.messages.messages;
    const message = this.messageOf(copy);
    const kept = this.withMark(mark0[message], mark1[message]);
    if (kept === undefined) return;
    kept.sentAt ??= this.now;
    if (isFifoName(this.world!.names[resource]))
      kept.sequenceNumber = sequenceNumber(++this.stores);
  }

  override deduplicated(_resource: number, message: number): void {
    if (this.world!.messages.messages.source[message] === this.client) this.repeated.add(message);
  }

  override taken(_resource: number, delivery: number): void {
    const { copies, deliveries } = this.world!.messages;
    const kept = this.ofCopy(deliveries.copy[delivery]);
    kept.firstReceivedAt ??= this.now;
    if (deliveries.consumer[delivery] !== this.client) return;
    this.counts.set(delivery, copies.receiveCount[deliveries.copy[delivery]]);
    this.asTaken.set(delivery, { ...kept });
  }

  /** In a FIFO dead-letter queue a message begins anew, and its id there is that of the message. */
  override deadLettered(resource: number, copy: number, target: number): void {
    const kept = this.ofCopy(copy);
    kept.deadLetterSource = this.world!.names[resource];
    if (!isFifoName(this.world!.names[target])) return;
    kept.deduplicationId = kept.messageId;
    kept.sentAt = null;
  }

  /** What is redriven is a new message. */
  override redriven(_resource: number, copy: number, _target: number): void {
    const kept = this.ofCopy(copy);
    const { mark0, mark1 } = this.world!.messages.messages;
    const message = this.messageOf(copy);
    kept.redrives++;
    kept.messageId = this.texts.messageId(mark0[message], mark1[message], kept.redrives);
    kept.sentAt = null;
    kept.firstReceivedAt = null;
    kept.deadLetterSource = null;
  }

  private get now(): Micros {
    return this.world!.kernel.now;
  }

  private ofCopy(copy: number): KeptMessage {
    return this.inRow(this.messageOf(copy));
  }

  private inRow(message: number): KeptMessage {
    const { mark0, mark1, bornAt } = this.world!.messages.messages;
    const known = this.withMark(mark0[message], mark1[message]);
    if (known !== undefined) return known;
    const kept = this.newMessage(mark0[message], mark1[message], NOTHING_SAID);
    kept.sentAt = bornAt[message];
    return kept;
  }

  private messageOf(copy: number): number {
    const { copies, obligations } = this.world!.messages;
    return obligations.message[copies.obligation[copy]];
  }
}
