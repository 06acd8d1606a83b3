/**
 * A histogram of non-negative integers with a relative bucket width of at most 0.1 %.
 *
 * Log-linear buckets: values below 2048 have a bucket each; above, every octave (a doubling) is cut
 * into 1024 equal buckets, so that a bucket is at most 1/1024 of its values wide. The counts of an
 * octave are allocated when its first value comes. Adding two histograms is exact.
 */
import { check } from './check.js';

const PER_OCTAVE = 1024;
const OCTAVES = 44; // values up to 2^53 - 1; the first two octaves hold the exact values
const TWO_TO_22 = 0x400000;
const TWO_TO_52 = 0x10000000000000;

/** How many buckets there are; they are numbered from 0. */
export const BUCKET_COUNT: number = OCTAVES * PER_OCTAVE;

/** The bucket of an integer from 0 to 2^53 - 1. Buckets grow with their values. */
export function bucketOf(value: number): number {
  if (value >>> 0 === value) return bucketOf32(value);
  check(value >= 0 && Number.isSafeInteger(value), 'a histogram holds non-negative integers');
  return bucketOf32(Math.floor(value / TWO_TO_22)) + 22 * PER_OCTAVE;
}

function bucketOf32(value: number): number {
  if (value < PER_OCTAVE) return value;
  const shift = 21 - Math.clz32(value);
  return shift * PER_OCTAVE + (value >>> shift);
}

/** The largest integer in `bucket`. */
export function upperEdge(bucket: number): number {
  if (bucket < 2 * PER_OCTAVE) return bucket;
  let width = 1;
  for (let octave = Math.floor(bucket / PER_OCTAVE); octave > 1; octave--) width *= 2;
  return ((bucket % PER_OCTAVE) + PER_OCTAVE + 1) * width - 1;
}

/** The smallest integer in `bucket`. */
export function lowerEdge(bucket: number): number {
  return bucket === 0 ? 0 : upperEdge(bucket - 1) + 1;
}

/** Plain data that a histogram can be rebuilt from, for example in another thread. */
export interface HistogramState {
  readonly min: number;
  readonly max: number;
  readonly sumHigh: number;
  readonly sumLow: number;
  /** Bucket, count, bucket, count, ... in the order of buckets, without empty ones. */
  readonly buckets: readonly number[];
}

export class Histogram {
  /** How many values were recorded, by weight. */
  count = 0;
  /** The smallest recorded value; Infinity when there is none. */
  min = Infinity;
  /** The largest recorded value; -Infinity when there is none. */
  max = -Infinity;
  /** The counts of each octave, null before its first value. */
  private readonly octaves: (Float64Array | null)[] = emptyOctaves();
  /** The sum is sumHigh · 2^52 + sumLow, both whole, so that no order of adding can change it. */
  private sumHigh = 0;
  private sumLow = 0;

  static from(state: HistogramState): Histogram {
    const histogram = new Histogram();
    for (let i = 0; i < state.buckets.length; i += 2) {
      histogram.addToBucket(state.buckets[i], state.buckets[i + 1]);
    }
    histogram.min = state.min;
    histogram.max = state.max;
    histogram.addToSum(state.sumHigh, state.sumLow);
    return histogram;
  }

  /** The sum of the recorded values: exact, then rounded once to a double. */
  get sum(): number {
    return this.sumHigh * TWO_TO_52 + this.sumLow;
  }

  /** The mean of the recorded values; NaN when there is none. */
  get mean(): number {
    return this.sum / this.count;
  }

  /** Records an integer from 0 to 2^53 - 1, `weight` times (a whole number of 1 or more). */
  record(value: number, weight = 1): void {
    this.addToBucket(bucketOf(value), weight);
    const low = this.sumLow + value * weight;
    if (low < TWO_TO_52) this.sumLow = low;
    else this.addToSum(0, value * weight);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** How many values lie in `bucket`. */
  countIn(bucket: number): number {
    const octave = this.octaves[Math.floor(bucket / PER_OCTAVE)];
    return octave === null || octave === undefined ? 0 : octave[bucket % PER_OCTAVE];
  }

  /**
   * The quantile `q` (0 to 1) by nearest rank: the upper edge of the bucket that holds the value of
   * rank ceil(q · count), or the maximum if that is less. NaN when nothing was recorded.
   */
  quantile(q: number): number {
    return this.count === 0 ? NaN : Math.min(upperEdge(this.quantileBucket(q)), this.max);
  }

  /** The bucket that holds the quantile `q`; -1 when nothing was recorded. */
  quantileBucket(q: number): number {
    check(q >= 0 && q <= 1, 'a quantile lies between 0 and 1');
    // 0.07 · 100 comes out a little over 7: just over a whole number means that number.
    const rank = Math.max(1, Math.ceil(q * this.count * (1 - 1 / TWO_TO_52)));
    let passed = 0;
    for (let octave = 0; octave < OCTAVES; octave++) {
      const counts = this.octaves[octave];
      if (counts === null) continue;
      for (let i = 0; i < PER_OCTAVE; i++) {
        passed += counts[i];
        if (passed >= rank) return octave * PER_OCTAVE + i;
      }
    }
    return -1;
  }

  /** Adds everything that `other` recorded. Exact, in any order and grouping. */
  merge(other: Histogram): void {
    for (let octave = 0; octave < OCTAVES; octave++) {
      const counts = other.octaves[octave];
      if (counts === null) continue;
      for (let i = 0; i < PER_OCTAVE; i++) {
        if (counts[i] > 0) this.addToBucket(octave * PER_OCTAVE + i, counts[i]);
      }
    }
    this.addToSum(other.sumHigh, other.sumLow);
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }

  /** The contents as plain data. */
  state(): HistogramState {
    const buckets: number[] = [];
    for (let bucket = 0; bucket < BUCKET_COUNT; bucket++) {
      if (this.octaves[Math.floor(bucket / PER_OCTAVE)] === null) continue;
      const count = this.countIn(bucket);
      if (count > 0) buckets.push(bucket, count);
    }
    const { min, max, sumHigh, sumLow } = this;
    return { min, max, sumHigh, sumLow, buckets };
  }

  private addToBucket(bucket: number, weight: number): void {
    const octave = bucket >>> 10;
    const counts = this.octaves[octave] ?? this.openOctave(octave);
    counts[bucket & (PER_OCTAVE - 1)] += weight;
    this.count += weight;
  }

  private openOctave(octave: number): Float64Array {
    const counts = new Float64Array(PER_OCTAVE);
    this.octaves[octave] = counts;
    return counts;
  }

  private addToSum(high: number, low: number): void {
    check(low <= 2 * TWO_TO_52 - 1, 'a value times its weight must be below 2^53');
    const over = low >= TWO_TO_52 ? 1 : 0; // taken off first, so that the next sum is exact
    const sum = this.sumLow + (low - over * TWO_TO_52);
    const carry = sum >= TWO_TO_52 ? 1 : 0;
    this.sumHigh += high + over + carry;
    this.sumLow = sum - carry * TWO_TO_52;
  }
}

function emptyOctaves(): (Float64Array | null)[] {
  return new Array<Float64Array | null>(OCTAVES).fill(null);
}
