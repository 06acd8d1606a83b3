/** What the slow queues hold: one plain object per message, one per hand-out. */

/** When something happens; of two at one time, what was set going first. */
export interface Moment {
  /** µs. */
  readonly at: number;
  readonly seq: number;
}

export function isBefore(a: Moment, b: Moment): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

export const byMoment = (a: Moment, b: Moment): number => a.at - b.at || a.seq - b.seq;

export interface NaiveMessage {
  readonly id: string;
  /** null: only its size was said. */
  readonly body: string | null;
  readonly bytes: number;
  /** FIFO queues only. */
  readonly group: string | null;
  readonly dedup: string | null;
  /** The delay that it was sent with, µs; null: the queue's. Standard queues only. */
  readonly ownDelay: number | null;
  /** What retention counts from. */
  readonly enqueued: Moment;
  /** Its place in the order in which messages were stored, in all queues together. */
  readonly sequence: number;
  /** The queue that it was dead-lettered from. */
  readonly origin: string | null;
  state: 'delayed' | 'visible' | 'inFlight';
  /** When it was delayed, hidden or shown (visible), whichever came last. */
  since: Moment;
  /** When it becomes visible; of no meaning once it is. */
  until: Moment;
  /** As ApproximateReceiveCount shows it; goes on in the dead-letter queue. */
  receiveCount: number;
  /** Receives in queues before this one. */
  readonly receivedBefore: number;
  /** µs; null: never received. */
  firstReceivedAt: number | null;
  /** By which hand-out it is hidden, or was last. */
  holder: NaiveReceipt | null;
  /** It came back from a consumer and has not yet been received three times: it stands in front. */
  isInFront: boolean;
}

/** One hand-out of a message. */
export interface NaiveReceipt {
  readonly handle: string;
  readonly message: NaiveMessage;
  /** µs: when it was handed out, or handed out again under the same ReceiveRequestAttemptId. */
  at: number;
  /** µs: until when it hides the message. */
  deadline: number;
}
