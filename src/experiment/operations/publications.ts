/**
 * What is published, and which push brings which of it: each delivery of one message is a message of its own for
 * the queue that takes it. message-book.ts tells it what happens.
 */

import type { World } from '../../components/world.js';
import type { Micros } from '../../kernel/time.js';
import { topicSequenceNumber } from './made-up-texts.js';
import type { MessageAttributes } from './message-attributes.js';

/** A message as a client published it. */
export interface SaidPublication {
  /** What queues get of it; null: only its size was said. */
  readonly message: string | null;
  readonly subject: string | null;
  readonly messageAttributes: MessageAttributes;
  readonly group: string | null;
  readonly deduplicationId: string | null;
  readonly isOrdered: boolean;
}

export interface Publication {
  readonly said: SaidPublication;
  readonly messageId: string;
  /** FIFO topics only, once it is accepted. */
  sequenceNumber: string | null;
  /** null until the topic has accepted it. */
  acceptedAt: Micros | null;
}

/** One message on its way to one subscription. */
export interface Push {
  readonly publication: Publication;
  /** The row of its message. */
  readonly message: number;
  /** The topic's number, and that of the subscription. */
  readonly topic: number;
  readonly link: number;
}

export class Publications {
  private readonly byMark = new Map<string, Publication>();
  /** By obligation. */
  private readonly pushes = new Map<number, Push>();
  private sequence = 0;
  private world: World | null = null;

  attach(world: World): void {
    this.world = world;
  }

  add(message: number, said: SaidPublication, messageId: string): Publication {
    const publication = { said, messageId, sequenceNumber: null, acceptedAt: null };
    this.byMark.set(this.markOf(message), publication);
    return publication;
  }

  withMark(mark0: number, mark1: number): Publication | undefined {
    return this.byMark.get(`${mark0} ${mark1}`);
  }

  /** The push that brings an obligation's message; undefined: somebody sent it. */
  pushOf(obligation: number): Push | undefined {
    return this.pushes.get(obligation);
  }

  /** Pushes of a message that are not over, the oldest first. */
  pushesOf(message: number): Push[] {
    return [...this.pushes.values()].filter((push) => push.message === message);
  }

  // --- facts -----------------------------------------------------------------------------------

  /** A topic has accepted the message: told first for the first subscription, or for nobody. */
  accepted(message: number): Publication | undefined {
    const publication = this.byMark.get(this.markOf(message));
    if (publication === undefined || publication.acceptedAt !== null) return publication;
    publication.acceptedAt = this.world!.kernel.now;
    if (publication.said.isOrdered)
      publication.sequenceNumber = topicSequenceNumber(++this.sequence);
    return publication;
  }

  dispatched(topic: number, obligation: number, link: number): void {
    const message = this.world!.messages.obligations.message[obligation];
    const publication = this.accepted(message);
    if (publication !== undefined)
      this.pushes.set(obligation, { publication, message, topic, link });
  }

  /** The obligation is over, and its row may stand for another one. */
  settled(obligation: number): void {
    this.pushes.delete(obligation);
  }

  private markOf(message: number): string {
    const { mark0, mark1 } = this.world!.messages.messages;
    return `${mark0[message]} ${mark1[message]}`;
  }
}
