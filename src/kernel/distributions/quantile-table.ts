/**
 * A table in front of a slow quantile function.
 *
 * Both halves of (0, 1) are cut into octaves of the probability beyond (1/4 to 1/2, 1/8 to 1/4 and
 * so on), and each octave into equal cells with a cubic through four exact points. A cubic that falls
 * anywhere, or misses either of two further exact points by more than `ACCURACY`, is thrown away,
 * and its cell, like the far tails, is solved exactly at every draw. The cells join without a
 * step, so that the whole never falls.
 */

/** What is tabulated: must not fall as u grows. */
export interface Solver {
  solve(u: number): number;
}

/** Relative error allowed at the test points of a cell. */
const ACCURACY = 5e-6;
const CELLS = 8;
/** Tails with a probability below 2^-(OCTAVES + 1) are not tabulated. */
const OCTAVES = 12;
const TAIL = 1 / 0x2000;
const TWO_TO_32 = 0x100000000;

export class QuantileTable {
  private readonly solver: Solver;
  private readonly median: number;
  /** Four coefficients for each cell, NaN for a cell to be solved; lower half, then upper half. */
  private readonly cubics = new Float64Array(2 * OCTAVES * CELLS * 4);

  constructor(solver: Solver) {
    this.solver = solver;
    this.median = solver.solve(0.5);
    let x = NaN;
    for (let cell = 0; cell < 2 * OCTAVES * CELLS; cell++) {
      x = this.fit(cell, cell % CELLS === 0 ? this.exact(cell, 0) : x);
    }
  }

  /** The quantile of `u` in [0, 1). */
  quantile(u: number): number {
    const beyond = u < 0.5 ? u : 1 - u;
    if (beyond < TAIL) return this.solver.solve(u);
    if (beyond === 0.5) return this.median;
    const octave = Math.clz32(beyond * TWO_TO_32) - 1;
    const place = (beyond * (4 << octave) - 1) * CELLS;
    const within = Math.floor(place);
    const cell = (u < 0.5 ? octave : octave + OCTAVES) * CELLS + within;
    const { cubics } = this;
    const s = place - within;
    const i = cell * 4;
    const x = cubics[i] + s * (cubics[i + 1] + s * (cubics[i + 2] + s * cubics[i + 3]));
    return x === x ? x : this.solver.solve(u);
  }

  /** Fits the cubic of a cell that begins with the value `x0`, and returns its last value. */
  private fit(cell: number, x0: number): number {
    const x1 = this.exact(cell, 1 / 3);
    const x2 = this.exact(cell, 2 / 3);
    const x3 = this.exact(cell, 1);
    const c1 = (-11 * x0 + 18 * x1 - 9 * x2 + 2 * x3) / 2;
    const c2 = (9 * (2 * x0 - 5 * x1 + 4 * x2 - x3)) / 2;
    const c3 = (9 * (x3 - x0 - 3 * (x2 - x1))) / 2;
    const good =
      isMonotone(c1, c2, c3) &&
      this.isNear(cell, 1 / 6, x0 + (c1 + (c2 + c3 / 6) / 6) / 6) &&
      this.isNear(cell, 5 / 6, x0 + ((c1 + ((c2 + (c3 * 5) / 6) * 5) / 6) * 5) / 6);
    this.cubics.set(good ? [x0, c1, c2, c3] : [NaN, NaN, NaN, NaN], cell * 4);
    return x3;
  }

  /** The exact quantile in `cell` at the place `s` from 0 (least probability beyond) to 1. */
  private exact(cell: number, s: number): number {
    const isUpper = cell >= OCTAVES * CELLS;
    const octave = Math.floor(cell / CELLS) % OCTAVES;
    const beyond = (1 + ((cell % CELLS) + s) / CELLS) / (4 << octave);
    return this.solver.solve(isUpper ? 1 - beyond : beyond);
  }

  private isNear(cell: number, s: number, x: number): boolean {
    const exact = this.exact(cell, s);
    return Math.abs(x - exact) <= ACCURACY * Math.abs(exact);
  }
}

/** Whether the derivative c1 + 2 c2 s + 3 c3 s² keeps its sign for s in [0, 1]. */
function isMonotone(c1: number, c2: number, c3: number): boolean {
  const atStart = c1;
  const atEnd = c1 + 2 * c2 + 3 * c3;
  if (atStart * atEnd < 0) return false;
  const turn = -c2 / (3 * c3);
  if (!(turn > 0 && turn < 1)) return true;
  return (c1 + c2 * turn) * (atStart + atEnd) >= 0;
}
