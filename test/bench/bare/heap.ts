/** A typed 4-ary heap of (time, order of pushing, payload), without handlers, clock or limits. */

export class BareHeap {
  time = 0.5; // of what was popped last; not an integer at first, so that V8 keeps a double
  private count = 0;
  private seq = 0;
  private readonly times: Float64Array;
  private readonly seqs: Float64Array;
  private readonly payloads: Uint32Array;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
    this.seqs = new Float64Array(capacity);
    this.payloads = new Uint32Array(capacity);
    this.time = 0;
  }

  push(time: number, payload: number): void {
    const { times, seqs, payloads } = this;
    const seq = this.seq++;
    let i = this.count++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      if (times[parent] <= time) break;
      times[i] = times[parent];
      seqs[i] = seqs[parent];
      payloads[i] = payloads[parent];
      i = parent;
    }
    times[i] = time;
    seqs[i] = seq;
    payloads[i] = payload;
  }

  pop(): number {
    this.time = this.times[0];
    const payload = this.payloads[0];
    this.sink(--this.count);
    return payload;
  }

  private sink(count: number): void {
    const { times, seqs, payloads } = this;
    const time = times[count];
    const seq = seqs[count];
    const payload = payloads[count];
    let i = 0;
    for (let first = 1; first < count; first = 4 * i + 1) {
      const end = first + 4 < count ? first + 4 : count;
      let least = first;
      let leastTime = times[first];
      for (let child = first + 1; child < end; child++) {
        const childTime = times[child];
        if (childTime < leastTime || (childTime === leastTime && seqs[child] < seqs[least])) {
          least = child;
          leastTime = childTime;
        }
      }
      if (leastTime > time || (leastTime === time && seqs[least] > seq)) break;
      times[i] = leastTime;
      seqs[i] = seqs[least];
      payloads[i] = payloads[least];
      i = least;
    }
    times[i] = time;
    seqs[i] = seq;
    payloads[i] = payload;
  }
}
