import { SECOND } from '../../../src/kernel/time.js';

const DRAWS = 8192;

/** Exponential delays with mean 1 s in µs, drawn beforehand, so that a row shows the queue and not the sampling. */
export class Draws {
  private readonly table = new Int32Array(DRAWS);
  private i = 0;

  constructor(seed: number) {
    let state = seed | 0;
    for (let i = 0; i < DRAWS; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const uniform = ((state >>> 0) + 0.5) / 2 ** 32;
      this.table[i] = Math.round(-Math.log(uniform) * SECOND);
    }
  }

  next(): number {
    this.i = (this.i + 1) & (DRAWS - 1);
    return this.table[this.i];
  }
}
