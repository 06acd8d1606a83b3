/**
 * Patterns at work: whether a value is what `when` asks for. AWS's pattern language, as far as a step needs
 * it: exact values, exists, prefix, suffix, anything-but, numeric. A field that is absent matches only
 * `exists: false`, as with SNS's filter policies.
 * Source: SNS Developer Guide "Amazon SNS subscription filter policies", 2026.
 */

import type { Condition, WhenSpec } from '../settings/when.js';
import type { World } from '../world.js';

/** A list matches where one of its texts does. */
type Value = string | number | readonly string[] | undefined;

/** Whether one of the conditions holds: those of a field are alternatives, and so are the texts of a list. */
export function matchesAny(conditions: readonly Condition[], value: Value): boolean {
  for (const condition of conditions) if (matches(condition, value)) return true;
  return false;
}

function matches(condition: Condition, value: Value): boolean {
  if (condition.kind === 'exists') return (value !== undefined) === condition.value;
  if (value === undefined) return false;
  if (typeof value === 'string' || typeof value === 'number') return isMet(condition, value);
  return value.some((one) => isMet(condition, one));
}

function isMet(condition: Condition, value: string | number): boolean {
  switch (condition.kind) {
    case 'is':
      return value === condition.value;
    case 'anythingBut':
      return !condition.values.includes(value);
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.value);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(condition.value);
    case 'exists':
      return condition.value;
    case 'numeric':
      return typeof value === 'number' && condition.bounds.every((bound) => holds(bound, value));
  }
}

function holds({ operator, value }: NumericBound, number: number): boolean {
  switch (operator) {
    case '=':
      return number === value;
    case '<':
      return number < value;
    case '<=':
      return number <= value;
    case '>':
      return number > value;
    case '>=':
      return number >= value;
  }
}

type NumericBound = (Condition & { readonly kind: 'numeric' })['bounds'][number];

/** One field of a pattern, asked of a message. */
interface FieldTest {
  matches(source: number, mark0: number, mark1: number, sender: number): boolean;
}

/** Who sent the message, by name; each answer is found once. */
class SourceTest implements FieldTest {
  /** By resource: 0 not asked yet, 1 no, 2 yes. */
  private readonly answers: Uint8Array;

  constructor(
    private readonly names: readonly string[],
    private readonly conditions: readonly Condition[],
  ) {
    this.answers = new Uint8Array(names.length);
  }

  matches(_source: number, _mark0: number, _mark1: number, sender: number): boolean {
    if (this.answers[sender] === 0)
      this.answers[sender] = matchesAny(this.conditions, this.names[sender]) ? 2 : 1;
    return this.answers[sender] === 2;
  }
}

/** The key of the message. Names become labels when they are first needed: ranges are set up by then. */
class KeyTest implements FieldTest {
  private labels: readonly number[] | null = null;
  private readonly isExact: boolean;

  constructor(
    private readonly world: World,
    private readonly conditions: readonly Condition[],
  ) {
    this.isExact = conditions.every(({ kind }) => kind === 'is');
  }

  matches(source: number, mark0: number, mark1: number): boolean {
    const { world } = this;
    const make = world.makes.of(source);
    if (make === undefined) return matchesAny(this.conditions, undefined);
    const key = make.key(mark0, mark1);
    if (!this.isExact) return matchesAny(this.conditions, world.labels.textOf(key));
    this.labels ??= this.conditions.map((condition) => {
      return world.labels.of(String(condition.kind === 'is' ? condition.value : ''));
    });
    return this.labels.includes(key);
  }
}

/** A message attribute. */
class AttributeTest implements FieldTest {
  constructor(
    private readonly world: World,
    private readonly name: string,
    private readonly conditions: readonly Condition[],
  ) {}

  matches(source: number, mark0: number, mark1: number): boolean {
    const value = this.world.makes.of(source)?.attribute(this.name, mark0, mark1);
    return matchesAny(this.conditions, value);
  }
}

/** `when` of a step: all of its fields must match. */
export class When {
  private readonly tests: readonly FieldTest[];

  constructor(world: World, spec: WhenSpec) {
    this.tests = spec.map(({ field, conditions }) => {
      if (field === 'source') return new SourceTest(world.names, conditions);
      if (field === 'key') return new KeyTest(world, conditions);
      return new AttributeTest(world, field, conditions);
    });
  }

  /** `source` and the marks: what it is about (lineage.ts); `sender`: who sent it. */
  matches(source: number, mark0: number, mark1: number, sender = source): boolean {
    for (let i = 0; i < this.tests.length; i++)
      if (!this.tests[i].matches(source, mark0, mark1, sender)) return false;
    return true;
  }
}
