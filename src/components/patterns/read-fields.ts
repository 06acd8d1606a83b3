/**
 * The structure of a pattern: names, nesting, `$or`. Fields are named by their whole paths, and a path that is
 * said twice counts as it is said last. Each `$or` multiplies the alternatives that were there before it.
 */

import type { Refuse } from '../settings/problem.js';
import { below, isMap, show } from '../settings/problem.js';
import type { Flavour } from './flavour.js';
import type { Alternative, Test } from './pattern.js';
import { readTest } from './read-test.js';
import { refuseAs } from './refusal.js';

type Fields = ReadonlyMap<string, readonly Test[]>;
type Written = Readonly<Record<string, unknown>>;

/** Names that no field inside `$or` may have: operators, and what AWS keeps for later (aws/event-ruler, 2026). */
const RESERVED_IN_OR = (
  'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex ' +
  'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
  'ip-address-in-range ip-address-not-in-range'
).split(' ');

interface Place {
  /** The names above, each with a dot. */
  readonly prefix: string;
  readonly refuse: Refuse;
  readonly isInOr: boolean;
}

export class FieldReader {
  /** `knowsOr` false: `$or` is a name as any other. */
  constructor(
    private readonly flavour: Flavour,
    private readonly knowsOr: boolean,
  ) {}

  read(written: Written, refuse: Refuse): readonly Alternative[] {
    const place = { prefix: '', refuse, isInOr: false };
    return this.object(written, place, [new Map()]).map((fields) =>
      [...fields]
        .map(([path, tests]) => ({ path, tests }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  }

  private object(written: Written, place: Place, before: readonly Fields[]): readonly Fields[] {
    const { refuse, prefix, isInOr } = place;
    let fields = before;
    const entries = Object.entries(written);
    if (entries.length === 0) refuseAs(this.flavour, refuse, 'Empty objects are not allowed');
    for (const [name, value] of entries) {
      const at = below(refuse, name);
      if (name === '$or' && this.knowsOr)
        fields = this.either(value, { ...place, refuse: at }, fields);
      else if (isInOr && RESERVED_IN_OR.includes(name))
        refuseAs(
          this.flavour,
          at,
          `${name} is Ruler reserved fieldName which cannot be used inside $or.`,
        );
      else if (isMap(value)) {
        if (!this.flavour.nests)
          refuseAs(
            this.flavour,
            at,
            'Filter policy scope MessageAttributes does not support nested filter policy',
            { found: name, allowed: 'a list of values, or filterPolicyScope: MessageBody' },
          );
        const inside = { refuse: at, prefix: `${prefix}${name}.`, isInOr };
        fields = this.object(value, inside, fields);
      } else {
        const tests = this.list(name, value, at);
        fields = fields.map((one) => new Map([...one, [prefix + name, tests]]));
      }
    }
    return fields;
  }

  private list(name: string, value: unknown, refuse: Refuse): readonly Test[] {
    if (!Array.isArray(value)) {
      refuseAs(this.flavour, refuse, `"${name}" must be an object or an array`, {
        found: show(value),
        allowed: 'a list of values',
        nearest: `[${show(value)}]`,
      });
      return [];
    }
    const items: readonly unknown[] = value;
    if (items.length === 0)
      refuseAs(this.flavour, refuse, 'Empty arrays are not allowed', {
        found: 'an empty list',
        allowed: 'a list of values',
      });
    return items.flatMap((item, i) => readTest(item, this.flavour, below(refuse, i)) ?? []);
  }

  /** Each branch goes on from what was there before. */
  private either(value: unknown, place: Place, before: readonly Fields[]): readonly Fields[] {
    const { flavour } = this;
    const { refuse } = place;
    const wrong = (message: string): readonly Fields[] => {
      refuseAs(flavour, refuse, message, { allowed: 'a list of two or more patterns' });
      return before;
    };
    if (!Array.isArray(value)) return wrong('It must be an Array followed with $or.');
    const branches: readonly unknown[] = value;
    const after: Fields[] = [];
    for (const [i, branch] of branches.entries()) {
      if (!isMap(branch)) return wrong('Only JSON object is allowed in array of $or relationship.');
      const inside = { ...place, refuse: below(refuse, i), isInOr: true };
      after.push(...this.object(branch, inside, before));
      if (after.length > flavour.alternativesMax)
        return wrong(`$or makes more than ${flavour.alternativesMax} combinations`);
    }
    return branches.length < 2
      ? wrong('There must have at least 2 Objects in $or relationship.')
      : after;
  }
}
