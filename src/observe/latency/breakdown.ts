/**
 * A distribution of latencies with its parts: for each bucket of the total, how many messages and the
 * sums of all their parts. So p99 is explained by the messages at p99, not by the p99 of each part.
 *
 * The numbers of a bucket lie side by side: its count, then the parts up to the last one that ever
 * occurred here. An octave of buckets gets memory when its first value comes. All are whole numbers
 * below 2^53, so sums are exact in any order of adding.
 */
import { check } from '../../kernel/check.js';
import { BUCKET_COUNT, bucketOf, Histogram } from '../../kernel/histogram.js';
import type { Micros } from '../../kernel/time.js';
import { PART_COUNT } from './parts.js';

const PER_OCTAVE = 1024;
const OCTAVES = BUCKET_COUNT / PER_OCTAVE;
const TWO_TO_52 = 0x10_0000_0000_0000;
const NONE = new Float64Array(0);

export class Breakdown {
  /** Messages recorded. */
  count = 0;
  private min = Infinity;
  private max = -Infinity;
  /** Numbers per bucket: the count, and the parts below `width - 1`. */
  private width = 1;
  /** By octave: bucket within the octave · width + place. Empty: nothing yet. */
  private readonly octaves: Float64Array[] = Array.from({ length: OCTAVES }, () => NONE);

  /** Records a latency of `total` µs that is split into `split`, µs by number of the part. */
  record(total: Micros, split: Float64Array): void {
    const bucket = bucketOf(total);
    const width = this.width;
    const numbers = this.numbersOf(bucket >>> 10);
    const base = (bucket & 1023) * width;
    let rest = total;
    numbers[base]++;
    for (let place = 1; place < width; place++) {
      const micros = split[place - 1];
      numbers[base + place] += micros;
      rest -= micros;
    }
    this.count++;
    if (total < this.min) this.min = total;
    if (total > this.max) this.max = total;
    if (rest !== 0) this.recordRest(bucket, rest, split);
  }

  /** Records `times` latencies of 0. */
  recordNothing(times: number): void {
    if (times === 0) return;
    this.numbersOf(0)[0] += times;
    this.count += times;
    this.min = 0;
    this.max = Math.max(this.max, 0);
  }

  /** The distribution of the totals. */
  totals(): Histogram {
    const buckets: number[] = [];
    let sumHigh = 0;
    let sumLow = 0;
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
      const numbers = this.octaves[bucket >>> 10];
      const base = (bucket & 1023) * this.width;
      if (numbers === NONE) bucket += PER_OCTAVE - 1;
      else if (numbers[base] > 0) {
        buckets.push(bucket, numbers[base]);
        for (let place = 1; place < this.width; place++) sumLow += numbers[base + place];
        sumHigh += Math.floor(sumLow / TWO_TO_52);
        sumLow %= TWO_TO_52;
      }
    }
    return Histogram.from({ min: this.min, max: this.max, sumHigh, sumLow, buckets });
  }

  /** The sum of `part` over all messages of `bucket`, µs. */
  sumIn(bucket: number, part: number): Micros {
    const numbers = this.octaves[bucket >>> 10];
    return part + 1 >= this.width || numbers === NONE
      ? 0
      : numbers[(bucket & 1023) * this.width + part + 1];
  }

  /** The sum of `part` over all messages, µs. */
  sum(part: number): Micros {
    if (part + 1 >= this.width) return 0;
    let sum = 0;
    for (const numbers of this.octaves)
      for (let i = part + 1; i < numbers.length; i += this.width) sum += numbers[i];
    return sum;
  }

  /** Adds all that `other` recorded. */
  merge(other: Breakdown): void {
    if (other.width > this.width) this.widen(other.width);
    for (let octave = 0; octave < OCTAVES; octave++) {
      const theirs = other.octaves[octave];
      if (theirs === NONE) continue;
      const mine = this.numbersOf(octave);
      for (let bucket = 0; bucket < PER_OCTAVE; bucket++) {
        for (let place = 0; place < other.width; place++) {
          mine[bucket * this.width + place] += theirs[bucket * other.width + place];
        }
      }
    }
    this.count += other.count;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** Parts that come up here for the first time make up the rest. */
  private recordRest(bucket: number, rest: Micros, split: Float64Array): void {
    const width = this.width;
    let last = PART_COUNT;
    while (last >= width && split[last - 1] === 0) last--;
    this.widen(last + 1);
    const numbers = this.numbersOf(bucket >>> 10);
    let left = rest;
    for (let place = width; place < this.width; place++) {
      numbers[(bucket & 1023) * this.width + place] = split[place - 1];
      left -= split[place - 1];
    }
    check(left === 0, 'the parts of a latency add up to its total');
  }

  private numbersOf(octave: number): Float64Array {
    const numbers = this.octaves[octave];
    return numbers === NONE ? this.open(octave) : numbers;
  }

  private open(octave: number): Float64Array {
    const numbers = new Float64Array(PER_OCTAVE * this.width);
    this.octaves[octave] = numbers;
    return numbers;
  }

  /** The numbers so far move to a wider layout. */
  private widen(width: number): void {
    const before = this.width;
    this.width = width;
    for (let octave = 0; octave < OCTAVES; octave++) {
      const old = this.octaves[octave];
      if (old === NONE) continue;
      const wide = this.open(octave);
      for (let i = 0; i < PER_OCTAVE; i++)
        wide.set(old.subarray(i * before, (i + 1) * before), i * width);
    }
  }
}
