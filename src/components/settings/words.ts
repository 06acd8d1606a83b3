/** Settings that are words: flags, choices, texts, names of other things, links, expressions. */

import type { Read, Refuse } from './problem.js';
import { show } from './problem.js';
import type { Docs, ReferenceDocs } from './setting.js';
import { setting } from './setting.js';
import { lower, nearestOf } from './nearest.js';
import { ROLE_WORDS } from './roles.js';

/** `true` or `false`. */
export function flag(options: Docs = {}) {
  const read: Read<boolean> = (written, refuse) => {
    if (typeof written === 'boolean') return written;
    const near = typeof written === 'string' ? FLAG_WORDS[lower(written)] : undefined;
    const allowed = 'true or false';
    return refuse({
      code: 'wrong-kind',
      found: show(written),
      allowed,
      ...(near === undefined ? {} : { nearest: near }),
    });
  };
  return setting(read, { type: 'boolean' }, options);
}

const FLAG_WORDS: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  true: 'true',
  no: 'false',
  off: 'false',
  false: 'false',
};

/** Any text. Names for people: data, never markup. */
export function text(options: Docs & { readonly longest?: number } = {}) {
  const longest = options.longest ?? 10_000;
  const read: Read<string> = (written, refuse) => {
    if (typeof written !== 'string')
      return refuse({ code: 'wrong-kind', found: show(written), allowed: 'a text' });
    if (written.length <= longest) return written;
    return refuse({
      code: 'out-of-range',
      found: `${written.length} characters`,
      allowed: `at most ${longest}`,
    });
  };
  return setting(read, { type: 'string', maxLength: longest }, options);
}

export interface ChoiceOptions extends Docs {
  /** Words that AWS takes and this release does not model → the page that says so. */
  readonly notModelled?: Readonly<Record<string, string>>;
  readonly awsError?: string;
}

export function readChoice<const W extends string>(
  words: readonly W[],
  options: ChoiceOptions,
): Read<W> {
  return (written, refuse) => {
    const found = show(written);
    const allowed = words.join(' | ');
    if (typeof written !== 'string') return refuse({ code: 'wrong-kind', found, allowed });
    const word = words.find((candidate) => candidate === written);
    if (word !== undefined) return word;
    const page = options.notModelled?.[written];
    if (page !== undefined)
      return refuse({ code: 'not-modelled', found, allowed: `${allowed}; see ${page}` });
    const near = nearestOf(written, words);
    return refuse({
      code: 'choice',
      found,
      allowed,
      ...(near === undefined ? {} : { nearest: near }),
      ...(options.awsError === undefined ? {} : { awsError: options.awsError }),
    });
  };
}

/** One of several words. */
export function choice<const W extends string>(words: readonly W[], options: ChoiceOptions = {}) {
  return setting(readChoice(words, options), { type: 'string', enum: [...words] }, options);
}

/** The plain name of a thing of one of the kinds; the scenario layer checks that it exists. */
export function reference(options: ReferenceDocs & Docs) {
  const wanted = options.roles.map((role) => ROLE_WORDS[role]).join(' or ');
  const article = wanted.startsWith('what ') ? '' : 'a ';
  const read: Read<string> = (written, refuse) =>
    readName(written, `the name of ${article}${wanted}`, refuse);
  return setting(read, { type: 'string', 'x-reference': [...options.roles] }, options);
}

const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/;
const URL_OF_QUEUE = /^https?:\/\/[^/]+\/(?:.*\/)?([^/]+)$/;

/** The plain name inside an ARN or the URL of a queue, or undefined when the text is neither. */
export function nameInAddress(text: string): string | undefined {
  return (ARN.exec(text) ?? URL_OF_QUEUE.exec(text))?.[1];
}

function readName(written: unknown, allowed: string, refuse: Refuse): string | undefined {
  if (typeof written !== 'string' || written === '')
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  const inside = nameInAddress(written);
  if (inside === undefined) return written;
  return refuse({
    code: 'wrong-kind',
    found: show(written),
    allowed: `${allowed} (no ARN, no URL)`,
    nearest: inside,
  });
}

/** A link: messages flow from `from` to `to`. */
export interface LinkName {
  readonly from: string;
  readonly to: string;
}

const LINK = /^(\S+) -> (\S+)$/;

/** `a -> b`, or undefined when the text is no link. */
export function linkOf(written: string): LinkName | undefined {
  const match = LINK.exec(written);
  return match === null ? undefined : { from: match[1], to: match[2] };
}

/** A link `a -> b`. */
export function link(options: Docs = {}) {
  const allowed = 'a link such as shoppers -> orders';
  const read: Read<LinkName> = (written, refuse) => {
    const found = show(written);
    const ends = typeof written === 'string' ? linkOf(written) : undefined;
    return ends ?? refuse({ code: 'wrong-kind', found, allowed });
  };
  return setting(read, { type: 'string', pattern: LINK.source, 'x-link': true }, options);
}

/** The text of an expression over measures or metrics; it is parsed where its meaning is known. */
export function expression(options: Docs & { readonly example?: string } = {}) {
  const allowed = `an expression${options.example === undefined ? '' : ` such as ${options.example}`}`;
  const read: Read<string> = (written, refuse) => {
    if (typeof written === 'string' && written.trim() !== '') return written;
    return refuse({ code: 'wrong-kind', found: show(written), allowed });
  };
  return setting(read, { type: 'string' }, options);
}
