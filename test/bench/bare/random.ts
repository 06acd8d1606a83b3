/**
 * Random numbers of the bare loops, apart from the engine's, so that the reference stays where it is
 * when the engine changes: xoshiro128** (Blackman and Vigna 2021), and Marsaglia and Tsang's ziggurat
 * for exponential numbers (2000, 256 layers, 32 bits).
 */

const LAYERS = 256;
const TAIL = 7.697117470131487;
const AREA = 3.949659822581572e-3;
const TWO_TO_32 = 2 ** 32;

class Ziggurat {
  readonly accept = new Uint32Array(LAYERS);
  readonly width = new Float64Array(LAYERS);
  readonly height = new Float64Array(LAYERS);

  constructor() {
    let x = TAIL;
    const first = AREA / Math.exp(-x);
    this.accept[0] = (x / first) * TWO_TO_32;
    this.width[0] = first / TWO_TO_32;
    this.width[LAYERS - 1] = x / TWO_TO_32;
    this.height[0] = 1;
    this.height[LAYERS - 1] = Math.exp(-x);
    for (let i = LAYERS - 2; i >= 1; i--) {
      const outer = x;
      x = -Math.log(AREA / x + Math.exp(-x));
      this.accept[i + 1] = (x / outer) * TWO_TO_32;
      this.height[i] = Math.exp(-x);
      this.width[i] = x / TWO_TO_32;
    }
  }
}

const ZIGGURAT = new Ziggurat();

export class BareRandom {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: number) {
    this.a = splitMix(seed, 1);
    this.b = splitMix(seed, 2);
    this.c = splitMix(seed, 3);
    this.d = splitMix(seed, 4);
  }

  /** An integer from 0 to 2^32 - 1. */
  u32(): number {
    const b = this.b;
    const fiveTimes = Math.imul(b, 5);
    const result = Math.imul((fiveTimes << 7) | (fiveTimes >>> 25), 9);
    const c = this.c ^ this.a;
    const d = this.d ^ b;
    this.b = b ^ c;
    this.a ^= d;
    this.c = c ^ (b << 9);
    this.d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }

  /** An exponential number with mean 1. */
  exponential(): number {
    const draw = this.u32();
    const layer = draw & (LAYERS - 1);
    return draw < ZIGGURAT.accept[layer] ? draw * ZIGGURAT.width[layer] : this.rare(draw);
  }

  private rare(first: number): number {
    const { accept, width, height } = ZIGGURAT;
    for (let draw = first; ; draw = this.u32()) {
      const layer = draw & (LAYERS - 1);
      const x = draw * width[layer];
      if (draw < accept[layer]) return x;
      if (layer === 0) return TAIL - Math.log((this.u32() + 1) / TWO_TO_32);
      const share = this.u32() / TWO_TO_32;
      if (height[layer] + share * (height[layer - 1] - height[layer]) < Math.exp(-x)) return x;
    }
  }
}

/** The n-th output of splitmix32. */
function splitMix(seed: number, n: number): number {
  let word = (seed + Math.imul(n, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return word ^ (word >>> 15);
}
