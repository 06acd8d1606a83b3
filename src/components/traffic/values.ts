/**
 * Values drawn from marks: keys, attributes, ids. The same mark gives the same value whenever it is asked for;
 * nothing is kept per message.
 */

import type { Distribution } from '../../kernel/distributions/distribution.js';
import { distribution } from '../../kernel/distributions/distribution.js';
import type { MarkKey } from '../../kernel/random/marks.js';
import type { Labels } from '../labels.js';
import type { Scalar } from '../patterns/pattern.js';
import type { BodyValueSpec } from '../settings/body.js';
import type { Option, ValueSpec } from '../settings/value.js';
import { ZipfRanks } from './zipf.js';

/** A value of a message, as a label and as what patterns look at. */
export interface DrawnValue {
  label(mark0: number, mark1: number): number;
  value(mark0: number, mark1: number): Scalar | readonly Scalar[];
}

/** Names that numbers stand for when they serve as a key or an id: whole, from 0. */
const NUMBERS = 0x4000_0000;

/** While building, before any label is asked for: names that this value can be. */
export function declareNames(labels: Labels, spec: BodyValueSpec): void {
  if (spec.kind === 'names') labels.range(spec.prefix, spec.of);
  else if (spec.kind === 'number') labels.range('', NUMBERS);
}

/** Tells messages apart: the key of birth marks can. */
interface Ordinals {
  ordinalOf(mark0: number, mark1: number): number;
}

/** What draws need: labels, the key of the draw, and the key of birth marks with a name for what is unique. */
export interface DrawContext {
  readonly labels: Labels;
  readonly key: MarkKey;
  readonly birth: Ordinals;
  readonly name: string;
}

export function drawnValue(context: DrawContext, spec: BodyValueSpec): DrawnValue {
  const { labels } = context;
  switch (spec.kind) {
    case 'constant':
      return new Fixed(labels.of(String(spec.value)), spec.value);
    case 'texts':
      return new Fixed(labels.of(spec.texts.join()), spec.texts);
    case 'flag':
      return new Fixed(labels.of(String(spec.value)), spec.value);
    case 'list':
      return new Fixed(labels.of(spec.items.join()), spec.items);
    case 'unique':
      return new Unique(labels, labels.seriesOf(context.name), context.birth);
    case 'oneOf':
      return new OneOf(context, spec.options);
    case 'names':
      return new Names(context, spec);
    case 'number':
      return new Numbers(context, distribution(spec.of));
  }
}

class Fixed implements DrawnValue {
  constructor(
    private readonly fixedLabel: number,
    private readonly fixed: Scalar | readonly Scalar[],
  ) {}

  label(): number {
    return this.fixedLabel;
  }

  value(): Scalar | readonly Scalar[] {
    return this.fixed;
  }
}

/** Each message has its own: its ordinal, which its mark tells. */
class Unique implements DrawnValue {
  constructor(
    private readonly labels: Labels,
    private readonly first: number,
    private readonly birth: Ordinals,
  ) {}

  label(mark0: number, mark1: number): number {
    return this.first + this.birth.ordinalOf(mark0, mark1);
  }

  value(mark0: number, mark1: number): string {
    return this.labels.textOf(this.label(mark0, mark1));
  }
}

/** Shares, cumulated; what rounding leaves goes to the last. */
class Shares {
  private readonly ends: Float64Array;

  constructor(shares: readonly number[]) {
    let sum = 0;
    this.ends = Float64Array.from(shares, (share) => (sum += share));
  }

  /** All shares together. */
  get total(): number {
    return this.ends.length === 0 ? 0 : this.ends[this.ends.length - 1];
  }

  /** Which share `u` falls into. */
  place(u: number): number {
    const last = this.ends.length - 1;
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] > u) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

class OneOf implements DrawnValue {
  private readonly values: readonly Scalar[];
  private readonly labelsOf: readonly number[];
  private readonly shares: Shares;
  private readonly key: MarkKey;

  constructor({ labels, key }: DrawContext, options: readonly Option[]) {
    this.values = options.map(({ value, is }) => is ?? value);
    this.labelsOf = options.map(({ value }) => labels.of(value));
    this.shares = new Shares(options.map(({ share }) => share));
    this.key = key;
  }

  label(mark0: number, mark1: number): number {
    return this.labelsOf[this.shares.place(this.key.u53(mark0, mark1, 0))];
  }

  value(mark0: number, mark1: number): Scalar {
    return this.values[this.shares.place(this.key.u53(mark0, mark1, 0))];
  }
}

/** One of many names; `hot` ones take their share first, from the lower end of the uniform. */
class Names implements DrawnValue {
  private readonly first: number;
  private readonly of: number;
  private readonly zipf: ZipfRanks | null;
  private readonly hotLabels: readonly number[];
  private readonly hot: Shares;
  private readonly hotTotal: number;
  private readonly labels: Labels;
  private readonly key: MarkKey;

  constructor({ labels, key }: DrawContext, spec: ValueSpec & { readonly kind: 'names' }) {
    this.labels = labels;
    this.key = key;
    this.of = spec.of;
    this.first = labels.range(spec.prefix, spec.of);
    this.zipf = spec.zipf === 0 || spec.of === 1 ? null : new ZipfRanks(spec.of, spec.zipf);
    this.hotLabels = spec.hot.map(({ name }) => labels.of(name));
    this.hot = new Shares(spec.hot.map(({ share }) => share));
    this.hotTotal = this.hot.total;
  }

  label(mark0: number, mark1: number): number {
    let u = this.key.u53(mark0, mark1, 0);
    if (this.hotTotal > 0) {
      if (u < this.hotTotal) return this.hotLabels[this.hot.place(u)];
      u = (u - this.hotTotal) / (1 - this.hotTotal);
    }
    const place = this.zipf === null ? Math.floor(u * this.of) : this.zipf.rank(u) - 1;
    return this.first + Math.min(place, this.of - 1);
  }

  value(mark0: number, mark1: number): string {
    return this.labels.textOf(this.label(mark0, mark1));
  }
}

class Numbers implements DrawnValue {
  private readonly first: number;
  private readonly key: MarkKey;

  constructor(
    { labels, key }: DrawContext,
    private readonly of: Distribution,
  ) {
    this.key = key;
    this.first = labels.range('', NUMBERS);
  }

  label(mark0: number, mark1: number): number {
    const whole = Math.round(this.value(mark0, mark1));
    return this.first + Math.min(NUMBERS - 1, Math.max(0, whole));
  }

  value(mark0: number, mark1: number): number {
    return this.of.quantile(this.key.u53(mark0, mark1, 0));
  }
}
