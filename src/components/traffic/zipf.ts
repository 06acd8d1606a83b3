/**
 * Ranks by Zipf's law: rank k of n has a probability proportional to k^-s.
 *
 * By inversion, one uniform per draw and monotone in it, so that draws may come from marks. The first ranks lie
 * in a table of cumulated weights; sums beyond it are the Euler-Maclaurin formula (NIST Digital Library of
 * Mathematical Functions, §2.10(i)), whose error there is below that of doubles. The rank is guessed by
 * inverting the integral, as in W. Hörmann and G. Derflinger, "Rejection-inversion to generate variates from
 * monotone discrete distributions", ACM TOMACS 6, 1996, and then set right by the sums instead of by rejection.
 */

import { check } from '../../kernel/check.js';
import { exp } from '../../kernel/math/exp.js';
import { ln } from '../../kernel/math/ln.js';
import { pow } from '../../kernel/math/pow.js';

/** Ranks in the table: from here on the formula is exact. */
const HEAD = 1024;
/** Below this, (e^x - 1) / x and ln(1 + x) / x are taken by their series. */
const SMALL = 1e-3;

export class ZipfRanks {
  /** Sums of the weights of the ranks 1, 1..2, 1..3, … */
  private readonly sums: Float64Array;
  private readonly headSum: number;
  /** The sum of all weights. */
  private readonly total: number;
  /** 1 - s. */
  private readonly q: number;

  /** `of` ranks (1 to 2^30), exponent `s` (0 to 10). */
  constructor(
    readonly of: number,
    readonly s: number,
  ) {
    check(of >= 1 && s >= 0 && s <= 10, 'Zipf: 1 or more ranks, an exponent in 0..10');
    this.q = 1 - s;
    this.sums = new Float64Array(Math.min(HEAD, of));
    let sum = 0;
    for (let i = 0; i < this.sums.length; i++) this.sums[i] = sum += pow(i + 1, -s);
    this.headSum = sum;
    this.total = sum + (of > HEAD ? this.beyondHead(of) : 0);
  }

  /** The rank, from 1, that `u` in [0, 1) falls on. */
  rank(u: number): number {
    const target = u * this.total;
    return target < this.headSum ? this.inHead(target) : this.inTail(target - this.headSum);
  }

  /** The probability of a rank. */
  probability(rank: number): number {
    return pow(rank, -this.s) / this.total;
  }

  /** The first rank whose sum exceeds `target`. */
  private inHead(target: number): number {
    const { sums } = this;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low + 1;
  }

  private inTail(target: number): number {
    const { of } = this;
    if (of <= HEAD) return of; // rounding at the very end
    let rank = Math.min(of, Math.max(HEAD + 1, Math.ceil(this.guess(target))));
    while (rank < of && this.beyondHead(rank) <= target) rank++;
    while (rank > HEAD + 1 && this.beyondHead(rank - 1) > target) rank--;
    return rank;
  }

  /** Where the integral of the weight from behind the head comes to `target`, less a half. */
  private guess(target: number): number {
    const from = HEAD + 0.5;
    const share = target / pow(from, this.q);
    const x = this.q * share;
    const exponent =
      Math.abs(x) < SMALL
        ? share * (1 - x / 2 + (x * x) / 3 - (x * x * x) / 4)
        : ln(1 + x) / this.q;
    return from * exp(exponent) - 0.5;
  }

  /** The sum of the weights of the ranks HEAD + 1 to `to`. */
  private beyondHead(to: number): number {
    const { s, q } = this;
    const first = pow(HEAD, -s);
    const last = pow(to, -s);
    const integral = HEAD * first * powered(q, ln(to / HEAD));
    const ends = (last - first) / 2;
    const slopes = (s * (first / HEAD - last / to)) / 12;
    const third =
      (s * (s + 1) * (s + 2) * (first / (HEAD * HEAD * HEAD) - last / (to * to * to))) / 720;
    return integral + ends + slopes - third;
  }
}

/** (e^(q·x) - 1) / q, also for a q at or near 0. */
function powered(q: number, x: number): number {
  const y = q * x;
  if (Math.abs(y) >= SMALL) return (exp(y) - 1) / q;
  return x * (1 + (y / 2) * (1 + (y / 3) * (1 + (y / 4) * (1 + y / 5))));
}
