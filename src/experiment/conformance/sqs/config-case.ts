/**
 * A configuration case: what a queue of given attributes, or a request, is accepted or refused with. `given` holds the
 * attributes of one queue and, under the name of an operation, the request that is made to it.
 */

import { FIFO_SUFFIX } from '../../../components/settings.js';
import { isMap } from '../../../components/settings/problem.js';
import { queueShape } from '../../../components/sqs/settings.js';
import { SECOND } from '../../../kernel/time.js';
import type { Call } from '../../operations/call.js';
import type { Plain } from '../case-file.js';
import type { Miss } from '../result.js';
import { NotExpressible } from '../result.js';
import { CaseWorld } from './case-world.js';
import type { Given, Request } from './config-given.js';
import { readGiven } from './config-given.js';
import type { DoneStep } from './expectations.js';
import { differenceOf, readExpectation } from './expectations.js';
import { act, readAction } from './steps.js';
import type { Operation } from './words.js';
import { ATTRIBUTES, inOurWords, mapOf } from './words.js';

/** Words for "no error". */
const ACCEPTED = ['accepted', 'ok', 'valid'];

export function runConfigCase(body: Plain): Miss | null {
  const said = readSaid(body['expect']);
  const isAboutNames = JSON.stringify(said).includes('InvalidAttributeName');
  const given = readGiven(body['given'], isAboutNames);
  const { defaults, ...words } = said;
  const last = given.requests.at(-1)?.operation ?? 'createQueue';
  const expect = readExpectation(words, last, 'expect');
  const world = new CaseWorld({});
  const made = make(world, given);
  const call = made.error === null ? requestAll(world, given.requests, given.name) : null;
  const done: DoneStep = { operation: last, call: call ?? made, expect };
  const difference = differenceOf(world, done);
  if (difference !== null) return { step: 1, ...difference };
  return defaults === undefined ? null : checkDefaults(world, mapOf(defaults, 'defaults'));
}

/** What is expected; a word alone says whether it is accepted. */
function readSaid(expect: unknown): Plain {
  if (expect === undefined || ACCEPTED.includes(expect as string)) return {};
  if (expect === 'rejected' || expect === 'refused') return { error: true };
  const words = Object.entries(mapOf(expect, 'expect'));
  return Object.fromEntries(words.filter(([key]) => !ACCEPTED.includes(key)));
}

/** Queues that exist beside it, then the queue itself. */
function make(world: CaseWorld, { name, queue, others }: Given): Call<unknown> {
  const { sqs } = world.world;
  for (const other of others) sqs.createQueue({ queue: other });
  const attributes = { fifoQueue: queue.isFifo, ...queue.attributes };
  return sqs.createQueue({ queue: name, attributes });
}

// --- requests ----------------------------------------------------------------------------------------

/** Makes them in turn until one is refused. Returns the answer of the last; null when there are none. */
function requestAll(
  world: CaseWorld,
  requests: readonly Request[],
  queue: string,
): Call<unknown> | null {
  let call: Call<unknown> | null = null;
  for (const { operation, said } of requests) {
    if (call !== null && call.error !== null) return call;
    call = request(world, operation, said, queue);
  }
  return call;
}

function request(
  world: CaseWorld,
  operation: Operation,
  said: Plain,
  queue: string,
): Call<unknown> {
  const where = `given.${operation}`;
  try {
    const action = readAction(operation, said, where);
    const whole = withDefaults(world, operation, action.said, queue);
    return act(world, { ...action, said: whole });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new NotExpressible(`${where}: ${error.message}`);
    throw error;
  }
}

const BODY = { messageBody: 'x' };

/** What a request leaves out and cannot do without: a body, a receipt of a message that is there. */
function withDefaults(
  world: CaseWorld,
  operation: Operation,
  said: Plain,
  queue: string,
): Record<string, unknown> {
  const place = operation.endsWith('Move') || operation === 'listMoves' ? 'source' : 'queue';
  const whole: Record<string, unknown> = { [place]: queue, ...said };
  if (operation === 'cancelMove' && said['taskHandle'] !== undefined) delete whole['source'];
  if (operation === 'send' && said['sizeBytes'] === undefined) return { ...BODY, ...whole };
  const entries = said['entries'] as readonly Plain[] | undefined;
  if (operation === 'sendBatch')
    whole['entries'] = entries!.map((entry) => ({ ...BODY, ...entry }));
  if (operation === 'delete' || operation === 'changeVisibility')
    whole['receiptHandle'] ??= receiptOf(world, queue);
  if (operation === 'deleteBatch' || operation === 'changeVisibilityBatch')
    whole['entries'] = entries!.map((entry) => ({
      receiptHandle: entry['receiptHandle'] ?? receiptOf(world, queue),
      ...entry,
    }));
  return whole;
}

/** Sends a message, receives it, and returns its handle. */
function receiptOf(world: CaseWorld, queue: string): string {
  const { sqs } = world.world;
  const isFifo = queue.endsWith(FIFO_SUFFIX);
  const number = world.receives.size;
  const ids = { messageGroupId: 'g', messageDeduplicationId: `d${number}` };
  sqs.sendMessage({ queue, messageBody: 'x', ...(isFifo ? ids : {}) });
  const call = sqs.receiveMessage({ queue });
  world.receives.set(`receive${number}`, { queue, call });
  return `receive${number}[0]`;
}

// --- defaults ----------------------------------------------------------------------------------------

/** What a queue has of which nothing was said; under `fifo` what a FIFO queue has. */
function checkDefaults(world: CaseWorld, defaults: Plain): Miss | null {
  const { fifo, ...common } = defaults;
  const { sqs } = world.world;
  const isOfFifo = isMap(fifo) ? fifo : {};
  const kinds: readonly (readonly [string, Plain])[] = [
    ['defaults', common],
    ['defaults.fifo', isOfFifo],
  ];
  for (const [where, words] of kinds) {
    const queue = where === 'defaults' ? 'fresh' : `fresh${FIFO_SUFFIX}`;
    sqs.createQueue({ queue });
    const shown = sqs.getQueueAttributes({ queue }).value!.attributes;
    const expected: Record<string, unknown> = {};
    const got: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(inOurWords(ATTRIBUTES, words, where))) {
      const own = shown[name] ?? schemaDefault(name);
      if (JSON.stringify(own) === JSON.stringify(value)) continue;
      expected[name] = value;
      got[name] = own;
    }
    if (Object.keys(expected).length > 0) return { step: 1, expected, got };
  }
  return null;
}

/** Of an attribute that AWS does not show while it has no effect. */
function schemaDefault(name: string): unknown {
  const read = queueShape.settings[name as keyof typeof queueShape.settings].safeParse(undefined);
  if (!read.success || read.data === undefined) return null;
  const isTime = name.endsWith('Seconds') && typeof read.data === 'number';
  return isTime ? read.data / SECOND : read.data;
}
