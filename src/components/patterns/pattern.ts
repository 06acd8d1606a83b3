/**
 * A pattern, checked and taken apart: plain data that the matcher is compiled from. A pattern is a list of
 * alternatives (one, but for `$or`); all fields of an alternative must match, and of the tests of a field one.
 */

import type { FlavourName } from './flavour.js';

/** What stands at a leaf of a JSON document. */
export type Scalar = string | number | boolean | null;

/** A list is of its values; undefined: the field is not there. An empty list is not there either. */
export type FieldValue = Scalar | readonly Scalar[] | undefined;

/** One entry of the list that a field must be in. */
export type Test =
  | { readonly kind: 'is'; readonly value: Scalar }
  | { readonly kind: 'exists'; readonly value: boolean }
  | {
      readonly kind: 'prefix' | 'suffix';
      readonly text: string;
      readonly ignoresCase: boolean;
    }
  | { readonly kind: 'equalsIgnoreCase'; readonly text: string }
  | { readonly kind: 'wildcard'; readonly text: string }
  | { readonly kind: 'numeric'; readonly range: NumberRange }
  | { readonly kind: 'address'; readonly range: AddressRange }
  | { readonly kind: 'anythingBut'; readonly but: But };

/** From `low` to `high`; an open end is not part of it. */
export interface NumberRange {
  readonly low: number;
  readonly isLowOpen: boolean;
  readonly high: number;
  readonly isHighOpen: boolean;
}

/** IP addresses as upper-case hexadecimal digits: 8 of version 4, 32 of version 6; both ends are part of it. */
export interface AddressRange {
  readonly low: string;
  readonly high: string;
}

/** What anything-but excludes. */
export type But =
  | { readonly kind: 'texts'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly number[] }
  | {
      readonly kind: 'prefix' | 'suffix' | 'equalsIgnoreCase' | 'wildcard';
      readonly values: readonly string[];
    };

/** A field by its path: names joined by dots, so that `a.b` is also `{ a: { b } }`, as AWS has it. */
export interface FieldSpec {
  readonly path: string;
  readonly tests: readonly Test[];
}

/** Fields in the order of their paths, by UTF-16 code units. */
export type Alternative = readonly FieldSpec[];

export interface PatternSpec {
  readonly flavour: FlavourName;
  readonly alternatives: readonly Alternative[];
}
