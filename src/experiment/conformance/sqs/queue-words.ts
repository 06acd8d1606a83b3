/** Queues as a case writes them: `{ type: fifo, retention: 60, redrive: { dlq, maxReceiveCount: 2 } }`. */

import { FIFO_SUFFIX } from '../../../components/settings.js';
import { isMap } from '../../../components/settings/problem.js';
import { ourName } from '../../operations/aws-names.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import {
  ATTRIBUTES,
  inOurWords,
  mapOf,
  QUEUE_WORDS,
  REDRIVE,
  REDRIVE_ALLOW,
  textOf,
} from './words.js';

export interface ReadQueue {
  readonly isFifo: boolean;
  /** Its own name, if it says one. */
  readonly name: string | undefined;
  /** For createQueue. */
  readonly attributes: Record<string, unknown>;
}

type NameOf = (said: unknown) => string;

/** Names of the case → names of queues: a FIFO queue's ends in .fifo. */
export function queueNames(queues: Plain): Map<string, string> {
  const names = new Map<string, string>();
  for (const [said, spec] of Object.entries(queues)) {
    const isFifo = isMap(spec) && (spec['type'] === 'fifo' || spec['fifo'] === true);
    names.set(said, isFifo && !said.endsWith(FIFO_SUFFIX) ? `${said}${FIFO_SUFFIX}` : said);
  }
  return names;
}

/** Throws NotExpressible for a word that it does not know. `nameOf`: the real name of a queue of the case. */
export function readQueue(spec: unknown, where: string, nameOf: NameOf): ReadQueue {
  const words = { ...QUEUE_WORDS, ...ATTRIBUTES, attributes: [] };
  const { type, name, fifo, attributes, ...said } = inOurWords(words, mapOf(spec, where), where);
  if (type !== undefined && type !== 'standard' && type !== 'fifo')
    throw new NotExpressible(`${where}: no phrase for the type ${textOf(type)}`);
  const ofFifo = isMap(fifo) ? inOurWords(ATTRIBUTES, fifo, where) : {};
  return {
    isFifo: type === 'fifo' || fifo === true || isMap(fifo),
    name: name === undefined ? undefined : textOf(name),
    attributes: readAttributes({ ...said, ...ofFifo }, attributes, where, nameOf),
  };
}

/** Attributes under the operations' names; `raw` ones are AWS's own, whatever they are called. */
export function readAttributes(
  said: Plain,
  raw: unknown,
  where: string,
  nameOf: NameOf,
): Record<string, unknown> {
  const all = { ...said, ...(raw === undefined ? {} : camelCased(mapOf(raw, where))) };
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(all)) {
    if (key === 'redrivePolicy') read[key] = readRedrive(value, where, nameOf);
    else if (key === 'redriveAllowPolicy') read[key] = readRedriveAllow(value, where, nameOf);
    else read[key] = value;
  }
  return read;
}

/** null and '' take the policy away. */
export function readRedrive(said: unknown, where: string, nameOf: NameOf): unknown {
  if (said === null || said === '' || typeof said === 'string') return said;
  const policy = inOurWords(REDRIVE, mapOf(said, where), where);
  const { deadLetterTarget } = policy;
  if (typeof deadLetterTarget === 'string') policy['deadLetterTarget'] = nameOf(deadLetterTarget);
  return policy;
}

function readRedriveAllow(said: unknown, where: string, nameOf: NameOf): unknown {
  if (said === null || said === '') return said;
  if (typeof said === 'string') return { redrivePermission: said };
  const policy = inOurWords(REDRIVE_ALLOW, mapOf(said, where), where);
  const { sourceQueues } = policy;
  if (Array.isArray(sourceQueues)) policy['sourceQueues'] = sourceQueues.map(nameOf);
  return policy;
}

/** `VisibilityTimeout` is visibilityTimeout. */
export function camelCased(map: Plain): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [ourName(key), value]));
}
