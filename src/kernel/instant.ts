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
  private handlers = new Int32Array(64);
  private args = new Int32Array(64);
  private head = 0;
  private size = 0;

  get length(): number {
    return this.size;
  }

  get headSeq(): number {
    return this.seqs[this.head];
  }

  get headHandler(): number {
    return this.handlers[this.head];
  }

  get headArg(): number {
    return this.args[this.head];
  }

  push(seq: number, handler: number, arg: number): void {
    if (this.size === this.seqs.length) this.grow();
    const i = (this.head + this.size++) & (this.seqs.length - 1);
    this.seqs[i] = seq;
    this.handlers[i] = handler;
    this.args[i] = arg;
  }

  drop(): void {
    this.head = (this.head + 1) & (this.seqs.length - 1);
    this.size--;
  }

  private grow(): void {
    this.seqs = doubled(this.seqs, new Float64Array(2 * this.seqs.length), this.head);
    this.handlers = doubled(this.handlers, new Int32Array(2 * this.handlers.length), this.head);
    this.args = doubled(this.args, new Int32Array(2 * this.args.length), this.head);
    this.head = 0;
  }
}

/** Copies a full ring, oldest first, to the beginning of one that is twice as long. */
function doubled<A extends Float64Array | Int32Array>(ring: A, target: A, head: number): A {
  target.set(ring.subarray(head));
  target.set(ring.subarray(0, head), ring.length - head);
  return target;
}
