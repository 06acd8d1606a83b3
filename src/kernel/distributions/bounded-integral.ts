/** The integral of a quantile function between bounds, by Simpson's rule with bisection. */

const PANELS = 32;
const ACCURACY = 1e-10;
/** A jump of the quantile function is followed this many halvings deep. */
const DEPTH_MAX = 44;

/** Integrates what `quantile` gives, clamped to [`min`, `max`]. */
export class BoundedIntegral {
  private readonly inner: { quantile(u: number): number };
  private readonly min: number;
  private readonly max: number;

  constructor(inner: { quantile(u: number): number }, min: number, max: number) {
    this.inner = inner;
    this.min = min;
    this.max = max;
  }

  /** The integral from `from` to `to`; relative error below 1e-8 for a quantile function. */
  between(from: number, to: number): number {
    if (!(to > from)) return 0;
    const width = (to - from) / PANELS;
    let scale = 0;
    for (let i = 0; i <= PANELS; i++) scale += Math.abs(this.at(from + i * width)) * width;
    let sum = 0;
    for (let i = 0; i < PANELS; i++) {
      sum += this.panel(from + i * width, from + (i + 1) * width, ACCURACY * scale, 0);
    }
    return sum;
  }

  private at(u: number): number {
    const x = this.inner.quantile(u);
    return x < this.min ? this.min : x > this.max ? this.max : x;
  }

  /** One panel; halved, with half the tolerance for each, while its halves disagree with it. */
  private panel(from: number, to: number, tolerance: number, depth: number): number {
    const width = to - from;
    const middle = from + width * 0.5;
    const first = this.at(from);
    const centre = this.at(middle);
    const last = this.at(to);
    const whole = ((first + 4 * centre + last) * width) / 6;
    const inner = this.at(from + width * 0.25) * 4 + this.at(from + width * 0.75) * 4;
    const halves = ((first + inner + 2 * centre + last) * width) / 12;
    if (depth >= DEPTH_MAX || Math.abs(halves - whole) <= tolerance) return halves;
    const half = tolerance * 0.5;
    return this.panel(from, middle, half, depth + 1) + this.panel(middle, to, half, depth + 1);
  }
}
