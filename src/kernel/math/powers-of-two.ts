/**
 * The powers of two, as a table: multiplying by one scales a number exactly, which is faster than
 * rewriting the exponent through a typed-array view of its bits.
 */

const LOWEST = -1022;
const HIGHEST = 1023;

/** `POWERS_OF_TWO[POWER_ZERO + k]` is 2 to the k, for k from -1022 to 1023. Never written to. */
export const POWERS_OF_TWO: Float64Array = powers();

/** The place of 2 to the 0 in `POWERS_OF_TWO`. */
export const POWER_ZERO = -LOWEST;

function powers(): Float64Array {
  const table = new Float64Array(HIGHEST - LOWEST + 1);
  table[-LOWEST] = 1;
  for (let k = 1; k <= HIGHEST; k++) table[k - LOWEST] = table[k - 1 - LOWEST] * 2;
  for (let k = -1; k >= LOWEST; k--) table[k - LOWEST] = table[k + 1 - LOWEST] / 2;
  return table;
}
