/**
 * What messages say. The model knows their sizes and labels; their bodies and attributes are kept here, together with
 * what SQS notes on them: by mark until they are stored, by copy from then on, since a topic has one message stored in
 * many queues. It listens to facts, which tell it what happens to each.
 */

import type { CopyStage, Outcome } from '../../components/facts.js';
import { isFifoName } from '../../components/settings.js';
import type { World } from '../../components/world.js';
import type { Micros } from '../../kernel/time.js';
import type { Streams } from '../../kernel/random/streams.js';
import { SilentFacts } from '../../observe/silent-facts.js';
import { sequenceNumber, TextMaker } from './made-up-texts.js';
import type { MessageAttributes } from './message-attributes.js';
import type { Publication, Push, SaidPublication } from './publications.js';
import { Publications } from './publications.js';

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

/** What filters and handlers see of a message. */
export interface Content extends Pick<SaidMessage, 'body' | 'messageAttributes' | 'group'> {
  readonly messageId: string;
}

/** Who knows the subscriptions that pushes belong to; `queue` is the number of a queue. */
export interface PushReader {
  /** What the queue gets of it. */
  saidTo(push: Push, queue: number): SaidMessage;
  isDeadLetterQueue(push: Push, queue: number): boolean;
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
  readonly publications = new Publications();
  /** Set before anything is published. */
  reader: PushReader | null = null;
  /** Messages by mark. */
  private readonly kept = new Map<string, KeptMessage>();
  /** Messages in stores, by copy. */
  private readonly inStores = new Map<number, KeptMessage>();
  /** Messages on the way from one store to another, by message and target. */
  private readonly moving = new Map<string, KeptMessage[]>();
  /** Receive counts of hand-outs to the client that it has not been told of yet, by delivery. */
  private readonly counts = new Map<number, number>();
  /** Messages as they were handed out to the client, until it is told of them. */
  private readonly asTaken = new Map<number, KeptMessage>();
  /** Where which message was not stored, since its id had been sent before, until its sender has asked. */
  private readonly repeated = new Set<string>();
  private world: World | null = null;
  private client = 0;
  private stores = 0;
  private deliveries = 0;

  constructor(streams: Streams, who: string) {
    super();
    this.texts = new TextMaker(streams, who);
  }

  attach(world: World, client: number): void {
    this.world = world;
    this.client = client;
    this.publications.attach(world);
  }

  /** A message is about to be sent. */
  write(message: number, said: SaidMessage): KeptMessage {
    const { mark0, mark1 } = this.world!.messages.messages;
    return this.newMessage(mark0[message], mark1[message], said);
  }

  /** A message is about to be published. */
  publish(message: number, said: SaidPublication): Publication {
    const { mark0, mark1 } = this.world!.messages.messages;
    const messageId = this.texts.messageId(mark0[message], mark1[message], 0);
    return this.publications.add(message, said, messageId);
  }

  /** What a message of the client says. */
  contentOf(mark0: number, mark1: number): Content {
    const published = this.publications.withMark(mark0, mark1);
    if (published !== undefined) {
      const { message, messageAttributes, group } = published.said;
      return { body: message, messageAttributes, group, messageId: published.messageId };
    }
    const kept = this.withMark(mark0, mark1);
    return { ...(kept?.said ?? NOTHING_SAID), messageId: kept?.messageId ?? '' };
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

  /** Whether a message that `resource` just accepted was sent there before by its deduplication id. */
  wasRepeated(resource: number, message: number): boolean {
    return this.repeated.delete(`${resource} ${message}`);
  }

  private newMessage(mark0: number, mark1: number, said: SaidMessage): KeptMessage {
    const kept = this.noted(said, this.texts.messageId(mark0, mark1, 0));
    this.kept.set(`${mark0} ${mark1}`, kept);
    return kept;
  }

  private noted(said: SaidMessage, messageId: string): KeptMessage {
    return {
      said,
      messageId,
      deduplicationId: said.deduplicationId,
      sequenceNumber: null,
      sentAt: null,
      firstReceivedAt: null,
      deadLetterSource: null,
      redrives: 0,
    };
  }

  // --- facts -----------------------------------------------------------------------------------

  override stored(resource: number, copy: number, _stage: CopyStage): void {
    const kept = this.arriving(resource, copy);
    if (kept === undefined) {
      this.inStores.delete(copy);
      return;
    }
    this.inStores.set(copy, kept);
    kept.sentAt ??= this.now;
    if (isFifoName(this.world!.names[resource]))
      kept.sequenceNumber = sequenceNumber(++this.stores);
  }

  /** What a new copy is: moved from another store, brought by a topic, or sent; undefined: others sent it. */
  private arriving(resource: number, copy: number): KeptMessage | undefined {
    const message = this.messageOf(copy);
    const moved = this.moving.get(`${message} ${resource}`)?.shift();
    if (moved !== undefined) return moved;
    const push = this.pushTo(resource, copy, message);
    if (push !== undefined) {
      const id = this.texts.deliveredId(this.deliveries++);
      return this.noted(this.reader!.saidTo(push, resource), id);
    }
    const { mark0, mark1 } = this.world!.messages.messages;
    return this.withMark(mark0[message], mark1[message]);
  }

  /** A dead letter that somebody consumes is owed anew: then it is any push of the message that is not over. */
  private pushTo(resource: number, copy: number, message: number): Push | undefined {
    const { copies } = this.world!.messages;
    const { publications } = this;
    return (
      publications.pushOf(copies.obligation[copy]) ??
      publications.pushesOf(message).find((push) => this.reader!.isDeadLetterQueue(push, resource))
    );
  }

  override deduplicated(resource: number, message: number): void {
    if (this.world!.messages.messages.source[message] === this.client)
      this.repeated.add(`${resource} ${message}`);
  }

  override filtered(_pusher: number, message: number, _link: number): void {
    this.publications.accepted(message);
  }

  override unclaimed(_pusher: number, message: number): void {
    this.publications.accepted(message);
  }

  override dispatched(pusher: number, obligation: number, link: number): void {
    this.publications.dispatched(pusher, obligation, link);
  }

  override settled(_consumer: number, obligation: number, _outcome: Outcome): void {
    this.publications.settled(obligation);
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
    this.move(copy, target, kept);
    if (!isFifoName(this.world!.names[target])) return;
    kept.deduplicationId = kept.messageId;
    kept.sentAt = null;
  }

  /** What is redriven is a new message. */
  override redriven(_resource: number, copy: number, target: number): void {
    const kept = this.ofCopy(copy);
    const { mark0, mark1 } = this.world!.messages.messages;
    const message = this.messageOf(copy);
    this.move(copy, target, kept);
    kept.redrives++;
    kept.messageId = this.isPublished(message)
      ? this.texts.deliveredId(this.deliveries++)
      : this.texts.messageId(mark0[message], mark1[message], kept.redrives);
    kept.sentAt = null;
    kept.firstReceivedAt = null;
    kept.deadLetterSource = null;
  }

  /** It comes to the other store within the instant. */
  private move(copy: number, target: number, kept: KeptMessage): void {
    const place = `${this.messageOf(copy)} ${target}`;
    this.moving.set(place, [...(this.moving.get(place) ?? []), kept]);
  }

  private isPublished(message: number): boolean {
    const { mark0, mark1 } = this.world!.messages.messages;
    return this.publications.withMark(mark0[message], mark1[message]) !== undefined;
  }

  private get now(): Micros {
    return this.world!.kernel.now;
  }

  private ofCopy(copy: number): KeptMessage {
    return this.inStores.get(copy) ?? this.inRow(this.messageOf(copy));
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
