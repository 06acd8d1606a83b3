/**
 * Tables of the ziggurat method for the exponential and the normal distribution.
 *
 * G. Marsaglia and W. W. Tsang, "The Ziggurat Method for Generating Random Variables", Journal of
 * Statistical Software 5 (2000): the density is covered by 256 layers of equal area. Layer 0 is
 * the base with the tail; layer i >= 1 is a box of width `width[i]` between the heights
 * `height[i]` and `height[i + 1]`. A point inside `width[i + 1]` is surely under the curve. Built
 * with the kernel's own functions, so that the tables have the same bits everywhere.
 */
import { exp } from '../math/exp.js';
import { ln } from '../math/ln.js';

/** The number of layers, a power of two: the layer comes from the low bits of a draw. */
export const LAYERS = 256;

export interface Ziggurat {
  /** Widths of the layers, decreasing; `width[0]` is that of the base as if it were a box. */
  readonly width: Float64Array;
  /** Density at each width; `height[256]` is 1. */
  readonly height: Float64Array;
  /** Where the tail begins: `width[1]`. */
  readonly tailFrom: number;
}

const EXPONENTIAL_TAIL = 7.69711747013104972;
const EXPONENTIAL_AREA = 3.949659822581557e-3;
const NORMAL_TAIL = 3.6541528853610088;
const NORMAL_AREA = 4.92867323399e-3;

/** Of exp(-x), x >= 0. Never written to. */
export const EXPONENTIAL_ZIGGURAT: Ziggurat = exponentialTables();

/** Of exp(-x²/2), x >= 0; the sign is drawn apart. Never written to. */
export const NORMAL_ZIGGURAT: Ziggurat = normalTables();

function exponentialTables(): Ziggurat {
  const width = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  let x = EXPONENTIAL_TAIL;
  width[0] = EXPONENTIAL_AREA / exp(-x);
  for (let i = 1; i < LAYERS; i++) {
    width[i] = x;
    height[i] = exp(-x);
    x = -ln(EXPONENTIAL_AREA / x + height[i]);
  }
  height[LAYERS] = 1;
  return { width, height, tailFrom: EXPONENTIAL_TAIL };
}

function normalTables(): Ziggurat {
  const width = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  let x = NORMAL_TAIL;
  width[0] = NORMAL_AREA / exp(-0.5 * x * x);
  for (let i = 1; i < LAYERS; i++) {
    width[i] = x;
    height[i] = exp(-0.5 * x * x);
    const above = NORMAL_AREA / x + height[i];
    x = above < 1 ? Math.sqrt(-2 * ln(above)) : 0;
  }
  height[LAYERS] = 1;
  return { width, height, tailFrom: NORMAL_TAIL };
}
