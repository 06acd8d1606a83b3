/**
 * Settings that are AWS's patterns: `filterPolicy` with its `filterPolicyScope`, and `eventPattern`.
 */

import type { PatternSpec } from '../patterns/pattern.js';
import { readPattern } from '../patterns/read.js';
import type { Read, Refuse } from './problem.js';
import { below, isMap, show } from './problem.js';
import type { Docs } from './setting.js';
import { setting } from './setting.js';
import { choice } from './words.js';

/** A filter policy as it is written; what it may say depends on its scope, so `filterOf` reads it. */
export type WrittenPolicy = Readonly<Record<string, unknown>>;

const readMap: Read<WrittenPolicy> = (written, refuse) => {
  if (isMap(written)) return written;
  const allowed = 'a pattern such as { kind: [placed] }';
  return refuse({ code: 'wrong-kind', found: show(written), allowed });
};

/** The two keys of a subscription. The block that holds them makes the checked form with `filterOf`. */
export const filterFields = {
  filterPolicy: setting(
    readMap,
    { type: 'object' },
    { doc: 'Which messages it gets: a pattern over attributes or the body. Default: all.' },
  ).optional(),
  filterPolicyScope: choice(['MessageAttributes', 'MessageBody'], {
    default: 'MessageAttributes',
    awsError: 'InvalidParameter',
    doc: 'What the filter policy looks at.',
  }),
} as const;

export interface WrittenFilter {
  readonly filterPolicy?: WrittenPolicy | undefined;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
}

/** The filter of a subscription; null: it gets everything. Findings stand below `filterPolicy`. */
export function filterOf(written: WrittenFilter, refuse: Refuse): PatternSpec | null {
  const { filterPolicy, filterPolicyScope } = written;
  if (filterPolicy === undefined) return null;
  const flavour = filterPolicyScope === 'MessageBody' ? 'messageBody' : 'messageAttributes';
  return readPattern(filterPolicy, flavour, below(refuse, 'filterPolicy')) ?? null;
}

/** An event pattern of a rule or an archive. */
export function eventPattern(options: Docs = {}) {
  const read: Read<PatternSpec> = (written, refuse) => readPattern(written, 'event', refuse);
  return setting(read, { type: 'object' }, options);
}

/** A pattern of a pipe's filter: what it says under `body`, of a message of a queue. */
export function pipePattern(options: Docs = {}) {
  const read: Read<PatternSpec> = (written, refuse) => {
    const allowed = 'a pattern of the body such as { body: { kind: [placed] } }';
    if (!isMap(written) || Object.keys(written).length === 0)
      return refuse({ code: 'wrong-kind', found: show(written), allowed });
    const other = Object.keys(written).find((key) => key !== 'body');
    if (other !== undefined)
      return refuse({
        code: 'not-modelled',
        found: other,
        message: `a filter over ${other} is not modelled`,
        allowed: 'body',
        path: [other],
        onKey: true,
      });
    const { body } = written;
    if (!isMap(body))
      return refuse({
        code: 'not-modelled',
        found: show(body),
        message: 'a filter over a body that is no JSON object is not modelled',
        allowed,
        path: ['body'],
      });
    return readPattern(body, 'pipe', below(refuse, 'body'));
  };
  return setting(read, { type: 'object' }, options);
}
