/** Faults (docs/scenario.md): what breaks, when, and on what. */

import { z } from 'zod';
import { block } from '../components/settings/block.js';
import type { Read } from '../components/settings/problem.js';
import { show } from '../components/settings/problem.js';
import { readCount } from '../components/settings/numbers.js';
import { readFactor, readShare } from '../components/settings/rates.js';
import { duration, readTime } from '../components/settings/scaled.js';
import { setting } from '../components/settings/setting.js';
import type { Micros } from '../kernel/time.js';

/** So many instances, or a share of those in service (0..1). */
export type Amount =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly share: number };

/** Work takes `factor` times as long, and `added` µs more. */
export interface Slowdown {
  readonly factor: number;
  readonly added: Micros;
}

/** One fault, checked. `for` undefined: to the end; a crash happens at once, or is spread over `for`. */
export type FaultSpec = {
  readonly at: Micros;
  readonly for: Micros | undefined;
  readonly on: string;
} & (
  | { readonly verb: 'crash' | 'down'; readonly amount: Amount }
  | { readonly verb: 'slow'; readonly slow: Slowdown }
);

export const BUILT_FAULTS = ['crash', 'down', 'slow'];
export const LATER_FAULTS = ['pause', 'interrupt', 'fail', 'lose', 'cut', 'throttle', 'hide'];
export const ALL_FAULTS = [...BUILT_FAULTS, ...LATER_FAULTS];
export const ALL_OPERATIONS = ['set', 'redrive', 'purge', 'replay', 'deploy'];

const readAmount: Read<Amount> = (written, refuse) => {
  const allowed = 'a number of instances, or a share such as 30%';
  if (typeof written === 'number') {
    const count = readCount({ min: 1 })(written, (problem) => refuse({ ...problem, allowed }));
    return count === undefined ? undefined : { kind: 'count', count };
  }
  if (typeof written !== 'string')
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const share = readShare({})(written, (problem) => refuse({ ...problem, allowed }));
  return share === undefined ? undefined : { kind: 'share', share };
};

const readSlow: Read<Slowdown> = (written, refuse) => {
  if (typeof written === 'string' && written.endsWith('x')) {
    const factor = readFactor({})(written, refuse);
    return factor === undefined ? undefined : { factor, added: 0 };
  }
  const allowed = 'a factor such as 5x, or a time that is added, such as 2s';
  const added = readTime({})(written, (problem) => refuse({ ...problem, allowed }));
  return added === undefined ? undefined : { factor: 1, added };
};

const amount = (doc: string) => {
  return setting(
    readAmount,
    {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' },
      ],
      'x-form': 'a count or a share',
    },
    { doc },
  );
};

const when = { at: duration({ doc: 'When it begins, from the start.' }) };
/** What a fault or an operation is on; which kinds depends on its verb. */
const on = setting<string>(
  (written, refuse) => {
    if (typeof written === 'string' && written !== '') return written;
    return refuse({ code: 'wrong-kind', found: show(written), allowed: 'the name of a resource' });
  },
  { type: 'string', 'x-target': ['resource', 'traffic', 'link', 'region'] },
  { doc: 'The resource that it happens to.' },
);

const WORDS = {
  target: 'on',
  resource: 'on',
  start: 'at',
  duration: 'for',
  time: 'at',
  kill: 'crash',
  terminate: 'crash',
  slowdown: 'slow',
  delay: 'slow',
  latency: 'slow',
  error: 'fail',
  drop: 'lose',
  outage: 'down',
  partition: 'cut',
  freeze: 'pause',
};

const faultBlock = block(
  {
    name: 'fault',
    doc: 'Something breaks: when, for how long, on what, and exactly one verb.',
    exactlyOne: [ALL_FAULTS],
    words: WORDS,
  },
  {
    ...when,
    for: duration({
      min: '1us',
      doc: 'How long; default to the end. A crash is spread over it.',
    }).optional(),
    on,
    crash: amount(
      'Instances die for good, with all they hold; the group replaces them.',
    ).optional(),
    down: amount('Instances refuse work and poll nothing, then come back.').optional(),
    slow: setting(
      readSlow,
      { type: 'string', 'x-form': 'a factor or a time' },
      { doc: 'Work takes so many times as long, or so much longer.' },
    ).optional(),
  },
);

const NO_INSTANCES: Amount = { kind: 'count', count: 0 };

/** A fault without a verb has been refused before this is used. */
export const fault = faultBlock.transform((written): FaultSpec => {
  const { at, on: name, crash, down, slow } = written;
  const base = { at, for: written.for, on: name };
  if (slow !== undefined) return { ...base, verb: 'slow', slow };
  if (down !== undefined) return { ...base, verb: 'down', amount: down };
  return { ...base, verb: 'crash', amount: crash ?? NO_INSTANCES };
});

/** Operations are part of the language; none is modelled yet (not-modelled.ts names them). */
export const operation = block(
  {
    name: 'operation',
    doc: 'What somebody does during the run.',
    exactlyOne: [ALL_OPERATIONS],
    words: { ...WORDS, update: 'set', drain: 'purge' },
  },
  { ...when, on },
);

export const faults = z.array(fault);
export const operations = z.array(operation);
