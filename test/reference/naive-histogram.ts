// Keeps every value: what the histogram approximates.

export class NaiveHistogram {
  private readonly values: number[] = [];

  record(value: number, weight = 1): void {
    for (let i = 0; i < weight; i++) this.values.push(value);
  }

  /** By nearest rank: the value of rank ceil(percent · count / 100), in whole numbers throughout. */
  percentile(percent: number): number {
    const sorted = Float64Array.from(this.values).sort();
    const rank = Math.max(1, Math.floor((percent * sorted.length + 99) / 100));
    return sorted[rank - 1];
  }
}
