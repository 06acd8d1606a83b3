/** The logarithm of the gamma function, by Stirling's series. */
import { ln } from './ln.js';

const HALF_LN_TWO_PI = 0.918938533204672741780329736406;
const SERIES_FROM = 12;

/** ln Γ(`x`) for x > 0; absolute error about 1e-15 times max(1, |result|, x). */
export function lnGamma(x: number): number {
  // Stirling's series is good for large x only: Γ(x) = Γ(x + n) / (x (x + 1) ... (x + n - 1)).
  let product = 1;
  let z = x;
  for (; z < SERIES_FROM; z++) product *= z;
  return (z - 0.5) * ln(z) - z + HALF_LN_TWO_PI + stirlingRest(z) - ln(product);
}

/** What Stirling's formula lacks: 1/(12 z) - 1/(360 z³) + ... (Abramowitz and Stegun, 6.1.41). */
export function stirlingRest(z: number): number {
  const w = 1 / (z * z);
  const inner = 1 / 1188 - w * (691 / 360360 - w * (1 / 156 - w * (3617 / 122400)));
  return (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * inner)))) / z;
}
