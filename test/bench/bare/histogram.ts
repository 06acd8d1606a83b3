/** A log-linear histogram of µs below 2^32: 128 buckets for each doubling, and the sum. */

const BUCKETS = 128;

export class BareHistogram {
  count = 0;
  private sum = 0.5; // not an integer at first, so that V8 keeps a double
  private readonly buckets = new Uint32Array(27 * BUCKETS);

  constructor() {
    this.sum = 0;
  }

  record(micros: number): void {
    const value = micros >>> 0;
    const shift = value < BUCKETS ? 0 : 24 - Math.clz32(value);
    this.buckets[shift * BUCKETS + (value >>> shift)]++;
    this.count++;
    this.sum += micros;
  }

  get mean(): number {
    return this.sum / this.count;
  }
}
