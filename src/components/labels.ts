/**
 * Labels: message groups, deduplication ids and keys as numbers. A text has the same number wherever it is
 * said, numbered names (`shop-0`, `shop-1`, …) have theirs without a text for each being kept, and a fresh
 * label is one that nothing else has.
 *
 * Texts count from 0 up, in the order in which they were first said; ranges lie above, fresh labels above
 * those, and series, whose labels are numbered by whoever asked for one, last. All are exact in a double.
 */

import { check } from '../kernel/check.js';

const RANGES_FROM = 0x100_0000_0000;
const FRESH_FROM = 0x4_0000_0000_0000;
const SERIES_FROM = 0x8_0000_0000_0000;
/** Numbers of a series. */
const SERIES_SPAN = 0x100_0000_0000;
const SERIES_MAX = (0x20_0000_0000_0000 - SERIES_FROM) / SERIES_SPAN;

/** `prefix` followed by a number below `of`. */
interface Range {
  readonly prefix: string;
  of: number;
  readonly from: number;
}

/** A range never grows beyond what settings allow (a thousand million names). */
const RANGE_SPAN = 0x4000_0000;
const NUMBERED = /^(.*?)(0|[1-9]\d{0,8})$/s;

export class Labels {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly ranges: Range[] = [];
  private readonly series: string[] = [];
  private made = 0;

  /** The label of a text. */
  of(text: string): number {
    const numbered = this.inRange(text);
    if (numbered !== undefined) return numbered;
    let label = this.numbers.get(text);
    if (label === undefined) {
      label = this.texts.push(text) - 1;
      this.numbers.set(text, label);
    }
    return label;
  }

  /**
   * While building, before any text is said: the names `prefix0` to `prefix(of - 1)`. Returns the label of
   * the first; the others follow.
   */
  range(prefix: string, of: number): number {
    check(of >= 1 && of <= RANGE_SPAN, 'a range has 1 to 2^30 names');
    let range = this.ranges.find((one) => one.prefix === prefix);
    if (range === undefined) {
      range = { prefix, of, from: RANGES_FROM + this.ranges.length * RANGE_SPAN };
      this.ranges.push(range);
    }
    range.of = Math.max(range.of, of);
    return range.from;
  }

  /**
   * 2^40 labels that nothing else has, for whoever tells what it labels apart by a number. Returns the first;
   * `name` is for people.
   */
  seriesOf(name: string): number {
    check(this.series.length < SERIES_MAX, 'at most 6,144 series of labels');
    return SERIES_FROM + (this.series.push(name) - 1) * SERIES_SPAN;
  }

  /** A label of its own. */
  fresh(): number {
    return FRESH_FROM + this.made++;
  }

  /** What was said, for people; fresh labels are `#0`, `#1`, …, those of a series `name#0`, … */
  textOf(label: number): string {
    if (label >= SERIES_FROM) {
      const place = label - SERIES_FROM;
      return `${this.series[Math.floor(place / SERIES_SPAN)]}#${place % SERIES_SPAN}`;
    }
    if (label >= FRESH_FROM) return `#${label - FRESH_FROM}`;
    if (label < RANGES_FROM) return this.texts[label];
    const range = this.ranges[Math.floor((label - RANGES_FROM) / RANGE_SPAN)];
    return `${range.prefix}${label - range.from}`;
  }

  private inRange(text: string): number | undefined {
    if (this.ranges.length === 0) return undefined;
    const match = NUMBERED.exec(text);
    if (match === null) return undefined;
    const n = Number(match[2]);
    const range = this.ranges.find((one) => one.prefix === match[1] && n < one.of);
    return range === undefined ? undefined : range.from + n;
  }
}
