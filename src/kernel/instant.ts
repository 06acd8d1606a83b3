/**
 * The events of the current instant that were scheduled during it: a first-in-first-out ring in
 * front of the event queue, so that zero delays (a third of the events of a model) never touch the
 * heap.
 *
 * The sequence numbers are kept because a lane entry or a timer may become due at this very instant
 * with a number between two of these.
 */

export class InstantEvents {
  private seqs = new Float64Array(64);
  private events = new Int32Array(2 * 64); // handler and argument side by side
  private head = 0;
  private size = 0;

  get length(): number {
    return this.size;
  }

  get headSeq(): number {
    return this.seqs[this.head];
  }

  get headHandler(): number {
    return this.events[this.head << 1];
  }

  get headArg(): number {
    return this.events[(this.head << 1) + 1];
  }

  push(seq: number, handler: number, arg: number): void {
    if (this.size === this.seqs.length) this.grow();
    const { seqs, events } = this;
    const i = (this.head + this.size++) & (seqs.length - 1);
    seqs[i] = seq;
    events[i << 1] = handler | 0; // `| 0`: else V8 stores a parameter by way of a double
    events[(i << 1) + 1] = arg | 0;
  }

  drop(): void {
    this.head = (this.head + 1) & (this.seqs.length - 1);
    this.size--;
  }

  private grow(): void {
    this.seqs = doubled(this.seqs, new Float64Array(2 * this.seqs.length), this.head);
    this.events = doubled(this.events, new Int32Array(2 * this.events.length), 2 * this.head);
    this.head = 0;
  }
}

/** Copies a full ring, oldest first, to the beginning of one that is twice as long. */
function doubled<A extends Float64Array | Int32Array>(ring: A, target: A, head: number): A {
  target.set(ring.subarray(head));
  target.set(ring.subarray(0, head), ring.length - head);
  return target;
}
