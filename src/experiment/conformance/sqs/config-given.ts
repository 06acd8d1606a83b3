/** `given` of a configuration case: one queue, the queues beside it, and the requests that are made to it. */

import { FIFO_SUFFIX } from '../../../components/settings.js';
import { isMap } from '../../../components/settings/problem.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import { describedQueue, TEXT_LENGTH } from './phrases.js';
import type { ReadQueue } from './queue-words.js';
import { readQueue } from './queue-words.js';
import type { Operation } from './words.js';
import {
  ATTRIBUTES,
  isOperation,
  mapOf,
  operationOf,
  QUEUE_WORDS,
  textOf,
  wordOf,
} from './words.js';

/** A request with its arguments as they are written. */
export interface Request {
  readonly operation: Operation;
  readonly said: Plain;
}

export interface Given {
  /** The queue it is about. */
  readonly name: string;
  readonly queue: ReadQueue;
  /** Names of queues that are there already. */
  readonly others: readonly string[];
  readonly requests: readonly Request[];
}

/** Arguments that may stand without the name of their request. */
const LOOSE: Readonly<Record<string, Operation>> = {
  body: 'send',
  size: 'send',
  group: 'send',
  dedup: 'send',
  delay: 'send',
  max: 'receive',
  wait: 'receive',
  visibility: 'receive',
  attempt: 'receive',
  timeout: 'changeVisibility',
};

/**
 * Reads it; NotExpressible for what it has no word for. `anyAttribute`: words that are none of ours are
 * meant as attributes, since the case is about their names.
 */
export function readGiven(said: unknown, anyAttribute: boolean): Given {
  const given = withLongTexts(mapOf(said ?? {}, 'given')) as Plain;
  const spec: Record<string, unknown> = {};
  const unknown: Record<string, unknown> = {};
  const loose = new Map<Operation, Record<string, unknown>>();
  const requests: Request[] = [];
  for (const [key, value] of Object.entries(given)) {
    const operation = Object.hasOwn(LOOSE, key) ? LOOSE[key] : undefined;
    if (operation !== undefined) loose.set(operation, { ...loose.get(operation), [key]: value });
    else if (wordOf(QUEUE, key) !== undefined) spec[key] = value;
    else if (isOperation(key)) requests.push(...requestsOf(key, value, anyAttribute));
    else if (anyAttribute) unknown[key] = value;
    else spec[key] = value; // a remark, or refused there
  }
  for (const [operation, own] of loose) requests.push({ operation, said: own });
  return { ...readTheQueue(spec, unknown), requests };
}

const QUEUE = { ...QUEUE_WORDS, ...ATTRIBUTES, attributes: [] };
/** What the queue is called that says no name of its own. */
const NAME = 'queue';

function readTheQueue(spec: Plain, unknown: Plain): Omit<Given, 'requests'> {
  const others: string[] = [];
  const isFifo = spec['type'] === 'fifo' || spec['fifo'] !== undefined;
  const suffix = isFifo ? FIFO_SUFFIX : '';
  const own = spec['name'] ?? spec['queueName'] ?? `${NAME}${suffix}`;
  const queue = readQueue(spec, 'given', (named) => {
    const { name, isThere } = deadLetterQueue(textOf(named), textOf(own), suffix);
    if (isThere) others.push(name);
    return name;
  });
  const attributes = { ...queue.attributes, ...unknown };
  return { name: textOf(own), queue: { ...queue, attributes }, others };
}

/** A queue by a phrase, or by a name: then it is there, and of the same kind. */
function deadLetterQueue(
  said: string,
  own: string,
  suffix: string,
): { readonly name: string; readonly isThere: boolean } {
  const described = describedQueue(said);
  if (described === 'itself') return { name: own, isThere: false };
  if (described === 'missing') return { name: 'missing', isThere: false };
  if (described === 'fifo') return { name: `dead-letters${FIFO_SUFFIX}`, isThere: true };
  if (described === 'standard') return { name: 'dead-letters', isThere: true };
  if (said.includes(' ')) throw new NotExpressible(`given: no phrase for "${said}"`);
  if (said.includes(':')) return { name: said, isThere: false };
  return { name: said.endsWith(FIFO_SUFFIX) ? said : `${said}${suffix}`, isThere: true };
}

/** One request for each item of a list; a batch may be its entries alone. */
function requestsOf(key: string, value: unknown, anyAttribute: boolean): readonly Request[] {
  const operation = operationOf(key, 'given');
  if (operation.endsWith('Batch')) {
    const said = isMap(value) ? value : { entries: value };
    return [{ operation, said }];
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => {
    const said = mapOf(one ?? {}, `given.${key}`);
    const isRaw = operation === 'setAttributes' && anyAttribute && said['attributes'] === undefined;
    return { operation, said: isRaw ? { attributes: said } : said };
  });
}

/** `129 characters` becomes such a text, wherever it stands. */
function withLongTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    const length = TEXT_LENGTH.exec(value)?.[1];
    return length === undefined ? value : 'x'.repeat(Number(length));
  }
  if (Array.isArray(value)) return value.map(withLongTexts);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, withLongTexts(own)]));
}
