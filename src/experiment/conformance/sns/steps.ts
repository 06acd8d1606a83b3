/** One step of an SNS case, done: its words become the request of an operation. */

import type { Call } from '../../operations/call.js';
import type { ReceiveResult } from '../../operations/receives.js';
import type { Plain } from '../case-file.js';
import { NotExpressible } from '../result.js';
import type { Check, WrittenStep } from '../story.js';
import type { DoneStep } from '../sqs/expectations.js';
import { differenceOf, readExpectation } from '../sqs/expectations.js';
import { act, attributesOf, entriesOf, readAction, sentIds } from '../sqs/steps.js';
import type { Operation } from '../sqs/words.js';
import { inOurWords, mapOf, operationOf, textOf, wordOf } from '../sqs/words.js';
import type { SnsCaseWorld } from './case-world.js';
import { drain } from './drain.js';
import { envelopesDiffer, unwrapped } from './envelopes.js';
import type { SnsOperation } from './words.js';
import {
  ENTRY,
  ENVELOPE_EXPECTATIONS,
  inSnsSpelling,
  OPERATIONS,
  snsOperationOf,
  split,
  SUBSCRIPTION_ATTRIBUTES,
  TOPIC_ATTRIBUTES,
} from './words.js';

/** Does it in a world, and tells how to ask what came of it. */
export type Act = (world: SnsCaseWorld) => Check;

/** Reads a step; throws NotExpressible for what it has no word for. */
export function readStep({ op, words, expect, where }: WrittenStep): Act {
  const operation = snsOperationOf(op);
  if (operation === 'drain') return readDrain(words, expect, where);
  if (operation !== undefined) return readOperation(operation, words, expect, where);
  const own = operationOf(op, where);
  const action = readAction(own, words, where);
  const wanted = readExpectation(expect, own, where);
  return ({ sqs }) => {
    const call = act(sqs, action);
    return () => differenceOf(sqs, { operation: own, call, expect: wanted });
  };
}

// --- drains ------------------------------------------------------------------------------------------

export function readDrain(words: Plain, expect: unknown, where: string): Act {
  const { queue } = inOurWords(OPERATIONS.drain, words, where);
  const said = Object.entries(mapOf(expect ?? {}, where));
  const isOfEnvelope = ([word]: readonly [string, unknown]): boolean =>
    wordOf(ENVELOPE_EXPECTATIONS, word) !== undefined;
  const others = Object.fromEntries(said.filter((entry) => !isOfEnvelope(entry)));
  const wanted = readExpectation(others, 'receive', where);
  const ofEnvelope = inOurWords(
    ENVELOPE_EXPECTATIONS,
    Object.fromEntries(said.filter(isOfEnvelope)),
    where,
  );
  return ({ sqs }) => {
    const name = queue === undefined ? sqs.onlyQueue() : sqs.name(queue);
    if (name === undefined) throw new NotExpressible(`${where}: no queue is named`);
    const call = drain(sqs.world, name);
    const messages = call.value?.messages ?? [];
    return () =>
      differenceOf(sqs, { operation: 'receive', call: withoutEnvelopes(call), expect: wanted }) ??
      envelopesDiffer(ofEnvelope, messages, sqs);
  };
}

function withoutEnvelopes(call: Call<ReceiveResult>): Call<ReceiveResult> {
  if (call.value === null) return call;
  return { ...call, value: { messages: call.value.messages.map(unwrapped) } };
}

// --- operations --------------------------------------------------------------------------------------

/** Whose expectations in SQS cases are those of an operation; the others are accepted or refused, and no more. */
const LIKE: Readonly<Partial<Record<SnsOperation, Operation>>> = {
  publish: 'send',
  publishBatch: 'sendBatch',
};

function readOperation(
  name: Exclude<SnsOperation, 'drain'>,
  words: Plain,
  expect: unknown,
  where: string,
): Act {
  const operation = LIKE[name] ?? 'createQueue';
  const wanted = readExpectation(expect, operation, where);
  const said = name === 'subscribe' ? subscriptionOf(words) : words;
  const read = inOurWords(OPERATIONS[name], said, where);
  const entries = name === 'publishBatch' ? entriesOf(read['entries'], ENTRY, where) : undefined;
  const { as, ...rest } = entries === undefined ? read : { ...read, entries };
  return (world) => {
    const call = RUNS[name](world, rest, where);
    if (as !== undefined) world.sqs.sends.set(textOf(as), () => sentIds(call.value));
    const step: DoneStep = { operation, call, expect: wanted };
    return () => differenceOf(world.sqs, step);
  };
}

/** It may stand under `subscription`, or beside the operation. */
function subscriptionOf({ subscription, ...words }: Plain): Plain {
  if (subscription === undefined) return words;
  return { ...words, ...mapOf(subscription, 'subscription') };
}

type Run = (world: SnsCaseWorld, said: Plain, where: string) => Call<unknown>;

const RUNS: Readonly<Record<Exclude<SnsOperation, 'drain'>, Run>> = {
  publish: (world, { topic, ...said }, where) =>
    world.operations.publish({ ...publication(said), topic: world.topic(topic, where) }),
  publishBatch: (world, { topic, entries }, where) =>
    world.operations.publishBatch({
      topic: world.topic(topic, where),
      entries: (entries as readonly Plain[]).map(publication) as never,
    }),
  subscribe: (world, said, where) => world.subscribe(said, where),
  unsubscribe: (world, { id }) =>
    world.operations.unsubscribe({ subscription: world.subscription(id) }),
  setSubscription: (world, said, where) => {
    const [attributes, { id, attributes: more }] = split(said, SUBSCRIPTION_ATTRIBUTES);
    return world.operations.setSubscriptionAttributes({
      subscription: world.subscription(id),
      attributes: world.attributes(attributes, more, where),
    });
  },
  createTopic: (world, said, where) => world.createTopic(said, where),
  deleteTopic: (world, { topic }, where) =>
    world.operations.deleteTopic({ topic: world.topic(topic, where) }),
  setTopic: (world, said, where) => {
    const [attributes, { topic, attributes: more }] = split(said, TOPIC_ATTRIBUTES);
    return world.operations.setTopicAttributes({
      topic: world.topic(topic, where),
      attributes: {
        ...inSnsSpelling(attributes),
        ...(more === undefined ? {} : mapOf(more, where)),
      },
    });
  },
};

/** Messages that are no texts are published as JSON. */
function publication({ message, messageAttributes, ...others }: Plain): Record<string, unknown> {
  return {
    ...others,
    ...(message === undefined ? {} : { message: textOf(message) }),
    ...(messageAttributes === undefined
      ? {}
      : { messageAttributes: attributesOf(messageAttributes) }),
  };
}
