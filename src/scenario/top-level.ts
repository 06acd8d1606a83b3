/** The top level of a scenario: which keys it has, and the values that stand there alone. */

import type { z } from 'zod';
import { block } from '../components/settings/block.js';
import { isMap, show } from '../components/settings/problem.js';
import type { Examiner } from './examine.js';
import { head, headFields } from './frame.js';
import { SCENARIO_WORDS } from './not-modelled.js';

type Plain = Readonly<Record<string, unknown>>;

/** The values of the top level; undefined is what was refused. */
export type Head = {
  -readonly [K in keyof typeof head]: z.output<(typeof head)[K]> | undefined;
};

/** Refuses unknown and missing keys. */
export function checkTopKeys(examiner: Examiner, plain: Plain): void {
  const schema = block({ name: 'scenario' }, { ...head, ...headFields });
  examiner.keys(schema, plain, [], { notModelled: [], words: SCENARIO_WORDS, noEffect: {} });
  for (const key of ['traffic', 'resources']) {
    if (!Object.hasOwn(plain, key)) {
      const nothing =
        key === 'traffic' ? 'traffic: {} for an idle system' : 'a map of names to resources';
      examiner.missing([], key, nothing);
    } else if (!isMap(plain[key])) {
      examiner.refuse([], {
        code: 'wrong-kind',
        found: show(plain[key]),
        allowed: 'a map by name',
        path: [key],
      });
    }
  }
}

/** Reads every value on its own, so that one mistake does not hide another. */
export function readHead(examiner: Examiner, plain: Plain): Head {
  const read = <K extends keyof typeof head>(key: K): z.output<(typeof head)[K]> | undefined => {
    return examiner.read(head[key] as z.ZodType, plain[key], [key]) as
      | z.output<(typeof head)[K]>
      | undefined;
  };
  return {
    name: read('name'),
    description: read('description'),
    seed: read('seed'),
    profile: read('profile'),
    region: read('region'),
    start: read('start'),
    duration: read('duration'),
    drain: read('drain'),
    warmUp: read('warmUp'),
    cost: read('cost'),
  };
}

/** The items of a top-level list; none when it is no list, which is reported. */
export function listAt(
  examiner: Examiner,
  plain: Readonly<Record<string, unknown>>,
  key: string,
): readonly unknown[] {
  const list = plain[key];
  if (list === undefined || Array.isArray(list)) return (list ?? []) as readonly unknown[];
  examiner.refuse([], { code: 'wrong-kind', found: show(list), allowed: 'a list', path: [key] });
  return [];
}
