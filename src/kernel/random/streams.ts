/**
 * Random streams, named after who asks and why: adding a component moves nobody else's draws.
 *
 * seedrandom turns the name (seed, replication, component, purpose) into a 128-bit key; numbers
 * come from xoshiro128** by D. Blackman and S. Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021; passes BigCrush, period 2^128 - 1).
 */
import seedrandom from 'seedrandom';
import { check } from '../check.js';
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';
import { MarkKey } from './marks.js';
import { streamName } from './stream-name.js';
import { EXPONENTIAL_ZIGGURAT, LAYERS, NORMAL_ZIGGURAT } from './ziggurat.js';

const TWO_TO_32 = 0x100000000;
const TWO_TO_21 = 0x200000;
const TWO_TO_MINUS_53 = 1 / 0x20000000000000;
/** Puts bit 8, the first that neither layer nor position use, where 1 - bit is a sign. */
const SIGN_SHIFT = 7;
/** seedrandom's key has 256 bytes: longer names are digested piece by piece. */
const PIECE = 160;

/** The random streams and mark keys of one replication. */
export class Streams {
  private readonly seed: string;
  private readonly replication: number;
  private readonly taken = new Set<string>();

  constructor(seed: string, replication: number) {
    check(Number.isSafeInteger(replication), 'a replication is a whole number');
    this.seed = seed;
    this.replication = replication;
  }

  /** The stream of `component` for `purpose`. Each has one owner: asking twice is a bug. */
  stream(component: string, purpose: string): Stream {
    const name = this.name('stream', component, purpose);
    check(!this.taken.has(name), 'a random stream was asked for twice');
    this.taken.add(name);
    const [a, b, c, d] = keyOf(name);
    return new Stream(a, b, c, d);
  }

  /** The key under which `component` draws from marks in `step`; the same at every call. */
  key(component: string, step: string): MarkKey {
    const [k0, k1] = keyOf(this.name('key', component, step));
    return new MarkKey(k0, k1);
  }

  private name(kind: string, component: string, purpose: string): string {
    return streamName([kind, this.seed, String(this.replication), component, purpose]);
  }
}

/** Four int32 from a stream name. Exported for the test that looks for collisions. */
export function keyOf(name: string): [number, number, number, number] {
  let rest = name;
  while (rest.length > PIECE) {
    const digest = words(`${rest.slice(0, PIECE)}\n`).map((word) => (word >>> 0).toString(16));
    rest = `${digest.join('.')}/${rest.slice(PIECE)}`;
  }
  return words(rest);
}

function words(name: string): [number, number, number, number] {
  const generator = seedrandom(name);
  return [generator.int32(), generator.int32(), generator.int32(), generator.int32()];
}

/** A sequence of random numbers. Its whole state is the four int32 `a` to `d`. */
export class Stream {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /** The state must not be all zero. */
  constructor(a: number, b: number, c: number, d: number) {
    check((a | b | c | d) !== 0, 'the state of a random stream must not be all zero');
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
  }

  /** A stream that will give the same numbers as this one from here on. */
  clone(): Stream {
    return new Stream(this.a, this.b, this.c, this.d);
  }

  /** The state as four int32, for `new Stream(...state)`. */
  state(): [number, number, number, number] {
    return [this.a, this.b, this.c, this.d];
  }

  /** An integer from 0 to 2^32 - 1. */
  u32(): number {
    return this.next() >>> 0;
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  uniform(): number {
    const high = this.next() >>> 0;
    const low = this.next() >>> 11;
    return (high * TWO_TO_21 + low) * TWO_TO_MINUS_53;
  }

  /** An integer from 0 to `n` - 1, all equally likely; `n` is an integer from 1 to 2^32. */
  below(n: number): number {
    check(n >= 1 && n <= TWO_TO_32 && Math.floor(n) === n, 'below needs an integer in 1..2^32');
    const lastFair = TWO_TO_32 - n; // a round of n that begins after this is cut short
    for (;;) {
      const draw = this.next() >>> 0;
      const result = draw % n;
      if (draw - result <= lastFair) return result;
    }
  }

  /** An exponential number with mean 1. */
  exponential(): number {
    const { width, height, tailFrom } = EXPONENTIAL_ZIGGURAT;
    for (;;) {
      const high = this.next() >>> 0;
      const low = this.next();
      const layer = low & (LAYERS - 1);
      const x = (high * TWO_TO_21 + (low >>> 11)) * TWO_TO_MINUS_53 * width[layer];
      if (x < width[layer + 1]) return x;
      if (layer === 0) return tailFrom - ln(1 - this.uniform());
      const y = height[layer] + this.uniform() * (height[layer + 1] - height[layer]);
      if (y < exp(-x)) return x;
    }
  }

  /** A normal number with mean 0 and standard deviation 1. */
  normal(): number {
    const { width, height } = NORMAL_ZIGGURAT;
    for (;;) {
      const high = this.next() >>> 0;
      const low = this.next();
      const layer = low & (LAYERS - 1);
      const x = (high * TWO_TO_21 + (low >>> 11)) * TWO_TO_MINUS_53 * width[layer];
      const sign = 1 - ((low >>> SIGN_SHIFT) & 2);
      if (x < width[layer + 1]) return sign * x;
      if (layer === 0) return sign * this.normalTail();
      const y = height[layer] + this.uniform() * (height[layer + 1] - height[layer]);
      if (y < exp(-0.5 * x * x)) return sign * x;
    }
  }

  /** Marsaglia's method for the part beyond the last layer. */
  private normalTail(): number {
    const from = NORMAL_ZIGGURAT.tailFrom;
    for (;;) {
      const x = -ln(1 - this.uniform()) / from;
      const y = -ln(1 - this.uniform());
      if (y + y >= x * x) return from + x;
    }
  }

  /** One step of xoshiro128**, as an int32. */
  private next(): number {
    const b = this.b;
    const fiveTimes = Math.imul(b, 5);
    const result = Math.imul((fiveTimes << 7) | (fiveTimes >>> 25), 9);
    const c = this.c ^ this.a;
    const d = this.d ^ b;
    this.b = b ^ c;
    this.a ^= d;
    this.c = c ^ (b << 9);
    this.d = (d << 11) | (d >>> 21);
    return result;
  }
}
