/**
 * A JSON document against a pattern, as AWS's matcher does it (aws/event-ruler, 2026): the document is flattened
 * to paths; fields are taken in the order of their paths, and values that lie in an array must lie in the same
 * element of it as those that were taken before (array consistency). A field counts as absent when no value at
 * its path would be consistent with them.
 */

import { isMap } from '../settings/problem.js';
import type { FieldTests } from './field-tests.js';
import type { FieldValue, Scalar } from './pattern.js';

/** Which element of which array, for each array around a value. */
type Elements = ReadonlyMap<number, number>;

interface Leaf {
  readonly value: Scalar;
  readonly elements: Elements;
}

const NOWHERE: Elements = new Map();

/** The values of a document by their paths. */
export class Leaves {
  private readonly byPath = new Map<string, Leaf[]>();
  private arrays = 0;

  /** Values of a JSON object; `prefix` stands in front of its paths. */
  addObject(object: Readonly<Record<string, unknown>>, prefix = ''): this {
    this.object(object, prefix, NOWHERE);
    return this;
  }

  /** A field that lies in no array of maps. */
  addField(path: string, value: FieldValue): this {
    if (value === undefined) return this;
    const list: readonly Scalar[] = typeof value === 'object' && value !== null ? value : [value];
    for (const one of list) this.add(path, one, NOWHERE);
    return this;
  }

  at(path: string): readonly Leaf[] {
    return this.byPath.get(path) ?? [];
  }

  private object(
    object: Readonly<Record<string, unknown>>,
    prefix: string,
    elements: Elements,
  ): void {
    for (const [name, value] of Object.entries(object)) this.value(prefix + name, value, elements);
  }

  private value(path: string, value: unknown, elements: Elements): void {
    if (Array.isArray(value)) this.array(path, value, elements);
    else if (isMap(value)) this.object(value, `${path}.`, elements);
    else this.add(path, value as Scalar, elements);
  }

  private array(path: string, items: readonly unknown[], elements: Elements): void {
    const array = this.arrays++;
    for (const [place, item] of items.entries()) {
      const inside = new Map([...elements, [array, place]]);
      if (Array.isArray(item)) this.array(path, item, inside);
      else if (isMap(item)) this.object(item, `${path}.`, inside);
      // A value itself lies in the arrays around this one only: two values of a list may go together.
      else this.add(path, item as Scalar, elements);
    }
  }

  private add(path: string, value: Scalar, elements: Elements): void {
    const leaves = this.byPath.get(path);
    if (leaves === undefined) this.byPath.set(path, [{ value, elements }]);
    else leaves.push({ value, elements });
  }
}

/** A field of an alternative, compiled. */
export interface CompiledField {
  readonly path: string;
  readonly tests: FieldTests;
}

/** Whether all fields match, in elements that go together. */
export function leavesMatch(fields: readonly CompiledField[], leaves: Leaves): boolean {
  return matchesFrom(0, NOWHERE);

  function matchesFrom(place: number, taken: Elements): boolean {
    if (place === fields.length) return true;
    const { path, tests } = fields[place];
    let isThere = false;
    for (const { value, elements } of leaves.at(path)) {
      const together = joined(taken, elements);
      if (together === null) continue;
      isThere = true;
      if (tests.one(value) && matchesFrom(place + 1, together)) return true;
    }
    return !isThere && tests.takesAbsence && matchesFrom(place + 1, taken);
  }
}

/** null: they lie in different elements of one array. */
function joined(taken: Elements, more: Elements): Elements | null {
  if (more.size === 0) return taken;
  for (const [array, place] of more) {
    const other = taken.get(array);
    if (other !== undefined && other !== place) return null;
  }
  return taken.size === 0 ? more : new Map([...taken, ...more]);
}
