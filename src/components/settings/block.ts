/**
 * Blocks of settings: maps with known keys. A block knows its own name, so that an unknown key can be
 * told apart from one that AWS has and Wavetank does not model, or that has another name here.
 */

import { z } from 'zod';

export interface BlockNotes {
  /** What the block is called in the tables of the scenario layer: `traffic`, `sqs.queue`, `step`. */
  readonly name: string;
  readonly doc?: string;
  /** Keys that AWS or the scenario language has and this release refuses → the page that says so. */
  readonly notModelled?: Readonly<Record<string, string>>;
  /** Keys that AWS has and no simulation can feel → why. */
  readonly noEffect?: Readonly<Record<string, string>>;
  /** Other words for our keys → ours. */
  readonly words?: Readonly<Record<string, string>>;
  /** Keys that belong to another place of the scenario → what they are: `a fault: it stands under faults`. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** Groups of alternatives: exactly one key of each must stand here. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Groups of which at most one key may stand here. */
  readonly atMostOne?: readonly (readonly string[])[];
}

/** A map with exactly these keys. */
export function block<const S extends z.ZodRawShape>(notes: BlockNotes, shape: S) {
  const required = (notes.exactlyOne ?? []).map((keys) => ({
    oneOf: keys.map((key) => ({ required: [key] })),
  }));
  const meta: Record<string, unknown> = { 'x-block': notes };
  if (notes.doc !== undefined) meta['description'] = notes.doc;
  if (required.length > 0) meta['allOf'] = required;
  return z.strictObject(shape).meta(meta);
}

/** A map whose keys are names that the author gives. */
export function mapByName<S extends z.ZodType>(value: S, doc?: string) {
  const schema = z.record(z.string(), value);
  return doc === undefined ? schema : schema.meta({ description: doc });
}
