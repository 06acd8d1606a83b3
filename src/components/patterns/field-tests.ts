/**
 * The tests of one field, compiled: whether a value, a list of values, or nothing is what they ask for.
 *
 * As AWS's matcher has it (aws/event-ruler, 2026): values compare by their JSON types; of a list one value is
 * enough; anything-but needs the field to be there. Where a field is tested for addresses, a text that is one
 * is only an address, and where it is tested for numbers, too, no text is.
 */

import { addressOf, isInRange } from './addresses.js';
import { foldedCase, hasFolded } from './letter-case.js';
import type { AddressRange, But, FieldValue, NumberRange, Scalar, Test } from './pattern.js';
import { fitsPieces, wildcardPieces } from './wildcard.js';

/** A test of a text. */
interface TextTest {
  fits(text: string): boolean;
}

function textTestOf(
  kind: 'prefix' | 'suffix' | 'equalsIgnoreCase' | 'wildcard',
  written: string,
  ignoresCase = false,
): TextTest {
  if (kind === 'wildcard') {
    const pieces = wildcardPieces(written) as readonly string[]; // checked when it was read
    return { fits: (text) => fitsPieces(text, pieces) };
  }
  const { length } = written;
  const folded = foldedCase(written);
  if (kind === 'equalsIgnoreCase')
    return { fits: (text) => text.length === length && hasFolded(text, folded, 0) };
  if (kind === 'prefix') {
    if (!ignoresCase) return { fits: (text) => text.startsWith(written) };
    return { fits: (text) => text.length >= length && hasFolded(text, folded, 0) };
  }
  if (!ignoresCase) return { fits: (text) => text.endsWith(written) };
  return {
    fits: (text) => text.length >= length && hasFolded(text, folded, text.length - length),
  };
}

function isInside(value: number, range: NumberRange): boolean {
  if (value < range.low || value > range.high) return false;
  return !(range.isLowOpen && value === range.low) && !(range.isHighOpen && value === range.high);
}

export class FieldTests {
  /** Whether anything at all will do, and whether nothing will. */
  private readonly takesAny: boolean;
  private readonly takesNothing: boolean;
  private readonly exact: readonly Scalar[];
  private readonly texts: readonly TextTest[];
  private readonly ranges: readonly NumberRange[];
  private readonly addresses: readonly AddressRange[];
  private readonly exceptNumbers: readonly (readonly number[])[];
  private readonly exceptTexts: readonly (readonly string[])[];
  private readonly exceptFitting: readonly (readonly TextTest[])[];

  constructor(tests: readonly Test[]) {
    const of = <K extends Test['kind']>(kind: K): (Test & { kind: K })[] =>
      tests.filter((test): test is Test & { kind: K } => test.kind === kind);
    const buts = of('anythingBut').map(({ but }) => but);
    this.takesAny = of('exists').some(({ value }) => value);
    this.takesNothing = of('exists').some(({ value }) => !value);
    this.exact = of('is').map(({ value }) => value);
    this.ranges = of('numeric').map(({ range }) => range);
    this.exceptNumbers = buts.flatMap((but) => (but.kind === 'numbers' ? [but.values] : []));
    this.exceptTexts = buts.flatMap((but) => (but.kind === 'texts' ? [but.values] : []));
    this.exceptFitting = buts.flatMap((but) => fittingOf(but));
    this.texts = [
      ...[...of('prefix'), ...of('suffix')].map((one) =>
        textTestOf(one.kind, one.text, one.ignoresCase),
      ),
      ...of('equalsIgnoreCase').map(({ text }) => textTestOf('equalsIgnoreCase', text)),
      ...of('wildcard').map(({ text }) => textTestOf('wildcard', text)),
    ];
    const readsNumbers =
      this.ranges.length > 0 ||
      this.exceptNumbers.length > 0 ||
      this.exact.some((value) => typeof value === 'number');
    this.addresses = readsNumbers ? [] : of('address').map(({ range }) => range);
  }

  get takesAbsence(): boolean {
    return this.takesNothing;
  }

  /** The value of a field that is no document. */
  match(value: FieldValue): boolean {
    if (typeof value === 'string') return this.text(value);
    if (value === undefined) return this.takesNothing;
    if (typeof value !== 'object' || value === null) return this.one(value);
    for (let i = 0; i < value.length; i++) if (this.one(value[i])) return true;
    return value.length === 0 && this.takesNothing;
  }

  /** One value that is there. */
  one(value: Scalar): boolean {
    if (typeof value === 'string') return this.text(value);
    if (this.takesAny || this.exceptTexts.length > 0 || this.exceptFitting.length > 0) return true;
    if (this.exact.includes(value)) return true;
    return typeof value === 'number' ? this.number(value) : this.exceptNumbers.length > 0;
  }

  private number(value: number): boolean {
    for (const range of this.ranges) if (isInside(value, range)) return true;
    for (const excluded of this.exceptNumbers) if (!excluded.includes(value)) return true;
    return false;
  }

  private text(text: string): boolean {
    const { exact, texts, exceptTexts, exceptFitting } = this;
    if (this.takesAny || this.exceptNumbers.length > 0) return true;
    if (this.addresses.length > 0) {
      const address = addressOf(text);
      if (address !== undefined) return this.address(address);
    }
    for (let i = 0; i < exact.length; i++) if (exact[i] === text) return true;
    for (let i = 0; i < texts.length; i++) if (texts[i].fits(text)) return true;
    for (const excluded of exceptTexts) if (!excluded.includes(text)) return true;
    for (const tests of exceptFitting) if (!tests.some((test) => test.fits(text))) return true;
    return false;
  }

  private address(address: string): boolean {
    if (this.exceptTexts.length > 0 || this.exceptFitting.length > 0) return true;
    return this.addresses.some((range) => isInRange(address, range));
  }
}

function fittingOf(but: But): readonly (readonly TextTest[])[] {
  if (but.kind === 'numbers' || but.kind === 'texts') return [];
  const { kind } = but;
  return [but.values.map((text) => textTestOf(kind, text))];
}
